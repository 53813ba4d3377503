"""Opening every student of a class for a pack: access and audit of each, then the numbers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from analytics.reports.data import StudentReport
from analytics.reports.student import get_student_performance_report
from handlers.codec import Ref
from handlers.opened import opened_class
from school.access import Viewer, open_student, visible_enrolments
from school.days import DateRange
from school.errors import InvalidInput

NOBODY_PRACTISED = "Nobody in this class practised in these days, so there is no pack to make."


@dataclass(frozen=True, slots=True)
class PackReports:
    """The reports of a class's students, by name; `left_out` had no practice in the range."""

    title: str
    range: DateRange
    reports: tuple[StudentReport, ...]
    left_out: int


def pack_reports(
    viewer: Viewer, ref: Ref, purpose: str, *, session: Session, now: datetime
) -> PackReports:
    """Every student's report of a class over one range, each opened and audited.

    Students without practice in the range are left out and counted. Raises NotFound, and
    InvalidInput where nobody is left.
    """
    found = opened_class(viewer, ref, purpose, session=session, now=now)
    rows = visible_enrolments(session, viewer, class_id=found.id)
    reports = []
    for row in rows:
        report = get_student_performance_report(
            row.student_id, found.days, session=session, now=now, class_id=found.id
        )
        if report.overall.questions:
            open_student(session, viewer, row.student_id, purpose, now=now)
            reports.append(report)
    if not reports:
        raise InvalidInput("range", NOBODY_PRACTISED)
    return PackReports(found.title, found.days, tuple(reports), len(rows) - len(reports))
