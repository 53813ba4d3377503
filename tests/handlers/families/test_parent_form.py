"""Writing to a family in Slack: the form, its preview, what it refuses, and what follows."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select

from handlers.ids import Action, Kind
from interventions.parents import ConcernType
from interventions.parents.concerns import concern_type_of
from school.errors import InvalidInput
from school.models import (
    Delivery,
    DeliveryState,
    Guardian,
    Intervention,
    Medium,
    ParentNotice,
)
from tests.handlers.conftest import Bot
from tests.handlers.pages.conftest import ALONE, CARMEN, LEO, MIN, NO_MAIL, family
from tests.handlers.school import RUIZ
from tests.handlers.writing.support import block_with, changed, placed, says, seen, send, window

__all__ = ["family"]
TEXT = Action.PARENT_TEXT
PREVIEW = "What Carmen Park will get"


@pytest.fixture
def bot(start_bot: Callable[..., Bot], family: None) -> Bot:
    """A bot that can send e-mail, and pages that stand somewhere."""
    return start_bot(
        smtp_url="smtp://127.0.0.1:9",
        mail_from="homeroom@school.test",
        public_url="https://pages.test",
        secret_key="k" * 40,
    )


def notices(bot: Bot) -> list[ParentNotice]:
    with bot.session_factory() as session:
        return list(session.scalars(select(ParentNotice).order_by(ParentNotice.id)))


def mails(bot: Bot) -> list[Delivery]:
    with bot.session_factory() as session:
        query = select(Delivery).where(Delivery.kind == Kind.PARENT_MAIL.value)
        return list(session.scalars(query))


def test_the_form_names_who_gets_it_and_who_does_not_and_shows_what_they_get(bot: Bot) -> None:
    view = window(bot, "parent Leo")
    shown = says(view)
    assert view.body["title"]["text"] == "Tell Leo's parents"
    boxes = block_with(view, Action.PARENT_GUARDIANS)["element"]
    assert [one["text"]["text"] for one in boxes["initial_options"]] == [CARMEN, MIN]
    assert "e-mail to c***@home.test, in Spanish" in shown
    assert f"Not to be written to: {ALONE} – the school's records say not to" in shown
    assert f"Not to be written to: {NO_MAIL} – no e-mail address on record" in shown
    assert PREVIEW in shown and f"What {MIN} will get" in shown
    assert "Ms Ruiz escribe sobre Leo Park" in shown
    assert "Ms Ruiz writes about Leo Park" in shown
    assert placed(view, TEXT).startswith("We will go over Fractions again")


def test_a_first_text_follows_what_is_chosen_and_own_words_stay(bot: Bot) -> None:
    window(bot, "parent Leo")
    view = changed(bot, Action.PARENT_CONCERN, ConcernType.PRAISE.value)
    assert "Leo has worked well lately, above all in Ratio" in placed(view, TEXT)
    assert "Good news about Leo Park" in says(view)
    view = changed(bot, Action.PARENT_LANGUAGE, "es")
    assert placed(view, TEXT).startswith("Quería que lo supieran por mí")
    assert "Good news" not in says(view)
    view = changed(bot, Action.PARENT_CONCERN, "inactivity", **{TEXT: "My *own* words."})
    assert view.entered[block_with(view, TEXT)["block_id"]][TEXT] == "My *own* words."
    assert "My *own* words." in says(view).split("What Carmen Park and Min Park will get")[1]


def test_it_goes_once_for_each_ticked_and_can_be_taken_back(bot: Bot) -> None:
    view = window(bot, "parent Leo")
    as_opened = view.body
    for _time in range(2):
        view.body = as_opened
        outcome = seen(bot, bot.slack.submit(RUIZ, view, {TEXT: "Please look at it."}))
        assert outcome.ok, outcome.field_errors
    assert "2 e-mails to the family of Leo go out in 30 seconds" in says(outcome.view)
    assert [(one.language, one.message) for one in notices(bot)] == [
        ("es", "Please look at it."),
        ("en", "Please look at it."),
    ]
    assert "Taken back." in says(changed(bot, Action.TAKE_BACK))
    assert {one.state for one in mails(bot)} == {DeliveryState.TAKEN_BACK.value}
    with bot.session_factory() as session:
        [made] = session.scalars(select(Intervention))
    assert made.withdrawn_at is not None
    assert made.concern == "struggling"
    assert made.action_taken == "Wrote to 2 of the family about what is hard."


@pytest.mark.parametrize("text", [" \n ", "\u200b \u200b"])
def test_an_empty_text_lands_on_its_field(bot: Bot, text: str) -> None:
    window(bot, "parent Leo")
    outcome = send(bot, **{TEXT: text})
    [(block, words)] = outcome.field_errors.items()
    assert "Write what you want to tell them" in words
    assert block.startswith(f"{TEXT}|")
    assert notices(bot) == []


def test_who_may_not_be_written_to_any_more_is_refused_on_their_field(bot: Bot) -> None:
    window(bot, "parent Leo")
    with bot.session_factory.begin() as session:
        guardian = session.scalars(select(Guardian).where(Guardian.name == MIN)).one()
        guardian.do_not_contact = True
    outcome = send(bot)
    [(block, words)] = outcome.field_errors.items()
    assert block.startswith(Action.PARENT_GUARDIANS)
    assert "cannot be written to any more" in words


@pytest.mark.parametrize(
    ("remove", "words"),
    [
        ("address", "No parent of Leo has an e-mail address"),
        ("all", "No parent or guardian of Leo is on record"),
        ("contact", "The school's records say not to contact the parents of Leo"),
    ],
)
def test_nobody_to_be_reached_is_told_with_what_to_do(bot: Bot, remove: str, words: str) -> None:
    with bot.session_factory.begin() as session:
        if remove == "all":
            session.execute(delete(Guardian))
        for one in session.scalars(select(Guardian)):
            one.email = None
            one.do_not_contact = remove == "contact"
    view = window(bot, "parent Leo")
    assert words in says(view)
    assert "Ask the" in says(view)
    assert "submit" not in view.body


def test_without_a_mail_server_it_says_so(start_bot: Callable[..., Bot], family: None) -> None:
    view = window(start_bot(), "parent Leo")
    assert "no mail server is set up" in says(view)


def test_only_who_was_ticked_gets_it_in_the_language_that_was_chosen(bot: Bot) -> None:
    view = window(bot, "parent Leo")
    boxes = block_with(view, Action.PARENT_GUARDIANS)
    [spanish, _] = boxes["element"]["initial_options"]
    entered: dict[str, Any] = {
        Action.PARENT_GUARDIANS: [spanish["value"]],
        Action.PARENT_LANGUAGE: "en",
        Action.PARENT_REPORT: ["report"],
    }
    outcome = send(bot, **entered)
    assert outcome.ok, outcome.field_errors
    assert "E-mail to the family of Leo goes out" in says(outcome.view)
    [one] = notices(bot)
    assert (one.language, one.with_report) == ("en", True)
    [mail] = mails(bot)
    assert mail.medium == Medium.MAIL.value
    assert mail.payload == {"notice": one.id}
    assert LEO not in mail.unique_key


def test_a_colleagues_letter_of_these_days_is_told(bot: Bot) -> None:
    with bot.session_factory.begin() as session:
        guardian = session.scalars(select(Guardian).where(Guardian.name == MIN)).one()
        made = Intervention(
            workspace_id=bot.school.workspace_id,
            teacher_id=2,
            student_id=guardian.student_id,
            intervention_type="parent_notice",
            action_taken="Wrote.",
        )
        session.add(made)
        session.flush()
        notice = ParentNotice(guardian_id=guardian.id, concern="other", message="Hi", teacher_id=2)
        notice.workspace_id, notice.student_id = made.workspace_id, made.student_id
        notice.intervention_id, notice.sent_at = made.id, bot.clock()
        session.add(notice)
    assert "Mr Moss wrote to the family" in says(window(bot, "parent Leo"))


def test_an_alerts_word_for_it_is_understood() -> None:
    assert concern_type_of("overdue work") is ConcernType.OVERDUE_WORK
    assert concern_type_of("Inactive") is ConcernType.INACTIVITY
    with pytest.raises(InvalidInput):
        concern_type_of("weather")
