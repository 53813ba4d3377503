"""The report of a student without a class, or without one yet, or of days before its first."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from analytics.reports.student import get_student_performance_report
from school.days import DateRange
from tests.analytics.school import SmallSchool, day

APRIL = DateRange(day("04-01"), day("04-30"))
MAY = DateRange(day("05-06"), day("05-19"))
NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)
FRIDAY = datetime(2024, 5, 17, 20, tzinfo=UTC)


def test_nobody_missed_school_days_before_joining_the_class(
    school: SmallSchool, session: Session
) -> None:
    maths = school.a_class()
    school.practised(school.a_student("Ben", maths), "04-02", 20, 10)
    new = school.a_student("New", maths, starts="05-06")
    school.practised(new, "04-03", 20, 10)
    school.data_through(FRIDAY)
    report = get_student_performance_report(new, APRIL, session=session, now=NOW, class_id=maths)
    assert report.missed_school_days is None
    assert report.finding == "New got 50 % right."


def test_practice_before_joining_is_shown_where_nobody_else_had_any(
    school: SmallSchool, session: Session
) -> None:
    maths = school.a_class()
    school.a_student("Silent", maths)
    new = school.a_student("New", maths, starts="05-06")
    school.practised(new, "04-03", 20, 10)
    school.data_through(FRIDAY)
    report = get_student_performance_report(new, APRIL, session=session, now=NOW, class_id=maths)
    assert report.coverage.data_through == FRIDAY
    assert sum(point.questions for point in report.progress) == 20
    assert [point.questions for point in report.trends if point.questions] == [20]


def test_a_student_without_a_class_is_compared_with_nobody(
    school: SmallSchool, session: Session
) -> None:
    alone = school.a_student("Alone")
    school.practised(alone, "05-10", 30, 15)
    school.on_skill(alone, school.a_skill("Ratio"), "05-10", 30, 15, "needs work", 0.5)
    school.data_through(FRIDAY)
    report = get_student_performance_report(alone, MAY, session=session, now=NOW)
    assert (report.class_id, report.class_title) == (None, None)
    assert (report.comparison.class_average, report.comparison.enrolled) == (None, 0)
    assert report.comparison.average_questions is None
    assert report.overall.skills_total == 1
    assert report.finding == "Alone has not practised for 5 school days, and Ratio needs work."


def test_a_range_before_the_first_practice_shows_nothing(
    school: SmallSchool, session: Session
) -> None:
    silent = school.a_student("Silent", school.a_class())
    report = get_student_performance_report(silent, MAY, session=session, now=NOW)
    assert (report.progress, report.trends, report.missed_school_days) == ((), (), None)


def test_a_class_whose_first_day_still_runs_has_missed_nothing(
    school: SmallSchool, session: Session
) -> None:
    maths = school.a_class()
    ana, ben = school.a_student("Ana", maths), school.a_student("Ben", maths)
    school.practised(ana, "05-15", 12, 6)
    noon = datetime(2024, 5, 15, 16, tzinfo=UTC)
    school.data_through(noon)
    for student in (ana, ben):
        report = get_student_performance_report(student, MAY, session=session, now=noon)
        assert report.missed_school_days is None
