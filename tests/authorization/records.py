"""What was done and sent for the student before a test: laid out, or put back as it was."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from school.models import (
    Alert,
    AlertEvent,
    Assignment,
    AssignmentStudent,
    CardCopy,
    Delivery,
    Intervention,
    Meeting,
    MeetingAttendee,
    MeetingEvent,
    StudentReply,
    TeacherMessage,
)
from tests.authorization.cast import FAILED, MAIL, NOW, Cast
from tests.authorization.rows import Who


def lay_meeting(session: Session, cast: Cast) -> None:
    """The meeting as it was made: tomorrow, with somebody invited who has said that they cannot."""
    at, own = NOW + timedelta(days=1), cast.users[Who.OWN]
    meeting = session.get(Meeting, cast.meeting) or Meeting(id=cast.meeting)
    meeting.workspace_id, meeting.teacher_id = cast.workspaces[Who.OWN], own
    meeting.student_id, meeting.class_id = cast.student, cast.class_id
    meeting.meeting_type, meeting.status, meeting.scheduled_at = "one_on_one", "scheduled", at
    meeting.duration_minutes, meeting.version, meeting.sequence = 30, 1, 0
    meeting.changed_at, meeting.outcome_notes = NOW, None
    session.add(meeting)
    session.flush()
    event = MeetingEvent(
        workspace_id=meeting.workspace_id,
        meeting_id=meeting.id,
        user_id=own,
        change="scheduled",
        version=1,
        sequence=0,
        status="scheduled",
        scheduled_at=at,
        duration_minutes=30,
        happened_at=NOW,
    )
    session.add(event)
    invited = MeetingAttendee(id=1, workspace_id=meeting.workspace_id, meeting_id=meeting.id)
    invited.email, invited.answer, invited.answered_sequence = "pat@other.test", "declined", 0
    session.add(invited)


def lay_intervention(session: Session, cast: Cast) -> None:
    """A message as it was recorded: an hour ago, and neither rated nor withdrawn."""
    found = session.get(Intervention, cast.intervention)
    one = found or Intervention(id=cast.intervention)
    one.workspace_id, one.teacher_id = cast.workspaces[Who.OWN], cast.users[Who.OWN]
    one.student_id, one.class_id, one.alert_id = cast.student, cast.class_id, None
    one.intervention_type, one.action_taken = "message", "Message by Slack"
    one.created_at, one.version, one.withdrawn_at = NOW - timedelta(hours=1), 1, None
    one.is_resolved, one.resolved_at, one.effectiveness_rating = False, None, None
    session.add(one)
    session.flush()
    sent = session.get(TeacherMessage, 1) or TeacherMessage(id=1)
    sent.workspace_id, sent.teacher_id = one.workspace_id, one.teacher_id
    sent.student_id = cast.student
    sent.intervention_id, sent.message, sent.way = one.id, "Hi, how are you?", "slack"
    sent.sent_at, sent.is_read, sent.read_at = NOW - timedelta(hours=1), False, None
    session.add(sent)
    session.flush()
    if session.get(StudentReply, 1) is None:
        reply = StudentReply(workspace_id=one.workspace_id, message_id=sent.id, reply="I was sick.")
        reply.id, reply.way, reply.key, reply.replied_at = 1, "slack", "laid", NOW
        session.add(reply)


def lay_assignment(session: Session, cast: Cast) -> None:
    """Practice that the student's own teacher has set them, and that they have completed."""
    key = cast.intervention
    one = session.get(Assignment, key) or Assignment(id=key, source_id="laid")
    one.workspace_id, one.class_id = cast.workspaces[Who.OWN], cast.class_id
    one.teacher_id, one.title, one.description = cast.users[Who.OWN], "Practice", ""
    one.question_count, one.difficulty, one.assigned_at = 15, "easy", NOW - timedelta(days=2)
    one.due_at = NOW + timedelta(days=3)
    session.add(one)
    session.flush()
    part = session.get(AssignmentStudent, (key, cast.student)) or AssignmentStudent(
        assignment_id=key, student_id=cast.student, workspace_id=one.workspace_id
    )
    part.questions, part.correct, part.reached_at = 15, 11, NOW - timedelta(hours=1)
    session.add(part)
    session.flush()


def lay_alert(session: Session, cast: Cast) -> None:
    """An open alert about the student, of which nothing has been done yet."""
    session.execute(delete(AlertEvent))
    alert = session.get(Alert, cast.alert) or Alert(id=cast.alert)
    alert.workspace_id, alert.class_id = cast.workspaces[Who.OWN], cast.class_id
    alert.student_id, alert.kind, alert.severity = cast.student, "inactive", "medium"
    alert.state, alert.closed_at, alert.version = "open", None, 1
    alert.evidence, alert.raised_at = {}, NOW
    session.add(alert)
    session.flush()


def lay_card(session: Session, cast: Cast) -> None:
    """The copy of the intervention's card in the messages of the teacher whose it is."""
    copy = CardCopy(workspace_id=cast.workspaces[Who.OWN], card="intervention_card", version=1)
    copy.subject_id, copy.user_id = cast.intervention, cast.users[Who.OWN]
    session.add(copy)


def lay_deliveries(session: Session, cast: Cast) -> None:
    """A report for the student's own teacher that failed, and an e-mail on their behalf."""
    student, own = cast.student, Who.OWN
    session.add(laid(cast, own, FAILED, student, state="failed", error="no_text"))
    mail = laid(cast, own, MAIL, student, medium="mail")
    mail.sender_id, mail.recipient_id = mail.recipient_id, None
    session.add(mail)


def laid(cast: Cast, who: Who, key: int, student: int, **more: Any) -> Delivery:
    """A report about the student that was saved for somebody earlier, and is not sent by a test."""
    return Delivery(
        workspace_id=cast.workspaces[who],
        id=key,
        kind="student_report",
        unique_key=f"laid {key}",
        queue=f"laid {key}",
        lane="interactive",
        recipient_id=cast.users[who],
        payload={"student": student},
        message_channel="D0DIRECT",
        message_ts="9.9",
        due_at=NOW,
        next_attempt_at=NOW,
        created_at=NOW - timedelta(days=1),
        **more,
    )
