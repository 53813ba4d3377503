"""The free times of a form: read from the records in a transaction, from the calendar outside it.

A trigger lasts three seconds. So a form is opened with what is known at once; where the calendar
takes longer it is filled in, or the form says that the calendar did not answer.
"""

from collections.abc import Callable
from concurrent.futures import wait
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.calendar.client import CalendarRefused, CalendarServer, CalendarTrouble
from bot.slack import Refused
from handlers.ask import Ask
from handlers.people import Asker
from handlers.quick import CHANGED, change_view, clicked_at, show_modal, update_view
from handlers.services import Services
from handlers.views.meetings.slots import NEXT_WEEK, NO_WEEK, Calendar, FreeDay, FreeTimes, When
from handlers.views.modals import View
from interventions.meetings import MeetingView
from interventions.slots import Diary, diary_of
from school.days import week_start
from school.hours import local_moment
from school.models import User
from school.periods import Period, merged
from school.preferences import uses_calendar

GLANCE = 0.3
"""Seconds that a form waits for the calendar before it is opened without it."""
AHEAD = 14
"""Days after the one in the form in which the next free time is looked for."""
DAY, WEEK = timedelta(1), timedelta(7)


@dataclass(frozen=True, slots=True)
class Days:
    """What free times are reckoned from: the diary of whoever meets, and where their calendar is.

    `spans` are the times that the calendar is asked about; `but` is the time of the meeting that is
    to be moved. Without `asks` the calendar is left alone, as its owner has set.
    """

    diary: Diary
    email: str
    now: datetime
    spans: tuple[Period, ...]
    but: Period | None = None
    asks: bool = True


@dataclass(frozen=True, slots=True)
class Busy:
    """What a calendar has said."""

    calendar: Calendar
    periods: tuple[Period, ...] = ()


Make = Callable[[Busy], View]
"""Makes a form of what the calendar has said."""


def days_of(asker: Asker, day: date, *, session: Session, moved: MeetingView | None = None) -> Days:
    """What is on record of the days from today to beyond next week, and around `day`."""
    whose = asker.user.id if moved is None else moved.teacher_id
    user, today = session.get_one(User, whose), asker.now.date() - DAY
    near = week_start(asker.now.date()) + 2 * WEEK
    last = max(near, min(day, today + 60 * WEEK) + timedelta(AHEAD))
    but = None if moved is None else moved.id
    diary = diary_of(whose, today, last, session=session, but=but)
    spans = [replace(diary, last=near).span()]
    if near < day <= last:
        spans.append(replace(diary, first=week_start(day), last=week_start(day) + WEEK).span())
    asks = uses_calendar(session, whose)
    return Days(diary, user.email, asker.now, tuple(spans), _time_of(moved), asks)


def _time_of(meeting: MeetingView | None) -> Period | None:
    if meeting is None:
        return None
    starts = meeting.scheduled_at
    return Period(starts, starts + timedelta(minutes=meeting.duration_minutes))


def busy_of(services: Services, days: Days, patience: float) -> Busy:
    """What the calendar says within `patience` seconds; to be called outside of transactions."""
    settings = services.settings
    server = CalendarServer.of(settings, settings.calendar_wait)
    if server is None or not days.asks:
        return Busy(Calendar.NONE)
    answers = [
        services.busy.ask(
            (days.email, span, days.but),
            partial(server.busy, days.email, span, days.diary.zone, but=days.but),
            kept=settings.calendar_kept,
        )
        for span in days.spans
    ]
    if wait(answers, patience).not_done:
        return Busy(Calendar.ASKED)
    try:
        return Busy(Calendar.KNOWN, merged(one for each in answers for one in each.result()))
    except CalendarRefused:
        return Busy(Calendar.CLOSED)
    except CalendarTrouble:
        return Busy(Calendar.SILENT)


def settled(services: Services, days: Days) -> Busy:
    """What the calendar says; that it did not answer where it takes too long."""
    busy = busy_of(services, days, services.settings.calendar_wait)
    return Busy(Calendar.SILENT) if busy.calendar is Calendar.ASKED else busy


def open_with_times(ask: Ask, services: Services, days: Days, make: Make) -> None:
    """Acknowledge and show a form at once, and fill in what the calendar says where it takes a
    little longer. Raises DeliveryFailed.
    """
    busy = busy_of(services, days, GLANCE)
    shown = show_modal(ask, services, make(busy))
    _fill_in(ask, services, days, make, busy, shown)


def change_with_times(ask: Ask, services: Services, days: Days, make: Make) -> None:
    """The same for a form that is open already, and acknowledged; of several clicks in it the last
    one counts, whatever the form shows by now.
    """
    services.clicks.note(ask.view["id"], clicked_at(ask))
    busy = busy_of(services, days, GLANCE)
    shown = change_view(ask, services, make(busy))
    if shown is not None:
        _fill_in(ask, services, days, make, busy, shown)


def _fill_in(ask: Ask, services: Services, days: Days, make: Make, busy: Busy, shown: View) -> None:
    """Fill in what a calendar says that was asked. Whoever has clicked in the form meanwhile has
    had it filled in by that.
    """
    if busy.calendar is not Calendar.ASKED:
        return
    view = make(settled(services, days))
    at = clicked_at(ask) if ask.view.get("id") == shown["id"] else ""
    with services.clicks.turn(shown["id"], at) as is_last:
        if not is_last:
            return
        try:
            update_view(ask, services, shown, view)
        except Refused as refusal:
            if refusal.code not in CHANGED:
                raise


def with_times(
    when: When,
    days: Days,
    busy: Busy,
    *,
    typed: bool = False,
    other: bool = False,
    fixed: bool = True,
    week: int = NO_WEEK,
) -> When:
    """The time in a form with what is free. `typed`: the time was said, and stays as it is;
    `other`: so it does, and stands in a field for any time.

    One that was not said becomes the nearest free one of its day; where the day was not said
    either (`fixed`), of the next day that has one.
    """
    typed = typed or other
    zone = ZoneInfo(when.zone)
    starts = starts_on(when.day, when, days, busy)
    coming = None if starts else _next(when, days, busy)
    if coming is not None and not (fixed or typed):
        local = coming.astimezone(zone)
        found = replace(when, day=local.date(), at=local.time())
        return with_times(found, days, busy, week=week)
    at = when.at if typed or not starts else _nearest(when.at, starts)
    free = FreeTimes(
        starts=starts,
        today=days.now.astimezone(zone).date(),
        other=other or at not in starts,
        calendar=busy.calendar,
        next_at=coming.astimezone(zone) if coming else None,
        odd=days.diary.odd(local_moment(when.day, at, zone), when.minutes, busy=busy.periods),
        shown=week,
        week=_week_of(week, when, days, busy) if week else (),
    )
    return replace(when, at=at, free=free)


def starts_on(day: date, when: When, days: Days, busy: Busy) -> tuple[time, ...]:
    """The free starts of a day, on the clock of the form, which may be another than the diary's."""
    if day > days.diary.last:
        return ()
    zone = ZoneInfo(when.zone)
    around = (day - DAY, day, day + DAY) if zone.key != days.diary.zone.key else (day,)
    locals_ = (
        start.astimezone(zone)
        for each in around
        for start in days.diary.free(each, when.minutes, now=days.now, busy=busy.periods)
    )
    return tuple(dict.fromkeys(one.time() for one in locals_ if one.date() == day))


def _next(when: When, days: Days, busy: Busy) -> datetime | None:
    if when.day > days.diary.last:
        return None
    after = replace(days.diary, first=when.day, last=when.day).span().starts_at
    return days.diary.next_free(when.minutes, now=days.now, after=after, busy=busy.periods)


def _nearest(at: time, starts: tuple[time, ...]) -> time:
    """The time itself where it is free, else the next free one, else the last one before."""
    return next((one for one in starts if one >= at), starts[-1])


def _week_of(week: int, when: When, days: Days, busy: Busy) -> tuple[FreeDay, ...]:
    """The working days that are left of this week, or those of the next."""
    today = days.now.astimezone(ZoneInfo(when.zone)).date()
    monday = week_start(today) + (WEEK if week == NEXT_WEEK else timedelta())
    coming = (monday + number * DAY for number in range(7))
    working = (day for day in coming if day >= today and days.diary.works_on(day))
    return tuple(FreeDay(day, starts_on(day, when, days, busy)) for day in working)
