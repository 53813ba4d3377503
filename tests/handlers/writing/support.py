"""Writing messages in the local Slack."""

from typing import Any

from sqlalchemy import select

from handlers.ids import Action, Modal
from sandbox import Outcome, View
from school.models import MessageTemplate, Student, TeacherMessage
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import words_in
from tests.handlers.school import RUIZ

GREAT, STREAK = "Encouragement - Great job", "Encouragement - Streak"
MISS_YOU = "Inactive - We miss you"


def window(bot: Bot, command: str, user: str = RUIZ) -> View:
    """The modal that `/homeroom …` opens, with nothing else on the screen."""
    if bot.slack.modal(user) is not None:
        bot.slack.close(user, everything=True)
    assert bot.slack.command(user, "#general", "/homeroom", command).ok
    return bot.slack.wait_for_modal(user)


def composer(bot: Bot, words: str = "Leo", user: str = RUIZ) -> View:
    """The form of a message."""
    return window(bot, f"message {words}", user)


def changed(bot: Bot, action: str, value: Any = None, **typed: Any) -> View:
    """Fill in fields, click or choose; the modal once it shows what came of it."""
    view = bot.slack.wait_for_modal(RUIZ)
    before = view.body
    for name, text in typed.items():
        block = block_with(view, name)
        bot.slack.enter(RUIZ, view, {block["block_id"]: {name: text}})
    outcome = bot.slack.click(RUIZ, view, action, value)
    assert outcome.ok, outcome.error
    bot.slack.wait_until(lambda: _top(bot).body is not before, what="a changed modal")
    return _top(bot)


def _top(bot: Bot) -> View:
    return bot.slack.wait_for_modal(RUIZ)


def template(bot: Bot, title: str) -> str:
    """The menu's value for a template."""
    with bot.session_factory() as session:
        query = select(MessageTemplate.id).where(MessageTemplate.title == title)
        return f"template={session.scalars(query).one()}"


def block_with(view: View, name: str) -> dict[str, Any]:
    """The block of a field."""
    return next(one for one in view.blocks if (one.get("element") or {}).get("action_id") == name)


def placed(view: View, name: str = Action.MESSAGE_TEXT) -> str:
    """What was put into a field of text."""
    return str(block_with(view, name)["element"].get("initial_value") or "")


def says(view: View | None) -> str:
    """All that a modal says."""
    return words_in(view)


def send(bot: Bot, **typed: Any) -> Outcome:
    """Send off the form on top, and what is looked at last where it was changed."""
    return seen(bot, bot.slack.submit(RUIZ, bot.slack.wait_for_modal(RUIZ), typed))


def seen(bot: Bot, outcome: Outcome) -> Outcome:
    """What comes of sending a form, once the last look at it, if there is one, is sent too."""
    view = outcome.view
    if not outcome.ok or view is None or view.body["callback_id"] != Modal.LAST_LOOK:
        return outcome
    return bot.slack.submit(RUIZ, view, {})


def sent(bot: Bot) -> list[TeacherMessage]:
    """All messages on record."""
    with bot.session_factory() as session:
        return list(session.scalars(select(TeacherMessage).order_by(TeacherMessage.id)))


def reached_by(bot: Bot, student: str, *, email: str | None, slack_id: str | None = None) -> None:
    """What is on record to reach a student by."""
    with bot.session_factory.begin() as session:
        row = session.get_one(Student, bot.school.students[student])
        row.email, row.slack_user_id = email, slack_id
