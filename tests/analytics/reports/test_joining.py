"""The report of a student over days before they joined the class that it is about."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from analytics.reports.student import get_student_performance_report
from school.days import DateRange
from tests.analytics.school import SmallSchool, day

APRIL = DateRange(day("04-01"), day("04-30"))
NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)


def test_nobody_missed_school_days_before_joining_the_class(
    school: SmallSchool, session: Session
) -> None:
    maths = school.a_class()
    school.practised(school.a_student("Ben", maths), "04-02", 20, 10)
    new = school.a_student("New", maths, starts="05-06")
    school.practised(new, "04-03", 20, 10)
    school.data_through(datetime(2024, 5, 17, 20, tzinfo=UTC))
    report = get_student_performance_report(new, APRIL, session=session, now=NOW, class_id=maths)
    assert report.missed_school_days is None
    assert report.finding == "New gets 50 % right."


def test_practice_before_joining_is_shown_where_nobody_else_had_any(
    school: SmallSchool, session: Session
) -> None:
    maths = school.a_class()
    school.a_student("Silent", maths)
    new = school.a_student("New", maths, starts="05-06")
    school.practised(new, "04-03", 20, 10)
    through = datetime(2024, 5, 17, 20, tzinfo=UTC)
    school.data_through(through)
    report = get_student_performance_report(new, APRIL, session=session, now=NOW, class_id=maths)
    assert report.coverage.data_through == through
    assert sum(point.questions for point in report.progress) == 20
    assert [point.questions for point in report.trends if point.questions] == [20]
