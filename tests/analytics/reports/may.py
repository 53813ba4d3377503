"""A small class in May 2024, and how its trends are asked for."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from analytics.reports.data.trends import TrendReport
from analytics.reports.trends import get_class_trend_data, get_student_trend_data
from school.days import DateRange
from tests.analytics.school import SmallSchool, day

NOW = datetime(2024, 5, 23, 16, tzinfo=UTC)
"""Thursday noon in New York."""
MAY = DateRange(day("05-01"), day("05-31"))


@pytest.fixture
def maths(school: SmallSchool) -> int:
    """A class whose first practice is on 7 May; data to the 22nd."""
    maths = school.a_class("Maths")
    ben = school.a_student("Ben", maths)
    school.practised(ben, "05-07", 20, 10, seconds=600, xp=120)
    school.practised(ben, "05-22", 20, 14, seconds=600, xp=152)
    school.data_through(datetime(2024, 5, 22, 20, tzinfo=UTC))
    return maths


@pytest.fixture
def ana(school: SmallSchool, maths: int) -> int:
    ana = school.a_student("Ana Ruiz", maths)
    school.practised(ana, "05-08", 10, 8, seconds=300, xp=84)
    school.practised(ana, "05-09", 10, 6, seconds=100, xp=68)
    school.practised(ana, "05-21", 4, 4, seconds=40, xp=40)
    return ana


def of_student(session: Session, student: int, metric: str, **more: object) -> TrendReport:
    days = more.pop("days", MAY)
    return get_student_trend_data(student, metric, days, session=session, now=NOW, **more)  # type: ignore[arg-type]


def of_class(session: Session, class_id: int, metric: str, **more: object) -> TrendReport:
    days = more.pop("days", MAY)
    return get_class_trend_data(class_id, metric, days, session=session, now=NOW, **more)  # type: ignore[arg-type]


def values(report: TrendReport) -> list[float | None]:
    return [point.value for point in report.points]
