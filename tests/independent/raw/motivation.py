"""Streaks and achievements, walked day by day."""

from collections.abc import Iterator
from datetime import date

from tests.independent.raw.mastery import MASTERED, WEAK
from tests.independent.raw.rows import each_day
from tests.independent.raw.truth import Look


def streaks(look: Look, student: str) -> tuple[int, int]:
    """School days in a row with practice: those that go on at the end, and the most ever."""
    known = look.covered(student, look.judged)
    lengths = _lengths(look, student, known[1] if known else None)
    return (lengths[-1][1] if lengths else 0), max((one for _, one in lengths), default=0)


def _lengths(look: Look, student: str, over: date | None) -> list[tuple[date, int]]:
    """How long the streak is at the end of each school day from the first practice on.

    Days after `over`, which are still running or not known, break nothing.
    """
    active = set(look.truth.active(student, look.days[1]))
    if not active:
        return []
    found, length = [], 0
    for day in each_day(min(active), look.days[1]):
        if not look.raw.is_school_day(day):
            continue
        if day in active:
            length += 1
        elif (over and day <= over) or any(later > day for later in active):
            length = 0
        found.append((day, length))
    return found


def achievements(look: Look, student: str) -> set[tuple[str, date]]:
    """Each with its day."""
    return {*_by_questions(look, student), *_by_streak(look, student), *_by_mastery(look, student)}


def _by_questions(look: Look, student: str) -> Iterator[tuple[str, date]]:
    so_far = 0
    for day in look.truth.active(student, look.days[1]):
        asked = look.truth.tally(student, (day, day)).asked
        for wanted in (100, 500, 1000):
            if so_far < wanted <= so_far + asked:
                yield f"First {wanted:,} questions", day
        so_far += asked


def _by_streak(look: Look, student: str) -> Iterator[tuple[str, date]]:
    lengths = _lengths(look, student, None)
    for wanted in (5, 10, 20):
        reached = [day for day, length in lengths if length >= wanted]
        if reached:
            yield f"{wanted}-day streak", reached[0]


def _by_mastery(look: Look, student: str) -> Iterator[tuple[str, date]]:
    ever: set[str] = set()
    weak: set[str] = set()
    raised: set[str] = set()
    for day in look.truth.active(student, look.days[1]):
        now = look.truth.labelled(student, day, MASTERED)
        before = len(ever)
        for skill in sorted((now & weak) - raised):
            yield f"{skill} brought from needs work to mastered", day
        raised |= now & weak
        ever |= now
        weak |= look.truth.labelled(student, day, WEAK)
        for wanted, words in ((1, "First skill"), (5, "5 skills"), (10, "10 skills")):
            if before < wanted <= len(ever):
                yield f"{words} mastered", day
