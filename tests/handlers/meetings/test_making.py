"""Making, moving and cancelling meetings in Slack, by form and card."""

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from handlers.ids import Action
from sandbox import full_text
from school.models import AuditEntry, User
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import (
    add_colleague,
    add_guardian,
    any_time,
    at_noon,
    elements,
    error_on,
    form,
    meetings,
    press,
    says,
    schedule,
    shows,
    time_in,
    timed,
    told,
    zoned,
)
from tests.handlers.school import RUIZ
from tests.handlers.test_actions import words_of


def test_a_meeting_is_made_once_and_its_card_comes(bot: Bot) -> None:
    view = timed(bot)
    as_opened = view.body
    for _time in range(2):
        view.body = as_opened  # The first submission has put its answer there.
        outcome = bot.slack.submit(RUIZ, view, at_noon(bot))
        assert outcome.ok
        assert "Maya Okafor's meeting is in your messages with me." in words_of(outcome.view)
    card = bot.slack.wait_for_message(RUIZ, "", "A meeting of yours.")
    assert "one-on-one with Maya Okafor" in full_text(card)
    assert "Maya" not in card.text
    bot.outbox.drain_once()
    assert len(meetings(bot)) == 1
    assert len(bot.slack.messages(RUIZ)) == 1


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"meeting_day": "2020-01-01"}, Action.MEETING_TIME, "That time has passed"),
        ({"meeting_others": "nowhere"}, Action.MEETING_OTHERS, "“nowhere” is no e-mail address"),
    ],
)
def test_what_cannot_be_lands_on_its_field(
    bot: Bot, values: dict[str, str], field: Action, words: str
) -> None:
    outcome = bot.slack.submit(RUIZ, timed(bot), {**at_noon(bot), **values})
    assert words in outcome.field_errors[field]
    assert meetings(bot) == []


def test_two_meetings_at_once_are_told_on_the_time(bot: Bot) -> None:
    schedule(bot)
    outcome = bot.slack.submit(RUIZ, timed(bot, "Leo Park"), at_noon(bot))
    assert "You have another meeting then" in outcome.field_errors[Action.MEETING_TIME]


def test_addresses_with_commas_and_who_is_ticked_are_invited(bot: Bot) -> None:
    add_guardian(bot, "Ada Okafor", "ada@home.test")
    card = schedule(bot, "Maya parents", meeting_others="aunt@home.test; coach@club.test")
    said = full_text(card)
    assert "Ada Okafor (guardian, a***@home.test), a***@home.test, c***@club.test" in said


def live_in(bot: Bot, zone: str) -> None:
    """Ms Ruiz's Slack profile names another zone, which is kept when she first asks."""
    zoned(bot, zone)
    bot.ask("/class-report")
    bot.report()


def test_times_are_on_the_teachers_own_clock(bot: Bot) -> None:
    live_in(bot, "Asia/Kathmandu")
    assert "Kathmandu time" in words_of(form(bot))
    card = schedule(bot)
    assert meetings(bot)[0].scheduled_at.strftime("%H:%M") == "06:15"
    assert " 12:00 (" in full_text(card)


def test_a_form_means_the_clock_that_it_names(bot: Bot) -> None:
    view = form(bot)
    assert "New York time" in words_of(view)
    with bot.session_factory.begin() as session:
        user = session.scalars(select(User).where(User.slack_user_id == RUIZ)).one()
        user.timezone = "Asia/Kathmandu"
    bot.slack.choose(RUIZ, view, Action.MEETING_TYPE, "group")
    bot.slack.wait_until(lambda: elements(view)[Action.MEETING_TYPE]["value"] == "group")
    assert "New York time" in words_of(bot.slack.modal(RUIZ))
    any_time(bot, bot.slack.wait_for_modal(RUIZ))
    assert bot.slack.submit(RUIZ, None, at_noon(bot)).ok
    begins = meetings(bot)[0].scheduled_at.astimezone(ZoneInfo("America/New_York"))
    assert begins.strftime("%H:%M") == "12:00"


def test_a_meeting_is_moved_in_place_and_moved_back(bot: Bot) -> None:
    card = schedule(bot)
    press(bot, card, Action.MOVE_MEETING)
    view = bot.slack.wait_for_modal(RUIZ)
    assert time_in(view) == "12:00"
    view = any_time(bot, view)
    outcome = bot.slack.submit(RUIZ, view, {"meeting_time": "13:30", "meeting_place": "Gym"})
    assert outcome.ok
    assert outcome.view is None
    says(bot, card, "13:30")
    says(bot, card, "Moved from")
    press(bot, card, Action.RESTORE_MEETING)
    says(bot, card, "Move undone by you")
    assert meetings(bot)[0].location is None


def test_a_move_into_the_past_lands_on_its_field(bot: Bot) -> None:
    card = schedule(bot)
    press(bot, card, Action.MOVE_MEETING)
    view = bot.slack.wait_for_modal(RUIZ)
    outcome = bot.slack.submit(RUIZ, view, {"meeting_day": "2020-01-01"})
    errors = error_on(outcome, Action.MEETING_SLOT) or error_on(outcome, Action.MEETING_TIME)
    assert "That time has passed" in errors


def test_a_meeting_is_cancelled_and_restored(bot: Bot) -> None:
    card = schedule(bot)
    press(bot, card, Action.CANCEL_MEETING)
    says(bot, card, "Cancelled by you")
    assert meetings(bot)[0].status == "cancelled"
    press(bot, card, Action.RESTORE_MEETING)
    says(bot, card, "Cancellation undone by you")
    assert meetings(bot)[0].status == "scheduled"


def test_a_stale_button_says_who_was_first_and_changes_nothing(bot: Bot) -> None:
    add_colleague(bot)
    card = schedule(bot)
    stale = [dict(block) for block in card.blocks]
    press(bot, card, Action.CANCEL_MEETING)
    says(bot, card, "Cancelled by you")
    card.blocks[:] = stale
    for action in (Action.CANCEL_MEETING, Action.MOVE_MEETING):
        press(bot, card, action)
        told(bot, "Already cancelled by you")
    assert meetings(bot)[0].version == 2
    assert bot.slack.modal(RUIZ) is None


def test_of_two_who_move_the_later_is_told_in_the_form(bot: Bot) -> None:
    card = schedule(bot)
    press(bot, card, Action.MOVE_MEETING)
    view = bot.slack.wait_for_modal(RUIZ)
    press(bot, card, Action.CANCEL_MEETING)
    outcome = bot.slack.submit(RUIZ, view, {"meeting_place": "Gym"})
    assert "Already cancelled by you" in error_on(outcome, Action.MEETING_DAY)


def test_a_prep_card_opens_and_leads_to_the_report(bot: Bot) -> None:
    card = schedule(bot, meeting_notes="How does she feel about tests?")
    press(bot, card, Action.PREP_CARD)
    shows(bot, "Last 30 days:")
    view = bot.slack.wait_for_modal(RUIZ)
    assert "For this meeting: How does she feel about tests?" in "".join(
        words_of(view).splitlines()
    )
    press(bot, view, Action.FULL_REPORT)
    bot.report()
    shows(bot, "report is in your")


def test_a_prep_card_with_little_data_says_so(bot: Bot) -> None:
    card = schedule(bot, "Ana Ruiz")
    press(bot, card, Action.PREP_CARD)
    shows(bot, "Full report")
    words = words_of(bot.slack.modal(RUIZ))
    assert "Ana has not practised yet." in words
    assert "Accuracy" not in words


def test_a_card_is_nothing_to_who_does_not_teach_the_student(bot: Bot) -> None:
    card = schedule(bot)
    bot.slack.click("U0MOSS", bot.share(card), Action.CANCEL_MEETING)
    bot.outbox.drain_once()
    assert meetings(bot)[0].status == "scheduled"


def test_home_shows_the_meetings_of_the_week(bot: Bot) -> None:
    schedule(bot)
    bot.slack.open_home(RUIZ)
    words = words_of(bot.slack.wait_for_home(RUIZ))
    assert "Meetings this week" in words
    assert "12:00 · one-on-one with Maya Okafor" in words
    with bot.session_factory() as session:
        opened = select(AuditEntry.student_id).where(AuditEntry.purpose == "meeting")
        before = len(session.scalars(opened).all())
    bot.slack.open_home(RUIZ)

    def is_audited() -> bool:
        with bot.session_factory() as session:
            return len(session.scalars(opened).all()) == before + 1

    bot.slack.wait_until(is_audited, what="the meeting that Home shows to be in the audit log")
    view = bot.slack.wait_for_home(RUIZ)
    press(bot, view, Action.PREP_CARD)
    shows(bot, "Last 30 days:")
