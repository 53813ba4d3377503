"""A form sent again with something else in it: it says what went out, and keeps what is typed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from handlers.codec import Ref
from handlers.ids import Action, Modal
from sandbox import Outcome, View
from school.models import Intervention
from tests.handlers.assignments import support as assignments
from tests.handlers.conftest import Bot
from tests.handlers.interventions.support import raise_alert
from tests.handlers.interventions.test_resolve import form as resolve_form
from tests.handlers.interventions.test_resolve import of_alert
from tests.handlers.meetings.support import at_noon, press, timed
from tests.handlers.pages.conftest import family
from tests.handlers.school import RUIZ
from tests.handlers.tutoring.support import form as tutor_form
from tests.handlers.tutoring.support import value_of, with_tutors
from tests.handlers.writing.support import changed, composer, reached_by, says, seen, sent, window

__all__ = ["family"]
TEXT = Action.MESSAGE_TEXT
Values = dict[str, Any]
PREVIEWS: dict[str, tuple[Action, str | None]] = {
    Modal.MESSAGE: (Action.MESSAGE_PREVIEW, None),
    Modal.BULK: (Action.BULK_PREVIEW, "page=0"),
    Modal.PARENT: (Action.PARENT_PREVIEW, None),
}
"""How a form shows what it says as somebody outside will read it."""


@pytest.fixture
def bot(start_bot: Callable[..., Bot], family: None) -> Bot:
    """A bot that can send e-mail."""
    return start_bot(smtp_url="smtp://127.0.0.1:9", mail_from="homeroom@school.test")


def sent_again(bot: Bot, view: View, first: Values, then: Values) -> Outcome:
    """Send a form; once more, as after trouble of Slack's, with something else in it."""
    if (preview := PREVIEWS.get(view.body["callback_id"])) is not None:
        view, first = changed(bot, *preview, **first), {}
    opened = view.body
    outcome = bot.slack.submit(RUIZ, view, first)
    assert outcome.ok, outcome.field_errors
    view.body = opened
    return bot.slack.submit(RUIZ, view, then)


def done(bot: Bot) -> list[Intervention]:
    with bot.session_factory() as session:
        return list(session.scalars(select(Intervention).order_by(Intervention.id)))


def test_of_a_message_it_is_said_and_what_is_typed_goes_as_another(bot: Bot) -> None:
    outcome = sent_again(bot, composer(bot), {TEXT: "See you *today*."}, {TEXT: "See you soon."})
    assert outcome.ok, outcome.field_errors
    assert outcome.view is not None
    shown = says(outcome.view)
    assert "Sent already at " in shown
    assert "Leo Park" in shown
    assert "“See you *today*.”" in shown
    assert "What stands below now did not go. [Send another] does that as well" in shown
    assert outcome.view.body["submit"]["text"] == "Send another"
    assert [one.message for one in sent(bot)] == ["See you *today*."]
    again = seen(bot, bot.slack.submit(RUIZ, outcome.view, {}))
    assert again.ok, again.field_errors
    assert [one.message for one in sent(bot)] == ["See you *today*.", "See you soon."]


def test_the_first_can_be_taken_back_there_and_the_form_stays(bot: Bot) -> None:
    form = composer(bot)
    draft = Ref.decode(form.body["private_metadata"]).draft
    outcome = sent_again(bot, form, {TEXT: "One."}, {TEXT: "Two."})
    assert outcome.view is not None
    used = Ref.decode(outcome.view.body["private_metadata"])
    press(bot, outcome.view, Action.TAKE_BACK)
    bot.slack.wait_until(lambda: "Taken back." in says(bot.slack.modal(RUIZ)), what="a word")
    bot.slack.close(RUIZ)
    assert "Sent already at " in says(bot.slack.modal(RUIZ))
    form.body = form.body | {"private_metadata": replace(used, draft=draft).encode()}
    late = bot.slack.submit(RUIZ, form, {TEXT: "Two."})
    assert ", and taken back since. This is how:" in says(late.view)
    assert late.view is not None
    twice = late.view.body
    assert sum("done_before" in str(one.get("block_id")) for one in twice["blocks"]) < 9
    assert seen(bot, bot.slack.submit(RUIZ, late.view, {})).ok
    assert [one.withdrawn_at is None for one in done(bot)] == [False, True]


def test_a_day_later_it_says_the_day(bot: Bot) -> None:
    form = composer(bot)
    opened = form.body
    assert seen(bot, bot.slack.submit(RUIZ, form, {TEXT: "One."})).ok
    assert bot.slack.close(RUIZ).view is None
    bot.clock.ahead += timedelta(days=1)
    form.body = opened
    assert bot.slack.submit(RUIZ, form, {TEXT: "Two."}).ok
    shown = says(form)
    assert "Sent already at" not in shown
    assert "Sent already " in shown


def form_of(name: str, bot: Bot) -> tuple[View, Values, Values]:
    """A form, what is put into it first, and what then."""
    noon = at_noon(bot)
    due = {"assignment_due": f"{assignments.monday(bot):%Y-%m-%d}"}
    if name == "tutor":
        with_tutors(bot, "Maya Okafor", "Sam O'Neil")
        to = Action.TUTOR_CANDIDATE.value
        values = [{to: value_of(bot, one)} for one in ("Maya Okafor", "Sam O'Neil")]
        return tutor_form(bot), values[0], values[1]
    if name == "several":
        reached_by(bot, "Maya Okafor", email="maya@school.test")
        who = [f"student={bot.school.students[one]}" for one in ("Maya Okafor", "Leo Park")]
        both = {Action.BULK_STUDENTS: who}
        text = Action.BULK_TEXT
        return window(bot, "message Grade 5 Maths"), both | {text: "One."}, both | {text: "Two."}
    if name == "parent":
        text = Action.PARENT_TEXT
        return window(bot, "parent Leo"), {text: "One."}, {text: "Two."}
    if name == "meeting":
        return timed(bot), noon, noon | {"meeting_place": "Room 5"}
    return assignments.form(bot), due, due | {"assignment_title": "Halves"}


@pytest.mark.parametrize(
    ("name", "words", "another"),
    [
        ("assignment", ["Assigned already", "Leo Park", "Targeted Practice"], "Assign another"),
        ("meeting", ["Scheduled already", "Maya Okafor", " 12:00"], "Schedule another"),
        ("parent", ["Sent already", "Leo Park", "“One.”"], "Send another"),
        ("several", ["Sent already", "2 students", "“One.”"], "Send another"),
        ("tutor", ["Asked already", "Maya Okafor will be asked"], "Ask for another"),
    ],
)
def test_so_does_every_act(bot: Bot, name: str, words: list[str], another: str) -> None:
    outcome = sent_again(bot, *form_of(name, bot))
    assert outcome.ok, outcome.field_errors
    shown = says(outcome.view)
    assert [one for one in words if one not in shown] == []
    assert outcome.view is not None
    assert outcome.view.body["submit"]["text"] == another


def test_an_alert_is_not_resolved_twice_but_what_was_typed_is_shown(bot: Bot) -> None:
    view = resolve_form(bot, of_alert(raise_alert(bot)))
    first: Values = {Action.RESOLVE_ACTION: "family", Action.RESOLVE_NOTES: "Away."}
    outcome = sent_again(bot, view, first, first | {Action.RESOLVE_NOTES: "Ill, & back."})
    shown = says(outcome.view)
    assert "Resolved already at " in shown
    assert "which was not kept:" in shown
    assert "Ill, & back." in shown
    assert len(done(bot)) == 1
