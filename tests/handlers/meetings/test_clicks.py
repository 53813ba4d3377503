"""Clicks in a form that is changed at the same moment: none is lost, and nothing that was typed."""

import socket
from collections.abc import Callable
from datetime import date, timedelta

from handlers.clicks import MOST_KEPT, ClickBook
from handlers.ids import Action
from handlers.views.meetings.slots import NOT_KNOWN, Calendar
from sandbox import full_text
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import elements, form, shows
from tests.handlers.school import RUIZ

TYPED = {"meeting_notes": {"meeting_notes": "Reading"}}


def test_a_click_while_the_form_is_changed_by_another_is_not_lost(bot: Bot) -> None:
    view = form(bot)
    day = date.fromisoformat(elements(view)[Action.MEETING_DAY]) + timedelta(days=7)
    bot.slack.faults.set("views.update", "slow", times=1, seconds=0.6)
    bot.slack.choose(RUIZ, view, Action.MEETING_TYPE, "group")
    bot.slack.choose(RUIZ, view, Action.MEETING_DAY, day.isoformat(), entered=TYPED)
    bot.slack.wait_until(lambda: elements(view)[Action.MEETING_DAY] == day.isoformat())
    assert elements(view)[Action.MEETING_TYPE]["value"] == "group"
    assert elements(view)[Action.MEETING_NOTES] == "Reading"
    calls = bot.slack.ledger.calls("views.update")
    assert [one.outcome for one in calls] == ["ok", "hash_conflict", "ok"]
    assert not [one for one in bot.slack.messages(RUIZ) if "broke" in full_text(one)]


def test_a_calendar_that_answers_after_a_click_takes_nothing_back(
    start_bot: Callable[..., Bot],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/{{email}}/"
        bot = start_bot(caldav_url=url, calendar_wait=0.7)
        view = form(bot)
        assert NOT_KNOWN[Calendar.ASKED] in full_text_of(bot)
        day = date.fromisoformat(elements(view)[Action.MEETING_DAY]) + timedelta(days=7)
        bot.slack.choose(RUIZ, view, Action.MEETING_DAY, day.isoformat(), entered=TYPED)
        shows(bot, NOT_KNOWN[Calendar.SILENT])
        assert elements(view)[Action.MEETING_DAY] == day.isoformat()
        assert elements(view)[Action.MEETING_NOTES] == "Reading"


def full_text_of(bot: Bot) -> str:
    view = bot.slack.wait_for_modal(RUIZ)
    return str(view.blocks)


def test_a_form_that_was_closed_meanwhile_stays_closed(bot: Bot) -> None:
    view = form(bot)
    before = len(bot.slack.messages(RUIZ))
    bot.slack.faults.set("views.update", "error", times=1, code="not_found")
    bot.slack.choose(RUIZ, view, Action.MEETING_TYPE, "group")
    bot.slack.wait_until(lambda: len(bot.slack.ledger.calls("views.update")) == 1)
    assert len(bot.slack.messages(RUIZ)) == before


def test_the_last_click_is_known_and_old_forms_are_forgotten() -> None:
    book = ClickBook()
    book.note("V1", "20.1")
    book.note("V1", "10.1")
    for at, is_last in (("10.1", False), ("", False), ("20.1", True), ("30.1", True)):
        with book.turn("V1", at) as answer:
            assert answer is is_last
    for number in range(MOST_KEPT):
        book.note(f"W{number}", "1.0")
    with book.turn("V1", "") as answer:
        assert answer
