"""The student's report, worked out by hand for a small class, on both kinds of database."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from analytics.reports.data import StudentReport
from analytics.reports.student import get_student_performance_report
from school.days import DateRange
from tests.analytics.school import SmallSchool, day

MAY = DateRange(day("05-06"), day("05-19"))
NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)


@pytest.fixture
def report(school: SmallSchool, session: Session) -> StudentReport:
    """Ana with 16 of 20 right among four classmates."""
    maths = school.a_class()
    ana = school.a_student("Ana Ruiz", maths)
    school.practised(ana, "05-06", 10, 7, seconds=100.4, estimated=20)
    school.practised(ana, "05-14", 10, 9, seconds=50.2)
    school.practised(ana, "04-25", 5, 1, seconds=10)
    for name, correct in (("Ben", 16), ("Cy", 10), ("Dee", 20), ("Eve", 12)):
        school.practised(school.a_student(name, maths), "05-07", 20, correct)
    school.data_through(datetime(2024, 5, 17, 20, tzinfo=UTC))
    return get_student_performance_report(ana, MAY, session=session, now=NOW)


def test_the_summary_holds_the_range_alone(report: StudentReport) -> None:
    overall = report.overall
    assert (overall.questions, overall.correct, overall.accuracy) == (20, 16, 0.8)
    assert (overall.time, overall.time_estimated, overall.active_days) == (151, 20, 2)


def test_the_previous_range_is_equally_long_and_just_before(report: StudentReport) -> None:
    assert report.previous is not None
    assert (report.previous.questions, report.previous.accuracy) == (5, 0.2)


def test_the_percentile_is_mid_rank_with_the_student_counted(report: StudentReport) -> None:
    # Below: Cy and Eve; tied: Ana and Ben. 100 x (2 + 1) / 5.
    assert report.comparison.percentile == pytest.approx(60)
    assert report.comparison.quarter == "upper middle"
    assert report.comparison.class_average == pytest.approx((0.8 + 0.8 + 0.5 + 1 + 0.6) / 5)
    assert report.comparison.rough
