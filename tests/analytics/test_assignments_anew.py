"""Counts of generated assignments equal those counted anew, one student and one day at a time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from analytics.as_of import AsOf, as_of
from analytics.assignments import class_assignments, student_assignments
from analytics.calendar import SchoolCalendar
from analytics.queries.assignments import AssignmentHead, AssignmentPart
from analytics.queries.people import Member
from school.days import DateRange

ZONE = ZoneInfo("America/New_York")
START = datetime(2024, 3, 1, 5, tzinfo=UTC)
"""Nine days before the clocks go forward."""
MOMENTS = st.integers(0, 24 * 40).map(lambda hours: START + timedelta(hours=hours))
DAYS = st.integers(0, 40).map(lambda days: date(2024, 3, 1) + timedelta(days=days))
RANGES = st.tuples(DAYS, DAYS).map(lambda two: DateRange(min(two), max(two)))
WINDOWS = st.tuples(st.none() | DAYS, st.none() | DAYS)
PARTS = st.tuples(st.none() | MOMENTS, st.none() | MOMENTS)
HOLIDAYS = st.lists(DAYS, max_size=4)


def head(number: int, due_at: datetime, window: tuple[date | None, date | None]) -> AssignmentHead:
    return AssignmentHead(number, 1, "Maths", f"A{number}", 10, START, due_at, *window, ())


def member(number: int, window: tuple[date | None, date | None]) -> Member:
    return Member(number, f"S{number}", "S", f"s{number}", *window, None, None, None, None)


@st.composite
def schools(draw: st.DrawFn) -> tuple[list[AssignmentHead], list[AssignmentPart], list[Member]]:
    """A class with some assignments, each set to all of its students."""
    members = [member(one, draw(WINDOWS)) for one in range(draw(st.integers(1, 4)))]
    heads = [head(one, draw(MOMENTS), (None, None)) for one in range(draw(st.integers(0, 4)))]
    parts = [
        AssignmentPart(one.assignment_id, who.student_id, *draw(PARTS), 10, 5, None)
        for one in heads
        for who in members
    ]
    return heads, parts, members


def local(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def state_anew(one: AssignmentHead, part: AssignmentPart, at: AsOf) -> str:
    """The state by the definition of docs/metrics.md, word by word."""
    done = [m for m in (part.completed_at, part.reached_at) if m is not None]
    if done and min(done) <= at.moment:
        return "completed late" if min(done) > one.due_at else "completed"
    return "overdue" if one.due_at <= at.known else "open"


def enrolled_anew(who: Member, day: date) -> bool:
    return (who.starts_on or date.min) <= day <= (who.ends_on or date.max)


@given(schools(), RANGES, st.none() | MOMENTS, MOMENTS, HOLIDAYS)
def test_a_class_s_counts_are_those_of_its_students_one_by_one(
    school: tuple[list[AssignmentHead], list[AssignmentPart], list[Member]],
    days: DateRange,
    through: datetime | None,
    now: datetime,
    holidays: list[date],
) -> None:
    heads, parts, members = school
    at = as_of(days, through, now=now, zone=ZONE, calendar=SchoolCalendar.of(holidays))
    found = class_assignments(heads, parts, members, days, at)
    states = []
    for one in heads:
        if one.due_at > at.known or local(one.due_at) not in days:
            continue
        for part in (part for part in parts if part.assignment_id == one.assignment_id):
            if enrolled_anew(members[part.student_id], local(one.due_at)):
                states.append((local(one.due_at), state_anew(one, part, at)))
    done = [state for _, state in states if state.startswith("completed")]
    assert (found.assigned, found.completed) == (len(states), len(done))
    assert found.late == done.count("completed late")
    assert found.rate == (len(done) / len(states) if states else None)
    assert sum(point.assigned for point in found.points) == len(states)
    for point in found.points:
        week = [s for day, s in states if 0 <= (day - point.start).days < 7]
        assert point.assigned == len(week)
        assert point.start.isoweekday() == 1


@given(schools(), RANGES, st.none() | MOMENTS, MOMENTS, HOLIDAYS)
def test_the_students_of_a_class_add_up_to_it(
    school: tuple[list[AssignmentHead], list[AssignmentPart], list[Member]],
    days: DateRange,
    through: datetime | None,
    now: datetime,
    holidays: list[date],
) -> None:
    heads, parts, members = school
    at = as_of(days, through, now=now, zone=ZONE, calendar=SchoolCalendar.of(holidays))
    whole = class_assignments(heads, parts, members, days, at)
    assigned = completed = late = 0
    for who in members:
        own = {part.assignment_id: part for part in parts if part.student_id == who.student_id}
        rows = [
            (one._replace(starts_on=who.starts_on, ends_on=who.ends_on), own[one.assignment_id])
            for one in heads
        ]
        found = student_assignments(rows, days, at)
        assigned, completed = assigned + found.assigned, completed + found.completed
        late += found.late
        assert found.overdue == whole.overdue.get(who.student_id, ())
        for line in found.overdue:
            assert line.overdue_days == late_days_anew(line.due, at, holidays)
    assert (whole.assigned, whole.completed, whole.late) == (assigned, completed, late)


def late_days_anew(due: date, at: AsOf, holidays: list[date]) -> int:
    """School days after the due day, one by one, up to the last that can be judged."""
    count, day = 0, due
    while at.judged is not None and day < at.judged:
        day += timedelta(days=1)
        count += day.isoweekday() <= 5 and day not in holidays
    return count
