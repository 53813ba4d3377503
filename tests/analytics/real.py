"""A real class over a few ranges: its reports, and what they should say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.reports.classes import get_class_performance_report
from analytics.reports.data import ClassReport, Concern, StudentReport
from analytics.reports.student import get_student_performance_report
from school.days import DateRange
from school.models import Student
from tests.independent.classroom import Classroom
from tests.independent.concerns import Concerns


@dataclass
class Real:
    """The class imported, what it should say, and one question about it."""

    session: Session
    truth: Classroom
    class_id: int
    zone: str
    days: DateRange
    now: datetime

    @cached_property
    def class_report(self) -> ClassReport:
        """The class's report."""
        return get_class_performance_report(
            self.class_id, self.days, session=self.session, now=self.now
        )

    @cached_property
    def student_reports(self) -> list[tuple[str, StudentReport]]:
        """Everyone's report, by the student's id in the file."""
        students = self.session.scalars(select(Student).order_by(Student.id))
        return [(student.source_id, self._report(student)) for student in students]

    def _report(self, student: Student) -> StudentReport:
        return get_student_performance_report(
            student.id, self.days, session=self.session, now=self.now
        )

    @property
    def last(self) -> date:
        """The last day on which practice could be missed: data there, and the day over."""
        yesterday = self.now.astimezone(ZoneInfo(self.zone)).date() - timedelta(days=1)
        return min(self.days.end, self.truth.chemistry.days()[1], yesterday)

    @cached_property
    def concerns(self) -> Concerns:
        """Who is of concern as of the range's end."""
        today = self.now.astimezone(ZoneInfo(self.zone)).date()
        reach = min(self.days.end, self.truth.chemistry.days()[1], today)
        return Concerns(self.truth, self.days.end, reach, self.last)

    def before(self) -> tuple[date, date]:
        """The equally long range before."""
        length = self.days.end - self.days.start + timedelta(days=1)
        return self.days.start - length, self.days.end - length


def concerns_of(found: Iterable[Concern]) -> set[tuple[str, str, str]]:
    """Kind, severity and skill of each concern."""
    return {(one.kind.value, one.severity.value, one.skill or "") for one in found}
