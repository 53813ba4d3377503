"""No student's name stands anywhere but in what the asker alone reads."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from handlers.ids import Action
from sandbox import full_text
from school.models import Delivery, SeenEvent
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ
from tests.handlers.test_actions import asked, asked_class, entry, words_of

SHOWN = {"text", "alt_text", "title", "description", "placeholder", "label", "hint"}
"""The properties that people read. Everything else is carried, logged or kept."""


def carried(value: Any, key: str = "") -> Iterator[str]:
    """Every string of blocks or a view that nobody reads."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name not in SHOWN:
                yield from carried(each, name)
            elif isinstance(each, dict):
                yield from (str(one) for part, one in each.items() if part not in SHOWN)
    elif isinstance(value, list):
        for each in value:
            yield from carried(each, key)
    else:
        yield str(value)


def a_day_with_the_bot(bot: Bot) -> None:
    """Everything that a teacher can do, once."""
    report = asked(bot)
    of_class = asked_class(bot)
    bot.slack.click(RUIZ, of_class, Action.NUMBERS)
    bot.slack.wait_for_modal(RUIZ, lambda view: "Maya" in words_of(view))
    students = bot.slack.suggest(RUIZ, of_class, Action.CLASS_STUDENT).options
    bot.slack.choose(RUIZ, of_class, Action.CLASS_STUDENT, students[0]["value"])
    bot.report(after=of_class.ts)
    bot.slack.choose(RUIZ, report, Action.REPORT_RANGE, entry(report, "7d"))
    bot.slack.wait_until(lambda: "last 7 days" in full_text(report))
    bot.slack.click(RUIZ, report, Action.ALL_SKILLS)
    bot.slack.wait_for_modal(RUIZ, lambda view: "Maya" in words_of(view))
    bot.slack.choose(RUIZ, report, Action.REPORT_RANGE, entry(report, "custom"))
    days = bot.slack.wait_for_modal(RUIZ, lambda view: view.body["callback_id"] == "custom_range")
    bot.slack.submit(RUIZ, days, {"first_day": "2019-01-01", "last_day": "2019-01-02"})
    bot.slack.wait_until(lambda: "No practice" in full_text(report))
    a_comparison(bot)
    bot.ask("/student-report", "alex")
    bot.ask("/student-report", "Myla")
    bot.ask("/student-report", "Ben Stone")
    bot.slack.open_home(RUIZ)
    bot.slack.wait_for_home(RUIZ)


def a_comparison(bot: Bot) -> None:
    """A student beside the class, the numbers, and leaderboards."""
    newest = bot.slack.last_message(RUIZ)
    bot.ask("/homeroom", "compare maya")
    compared = bot.report(after=newest.ts if newest else "")
    bot.slack.click(RUIZ, compared, Action.COMPARISON_NUMBERS)
    bot.slack.wait_for_modal(RUIZ, lambda view: "Skills beside" in words_of(view))
    bot.slack.click(RUIZ, compared, Action.LEAVE_OUT)
    bot.slack.wait_for_message(RUIZ, "", "is left out of all leaderboards")
    bot.slack.wait_until(lambda: Action.PUT_BACK in str(compared.blocks[-1]))
    bot.slack.click(RUIZ, compared, Action.PUT_BACK)
    bot.slack.wait_for_message(RUIZ, "", "is on leaderboards again")


def kept(bot: Bot) -> Iterator[str]:
    """Every string in the records of what was sent and taken in."""
    with bot.session_factory() as session:
        for model in (Delivery, SeenEvent):
            for row in session.scalars(select(model)):
                yield from (str(getattr(row, one.name)) for one in model.__table__.columns)


def test_no_name_leaves_what_the_asker_reads(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    a_day_with_the_bot(bot)
    sent = [*bot.slack.messages(RUIZ), *bot.slack.messages(RUIZ, "#general")]
    views = [bot.slack.modal(RUIZ), bot.slack.home(RUIZ)]
    strings = [
        *[message.text for message in sent],
        *[word for message in sent for word in carried([message.blocks, message.metadata or {}])],
        *[word for view in views if view for word in carried(view.body)],
        *[file.name + file.title + file.alt_txt for file in bot.slack.workspace.files.values()],
        *[picture.file_name for picture in bot.pool.pictures],
        *kept(bot),
        *[record.getMessage() for record in caplog.records],
    ]
    assert len(strings) > 300
    for name in {part for whole in bot.school.names for part in whole.split()}:
        assert [word for word in strings if name in word] == []


def test_logs_of_a_failure_name_nobody(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    bot.slack.faults.set("views.open", "server_error", times=None)
    bot.slack.faults.set("chat.postMessage", "error", code="channel_not_found")
    bot.ask("/student-report", "maya okafor")
    bot.slack.command(RUIZ, "#general", "/student-report")
    bot.slack.wait_for_message(RUIZ, "#general", "Slack did not answer.")
    bot.outbox.drain_once()
    logged = "\n".join(record.getMessage() for record in caplog.records)
    for word in ("maya", "okafor", "Maya", "Okafor", "Ruiz"):
        assert word not in logged
