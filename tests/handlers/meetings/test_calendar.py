"""Meetings in the teacher's own calendar, and what stands there in the form's free times."""

import socket
import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from handlers.ids import Action, Kind
from handlers.views.meetings.slots import NOT_KNOWN, Calendar
from sandbox import View, full_text
from school.models import Delivery
from tests.bot.calendar.radicale import Radicale
from tests.handlers.conftest import Bot
from tests.handlers.meetings.conftest import EMAIL, Diary
from tests.handlers.meetings.support import (
    any_time,
    elements,
    form,
    meetings,
    press,
    says,
    schedule,
    shows,
    time_in,
    told,
    words_in,
)
from tests.handlers.school import RUIZ

NEW_YORK = ZoneInfo("America/New_York")


def free(view: View) -> list[str]:
    """The free times that a form offers."""
    for block in view.blocks:
        if (block.get("element") or {}).get("action_id") == Action.MEETING_SLOT:
            return [one["value"] for one in block["element"]["options"]][:-1]
    return []


def day_of(view: View) -> date:
    return date.fromisoformat(elements(view)[Action.MEETING_DAY])


def local(day: date, clock: str) -> str:
    return f"TZID=America/New_York:{day:%Y%m%d}T{clock}00"


def entries_of(bot: Bot) -> list[Delivery]:
    with bot.session_factory() as session:
        query = select(Delivery).where(Delivery.kind == Kind.MEETING_EVENT.value)
        return list(session.scalars(query.order_by(Delivery.id)))


def test_a_meeting_is_made_moved_cancelled_and_restored_in_the_calendar(diary: Diary) -> None:
    bot = diary.bot
    card = schedule(bot, meeting_place="Room 12")
    diary.wait("T120000")
    ((name, text),) = diary.entries().items()
    assert name == f"{meetings(bot)[0].calendar_uid}.ics"
    assert "SUMMARY:One-on-one" in text
    assert "LOCATION:Room 12" in text
    assert "Maya" not in text
    press(bot, card, Action.MOVE_MEETING)
    view = any_time(bot, bot.slack.wait_for_modal(RUIZ))
    assert bot.slack.submit(RUIZ, view, {"meeting_time": "13:30"}).ok
    diary.wait("T133000")
    assert "SEQUENCE:1" in next(iter(diary.entries().values()))
    says(bot, card, "13:30")
    press(bot, card, Action.CANCEL_MEETING)
    diary.wait("", count=0)
    says(bot, card, "Cancelled")
    press(bot, card, Action.RESTORE_MEETING)
    diary.wait("T133000")
    assert list(diary.entries()) == [name]


def test_without_calendars_nothing_is_put_anywhere_and_nobody_is_told(bot: Bot) -> None:
    schedule(bot)
    bot.slack.wait_until(lambda: [one.state for one in entries_of(bot)] == ["closed"])
    assert entries_of(bot)[0].error == "no_calendar"


def test_who_has_no_calendar_is_told_once(diary: Diary) -> None:
    bot = diary.bot
    diary.radicale.clear(EMAIL)
    schedule(bot)
    note = told(bot, "I could not send the date for the calendar")
    assert "The calendar server has no calendar for this person." in full_text(note)
    schedule(bot, "Leo Park", meeting_time="15:00")
    bot.slack.wait_until(lambda: [one.state for one in entries_of(bot)] == ["failed"] * 2)
    bot.outbox.drain_once()
    notes = [one for one in bot.slack.messages(RUIZ) if "for the calendar" in full_text(one)]
    assert len(notes) == 1
    diary.radicale.make(EMAIL)
    press(bot, note, Action.TRY_AGAIN)
    diary.wait("T120000")


def test_a_server_that_is_down_gets_the_latest_state_once_it_is_there(
    radicale: Radicale, start_bot: Callable[..., Bot]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    bot = start_bot(caldav_url=radicale.url.replace(str(radicale.port), str(port)))
    card = schedule(bot)
    bot.slack.wait_until(lambda: entries_of(bot)[0].attempts > 0)
    press(bot, card, Action.CANCEL_MEETING)
    says(bot, card, "Cancelled")
    bot.slack.wait_until(lambda: entries_of(bot)[-1].attempts > 0 and len(entries_of(bot)) == 2)
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", port)) as server:
        thread = threading.Thread(target=_take, args=(server, asked), daemon=True)
        thread.start()
        bot.slack.wait_until(lambda: entries_of(bot)[-1].state == "sent", timeout=20)
    assert {line.split()[0] for line in asked} == {b"DELETE"}


def _take(server: socket.socket, asked: list[bytes]) -> None:
    """Answer all that comes with "done", and note what was asked."""
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            asked.append(connection.recv(65_536))
            connection.sendall(
                b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )


def test_the_form_offers_what_is_free_in_the_calendar_too(diary: Diary) -> None:
    first = form(diary.bot)
    day = day_of(first)
    assert {"09:00", "15:00"} <= set(free(first))
    diary.enter("lunch", f"DTSTART;{local(day, '0830')}", f"DTEND;{local(day, '1500')}")
    view = form(diary.bot)
    shows(diary.bot, "15:15")
    assert free(view) == ["08:00", "15:00", "15:15", "15:30"]
    assert time_in(view) == "15:00"


def test_another_day_brings_its_own_times(diary: Diary) -> None:
    bot = diary.bot
    view = form(bot)
    day = day_of(view) + timedelta(days=7)
    diary.enter("trip", f"DTSTART;{local(day, '0800')}", f"DTEND;{local(day, '1300')}")
    bot.slack.choose(
        RUIZ,
        view,
        Action.MEETING_DAY,
        day.isoformat(),
        entered={"meeting_notes": {"meeting_notes": "Reading"}},
    )
    bot.slack.wait_until(lambda: free(view)[:1] == ["13:00"], what="the times of that day")
    assert elements(view)[Action.MEETING_NOTES] == "Reading"
    bot.slack.choose(RUIZ, view, Action.MEETING_MINUTES, "60")
    bot.slack.wait_until(lambda: free(view)[-1:] == ["15:00"], what="times for an hour")


def test_a_free_time_of_next_week_is_taken_with_a_click(diary: Diary) -> None:
    bot = diary.bot
    view = form(bot)
    bot.slack.click(RUIZ, view, f"{Action.MEETING_WEEK}:2")
    shows(bot, "8:00–16:00")
    rows = [one for one in view.blocks if Action.MEETING_TAKE in str(one.get("block_id"))]
    value = rows[-1]["accessory"]["options"][3]["value"]
    bot.slack.choose(RUIZ, view, Action.MEETING_TAKE, value, block_id=rows[-1]["block_id"])
    bot.slack.wait_until(lambda: time_in(view) == "08:45", what="the time that was taken")
    assert day_of(view).isoformat() == value[:10]
    assert "8:00–16:00" not in words_in(view)
    assert bot.slack.submit(RUIZ, view).ok
    begins = meetings(bot)[0].scheduled_at.astimezone(NEW_YORK)
    assert begins.strftime("%Y-%m-%d.%H%M") == value


def test_a_calendar_that_does_not_answer_is_said_and_holds_nothing_up(
    start_bot: Callable[..., Bot],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/{{email}}/"
        bot = start_bot(caldav_url=url, calendar_wait=0.6)
        view = form(bot)
        shows(bot, NOT_KNOWN[Calendar.SILENT])
        assert "15:00" in free(view)


def test_a_calendar_that_lets_nobody_in_is_said(diary: Diary) -> None:
    diary.radicale.clear(EMAIL)
    form(diary.bot)
    shows(diary.bot, NOT_KNOWN[Calendar.CLOSED])
    diary.radicale.make(EMAIL)


def test_a_meeting_does_not_stand_in_its_own_way(diary: Diary) -> None:
    bot = diary.bot
    view = form(bot)
    assert bot.slack.submit(RUIZ, view, {"meeting_minutes": "60"}).ok
    card = bot.slack.wait_for_message(RUIZ, "", "A meeting of yours.")
    diary.wait("T150000")
    bot.slack.close(RUIZ)
    press(bot, card, Action.MOVE_MEETING)
    view = bot.slack.wait_for_modal(RUIZ)
    assert (time_in(view), free(view)[-1]) == ("15:00", "15:00")
    other = form(bot, "Leo Park for 60 minutes")
    assert "15:00" not in free(other)


def test_a_clash_names_the_next_free_slot(diary: Diary) -> None:
    bot = diary.bot
    view = form(bot)
    as_opened: dict[str, Any] = view.body
    assert bot.slack.submit(RUIZ, view).ok
    day = date.fromisoformat(elements(form(bot))[Action.MEETING_DAY])
    diary.enter("late", f"DTSTART;{local(day, '1530')}", f"DTEND;{local(day, '1545')}")
    second = form(bot, f"Leo Park {day.isoformat()} 15:00")
    outcome = bot.slack.submit(RUIZ, second)
    (words,) = outcome.field_errors.values()
    assert "You have another meeting then" in words
    assert "The next free slot is " in words
    assert as_opened
