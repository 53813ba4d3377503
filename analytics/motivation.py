"""XP, streaks, achievements and places on a leaderboard (docs/metrics.md, "Motivation").

All of it is as of the last day asked about and what the data reach by then. Days are local.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import NamedTuple

from analytics.calendar import SchoolCalendar
from analytics.queries.mastery import SkillDay
from analytics.queries.practice import PracticeDay
from analytics.reports.data import Achievement, AchievementKind, Motivation, Place
from analytics.totals import total_within
from analytics.wording.formats import plural, skill_words
from school.days import DateRange
from school.mastery import Mastery

QUESTIONS = (100, 500, 1000)
STREAKS = (5, 10, 20)
MASTERED = (1, 5, 10)
_A_DAY = timedelta(days=1)


class Racer(NamedTuple):
    """A student who may stand on a leaderboard, with the XP of the range."""

    student_id: int
    student: str
    xp: float
    on_leaderboard: bool = True


class Streaks(NamedTuple):
    """School days in a row with practice: the ones that still go on, and the most ever."""

    current: int
    longest: int


def motivation_of(
    student_id: int,
    practised: Sequence[PracticeDay],
    skills: Sequence[SkillDay],
    days: DateRange,
    *,
    calendar: SchoolCalendar,
    judged: DateRange | None,
    board: Sequence[Place],
    left_out: bool,
) -> Motivation:
    """All that may please a student, as of the end of `days`.

    `practised` and `skills` are the student's own in order, from the first day on; what lies after
    `days` is left out. `judged` are the days on which practice could be missed: one that is still
    running breaks no streak. `board` is the class's leaderboard over `days`.
    """
    past = [one for one in practised if one.day <= days.end]
    run = streaks([one.day for one in past if one.questions], calendar, judged)
    return Motivation(
        xp=total_within(past, days).xp,
        total_xp=sum(one.xp for one in past),
        streak=run.current,
        longest_streak=run.longest,
        place=place_of(student_id, board),
        placed=len(board),
        left_out=left_out,
        achievements=achievements(past, [one for one in skills if one.day <= days.end], calendar),
    )


def streaks(active: Iterable[date], calendar: SchoolCalendar, judged: DateRange | None) -> Streaks:
    """The streak that goes on at the end of the `judged` days, or after it, and the longest.

    Days off neither count nor break a streak, whether practised or not.
    """
    runs = list(_runs(active, calendar))
    if not runs:
        return Streaks(0, 0)
    last = runs[-1][-1]
    broken = judged is not None and calendar.count(last + _A_DAY, judged.end) > 0
    return Streaks(0 if broken else len(runs[-1]), max(map(len, runs)))


def _runs(active: Iterable[date], calendar: SchoolCalendar) -> Iterator[list[date]]:
    """The practised school days, those with no missed school day between them together."""
    run: list[date] = []
    for day in sorted(day for day in set(active) if day in calendar):
        if run and calendar.count(run[-1] + _A_DAY, day - _A_DAY):
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def achievements(
    practised: Sequence[PracticeDay], skills: Sequence[SkillDay], calendar: SchoolCalendar
) -> tuple[Achievement, ...]:
    """Everything reached so far, each once and on its day, the newest first."""
    found = [*_by_questions(practised), *_by_streak(practised, calendar), *_by_mastery(skills)]
    return tuple(sorted(found, key=lambda one: one.day, reverse=True))


def _by_questions(practised: Sequence[PracticeDay]) -> Iterator[Achievement]:
    so_far = list(accumulate(one.questions for one in practised))
    for wanted in reversed(QUESTIONS):
        at = next((place for place, sum_ in enumerate(so_far) if sum_ >= wanted), None)
        if at is not None:
            words = f"First {plural(wanted, 'question')}"
            yield Achievement(words, practised[at].day, AchievementKind.QUESTIONS, wanted)


def _by_streak(practised: Sequence[PracticeDay], calendar: SchoolCalendar) -> Iterator[Achievement]:
    runs = list(_runs((one.day for one in practised if one.questions), calendar))
    for wanted in reversed(STREAKS):
        days = [run[wanted - 1] for run in runs if len(run) >= wanted]
        if days:
            yield Achievement(f"{wanted}-day streak", days[0], AchievementKind.STREAK, wanted)


def _by_mastery(skills: Sequence[SkillDay]) -> Iterator[Achievement]:
    """The labels at the ends of days: the first skills mastered, and those brought up to it."""
    skills = sorted(skills, key=lambda one: (one.day, one.skill, one.skill_id))
    reached = list(_first_mastered(skills).values())
    for wanted in reversed(MASTERED):
        if len(reached) >= wanted:
            words = "First skill mastered" if wanted == 1 else f"{plural(wanted, 'skill')} mastered"
            day = reached[wanted - 1].day
            yield Achievement(words, day, AchievementKind.MASTERED, wanted)
    for one in _brought_up(skills):
        words = f"{skill_words(one.skill)} brought from needs work to mastered"
        yield Achievement(words, one.day, AchievementKind.BROUGHT_UP, skill=one.skill)


def _first_mastered(skills: Sequence[SkillDay]) -> dict[int, SkillDay]:
    first: dict[int, SkillDay] = {}
    for one in skills:
        if one.label == Mastery.MASTERED:
            first.setdefault(one.skill_id, one)
    return first


def _brought_up(skills: Sequence[SkillDay]) -> Iterator[SkillDay]:
    """By skill, the first day that ends mastered after one that ended needing work."""
    weak: set[int] = set()
    done: set[int] = set()
    for one in skills:
        if one.label == Mastery.NEEDS_WORK:
            weak.add(one.skill_id)
        elif one.label == Mastery.MASTERED and one.skill_id in weak - done:
            done.add(one.skill_id)
            yield one


def leaderboard(racers: Iterable[Racer]) -> tuple[Place, ...]:
    """The places of those with XP, ties sharing the better one, then by name.

    Whoever is left out of leaderboards is neither named nor counted.
    """
    # Rounded, as sums of the same fractions differ in their last bits by the order of the days.
    rounded = (one._replace(xp=round(one.xp, 6)) for one in racers)
    running = [one for one in rounded if one.on_leaderboard and one.xp > 0]
    running.sort(key=lambda one: (-one.xp, one.student, one.student_id))
    places = [1] * len(running)
    for number, (ahead, own) in enumerate(pairwise(running), start=1):
        places[number] = places[number - 1] if own.xp == ahead.xp else number + 1
    return tuple(
        Place(one.student_id, one.student, place, one.xp)
        for one, place in zip(running, places, strict=True)
    )


def place_of(student_id: int, board: Iterable[Place]) -> int | None:
    """The student's place; None for one who is not on the board."""
    return next((one.place for one in board if one.student_id == student_id), None)
