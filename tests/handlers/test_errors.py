"""Whatever goes wrong is told in words, and the log knows the reference but no names."""

import logging
import re

import pytest
from sqlalchemy import text

from handlers.ids import Action
from sandbox import full_text
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ
from tests.handlers.test_actions import asked, asked_class, words_of

BROKEN = re.compile(r"Something broke on my side\. Reference ([2-9A-Z]{4})\. Nothing was sent\.")


def break_database(bot: Bot) -> None:
    """From now on looking for names fails, as with a database that lost a table."""
    with bot.session_factory.begin() as session:
        session.execute(text("ALTER TABLE enrolments RENAME TO lost"))


def reference_in(words: str, caplog: pytest.LogCaptureFixture) -> str:
    found = BROKEN.search(words)
    assert found is not None, words
    assert any(found.group(1) in record.getMessage() for record in caplog.records)
    return found.group(1)


@pytest.fixture(autouse=True)
def _log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


def test_an_unknown_failure_of_a_command_gives_a_reference(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    break_database(bot)
    reference = reference_in(full_text(bot.ask("/student-report", "maya")), caplog)
    logged = next(one.getMessage() for one in caplog.records if reference in one.getMessage())
    assert "OperationalError at " in logged
    assert "school/names.py:" in logged
    assert "maya" not in logged


def test_an_unknown_failure_of_a_click_gives_a_reference(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    report = asked(bot)
    break_database(bot)
    assert bot.slack.click(RUIZ, report, Action.ALL_SKILLS).ok
    told = bot.slack.wait_for_message(RUIZ, "", BROKEN.pattern)
    reference_in(full_text(told), caplog)


def test_a_database_that_is_busy_for_too_long_asks_for_patience(bot: Bot) -> None:
    with bot.session_factory.begin() as importing:
        importing.execute(text("SELECT 1"))
        told = full_text(bot.ask("/student-report", "maya"))
    assert "My records are being written to just now. Please try again in a moment." in told


def test_a_modal_never_stays_at_one_moment(
    bot: Bot, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_here(*_lines: object, **_more: object) -> None:
        raise ZeroDivisionError

    report = asked(bot)
    monkeypatch.setattr("handlers.actions.skills.student_report", break_here)
    bot.slack.click(RUIZ, report, Action.ALL_SKILLS)
    shown = bot.slack.wait_for_modal(RUIZ, lambda view: "Something broke" in words_of(view))
    reference_in(words_of(shown), caplog)
    assert "One moment" not in words_of(shown)


def test_the_numbers_say_in_their_modal_what_went_wrong(
    bot: Bot, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_here(*_lines: object, **_more: object) -> None:
        raise ZeroDivisionError

    report = asked_class(bot)
    monkeypatch.setattr("handlers.actions.numbers.class_report", break_here)
    bot.slack.click(RUIZ, report, Action.NUMBERS)
    shown = bot.slack.wait_for_modal(RUIZ, lambda view: "Something broke" in words_of(view))
    reference_in(words_of(shown), caplog)


def test_an_unknown_failure_of_a_submission_keeps_what_was_typed(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.slack.command(RUIZ, "#general", "/student-report")
    view = bot.slack.wait_for_modal(RUIZ)
    student = bot.slack.suggest(RUIZ, view, Action.CHOOSE_STUDENT, "maya").options[0]["value"]
    break_database(bot)
    outcome = bot.slack.submit(RUIZ, view, {"choose_student": student})
    assert outcome.view is view
    reference_in(outcome.field_errors["choose_student"], caplog)


def test_an_unknown_failure_of_home_is_told_there(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    break_database(bot)
    bot.slack.open_home(RUIZ)
    reference_in(words_of(bot.slack.wait_for_home(RUIZ)), caplog)


def test_an_unknown_failure_while_a_page_is_turned_is_laid_on_top(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.school.add_skills(bot.session_factory, "Maya Okafor", 45)
    report = asked(bot)
    bot.slack.click(RUIZ, report, Action.ALL_SKILLS)
    first = bot.slack.wait_for_modal(RUIZ, lambda view: "Page 1 of 3" in words_of(view))
    break_database(bot)
    bot.slack.click(RUIZ, first, f"{Action.SKILLS_PAGE}:1")
    top = bot.slack.wait_for_modal(RUIZ, lambda view: view is not first)
    reference_in(words_of(top), caplog)


def test_a_menu_offers_nothing_when_its_students_cannot_be_read(bot: Bot) -> None:
    report = asked_class(bot)
    break_database(bot)
    outcome = bot.slack.suggest(RUIZ, report, Action.CLASS_STUDENT)
    assert outcome.ok
    assert outcome.options == []


def test_a_home_that_slack_does_not_take_is_only_logged(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.slack.faults.set("views.publish", "error", code="fatal_error", times=None)
    bot.slack.open_home(RUIZ)
    said = "An answer was not taken (Unclear)"
    bot.slack.wait_until(lambda: any(said in one.getMessage() for one in caplog.records))


def test_an_answer_that_slack_drops_is_not_said_twice(bot: Bot) -> None:
    choice = bot.ask("/student-report", "alex kim")
    bot.slack.faults.set("response_url", "drop")
    bot.slack.click(RUIZ, choice, f"{Action.PICK_REPORT}:0")
    bot.report()
    assert len(bot.slack.ledger.calls("response_url")) == 1


@pytest.mark.parametrize("kind", ["slow", "error", "unknown_method"])
def test_a_slack_that_does_not_say_who_asks_holds_up_nobody(bot: Bot, kind: str) -> None:
    bot.slack.faults.set("users.info", kind, seconds=1.5, times=None)
    bot.ask("/student-report", "maya")
    assert "Maya Okafor" in full_text(bot.report())


def test_slack_is_asked_once_who_somebody_is(bot: Bot) -> None:
    for _time in range(3):
        bot.ask("/class-report")
    assert len(bot.slack.ledger.calls("users.info")) == 1


@pytest.mark.parametrize("kind", ["unknown_method", "error"])
def test_a_slack_without_windows_says_what_to_type(bot: Bot, kind: str) -> None:
    bot.slack.faults.set("views.*", kind, code="missing_scope", times=None)
    assert bot.slack.command(RUIZ, "#general", "/student-report").ok
    said = bot.slack.wait_for_message(RUIZ, "#general", "I cannot open windows in this Slack")
    assert "/student-report Maya" in full_text(said)


def test_where_not_even_that_is_taken_a_message_helps_once(bot: Bot) -> None:
    bot.slack.faults.set("views.*", "unknown_method", times=None)
    bot.slack.faults.set("response_url", "error", code="used_url", times=None)
    assert bot.slack.command(RUIZ, "#general", "/student-report").ok
    help_ = bot.slack.wait_for_message(RUIZ, matching="What I can do for teachers", timeout=20)
    assert "/student-report Maya" in full_text(help_)


def test_a_home_that_this_slack_lacks_brings_no_message(bot: Bot) -> None:
    bot.slack.faults.set("views.*", "unknown_method", times=None)
    bot.slack.open_home(RUIZ)
    bot.ask("/student-report", "maya")
    bot.report()
    assert all("What I can do" not in full_text(one) for one in bot.slack.messages(RUIZ, ""))
