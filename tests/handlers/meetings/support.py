"""Making a meeting in Slack, and seeing its card."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.clock import Clock
from handlers.ids import Action
from handlers.jobs import JOBS
from handlers.views.meetings.slots import OTHER as ANOTHER
from sandbox import Message, Outcome, View, full_text
from school.models import ClassTeacher, Guardian, Meeting, User
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ

CARD, QUESTION = "A meeting of yours.", "One question about a meeting."


def add_guardian(bot: Bot, name: str, email: str | None = None, of: str = "Maya Okafor") -> None:
    """Somebody on record for a student."""
    with bot.session_factory.begin() as session:
        student_id, workspace_id = bot.school.students[of], bot.school.workspace_id
        session.add(
            Guardian(workspace_id=workspace_id, student_id=student_id, name=name, email=email)
        )


def add_colleague(bot: Bot, slack_id: str = "U0MOSS") -> None:
    """Mr Moss teaches Grade 5 Maths too."""
    with bot.session_factory.begin() as session:
        user = session.scalars(select(User).where(User.slack_user_id == slack_id)).one()
        row = {"workspace_id": bot.school.workspace_id, "class_id": bot.school.maths}
        session.add(ClassTeacher(**row, user_id=user.id, role="co-teacher"))


def form(bot: Bot, text: str = "Maya", user: str = RUIZ) -> View:
    """The form that `/homeroom meet` opens, with nothing else on the screen."""
    if bot.slack.modal(user) is not None:
        bot.slack.close(user, everything=True)
    assert bot.slack.command(user, "#general", "/homeroom", f"meet {text}").ok
    return bot.slack.wait_for_modal(user)


def timed(bot: Bot, text: str = "Maya") -> View:
    """The form with a field for any time, and not only those that are free."""
    return any_time(bot, form(bot, text))


def any_time(bot: Bot, view: View) -> View:
    """The form that is open, once another time than the free ones was asked for."""
    if Action.MEETING_TIME in elements(view):
        return view
    for _try in range(3):
        bot.slack.choose(RUIZ, view, Action.MEETING_SLOT, ANOTHER)
        view = bot.slack.wait_for_modal(RUIZ)
        try:
            _wait_for_time(bot, view)
        except TimeoutError:
            continue  # The calendar answered at that moment: a person chooses again.
        return view
    raise AssertionError("the form never asked for another time")


def _wait_for_time(bot: Bot, view: View) -> None:
    bot.slack.wait_until(
        lambda: Action.MEETING_TIME in elements(view), 3, what="a field for the time"
    )


def error_on(outcome: Outcome, name: Action) -> str:
    """What is wrong with a field, whatever marks its block bears; nothing where nothing is."""
    errors = outcome.field_errors.items()
    return next((words for field, words in errors if field.partition("|")[0] == name), "")


def at_noon(bot: Bot, days: int = 2) -> dict[str, str]:
    """Noon, so many days from now by the clock of the bot."""
    day = (bot.clock() + timedelta(days=days)).date().isoformat()
    return {"meeting_day": day, "meeting_time": "12:00"}


def schedule(bot: Bot, text: str = "Maya", **values: Any) -> Message:
    """Make a meeting; its card."""
    before = bot.slack.last_message(RUIZ)
    outcome = bot.slack.submit(RUIZ, timed(bot, text), {**at_noon(bot), **values})
    assert outcome.ok, outcome.field_errors
    bot.slack.close(RUIZ)
    return bot.slack.wait_for_message(RUIZ, "", CARD, after=before.ts if before else "")


def press(bot: Bot, where: Message | View, action: str, user: str = RUIZ) -> Outcome:
    """Click a button."""
    outcome = bot.slack.click(user, where, action)
    assert outcome.ok, outcome.error
    return outcome


def says(bot: Bot, message: Message, words: str) -> None:
    """Wait until a message says so."""
    bot.slack.wait_until(lambda: words in full_text(message), what=words)


def told(bot: Bot, words: str) -> Message:
    """Wait for a word to Ms Ruiz alone."""
    return bot.slack.wait_for_message(RUIZ, "", lambda one: words in full_text(one))


def elements(view: View | Message, of: str = "") -> dict[str, Any]:
    """What each field shows at first, by action id."""
    shown = {}
    for block in view.blocks:
        for one in [block.get("element"), *block.get("elements", [])]:
            if one and "action_id" in one:
                shown[one["action_id"]] = next(
                    (one[key] for key in one if key.startswith("initial_")), None
                )
    return {key: value for key, value in shown.items() if key.startswith(of)}


def meetings(bot: Bot) -> list[Meeting]:
    """All meetings on record."""
    with bot.session_factory() as session:
        return list(session.scalars(select(Meeting).order_by(Meeting.id)))


def time_in(view: View) -> str:
    """The time that a form shows at first: one of the free ones, or another."""
    shown = elements(view)
    chosen = shown.get(Action.MEETING_SLOT)
    if chosen is None or chosen["value"] == ANOTHER:
        return str(shown[Action.MEETING_TIME])
    return str(chosen["value"])


def zoned(bot: Bot, zone: str) -> None:
    """Ms Ruiz lives in another zone, as her Slack profile says."""
    people = bot.slack.workspace.people
    people[RUIZ] = replace(people[RUIZ], tz=zone)


def asked(bot: Bot, days: int = 10) -> Message:
    """Let the days go by until the question how the meeting went, which keeps to quiet hours."""
    here = bot.clock().astimezone(ZoneInfo("America/New_York"))
    bot.clock.ahead = timedelta(days=days, hours=13 - here.hour)
    clock = Clock(
        bot.session_factory, JOBS, bot.services.settings, now=bot.clock, wake=bot.outbox.wake
    )
    clock.tick()
    return bot.slack.wait_for_message(RUIZ, "", QUESTION)


def shows(bot: Bot, words: str) -> None:
    """Wait until the form on top says so."""
    bot.slack.wait_until(lambda: words in words_in(bot.slack.modal(RUIZ)), what=words)


def words_in(view: View | None) -> str:
    """All that a form says; nothing where there is none."""
    return "" if view is None else full_text(Message("", "", "", "", view.blocks))
