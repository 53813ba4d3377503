"""A class looked at over some days: who is in it, what is known of them, and what they did."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property
from statistics import fmean

from tests.independent.raw.counting import Counted, Tally, count
from tests.independent.raw.mastery import MASTERED, WEAK, Standing, Way, ways
from tests.independent.raw.rows import Answer, Raw, Whole, each_day, first_of
from tests.independent.raw.statistics import Count, Week, percentile, t_interval

Days = tuple[date, date]
"""The first and the last, both included."""
EVER = (date(1900, 1, 1), date(2999, 12, 31))
ONE_DAY = timedelta(days=1)


class Truth:
    """All that the rows of a school come to."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.counted: Counted = count(raw)
        self.ways: dict[tuple[str, str], Way] = ways(raw, self.counted.questions)
        self._days: dict[str, dict[date, Tally]] = defaultdict(dict)
        for (student, day), tally in sorted(self.counted.days.items()):
            self._days[student][day] = tally
        self._parts: dict[tuple[str, str], list[tuple[date, int, int]]] = defaultdict(list)
        for one in self.counted.questions:
            for skill, right, asked in one.parts:
                self._parts[one.student, skill].append((one.day, right, asked))
        self._through = {one: self._newest(one) for one in raw.students}

    def members(self, course: str, days: Days) -> list[str]:
        """Everyone enrolled on at least one of the days."""
        first, last = days
        return sorted(
            one.student
            for one in self.raw.enrolled
            if one.course == course
            and (one.starts or first) <= last
            and first <= (one.ends or last)
        )

    def window(self, student: str, course: str, days: Days) -> Days | None:
        """The days on which the student is enrolled; None where there are none."""
        for one in self.raw.enrolled:
            if (one.student, one.course) == (student, course):
                return both(days, (one.starts or days[0], one.ends or days[1]))
        return None

    def tally(self, student: str, days: Days = EVER) -> Tally:
        """What a student did in some days."""
        found = Tally()
        for day, one in self._days[student].items():
            if days[0] <= day <= days[1]:
                found.add(one)
        return found

    def active(self, student: str, by: date = EVER[1]) -> list[date]:
        """The days with a question, up to one."""
        return [day for day, one in self._days[student].items() if one.asked and day <= by]

    def on_skill(self, student: str, skill: str, days: Days = EVER) -> Count:
        """Right answers and questions on a skill in some days."""
        rows = [one for one in self._parts[student, skill] if days[0] <= one[0] <= days[1]]
        return sum(right for _, right, _ in rows), sum(asked for _, _, asked in rows)

    def skill_days(self, student: str, skill: str) -> dict[date, Count]:
        """The same by day."""
        return {
            day: self.on_skill(student, skill, (day, day))
            for day in sorted({row[0] for row in self._parts[student, skill]})
        }

    def standings(self, student: str, by: date) -> dict[str, Standing]:
        """Where a student stands with every skill practised so far."""
        found = {skill: way.by(by) for (who, skill), way in self.ways.items() if who == student}
        return {skill: one for skill, one in found.items() if one}

    def labelled(self, student: str, by: date, label: str) -> set[str]:
        """The skills with a label."""
        return {skill for skill, one in self.standings(student, by).items() if one.label == label}

    def mastered(self, student: str, by: date) -> int:
        """How many skills are mastered."""
        return len(self.labelled(student, by, MASTERED))

    def weak(self, student: str, by: date) -> set[str]:
        """The skills that need work."""
        return self.labelled(student, by, WEAK)

    def weeks(self, student: str, days: Days) -> list[Week]:
        """The weeks of some days, as a verdict takes them."""
        return [
            (start, one.asked, one.right)
            for start, one in self.by_period(student, days, "week").items()
            if one.asked
        ]

    def by_period(self, student: str, days: Days, by: str) -> dict[date, Tally]:
        """What was done in each day, week or month, by its first day."""
        found: dict[date, Tally] = defaultdict(Tally)
        for day, one in self._days[student].items():
            if days[0] <= day <= days[1]:
                found[first_of(day, by)].add(one)
        return found

    def through(self, student: str) -> datetime | None:
        """The newest row of the source from which the student's last row came."""
        return self._through[student]

    def _newest(self, student: str) -> datetime | None:
        sources: list[list[Answer | Whole]] = [[*self.raw.answers], [*self.raw.wholes]]
        newest: list[tuple[datetime, datetime]] = []
        for rows in sources:
            own = [one.at for one in rows if one.student == student]
            if own:
                newest.append((max(own), max(one.at for one in rows)))
        return max(newest)[1] if newest else None


def both(one: Days | None, other: Days | None) -> Days | None:
    """The days that two spans share."""
    if one is None or other is None:
        return None
    found = max(one[0], other[0]), min(one[1], other[1])
    return found if found[0] <= found[1] else None


class Look:
    """A class over some days; `whom` is a student whose report it is, who may be outside."""

    def __init__(self, truth: Truth, course: str, days: Days, whom: str | None = None) -> None:
        self.truth, self.raw, self.course, self.days = truth, truth.raw, course, days
        self.students = truth.members(course, days)
        self.around = sorted({*self.students, *([whom] if whom else [])})
        self.tallies = {one: truth.tally(one, days) for one in self.around}

    @cached_property
    def through(self) -> datetime | None:
        """Through when the data reach."""
        found = [self.truth.through(one) for one in self.around]
        return max((one for one in found if one), default=None)

    @property
    def through_day(self) -> date | None:
        """Its local day."""
        return self.raw.day(self.through) if self.through else None

    @cached_property
    def reach(self) -> date | None:
        """The last known day; none of days that all lie ahead."""
        end = self.through_day
        if end is None or self.days[0] > self.raw.today:
            return None
        return min(self.days[1], self.raw.today, end)

    @property
    def is_judged(self) -> bool:
        """Whether anything can be said of concerns."""
        return self.reach is not None and self.judged is not None

    @cached_property
    def over(self) -> date | None:
        """The last day on which practice could be missed, wherever the range begins."""
        end = self.through_day
        return min(self.days[1], end, self.raw.today - ONE_DAY) if end else None

    @cached_property
    def first(self) -> date | None:
        """The first day with practice of anyone."""
        active = [day for one in self.students for day in self.truth.active(one)[:1]]
        return min(active, default=None)

    @property
    def judged(self) -> Days | None:
        """The days since the class's first practice on which practice could be missed."""
        if self.first is None or self.over is None or self.first > self.over:
            return None
        return self.first, self.over

    def known(self, student: str, judged: Days | None) -> Days | None:
        """Those of them that say something about one student."""
        window = judged and self.truth.window(student, self.course, judged)
        return self.covered(student, window)

    def covered(self, student: str, days: Days | None) -> Days | None:
        """Those of some days that the student's own source covers."""
        through = self.truth.through(student)
        if days is None or through is None:
            return days
        stopped = self.raw.day(through)
        silent = self.raw.school_days(stopped + ONE_DAY, self.raw.today - ONE_DAY)
        return both(days, (EVER[0], stopped)) if silent >= 2 else days

    def missed(self, student: str) -> int:
        """School days since the last practice."""
        known = self.known(student, self.judged)
        if known is None:
            return 0
        last = self.truth.active(student, self.days[1])[-1:] or [EVER[0]]
        return self.raw.school_days(max(known[0], last[0] + ONE_DAY), known[1])

    def accuracies(self, tallies: Iterable[Tally] | None = None) -> list[float]:
        """Of those with questions enough."""
        everyone = [self.tallies[one] for one in self.students] if tallies is None else tallies
        return [one.right / one.asked for one in everyone if one.judged]

    @property
    def accuracy(self) -> tuple[float | None, tuple[float, float] | None]:
        """The class accuracy and its interval, cut to the scale."""
        return mean_and_interval(self.accuracies())

    def percentile(self, student: str) -> float | None:
        """Among those judged, from five of them on."""
        own, everyone = self.tallies[student], self.accuracies()
        if student not in self.students or not own.judged or len(everyone) < 5:
            return None
        return percentile(own.right / own.asked, everyone)

    def rates(self, days: Days) -> list[float]:
        """Of each student with a school day known of, the share of active ones."""
        judged = both(days, (EVER[0], self.over)) if self.over else None
        found = []
        for one in self.students:
            known = self.known(one, judged)
            possible = self.raw.school_days(*known) if known else 0
            if known and possible:
                active = [d for d in self.truth.active(one) if known[0] <= d <= known[1]]
                found.append(sum(map(self.raw.is_school_day, active)) / possible)
        return found

    def weekend_days(self) -> float | None:
        """The mean number of Saturdays and Sundays with practice."""
        days = [
            sum(day.isoweekday() > 5 for day in self.tallies[one].active) for one in self.students
        ]
        return fmean(days) if days else None

    @property
    def present(self) -> list[str]:
        """Those who are in the class today."""
        today = self.raw.today
        now = self.truth.members(self.course, (today, today))
        return [one for one in self.students if one in now]

    def shown(self, last: int | None = None) -> Days | None:
        """Those of the days that a series shows: none that is to come or without data."""
        end = min(self.days[1], self.raw.today)
        first = self.days[0] if last is None else max(self.days[0], end - ONE_DAY * (last - 1))
        return both((first, end), (EVER[0], self.through_day)) if self.through_day else None

    def places(self) -> dict[str, int]:
        """Places by XP."""
        xp = {one: round(self.tallies[one].xp, 6) for one in self.students}
        running = {one: value for one, value in xp.items() if value > 0}
        return {
            one: 1 + sum(other > value for other in running.values())
            for one, value in running.items()
        }


def mean_and_interval(values: list[float]) -> tuple[float | None, tuple[float, float] | None]:
    """A mean of shares with its t interval, cut to the scale."""
    if not values:
        return None, None
    found = t_interval(values)
    return fmean(values), (max(found[0], 0.0), min(found[1], 1.0)) if found else None


def starts(days: Days | None, by: str) -> list[date]:
    """The first days of all periods that some days touch."""
    return sorted({first_of(day, by) for day in each_day(*days)}) if days else []
