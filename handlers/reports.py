"""Opening a report for a viewer: access and audit first, then the range, then the numbers."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from analytics.reports.classes import get_class_performance_report
from analytics.reports.data import ClassReport, SkillReport, StudentReport
from analytics.reports.skill import NO_SUCH_SKILL, get_skill_analytics
from analytics.reports.student import get_student_performance_report
from analytics.wording.formats import NAMED_SKILL, shorten
from handlers.codec import Ref
from handlers.opened import opened_class, opened_student
from school.access import (
    NO_SUCH_CLASS,
    NO_SUCH_STUDENT,
    Viewer,
    visible_classes,
)
from school.errors import NotFound
from school.models import Skill, Student
from school.names import look, students_of


def title_of(viewer: Viewer, ref: Ref, *, session: Session) -> str:
    """The name of the student, class or skill, if the viewer may see it. Raises NotFound.

    Nothing of the record is shown by this: the audit row is written where the report is opened.
    """
    if ref.student is not None:
        return _told_apart(viewer, ref.student, session=session)
    titles = {one.id: one.title for one in visible_classes(session, viewer)}
    if ref.class_id not in titles:
        raise NotFound(NO_SUCH_CLASS)
    if ref.skill is not None:
        return _skill_title(viewer, ref.skill, session=session)
    return titles[ref.class_id]


def _skill_title(viewer: Viewer, skill_id: int, *, session: Session) -> str:
    """A skill's name in quotes, as many a one is a sentence. Raises NotFound."""
    skill = session.get(Skill, skill_id)
    if skill is None or skill.workspace_id != viewer.workspace_id:
        raise NotFound(NO_SUCH_SKILL)
    return f"“{shorten(skill.name.rstrip(' .'), NAMED_SKILL)}”"


def student_report(
    viewer: Viewer, ref: Ref, purpose: str, *, session: Session, now: datetime
) -> StudentReport:
    """A student's report, beside a class that the viewer teaches. Raises NotFound."""
    found = opened_student(viewer, ref, purpose, session=session, now=now)
    report = get_student_performance_report(
        found.id, found.days, session=session, now=now, class_id=found.class_id
    )
    return replace(report, student=_told_apart(viewer, found.id, session=session))


def family_report(
    viewer: Viewer, ref: Ref, purpose: str, *, session: Session, now: datetime
) -> StudentReport:
    """The same for the student's family, under the bare name. Raises NotFound.

    What tells namesakes apart would tell of another child.
    """
    report = student_report(viewer, ref, purpose, session=session, now=now)
    return replace(report, student=session.get_one(Student, report.student_id).name)


def class_report(
    viewer: Viewer, ref: Ref, purpose: str, *, session: Session, now: datetime
) -> ClassReport:
    """A class's report. Raises NotFound."""
    found = opened_class(viewer, ref, purpose, session=session, now=now)
    return get_class_performance_report(found.id, found.days, session=session, now=now)


def skill_report(
    viewer: Viewer, ref: Ref, purpose: str, *, session: Session, now: datetime
) -> SkillReport:
    """How a class stands with a skill. Raises NotFound."""
    found = opened_class(viewer, ref, purpose, session=session, now=now)
    return get_skill_analytics(
        found.id, ref.skill or 0, session=session, now=now, date_range=found.days
    )


def _told_apart(viewer: Viewer, student_id: int, *, session: Session) -> str:
    """A student's name, with the roster's id where two of the viewer's bear it. Raises NotFound."""
    students = students_of(session, viewer)
    found = next((one for one in students if one.id == student_id), None)
    if found is None:
        raise NotFound(NO_SUCH_STUDENT)
    alike = sum(look(one.name) == look(found.name) for one in students)
    return found.name if alike == 1 else f"{found.name} ({found.source_id})"
