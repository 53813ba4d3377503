"""When a daily job comes for one person or school: pure, from their clock, days off and wishes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, pairwise

from school.days import local_day
from school.hours import DAY, LOOK_AHEAD, OwnTimes, day_exists, local_moment

LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One local day's turn: from when, and until when it is of any use."""

    day: date
    due_at: datetime
    expires_at: datetime

    @property
    def occasion(self) -> str:
        """How its timer is told from those of other days."""
        return self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Each school day, or each day, at `at` by somebody's clock; of use for `use` after that."""

    at: time
    times: OwnTimes
    use: timedelta
    school_days: bool = True

    def due(self, day: date) -> datetime | None:
        """When it comes on that day; None where it does not.

        An hour within quiet hours gives way to when they end, or in the evening, as that would be
        another day, to when they begin.
        """
        if not self._has(day):
            return None
        return local_moment(day, self._out_of_quiet(), self.times.zone)

    def turns(self, first: date) -> Iterator[Occurrence]:
        """The turns of `first` and the days after it. The next one puts an end to each."""
        days = (first + number * DAY for number in range(LOOK_AHEAD))
        dues = ((day, due) for day in days if (due := self.due(day)) is not None)
        # After the last of them nothing follows for over a year.
        for (day, due), (_, following) in pairwise(chain(dues, [(date.max, LAST)])):
            until = min(due + self.use, following, *self._quiet_after(day, due))
            yield Occurrence(day, due, until)

    def fits(self, day: date, moment: datetime) -> bool:
        """Whether `moment` is on that day for them, a day it comes on, and not quiet."""
        local = moment.astimezone(self.times.zone)
        return local.date() == day and self._has(day) and local.time() not in self.times.quiet

    def _has(self, day: date) -> bool:
        school = not self.school_days or self.times.off.has_school(day)
        return school and day_exists(day, self.times.zone)

    def _out_of_quiet(self) -> time:
        quiet = self.times.quiet
        if self.at not in quiet:
            return self.at
        return quiet.start if quiet.over_midnight and self.at > quiet.start else quiet.end

    def _quiet_after(self, day: date, due: datetime) -> list[datetime]:
        """When quiet hours begin on that day, where that is after it is due."""
        quiet = self.times.quiet
        if quiet.start == quiet.end:
            return []
        begin = local_moment(day, quiet.start, self.times.zone)
        return [begin] if begin > due else []


def next_turn(rhythm: Rhythm, first: date, now: datetime) -> Occurrence | None:
    """The first turn, of `first` or a day after it, that is not past its use at `now`."""
    # What was due days ago and is of use for less need not be looked at.
    near = local_day(now - rhythm.use, rhythm.times.zone) - DAY
    turns = rhythm.turns(max(first, near))
    return next((turn for turn in turns if turn.expires_at > now), None)


def turn_of(rhythm: Rhythm, day: date) -> Occurrence | None:
    """That day's turn; None where it does not come on that day."""
    turn = next(rhythm.turns(day), None)
    return turn if turn is not None and turn.day == day else None


def expected(
    rhythm: Rhythm, waiting: Sequence[Occurrence], last: date | None, now: datetime
) -> Occurrence | None:
    """Which turn is to be waiting, given those that are, and the last day that had its turn.

    No day is ever gone back to. Who is new starts with the first turn that is still to come. Where
    the day's turn was put to an hour by which it would be of no use any more, it stays where it
    was, and the new hour holds from the next day on.
    """
    if last is not None:
        found = next_turn(rhythm, last + DAY, now)
    elif waiting:
        found = next_turn(rhythm, min(each.day for each in waiting), now)
    else:
        turns = rhythm.turns(local_day(now, rhythm.times.zone))
        return next((turn for turn in turns if turn.due_at > now), None)
    stays = (each for each in waiting if _stays(rhythm, each, found, last, now))
    return next(stays, found)


def _stays(
    rhythm: Rhythm, turn: Occurrence, found: Occurrence | None, last: date | None, now: datetime
) -> bool:
    """Whether a waiting turn comes first, though by its rhythm its day is over."""
    if (found is not None and found.day <= turn.day) or (last is not None and turn.day <= last):
        return False
    return turn.expires_at > now and rhythm.fits(turn.day, max(turn.due_at, now))
