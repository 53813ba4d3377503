"""The form that moves or changes a meeting: who comes, its place and its notes, in Slack."""

from sqlalchemy import select

from handlers.ids import Action
from sandbox import Message, View, full_text
from school.models import Delivery, Intervention, MeetingAttendee, MeetingStudent
from tests.handlers.conftest import Bot
from tests.handlers.meetings.conftest import Diary
from tests.handlers.meetings.support import (
    add_colleague,
    add_guardian,
    elements,
    error_on,
    meetings,
    press,
    says,
    schedule,
    shows,
    words_in,
)
from tests.handlers.school import RUIZ

ADA, MIN, LEO = "ada@home.test", "min@home.test", "Leo Park"


def opened(bot: Bot, card: Message) -> View:
    """The form that changes a meeting."""
    if bot.slack.modal(RUIZ) is not None:
        bot.slack.close(RUIZ, everything=True)
    press(bot, card, Action.MOVE_MEETING)
    return bot.slack.wait_for_modal(RUIZ)


def ticked(view: View) -> list[str]:
    """Who is ticked, in all boxes."""
    blocks = [one for one in view.blocks if str(one.get("block_id")).startswith("meeting_invited")]
    chosen = [one["element"].get("initial_options", []) for one in blocks]
    return [one["text"]["text"] for options in chosen for one in options]


def codes(view: View) -> dict[str, str]:
    """The code of each who may be ticked, by name."""
    elements_of = [one.get("element") or {} for one in view.blocks]
    boxes = [one for one in elements_of if one.get("action_id") == Action.MEETING_INVITED]
    return {one["text"]["text"]: one["value"] for box in boxes for one in box["options"]}


def invited(bot: Bot) -> list[str | None]:
    """The addresses of those who are invited now."""
    with bot.session_factory() as session:
        rows = session.scalars(select(MeetingAttendee).order_by(MeetingAttendee.id))
        return [one.email for one in rows if one.removed_sequence is None]


def test_who_is_invited_is_ticked_and_changed_with_place_and_notes(bot: Bot) -> None:
    add_guardian(bot, "Ada Okafor", ADA)
    add_colleague(bot)
    card = schedule(bot, "Maya parents", meeting_others="aunt@town.test", meeting_notes="Sums")
    view = opened(bot, card)
    assert ticked(view) == ["Ada Okafor", "a***@town.test"]
    assert elements(view)[Action.MEETING_NOTES] == "Sums"
    assert "aunt@town.test" not in words_in(view)
    moss = codes(view)["Mr Moss"]
    kept = codes(view)["a***@town.test"]
    as_opened = view.body
    values = {
        "meeting_invited": [moss, kept],
        "meeting_others": "uncle@town.test",
        "meeting_place": "Gym",
        "meeting_notes": "Sums and reading",
    }
    assert bot.slack.submit(RUIZ, view, values).ok
    assert invited(bot) == ["aunt@town.test", f"{'U0MOSS'.lower()}@school.test", "uncle@town.test"]
    says(bot, card, "Place or length changed by you")
    says(bot, card, "u***@town.test")
    assert "Ada Okafor" not in full_text(card)
    assert meetings(bot)[0].notes == "Sums and reading"
    view.body = as_opened
    again = bot.slack.submit(RUIZ, view, values)
    assert "by you" in "".join(again.field_errors.values())
    assert (meetings(bot)[0].version, meetings(bot)[0].sequence) == (2, 1)


def test_an_address_that_is_none_lands_on_its_field_and_nothing_is_lost(bot: Bot) -> None:
    card = schedule(bot)
    view = opened(bot, card)
    outcome = bot.slack.submit(RUIZ, view, {"meeting_others": "nobody", "meeting_place": "Gym"})
    assert "“nobody” is no e-mail address" in error_on(outcome, Action.MEETING_OTHERS)
    assert meetings(bot)[0].location is None


def test_a_student_joins_a_group_and_their_family_is_offered(bot: Bot) -> None:
    add_guardian(bot, "Ada Okafor", ADA)
    add_guardian(bot, "Min Park", MIN, of=LEO)
    card = schedule(bot, "maya okafor group")
    view = opened(bot, card)
    (leo,) = bot.slack.suggest(RUIZ, view, Action.MEETING_STUDENTS, "leo").options
    bot.slack.choose(RUIZ, view, Action.MEETING_STUDENTS, [leo["value"]])
    shows(bot, "Invited for Leo Park")
    view = bot.slack.wait_for_modal(RUIZ)
    block = next(one for one in view.blocks if "Leo Park" in str(one.get("label")))
    values = {block["block_id"]: {"meeting_invited": [codes(view)["Min Park"]]}}
    assert bot.slack.submit(RUIZ, view, values).ok
    says(bot, card, "group meeting with Maya Okafor and Leo Park")
    says(bot, card, "Changed who is invited by you")
    assert MIN in invited(bot)
    view = opened(bot, card)
    bot.slack.choose(RUIZ, view, Action.MEETING_STUDENTS, [])
    bot.slack.wait_until(lambda: "Invited for Leo Park" not in words_in(bot.slack.modal(RUIZ)))
    assert bot.slack.submit(RUIZ, bot.slack.wait_for_modal(RUIZ)).ok
    says(bot, card, "group meeting with Maya Okafor ")
    assert MIN not in invited(bot)
    with bot.session_factory() as session:
        (row,) = session.scalars(select(MeetingStudent))
        assert session.get_one(Intervention, row.intervention_id).withdrawn_at is not None
        assert "intervention_card" not in set(session.scalars(select(Delivery.kind)))


def test_the_entry_in_the_calendar_follows(diary: Diary) -> None:
    bot = diary.bot
    card = schedule(bot, "maya okafor group")
    diary.wait("SEQUENCE:0")
    view = opened(bot, card)
    (leo,) = bot.slack.suggest(RUIZ, view, Action.MEETING_STUDENTS, "leo").options
    bot.slack.choose(RUIZ, view, Action.MEETING_STUDENTS, [leo["value"]])
    assert bot.slack.submit(RUIZ, bot.slack.wait_for_modal(RUIZ)).ok
    diary.wait("SEQUENCE:1")
    assert "Leo" not in "".join(diary.entries().values())
