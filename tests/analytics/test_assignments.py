"""Who had what to do until when, and how far they are: over rows of both kinds of database."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from analytics.as_of import AsOf, as_of, looked_at_since
from analytics.assignments import (
    LATE,
    OPEN,
    OVERDUE,
    ClassAssignments,
    class_assignments,
    student_assignments,
)
from analytics.calendar import school_calendar
from analytics.queries.assignments import (
    class_assignment_heads,
    class_assignment_parts,
    student_assignment_parts,
)
from analytics.queries.people import members
from analytics.reports.data import CompletionPoint, StudentAssignments
from school.days import DateRange
from tests.analytics.school import ZONE, SmallSchool, day

NOW = datetime(2024, 5, 17, 16, tzinfo=UTC)
"""Friday noon in New York."""
MAY = DateRange(day("05-01"), day("05-17"))
HOUR = timedelta(hours=1)


def due(text: str) -> datetime:
    """The last minute of a local day of 2024 in New York."""
    return datetime.fromisoformat(f"2024-{text}T23:59").replace(tzinfo=ZoneInfo(ZONE))


def looked_at(
    school: SmallSchool,
    days: DateRange = MAY,
    *,
    through: datetime | None = NOW,
    now: datetime = NOW,
) -> AsOf:
    calendar = school_calendar(school.session, school.workspace.id)
    return as_of(days, through, now=now, zone=ZoneInfo(ZONE), calendar=calendar)


def of_student(
    school: SmallSchool, student: int, at: AsOf, days: DateRange = MAY
) -> StudentAssignments:
    since = looked_at_since(days, at)
    rows = student_assignment_parts(school.session, student, since, at.moment)
    return student_assignments(rows, days, at)


def of_class(
    school: SmallSchool, class_id: int, at: AsOf, days: DateRange = MAY, by: str = "week"
) -> ClassAssignments:
    session, since = school.session, looked_at_since(days, at)
    return class_assignments(
        class_assignment_heads(session, class_id, since, at.moment),
        class_assignment_parts(session, class_id, since, at.moment),
        members(session, class_id, days),
        days,
        at,
        by=by,
    )


def test_each_state_of_a_student_s_assignments(school: SmallSchool) -> None:
    maths = school.a_class()
    maya = school.a_student("Maya Okafor", maths)
    fractions, ratio = school.a_skill("Fractions"), school.a_skill("Ratio")
    done = school.an_assignment(maths, due("05-03"), ratio, fractions, title="Done")
    late = school.an_assignment(maths, due("05-06"), fractions, title="Late")
    missing = school.an_assignment(maths, due("05-13"), fractions, title="Missing")
    coming = school.an_assignment(maths, due("05-20"), fractions, title="Coming")
    early = school.an_assignment(maths, due("05-21"), title="Early")
    in_time, after = due("05-03") - HOUR, due("05-06") + HOUR
    school.assign(done, maya, reached_at=in_time, questions=10, correct=9, score=90.0)
    school.assign(late, maya, completed_at=after, questions=0)
    school.assign(missing, maya, questions=4, correct=1)
    school.assign(coming, maya)
    school.assign(early, maya, reached_at=NOW - HOUR, questions=10, correct=10)
    found = of_student(school, maya, looked_at(school))
    assert (found.assigned, found.completed, found.late) == (3, 2, 1)
    assert found.rate == pytest.approx(2 / 3)
    assert [(one.title, one.state) for one in found.lines] == [
        ("Done", "completed"),
        ("Late", LATE),
        ("Missing", OVERDUE),
        ("Coming", OPEN),
        ("Early", "completed"),
    ]
    assert [one.title for one in found.open] == ["Coming"]
    assert [one.title for one in found.overdue] == ["Missing"]
    first, missed = found.lines[0], found.overdue[0]
    assert (first.skills, first.accuracy, first.score) == (("Fractions", "Ratio"), 0.9, 90.0)
    assert (first.completed_on, first.due) == (day("05-03"), day("05-03"))
    assert found.lines[1].completed_on == day("05-07")
    assert (missed.questions, missed.accuracy, missed.completed_on) == (4, 0.25, None)
    assert missed.overdue_days == 3
    assert [one.overdue_days for one in found.open] == [0]


def test_what_counts_is_the_earlier_of_imported_and_reached(school: SmallSchool) -> None:
    maths = school.a_class()
    maya = school.a_student("Maya", maths)
    one = school.an_assignment(maths, due("05-06"))
    school.assign(one, maya, completed_at=due("05-08"), reached_at=due("05-06") - HOUR)
    found = of_student(school, maya, looked_at(school))
    assert (found.completed, found.late) == (1, 0)


def test_a_past_range_says_the_same_however_much_later_it_is_asked_for(school: SmallSchool) -> None:
    maths = school.a_class()
    maya = school.a_student("Maya", maths)
    one = school.an_assignment(maths, due("05-06"))
    school.assign(one, maya, completed_at=due("05-14"))
    past = DateRange(day("05-01"), day("05-10"))
    at_the_end = due("05-10")
    then = looked_at(school, past, through=at_the_end, now=at_the_end)
    for at in (then, looked_at(school, past)):
        found = of_student(school, maya, at, past)
        assert [line.state for line in found.lines] == [OVERDUE]
        assert found.rate == 0
    later = of_student(school, maya, looked_at(school))
    assert [line.state for line in later.lines] == [LATE]


def test_what_was_due_after_the_data_end_is_not_known_to_be_missed(school: SmallSchool) -> None:
    maths = school.a_class()
    maya = school.a_student("Maya", maths)
    known = school.an_assignment(maths, due("05-10"), title="Known")
    unknown = school.an_assignment(maths, due("05-13"), title="Unknown")
    school.assign(known, maya)
    school.assign(unknown, maya)
    through = datetime(2024, 5, 10, 15, tzinfo=UTC)
    found = of_student(school, maya, looked_at(school, through=through))
    assert [(one.title, one.overdue_days) for one in found.overdue] == [("Known", 0)]
    assert [one.title for one in found.open] == ["Unknown"]
    assert (found.assigned, found.rate) == (1, 0)


def test_without_practice_imported_completions_are_all_there_is(school: SmallSchool) -> None:
    maths = school.a_class()
    maya = school.a_student("Maya", maths)
    one = school.an_assignment(maths, due("05-13"))
    school.assign(one, maya)
    found = of_student(school, maya, looked_at(school, through=None))
    assert [line.overdue_days for line in found.overdue] == [3]


def test_weekends_and_holidays_are_no_days_late(school: SmallSchool) -> None:
    maths = school.a_class()
    maya = school.a_student("Maya", maths)
    school.holiday("05-13")
    one = school.an_assignment(maths, due("05-10"))
    school.assign(one, maya)
    found = of_student(school, maya, looked_at(school))
    assert found.overdue[0].overdue_days == 3


def test_what_is_due_later_today_is_open(school: SmallSchool) -> None:
    maths = school.a_class()
    maya = school.a_student("Maya", maths)
    one = school.an_assignment(maths, due("05-17"))
    school.assign(one, maya)
    found = of_student(school, maya, looked_at(school))
    assert (found.assigned, found.rate, [line.state for line in found.lines]) == (0, None, [OPEN])


def test_an_old_one_lowers_the_rate_and_is_no_longer_called_overdue(school: SmallSchool) -> None:
    maths = school.a_class()
    maya = school.a_student("Maya", maths)
    for text in ("03-04", "04-30"):
        school.assign(school.an_assignment(maths, due(text), title=text), maya)
    spring = DateRange(day("03-01"), day("05-17"))
    found = of_student(school, maya, looked_at(school, spring), spring)
    assert (found.assigned, [one.title for one in found.overdue]) == (2, ["04-30"])


def test_overdue_ones_from_before_a_short_range_are_still_known(school: SmallSchool) -> None:
    maths = school.a_class()
    maya = school.a_student("Maya", maths)
    school.assign(school.an_assignment(maths, due("05-06")), maya)
    week = DateRange(day("05-11"), day("05-17"))
    found = of_student(school, maya, looked_at(school, week), week)
    assert (found.assigned, found.lines, len(found.overdue)) == (0, (), 1)


def test_a_student_who_left_before_it_was_due_or_joined_after_does_not_count(
    school: SmallSchool,
) -> None:
    maths = school.a_class()
    maya = school.a_student("Maya", maths)
    left = school.a_student("Leo", maths, ends="05-05")
    joined = school.a_student("Ana", maths, starts="05-07")
    one = school.an_assignment(maths, due("05-06"))
    coming = school.an_assignment(maths, due("05-24"), title="Coming")
    for assignment in (one, coming):
        school.assign(assignment, maya, left, joined)
    found = of_class(school, maths, looked_at(school))
    assert [(line.assigned, line.is_due) for line in found.lines] == [(1, True), (2, False)]
    assert of_student(school, left, looked_at(school)).lines == ()
    assert [one.state for one in of_student(school, joined, looked_at(school)).lines] == [OPEN]


def test_a_class_by_assignment_and_by_week(school: SmallSchool) -> None:
    maths = school.a_class()
    maya, leo = school.a_student("Maya", maths), school.a_student("Leo", maths)
    ratio = school.a_skill("Ratio")
    first = school.an_assignment(maths, due("05-06"), ratio, title="First")
    second = school.an_assignment(maths, due("05-09"), title="Second")
    third = school.an_assignment(maths, due("05-13"), title="Third")
    coming = school.an_assignment(maths, due("05-20"), title="Coming")
    school.assign(first, maya, reached_at=due("05-05"), questions=10, correct=8)
    school.assign(first, leo, reached_at=due("05-07"), questions=10, correct=4)
    school.assign(second, maya, leo, questions=0)
    school.assign(third, maya, completed_at=due("05-10"))
    school.assign(third, leo)
    school.assign(coming, maya, leo)
    found = of_class(school, maths, looked_at(school))
    assert (found.assigned, found.completed, found.late, found.rate) == (6, 3, 1, 0.5)
    assert found.points == (
        CompletionPoint(day("05-06"), 4, 2, 1, 0.5),
        CompletionPoint(day("05-13"), 2, 1, 0, 0.5),
    )
    assert [line.title for line in found.lines] == ["First", "Second", "Third", "Coming"]
    line = found.lines[0]
    assert (line.skills, line.accuracy, line.questions, line.late) == (("Ratio",), 0.6, 20, 1)
    assert found.lines[1].accuracy is None
    own = {student: [one.title for one in late] for student, late in found.overdue.items()}
    assert own == {maya: ["Second"], leo: ["Second", "Third"]}
    assert [one.start for one in of_class(school, maths, looked_at(school), by="month").points] == [
        day("05-01")
    ]


def test_a_class_without_assignments_has_no_rate(school: SmallSchool) -> None:
    maths = school.a_class()
    found = of_class(school, maths, looked_at(school))
    assert found == ClassAssignments(0, 0, 0, None)


def test_a_student_taken_off_the_roster_does_not_count(school: SmallSchool) -> None:
    maths, science = school.a_class(), school.a_class("Science")
    maya, other = school.a_student("Maya", maths), school.a_student("Mia", science)
    school.assign(school.an_assignment(maths, due("05-06")), maya, other)
    assert of_class(school, maths, looked_at(school)).assigned == 1
    assert of_student(school, other, looked_at(school)).lines == ()


def test_a_due_moment_belongs_to_its_local_day_through_a_change_of_clocks(session: Session) -> None:
    school = SmallSchool(session)
    maths = school.a_class()
    maya = school.a_student("Maya", maths)
    # The clocks go forward on 10 March 2024: the day before ends at 5:00 UTC, that day at 4:00.
    for moment in (
        datetime(2024, 3, 10, 4, 59, tzinfo=UTC),
        datetime(2024, 3, 11, 3, 59, tzinfo=UTC),
    ):
        school.assign(school.an_assignment(maths, moment), maya)
    week = DateRange(day("03-04"), day("03-10"))
    found = of_student(school, maya, looked_at(school, week), week)
    assert [one.due for one in found.lines] == [day("03-09"), day("03-10")]
