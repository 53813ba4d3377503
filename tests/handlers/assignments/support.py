"""Setting practice in Slack, and what comes of it."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from bot.clock import Clock
from handlers.jobs import JOBS
from sandbox import Message, View
from school.models import Assignment, AssignmentStudent
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ

CARD, GIVEN, NEWS = (
    "Something that you did for a student.",
    "Your teacher has something for you.",
    "News of an assignment.",
)
"""What the notifications say."""
LEO = "U0LEO"
ZONE = ZoneInfo("America/New_York")


def form(bot: Bot, text: str = "Leo Park", user: str = RUIZ) -> View:
    """The form that `/homeroom assign` opens, with nothing else on the screen."""
    if bot.slack.modal(user) is not None:
        bot.slack.close(user, everything=True)
    assert bot.slack.command(user, "#general", "/homeroom", f"assign {text}").ok
    return bot.slack.wait_for_modal(user)


def monday(bot: Bot, weeks: int = 1) -> datetime:
    """A coming Monday, by the school's clock."""
    today = bot.clock().astimezone(ZONE)
    return today + timedelta(days=7 * weeks - today.weekday())


def assign(bot: Bot, text: str = "Leo Park", **values: Any) -> Message:
    """Set practice until a coming Monday; its card."""
    before = bot.slack.last_message(RUIZ)
    given = {"assignment_due": f"{monday(bot):%Y-%m-%d}", **values}
    outcome = bot.slack.submit(RUIZ, form(bot, text), given)
    assert outcome.ok, outcome.field_errors
    bot.slack.close(RUIZ)
    return bot.slack.wait_for_message(RUIZ, "", CARD, after=before.ts if before else "")


def assignments(bot: Bot) -> list[Assignment]:
    """All that Homeroom made."""
    with bot.session_factory() as session:
        return list(session.scalars(select(Assignment).order_by(Assignment.id)))


def practised(bot: Bot, questions: int, correct: int, *, done: bool = False) -> None:
    """As if an import had counted so much towards every assignment."""
    values: dict[str, Any] = {"questions": questions, "correct": correct}
    if done:
        values["reached_at"] = bot.clock()
    with bot.session_factory.begin() as session:
        session.execute(update(AssignmentStudent).values(**values))


def tick(bot: Bot) -> None:
    """Let the clock do what is due."""
    settings = bot.services.settings
    clock = Clock(bot.session_factory, JOBS, settings, now=bot.clock, wake=bot.outbox.wake)
    while clock.tick():
        pass
    clock.tick()


def wait_until_told(bot: Bot) -> Message:
    """Let the half minute go by in which it can be taken back; what Leo reads."""
    bot.clock.ahead += timedelta(seconds=40)
    return bot.slack.wait_for_message(LEO, "", GIVEN)
