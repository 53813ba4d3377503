"""Daily jobs: once a local day for each person or school, whatever becomes of their clocks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, bindparam
from sqlalchemy.orm import Session

from bot.clock.audience import Asked, Member, every_workspace, everybody, member, waiting_turns
from bot.clock.job import Change, Job
from bot.clock.rhythm import Occurrence, Rhythm, expected, next_turn, turn_of
from school.days_off import all_days_off, days_off
from school.hours import (
    DAY,
    LOOK_AHEAD,
    NO_QUIET,
    DaysOff,
    OwnTimes,
    known_zone,
    quiet_hours,
    time_of_day,
)
from school.models import Timer, TimerState, User, Workspace
from school.timers import set_timer, withdraw_timers

AT = "at"
"""In a preference that holds the hour of a daily job: `{"at": "07:30"}`, or null for never."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is, by which clock, and which local day it is for."""

    workspace_id: int
    user_id: int | None
    zone: ZoneInfo
    day: date


Run = Callable[[Session, Turn, datetime], None]
ACTIVE = (User.is_active.is_(True), User.slack_user_id.is_not(None))


@dataclass(frozen=True)
class DailyJob:
    """Runs once each local day, at `at` or the hour that a person has set under `wish`.

    `run` saves what the day brings, as a job's `act` does. `of_use` is for how long it is worth
    anything: after a time down only the newest day within it is run, those before are closed. It
    comes on school days (by holidays and the person's pauses) and outside of quiet hours, unless
    said otherwise. `for_people` False: for each workspace instead, by the school's clock.
    `applies` says to which users it does.
    """

    name: str
    run: Run
    at: time
    of_use: timedelta
    wish: str | None = None
    school_days: bool = True
    quiet: bool = True
    for_people: bool = True
    applies: tuple[ColumnElement[bool], ...] = ACTIVE

    @property
    def job(self) -> Job:
        """As the clock wants it."""
        return Job(self.name, self.act, self.plan)

    def act(self, session: Session, timer: Timer, now: datetime) -> None:
        """Have one day's turn, if it still is one, and set the next.

        What has changed since the timer was set (zone, hour, days off) is looked at once more.
        """
        whose = self._one(session, timer)
        day = date.fromisoformat(timer.occasion)
        rhythm = self._rhythm(whose, self._days_off(session, whose, day))
        turn = turn_of(rhythm, day) if rhythm is not None else None
        if turn is not None and turn.due_at > now:
            _put_off(timer, turn)
            return
        if rhythm is not None and _is_time(rhythm, turn, day, now):
            zone = rhythm.times.zone
            self.run(session, Turn(whose.workspace_id, whose.user_id, zone, day), now)
        else:
            timer.state = TimerState.CLOSED.value
        following = next_turn(rhythm, day + DAY, now) if rhythm is not None else None
        self._set(session, whose=whose, turn=following, now=now)

    def plan(self, session: Session, now: datetime) -> Iterator[Change]:
        """What is to be changed in the timers that wait: few queries, however many they are for."""
        today = now.date()
        # What waits is read first: a turn that another process takes in between then counts as had.
        # The other way round the one after it would look too early, and be withdrawn.
        waiting = waiting_turns(session, self.name)
        members = [member(row) for row in session.execute(self._audience)]
        off = all_days_off(session, today - 2 * DAY - self.of_use, today + LOOK_AHEAD * DAY)
        thought = _Thought(now)
        for each in members:
            rhythm = self._rhythm(each, off.of(each.workspace_id, each.user_id))
            turns = waiting.get((each.workspace_id, each.subject), [])
            turn = thought.expected(rhythm, tuple(turns), each.last_day)
            if turns != ([] if turn is None else [turn]):
                change = self._correct if turns else self._set
                yield partial(change, whose=each, turn=turn, now=now)

    @cached_property
    def _audience(self) -> Asked:
        if self.for_people:
            return everybody(self.name, self.wish, self.applies)
        return every_workspace(self.name)

    @cached_property
    def _of_one(self) -> Asked:
        column = User.id if self.for_people else Workspace.id
        return self._audience.where(column == bindparam("key"))

    def _one(self, session: Session, timer: Timer) -> Member:
        key = {"key": timer.workspace_id if timer.user_id is None else timer.user_id}
        return member(session.execute(self._of_one, key).all()[0])

    def _days_off(self, session: Session, whose: Member, day: date) -> DaysOff:
        last = day + LOOK_AHEAD * DAY
        return days_off(session, whose.workspace_id, day, last, user_id=whose.user_id)

    def _rhythm(self, whose: Member, off: DaysOff) -> Rhythm | None:
        """When it comes for somebody; None for never."""
        at = self.at
        if whose.wish is not None and AT in whose.wish:
            if whose.wish[AT] is None:
                return None
            at = time_of_day(whose.wish[AT]) or at
        if not whose.applies:
            return None
        zone = known_zone(whose.zone, whose.school_zone)
        quiet = quiet_hours(whose.quiet) if self.quiet else NO_QUIET
        return Rhythm(at, OwnTimes(zone, quiet, off), self.of_use, self.school_days)

    def _correct(
        self, session: Session, *, whose: Member, turn: Occurrence | None, now: datetime
    ) -> None:
        keep = () if turn is None else (turn.occasion,)
        key = whose.workspace_id, whose.subject
        withdraw_timers(session, *key, now=now, job=self.name, keep=keep)
        self._set(session, whose=whose, turn=turn, now=now)

    def _set(self, session: Session, whose: Member, turn: Occurrence | None, now: datetime) -> None:
        if turn is None:
            return  # the plan looks again
        set_timer(
            self.name,
            whose.subject,
            turn.occasion,
            session=session,
            workspace_id=whose.workspace_id,
            user_id=whose.user_id,
            due_at=turn.due_at,
            expires_at=turn.expires_at,
            now=now,
        )


class _Thought:
    """What is expected, thought out once for all whose day is the same."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._known: dict[object, Occurrence | None] = {}

    def expected(
        self, rhythm: Rhythm | None, waiting: tuple[Occurrence, ...], last: date | None
    ) -> Occurrence | None:
        if rhythm is None:
            return None
        key = (rhythm, waiting, last)
        if key not in self._known:
            self._known[key] = expected(rhythm, waiting, last, self._now)
        return self._known[key]


def _is_time(rhythm: Rhythm, turn: Occurrence | None, day: date, now: datetime) -> bool:
    """Whether the day's turn may come now: within its use, or at the hour that it was left at."""
    return (turn is not None and now < turn.expires_at) or rhythm.fits(day, now)


def _put_off(timer: Timer, turn: Occurrence) -> None:
    """The hour was changed to a later one, and the plan has not seen it yet."""
    timer.state, timer.ended_at = TimerState.WAITING.value, None
    timer.due_at = timer.next_attempt_at = turn.due_at
    timer.expires_at = turn.expires_at
