"""A school with one person of each kind, and another workspace in the same database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from school.database import SessionFactory
from school.mastery import Mastery
from school.models import (
    Alert,
    AlertEvent,
    Assignment,
    AssignmentStudent,
    CardCopy,
    Class,
    ClassTeacher,
    DailyProgress,
    DailySkillProgress,
    Delivery,
    Enrolment,
    Feed,
    Intervention,
    Meeting,
    MeetingAttendee,
    MeetingEvent,
    Skill,
    Student,
    StudentReply,
    TeacherMessage,
    User,
    Workspace,
)
from tests.authorization.rows import Who

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
YESTERDAY = date(2026, 3, 1)
TEAM, FAR_TEAM = "T0HERE", "T0FAR"
STUDENT, CLASS = "Quilla Zephyr", "Kestrel Maths"
TYPED = {STUDENT: "quilla", CLASS: "kestrel"}
MARKS = {"student": "Zephyr", "class": "Kestrel"}
"""What stands in an answer only when it shows the record: nobody types it."""

SLACK_IDS = {who: f"U{number:02d}" for number, who in enumerate(Who)}
FLAGS: dict[Who, dict[str, bool]] = {Who.GUEST: {"is_restricted": True}}


FAILED, MAIL, SHOWN = LAID = (1001, 1002, 1003)
"""Ids of deliveries that are there before a test."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The ids of the student and the class that all is about, of a meeting that the student's own
    teacher has about them and something that this teacher did for them, and of each person on
    record.
    """

    student: int
    skill: int
    class_id: int
    meeting: int
    intervention: int
    alert: int
    users: dict[Who, int]
    workspaces: dict[Who, int]


def lay_out(factory: SessionFactory) -> Cast:
    """Fill an empty database."""
    with factory.begin() as session:
        here, far = (_workspace(session, team) for team in (TEAM, FAR_TEAM))
        kestrel = _class(session, here, CLASS)
        student, skill = _student(session, here, STUDENT, kestrel, slack_user_id="U99")
        botany, astronomy = _class(session, here, "Botany"), _class(session, far, "Astronomy")
        _student(session, here, "Ben Stone", botany)
        _student(session, far, "Ines Costa", astronomy)
        _student(session, here, "Leo Park", botany, slack_user_id=SLACK_IDS[Who.STUDENT])
        taught = {
            Who.OWN: (here, kestrel),
            Who.CO: (here, kestrel),
            Who.OTHER: (here, botany),
            Who.ELSEWHERE: (far, astronomy),
            Who.GUEST: (here, kestrel),
            Who.GONE: (here, kestrel),
        }
        users = {who: _teacher(session, who, *where) for who, where in taught.items()}
        users[Who.ADMIN] = _teacher(session, Who.ADMIN, here, None)
        workspaces = {who: far if who is Who.ELSEWHERE else here for who in Who}
        cast = Cast(student, skill, kestrel, 1, 1, 1, users, workspaces)
        lay_meeting(session, cast)
        lay_intervention(session, cast)
        lay_alert(session, cast)
    return cast


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


def _workspace(session: Session, team: str) -> int:
    workspace = Workspace(
        name=team, slack_team_id=team, timezone="America/New_York", created_at=NOW
    )
    session.add(workspace)
    session.flush()
    session.add(Feed(workspace_id=workspace.id, name="practice", data_through=NOW))
    return workspace.id


def _class(session: Session, workspace_id: int, title: str) -> int:
    one = Class(workspace_id=workspace_id, title=title, source_id=title, created_at=NOW)
    session.add(one)
    session.flush()
    return one.id


def _teacher(session: Session, who: Who, workspace_id: int, class_id: int | None) -> int:
    user = User(
        workspace_id=workspace_id,
        email=f"{who.name.lower()}@school.test",
        name=who.value,
        role="administrator" if who is Who.ADMIN else "teacher",
        slack_user_id=SLACK_IDS[who],
        is_active=who is not Who.GONE,
        created_at=NOW,
    )
    session.add(user)
    session.flush()
    if class_id is not None:
        role = "co-teacher" if who is Who.CO else "primary"
        session.add(
            ClassTeacher(workspace_id=workspace_id, class_id=class_id, user_id=user.id, role=role)
        )
    return user.id


def _student(
    session: Session, workspace_id: int, name: str, class_id: int, **more: str
) -> tuple[int, int]:
    """A student, and the skill that they alone have practised."""
    given, family = name.split()
    at = {"workspace_id": workspace_id}
    student = Student(
        **at, source_id=given, given_name=given, family_name=family, created_at=NOW, **more
    )
    skill = Skill(**at, source_id=f"skill of {given}", name="Fractions")
    session.add_all((student, skill))
    session.flush()
    session.add(Enrolment(**at, class_id=class_id, student_id=student.id))
    _practice(session, workspace_id, student.id, skill.id)
    return student.id, skill.id


def _practice(session: Session, workspace_id: int, student_id: int, skill_id: int) -> None:
    """Twenty questions yesterday, twelve of them right."""
    at = {"workspace_id": workspace_id, "student_id": student_id, "day": YESTERDAY}
    session.add(
        DailyProgress(
            **at,
            questions=20,
            correct=12,
            seconds=600.0,
            seconds_estimated=0.0,
            xp=136.0,
            sessions=1,
            excess_sum=0.0,
            excess_count=20,
        )
    )
    session.add(
        DailySkillProgress(
            **at,
            skill_id=skill_id,
            questions=20,
            correct=12,
            seconds=600.0,
            estimate=0.6,
            weight_correct=6.0,
            weight_total=10.0,
            prior=0.5,
            label=Mastery.NEEDS_WORK.value,
            total_questions=20,
            total_correct=12,
        )
    )


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
