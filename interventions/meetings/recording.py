"""A meeting as an intervention: one for each of its students, so that each history has it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from interventions.record import Reason, record
from school.access import Viewer
from school.models import (
    Intervention,
    InterventionSkill,
    InterventionType,
    Meeting,
    MeetingStatus,
    MeetingStudent,
    MeetingType,
    Student,
)

DONE = {
    MeetingType.ONE_ON_ONE: "Scheduled a one-on-one meeting",
    MeetingType.PARENT_CONFERENCE: "Scheduled a parent conference",
    MeetingType.GROUP: "Scheduled a group meeting",
}
"""What was done, in a line for the history."""


def record_meeting(
    viewer: Viewer,
    meeting: Meeting,
    students: Sequence[Student],
    reason: Reason,
    *,
    session: Session,
    now: datetime,
) -> None:
    """Write down that a meeting was made for its students; the first is whom it is about.

    The alert or concern that it was made for is the first student's.
    """
    first, *others = students
    made = _recorded(viewer, meeting, first, reason, session=session, now=now)
    meeting.intervention_id = made.id
    why = Reason(reason.concern, reason.skill_ids)
    for student in others:
        _join(viewer, meeting, student, why, session=session, now=now)


def take_in(
    viewer: Viewer, meeting: Meeting, student: Student, *, session: Session, now: datetime
) -> None:
    """Have a student join a group that there is; who was in it before counts again."""
    row = session.get(MeetingStudent, (meeting.id, student.id))
    if row is not None:
        row.removed_sequence = None  # `follow_meeting` has the intervention count
        return
    made = session.get_one(Intervention, meeting.intervention_id)
    query = select(InterventionSkill.skill_id).where(InterventionSkill.intervention_id == made.id)
    why = Reason(made.concern, tuple(session.scalars(query)))
    _join(viewer, meeting, student, why, session=session, now=now)


def take_out(meeting: Meeting, student_id: int, *, session: Session, now: datetime) -> None:
    """Have a student be in a group no more: what was done for them counts for nothing."""
    row = session.get_one(MeetingStudent, (meeting.id, student_id))
    row.removed_sequence = meeting.sequence
    made = session.get_one(Intervention, row.intervention_id)
    made.version += 1
    made.withdrawn_at = now


def _join(
    viewer: Viewer,
    meeting: Meeting,
    student: Student,
    reason: Reason,
    *,
    session: Session,
    now: datetime,
) -> None:
    made = _recorded(viewer, meeting, student, reason, session=session, now=now)
    row = MeetingStudent(meeting_id=meeting.id, student_id=student.id)
    row.workspace_id, row.intervention_id = meeting.workspace_id, made.id
    session.add(row)


def _recorded(
    viewer: Viewer,
    meeting: Meeting,
    student: Student,
    reason: Reason,
    *,
    session: Session,
    now: datetime,
) -> Intervention:
    return record(
        viewer,
        student,
        InterventionType.MEETING,
        DONE[MeetingType(meeting.meeting_type)],
        session=session,
        now=now,
        reason=reason,
        class_id=meeting.class_id,
        card=False,  # the meeting's own tells of it
    )


def follow_meeting(meeting: Meeting, *, session: Session, now: datetime) -> None:
    """Have its interventions follow a change of a meeting: what is cancelled counts for nothing.

    The meeting's own card tells of it, so theirs is not shown.
    """
    cancelled = meeting.status == MeetingStatus.CANCELLED.value
    for one in _interventions(meeting, session=session):
        one.version += 1
        one.withdrawn_at = (one.withdrawn_at or now) if cancelled else None


def further_students(meeting: Meeting, *, session: Session) -> list[int]:
    """The ids of a group meeting's students beside the one that it is about."""
    query = select(MeetingStudent.student_id).where(_in_group(meeting))
    return list(session.scalars(query.order_by(MeetingStudent.student_id)))


def _interventions(meeting: Meeting, *, session: Session) -> list[Intervention]:
    further = select(MeetingStudent.intervention_id).where(_in_group(meeting))
    ids = {meeting.intervention_id, *session.scalars(further)} - {None}
    return list(session.scalars(select(Intervention).where(Intervention.id.in_(ids))))


def _in_group(meeting: Meeting) -> ColumnElement[bool]:
    """The rows of those who are in a group now."""
    of_meeting = MeetingStudent.meeting_id == meeting.id
    return and_(of_meeting, MeetingStudent.removed_sequence.is_(None))
