"""Writing messages in the local Slack."""

from typing import Any

from sqlalchemy import select

from handlers.ids import Action
from sandbox import Outcome, View
from school.models import MessageTemplate, Student, TeacherMessage
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import words_in
from tests.handlers.school import RUIZ

GREAT, STREAK = "Encouragement - Great job", "Encouragement - Streak"
MISS_YOU = "Inactive - We miss you"


def composer(bot: Bot, words: str = "Leo", user: str = RUIZ) -> View:
    """The form that `/homeroom message` opens, with nothing else on the screen."""
    if bot.slack.modal(user) is not None:
        bot.slack.close(user, everything=True)
    assert bot.slack.command(user, "#general", "/homeroom", f"message {words}").ok
    return bot.slack.wait_for_modal(user)


def template(bot: Bot, title: str) -> str:
    """The menu's value for a template."""
    with bot.session_factory() as session:
        query = select(MessageTemplate.id).where(MessageTemplate.title == title)
        return f"template={session.scalars(query).one()}"


def field_of(view: View, name: str) -> dict[str, Any]:
    """The element of a field."""
    elements = (block.get("element") or {} for block in view.blocks)
    return next((one for one in elements if one.get("action_id") == name), {})


def text_of(view: View) -> str:
    """What stands in the text at first."""
    return str(field_of(view, Action.MESSAGE_TEXT).get("initial_value") or "")


def choose_template(bot: Bot, title: str, typed: str | None = None) -> View:
    """Choose a template, with what was typed before it; the form as it is then."""
    view = bot.slack.wait_for_modal(RUIZ)
    entered = {} if typed is None else {Action.MESSAGE_TEXT.value: typed}
    _enter(bot, view, entered)
    outcome = bot.slack.choose(RUIZ, view, Action.MESSAGE_TEMPLATE, template(bot, title))
    assert outcome.ok, outcome.error
    return bot.slack.wait_for_modal(RUIZ)


def preview(bot: Bot, typed: str) -> str:
    """What the form says once what was typed is previewed."""
    view = bot.slack.wait_for_modal(RUIZ)
    _enter(bot, view, {Action.MESSAGE_TEXT.value: typed})
    assert bot.slack.click(RUIZ, view, Action.MESSAGE_PREVIEW).ok
    return words_in(bot.slack.wait_for_modal(RUIZ))


def send(bot: Bot, view: View, typed: str | None = None) -> Outcome:
    """Send the message."""
    values = {} if typed is None else {Action.MESSAGE_TEXT.value: typed}
    return bot.slack.submit(RUIZ, view, values)


def sent(bot: Bot) -> list[TeacherMessage]:
    """All messages on record."""
    with bot.session_factory() as session:
        return list(session.scalars(select(TeacherMessage).order_by(TeacherMessage.id)))


def reached_by(bot: Bot, student: str, *, email: str | None, slack_id: str | None = None) -> None:
    """What is on record to reach a student by."""
    with bot.session_factory.begin() as session:
        row = session.get_one(Student, bot.school.students[student])
        row.email, row.slack_user_id = email, slack_id


def _enter(bot: Bot, view: View, entered: dict[str, str]) -> None:
    for name, value in entered.items():
        block = next(
            one["block_id"]
            for one in view.blocks
            if (one.get("element") or {}).get("action_id") == name
        )
        bot.slack.enter(RUIZ, view, {block: {name: value}})
