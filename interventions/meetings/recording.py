"""A meeting as an intervention: one for each of its students, so that each history has it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.record import Reason, record
from school.access import Viewer
from school.models import (
    Intervention,
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
    words, kind = DONE[MeetingType(meeting.meeting_type)], InterventionType.MEETING
    for number, student in enumerate(students):
        why = Reason(reason.concern, reason.skill_ids) if number else reason
        made = record(
            viewer,
            student,
            kind,
            words,
            session=session,
            now=now,
            reason=why,
            class_id=meeting.class_id,
            card=False,  # the meeting's own tells of it
        )
        if number == 0:
            meeting.intervention_id = made.id
        else:
            row = MeetingStudent(meeting_id=meeting.id, student_id=student.id)
            row.workspace_id, row.intervention_id = meeting.workspace_id, made.id
            session.add(row)


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
    query = select(MeetingStudent.student_id).where(MeetingStudent.meeting_id == meeting.id)
    return list(session.scalars(query.order_by(MeetingStudent.student_id)))


def _interventions(meeting: Meeting, *, session: Session) -> list[Intervention]:
    further = select(MeetingStudent.intervention_id).where(MeetingStudent.meeting_id == meeting.id)
    ids = {meeting.intervention_id, *session.scalars(further)} - {None}
    return list(session.scalars(select(Intervention).where(Intervention.id.in_(ids))))
