"""Shortcuts: help a student from anywhere, or the one whom a message of ours is about."""

from typing import Any

from sqlalchemy import select

from handlers.ids import Action, Shortcut
from sandbox import Message
from school.models import Delivery
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import schedule, words_in
from tests.handlers.school import RUIZ


def test_a_student_and_what_would_help_are_chosen_and_the_form_follows(bot: Bot) -> None:
    assert bot.slack.shortcut(RUIZ, Shortcut.HELP_STUDENT).ok
    view = bot.slack.wait_for_modal(RUIZ)
    assert view.body["title"]["text"] == "Help a student"
    assert "Write to the student" in words_in(view)
    offered = bot.slack.suggest(RUIZ, view, Action.CHOOSE_STUDENT, "Sam").options
    values: dict[str, Any] = {Action.CHOOSE_STUDENT: offered[0]["value"], Action.CHOOSE_ACT: "meet"}
    assert bot.slack.submit(RUIZ, view, values).ok
    view = bot.slack.wait_for_modal(RUIZ)
    assert "Sam O'Neil" in words_in(view)
    assert view.body["title"]["text"] == "Meeting"


def known(bot: Bot, message: Message) -> Message:
    """The same message once the bot knows where it stands."""

    def has_it() -> bool:
        with bot.session_factory() as session:
            query = select(Delivery.id).where(Delivery.message_ts == message.ts)
            return session.scalar(query) is not None

    bot.slack.wait_until(has_it, what="a message that is known")
    return message


def chosen_for(bot: Bot, message: Message) -> str:
    """What the form says that opens on a message."""
    assert bot.slack.shortcut(RUIZ, Shortcut.WHAT_CAN_I_DO, message).ok
    said = words_in(bot.slack.wait_for_modal(RUIZ))
    bot.slack.close(RUIZ, everything=True)
    return said


def test_on_a_report_the_student_is_known(bot: Bot) -> None:
    bot.ask("/student-report", "Maya")
    said = chosen_for(bot, known(bot, bot.report()))
    assert "Maya Okafor" in said
    assert "What would help?" in said


def test_on_a_class_report_a_student_of_that_class_is_chosen(bot: Bot) -> None:
    bot.ask("/class-report", "Grade 6 Science", user="U0ADMIN")
    report = known(bot, bot.report("U0ADMIN"))
    assert bot.slack.shortcut("U0ADMIN", Shortcut.WHAT_CAN_I_DO, report).ok
    view = bot.slack.wait_for_modal("U0ADMIN")
    assert len(bot.slack.suggest("U0ADMIN", view, Action.CHOOSE_STUDENT).options) == 2


def test_on_a_meeting_s_card_it_is_the_meeting_s_student(bot: Bot) -> None:
    assert "Maya Okafor" in chosen_for(bot, known(bot, schedule(bot)))


def test_on_anything_else_a_student_is_chosen(bot: Bot) -> None:
    said = chosen_for(bot, bot.slack.say(RUIZ, "#general", "Maya was late again"))
    assert "Maya" not in said
    assert "Student" in said


def test_what_is_missing_lands_on_its_field(bot: Bot) -> None:
    bot.ask("/student-report", "Maya")
    assert bot.slack.shortcut(RUIZ, Shortcut.WHAT_CAN_I_DO, known(bot, bot.report())).ok
    outcome = bot.slack.submit(RUIZ, bot.slack.wait_for_modal(RUIZ), {})
    assert list(outcome.field_errors) == [Action.CHOOSE_ACT]


def test_a_guest_is_told_so(bot: Bot) -> None:
    assert bot.slack.shortcut("U0GUEST", Shortcut.HELP_STUDENT).ok
    assert "guest" in words_in(bot.slack.wait_for_modal("U0GUEST")).lower()
