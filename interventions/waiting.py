"""What a teacher has sent out and what has not come back yet: unread, unanswered, under way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from interventions.students import Way
from school.access import Viewer, visible_student_ids
from school.models import (
    Assignment,
    AssignmentStudent,
    Guardian,
    Intervention,
    ParentAnswer,
    ParentNotice,
    Student,
    TeacherMessage,
)

LOOKED_BACK = timedelta(days=30)
"""What was sent longer ago is not waited for any more."""
LATE_MOST = timedelta(days=14)
"""So long after its due time an assignment still counts as running."""
MOST = 200
"""So many of each sort are listed."""


class WaitingFor(StrEnum):
    """What is waited for."""

    READING = "messages"
    ANSWER = "parents"
    PRACTICE = "assignments"


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One of them: about which student, since when; `detail` is the guardian or the title.

    `due_at` is that of an assignment.
    """

    student_id: int
    student: str
    since: datetime
    detail: str = ""
    due_at: datetime | None = None


def waiting(
    viewer: Viewer, *, session: Session, now: datetime
) -> dict[WaitingFor, tuple[WaitingLine, ...]]:
    """The viewer's own, the longest waiting first, of students whom they may still see.

    One query of each sort. What was taken back or undone, or could reach nobody, waits for nothing.
    """
    found = {
        WaitingFor.READING: _unread(viewer, session, now),
        WaitingFor.ANSWER: _unanswered(viewer, session, now),
        WaitingFor.PRACTICE: _running(viewer, session, now),
    }
    return {what: lines for what, lines in found.items() if lines}


def _unread(viewer: Viewer, session: Session, now: datetime) -> tuple[WaitingLine, ...]:
    """Messages that no click, reply or page visit shows to be read."""
    query = (
        select(Student, TeacherMessage.sent_at)
        .join(TeacherMessage, TeacherMessage.student_id == Student.id)
        .join(Intervention, Intervention.id == TeacherMessage.intervention_id)
        .where(
            *_standing(viewer),
            TeacherMessage.teacher_id == viewer.user_id,
            TeacherMessage.is_read.is_not(True),
            TeacherMessage.way != Way.NONE.value,
            TeacherMessage.sent_at >= now - LOOKED_BACK,
        )
        .order_by(TeacherMessage.sent_at)
        .limit(MOST)
    )
    rows = session.execute(query)
    return tuple(WaitingLine(student.id, student.name, since) for student, since in rows)


def _unanswered(viewer: Viewer, session: Session, now: datetime) -> tuple[WaitingLine, ...]:
    """Notices to guardians where none of those written to together has answered."""
    together = aliased(ParentNotice)
    answered = (
        select(ParentAnswer.id)
        .join(together, together.id == ParentAnswer.notice_id)
        .where(together.intervention_id == ParentNotice.intervention_id)
    )
    query = (
        select(Student, ParentNotice.sent_at, Guardian.name)
        .join(ParentNotice, ParentNotice.student_id == Student.id)
        .join(Guardian, Guardian.id == ParentNotice.guardian_id)
        .join(Intervention, Intervention.id == ParentNotice.intervention_id)
        .where(
            *_standing(viewer),
            ParentNotice.teacher_id == viewer.user_id,
            ParentNotice.sent_at >= now - LOOKED_BACK,
            ~answered.exists(),
        )
        .order_by(ParentNotice.sent_at)
        .limit(MOST)
    )
    rows = session.execute(query)
    return tuple(
        WaitingLine(student.id, student.name, since, name) for student, since, name in rows
    )


def _running(viewer: Viewer, session: Session, now: datetime) -> tuple[WaitingLine, ...]:
    """Assignments of the viewer's that a student has not completed, due last first."""
    query = (
        select(Student, Assignment)
        .join(AssignmentStudent, AssignmentStudent.student_id == Student.id)
        .join(Assignment, Assignment.id == AssignmentStudent.assignment_id)
        .join(Intervention, Intervention.id == AssignmentStudent.intervention_id)
        .where(
            *_standing(viewer),
            Assignment.teacher_id == viewer.user_id,
            Assignment.withdrawn_at.is_(None),
            Assignment.due_at >= now - LATE_MOST,
            AssignmentStudent.completed_at.is_(None),
            AssignmentStudent.reached_at.is_(None),
        )
        .order_by(Assignment.due_at)
        .limit(MOST)
    )
    rows = session.execute(query)
    return tuple(
        WaitingLine(student.id, student.name, one.assigned_at, one.title, one.due_at)
        for student, one in rows
    )


def _standing(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    """Of what was done for students whom the viewer may see, what was not taken back or undone."""
    return Intervention.withdrawn_at.is_(None), Student.id.in_(visible_student_ids(viewer))
