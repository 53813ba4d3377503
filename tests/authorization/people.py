"""A school with one person of each kind, and another workspace in the same database."""

from sqlalchemy.orm import Session

from school.database import SessionFactory
from school.mastery import Mastery
from school.models import (
    Class,
    ClassTeacher,
    DailyProgress,
    DailySkillProgress,
    Enrolment,
    Feed,
    Skill,
    Student,
    User,
    Workspace,
)
from tests.authorization.cast import CLASS, FAR_TEAM, NOW, SLACK_IDS, STUDENT, TEAM, YESTERDAY, Cast
from tests.authorization.records import lay_alert, lay_intervention, lay_meeting
from tests.authorization.rows import Who


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
