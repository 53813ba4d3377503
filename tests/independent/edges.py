"""Small schools, each with one thing that is hard, written row by row."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.independent.raw.rows import Answer, Enrolled, Raw

MONDAY = date(2026, 3, 2)
"""In the week after, the clocks of New York go forward (Sunday, 8 March 2026)."""
MARCH = (MONDAY, MONDAY + timedelta(days=27))
SKILL = "Ratio"


def on(number: int) -> date:
    """A day of March, 0 the first Monday."""
    return MONDAY + timedelta(days=number)


def empty(*students: str, zone: str = "America/New_York") -> Raw:
    """Maths with these students, as of the evening of the last of the four weeks."""
    raw = Raw(ZoneInfo(zone), datetime(2026, 3, 29, 9, tzinfo=UTC), courses=["Maths"])
    raw.enrolled = [Enrolled(one, "Maths") for one in students]
    return raw


def practise(
    raw: Raw,
    student: str,
    day: date,
    right: int,
    wrong: int = 0,
    skill: str = SKILL,
    hour: int = 12,
) -> None:
    """So many wrong and then right answers, a minute apart."""
    start = raw.at(day, hour)
    raw.answers += [
        Answer(student, skill, start + timedelta(minutes=number), right=number >= wrong)
        for number in range(wrong + right)
    ]


def enrol(
    raw: Raw,
    student: str,
    course: str = "Maths",
    *,
    starts: date | None = None,
    ends: date | None = None,
) -> None:
    """One more in a class."""
    raw.enrolled.append(Enrolled(student, course, starts, ends))


def several(count: int = 6) -> Raw:
    """Students a, b, c … who practise on the same days, the first best."""
    raw = empty(*(chr(ord("a") + number) for number in range(count)))
    for place, student in enumerate(raw.students):
        for day in (0, 1, 4, 8, 10, 15, 22):
            practise(raw, student, on(day), 6 - place, place)
    return raw
