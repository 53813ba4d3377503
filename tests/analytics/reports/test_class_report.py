"""The class's report, worked out by hand for a small class, on both kinds of database."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from analytics.reports.classes import get_class_performance_report
from analytics.reports.data import ClassReport
from school.days import DateRange
from tests.analytics.school import SmallSchool, day

MAY = DateRange(day("05-06"), day("05-17"))
"""Two school weeks, Monday to Friday week."""
NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)


@pytest.fixture
def report(school: SmallSchool, session: Session) -> ClassReport:
    """Three students: one with 80 % of 20, one with 50 % of 10, one with 9 questions."""
    maths = school.a_class()
    ana, ben, cy = (school.a_student(name, maths) for name in ("Ana", "Ben", "Cy"))
    school.practised(ana, "05-06", 10, 7)
    school.practised(ana, "05-14", 10, 9)
    school.practised(ben, "05-11", 10, 5)
    school.practised(cy, "05-07", 9, 9)
    school.practised(ana, "04-25", 10, 1)
    school.data_through(datetime(2024, 5, 17, 20, tzinfo=UTC))
    return get_class_performance_report(maths, MAY, session=session, now=NOW)


def test_the_class_accuracy_is_the_mean_of_those_with_ten_questions(report: ClassReport) -> None:
    assert report.overall.accuracy == pytest.approx(0.65)
    assert report.overall.judged == 2
    assert report.overall.pooled == pytest.approx(30 / 39)
    # t(1, .975) = 12.7062; the standard error of .8 and .5 is .15.
    assert report.overall.interval is not None
    assert report.overall.interval.low == 0.0
    assert report.overall.interval.high == 1.0
