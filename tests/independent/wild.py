"""Tiny schools of chance alone: few students, hardly any order, everything at its limits.

Moments crowd around local midnights and changes of clocks and often coincide; who is in which class
when, what is a session, who does what again is thrown. Same seed, same school.
"""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.independent.generated import PLACES
from tests.independent.raw.rows import Answer, Enrolled, Raw, Whole, Work
from tests.independent.raw.truth import Days

SKILLS = ("Angles", "Area", "Decimals", "Ratio")
DAYS = 75
CLOCKS = ((0, 0, 0), (0, 0, 1), (1, 30, 0), (2, 15, 0), (9, 0, 0), (9, 0, 5), (9, 4, 59),
          (23, 40, 0), (23, 59, 59))  # fmt: skip
"""Local times at which things happen."""


def wild(seed: int) -> tuple[Raw, list[Days]]:
    """The school of a seed, and days to look at."""
    chance = Random(f"wild {seed}")
    zone, first = PLACES[seed % len(PLACES)]
    raw = Raw(ZoneInfo(zone), datetime(2026, 1, 1, tzinfo=UTC), courses=["Art", "Maths"])
    students = [f"p{number}" for number in range(chance.choice([1, 2, 4, 7]))]
    _enrol(raw, chance, students, first)
    raw.needs = [
        (before, after)
        for place, before in enumerate(SKILLS)
        for after in SKILLS[place + 1 :]
        if chance.random() < 0.5
    ]
    raw.holidays = {_day(chance, first) for _ in range(6)}
    for student in students:
        _practise(raw, chance, student, first)
    _assign(raw, chance, students, first)
    newest = max([*raw.moments, raw.at(first)])
    raw.now = newest + timedelta(hours=chance.choice([9, 14, 30, 100, 400]))
    chance.shuffle(raw.answers)
    return raw, [_span(chance, first) for _ in range(3)]


def _day(chance: Random, first: date) -> date:
    return first + timedelta(days=chance.randrange(DAYS))


def _span(chance: Random, first: date) -> Days:
    start = first + timedelta(days=chance.randrange(-10, DAYS))
    return start, start + timedelta(days=chance.choice([0, 6, 13, 29, 60]))


def _enrol(raw: Raw, chance: Random, students: list[str], first: date) -> None:
    for student in students:
        for course in chance.choice([["Maths"], ["Maths"], ["Art"], ["Maths", "Art"]]):
            one, other = sorted(_day(chance, first) for _ in range(2))
            starts, ends = chance.choice([(None, None), (one, None), (None, other), (one, other)])
            raw.enrolled.append(Enrolled(student, course, starts, ends))


def _practise(raw: Raw, chance: Random, student: str, first: date) -> None:
    sure, often = chance.choice([0.0, 0.3, 0.6, 0.85, 1.0]), chance.choice([0, 1, 12, 40])
    told = chance.choice([0.0, 0.0, 0.2, 1.0])
    for _ in range(often):
        day, session = _day(chance, first), chance.choice(["", "", "s1", "s2"])
        for _ in range(chance.choice([1, 3, 9])):
            at = raw.at(day, *chance.choice(CLOCKS))
            if chance.random() < told:
                _tell(raw, chance, student, at, sure)
            else:
                _answer(raw, chance, student, at, sure, session)


def _answer(
    raw: Raw, chance: Random, student: str, at: datetime, sure: float, session: str
) -> None:
    # Rows of one item and moment are one question: what is not its own is the same in all of them.
    item = chance.choice(["", "", "i1", "i2", f"{student}{len(raw.answers)}"])
    seconds = None if item in ("i1", "i2") else chance.choice([None, None, 0, 20, 301])
    hints = chance.choice([None, None, 0, 1])
    xp = None if item in ("i1", "i2") else chance.choice([None, None, None, 3.5])
    if item in ("i1", "i2"):
        session = ""
    right = chance.random() < sure
    skill = chance.choice(SKILLS)
    row = Answer(student, skill, at, right, item, seconds, hints, session, xp)
    # Of two that are alike but for their seconds the order would not be known.
    alike = (student, skill, at, right and not hints)
    if alike not in {(one.student, one.skill, one.at, one.right and not one.hints)
                     for one in raw.answers}:  # fmt: skip
        raw.answers.append(row)


def _tell(raw: Raw, chance: Random, student: str, at: datetime, sure: float) -> None:
    asked = chance.choice([0, 1, 5, 12])
    right = sum(chance.random() < sure for _ in range(asked))
    seconds = chance.choice([None, 0, 90, 2000, 10**6])
    session = chance.choice(["", f"t{len(raw.wholes)}"])
    # Each at a moment of its own, as the order of two would not be known.
    at += timedelta(milliseconds=1 + len(raw.wholes))
    raw.wholes.append(Whole(student, chance.choice(SKILLS), at, asked, right, seconds, session))


def _assign(raw: Raw, chance: Random, students: list[str], first: date) -> None:
    for number in range(3):
        course = chance.choice(["Maths", "Art"])
        day = _day(chance, first)
        assigned = raw.at(day, *chance.choice(CLOCKS))
        due = assigned + timedelta(hours=chance.choice([1, 20, 24 * 7, 24 * 40]))
        skills = tuple(sorted(chance.sample(SKILLS, chance.choice([1, 3]))))
        whom = tuple(chance.sample(students, chance.randrange(1, len(students) + 1)))
        count = chance.choice([1, 4, 20])
        raw.work.append(Work(f"w{number}", course, whom, skills, count, assigned, due))
