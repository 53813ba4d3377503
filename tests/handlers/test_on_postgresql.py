"""The whole way through once more, with the school on PostgreSQL."""

from datetime import UTC, datetime

import pytest

from handlers.ids import Action
from sandbox import full_text
from school.database import SessionFactory
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import any_time, press, says, schedule
from tests.handlers.meetings.support import asked as asked_about
from tests.handlers.school import RUIZ, School, lay_out_school
from tests.handlers.test_actions import asked, asked_class, entry, words_of


@pytest.fixture
def factory(postgres_factory: SessionFactory) -> SessionFactory:
    return postgres_factory


@pytest.fixture
def school(factory: SessionFactory) -> School:
    return lay_out_school(factory, datetime.now(UTC))


def test_both_reports_their_ranges_skills_and_home(bot: Bot) -> None:
    of_class = asked_class(bot)
    assert "Grade 5 Maths" in full_text(of_class)
    bot.slack.click(RUIZ, of_class, Action.NUMBERS)
    bot.slack.wait_for_modal(RUIZ, lambda view: "Students by accuracy" in words_of(view))
    report = asked(bot)
    bot.slack.choose(RUIZ, report, Action.REPORT_RANGE, entry(report, "7d"))
    bot.slack.wait_until(lambda: "last 7 days" in full_text(report))
    bot.slack.click(RUIZ, report, Action.ALL_SKILLS)
    bot.slack.wait_for_modal(RUIZ, lambda view: "2 skills" in words_of(view))
    bot.slack.open_home(RUIZ)
    assert "need work on Fractions" in words_of(bot.slack.wait_for_home(RUIZ))


def test_a_meeting_is_made_moved_answered_for_and_its_reminders_set(bot: Bot) -> None:
    card = schedule(bot)
    press(bot, card, Action.MOVE_MEETING)
    view = any_time(bot, bot.slack.wait_for_modal(RUIZ))
    assert bot.slack.submit(RUIZ, view, {"meeting_time": "13:30"}).ok
    says(bot, card, "13:30")
    assert bot.slack.command(RUIZ, "#general", "/homeroom", "settings").ok
    view = bot.slack.wait_for_modal(RUIZ)
    assert bot.slack.submit(RUIZ, view, {"first_reminder": "0"}).ok
    question = asked_about(bot)
    press(bot, question, Action.MEETING_HELD)
    says(bot, question, "noted by you")
