"""A small school whose people meet: two classes, their teachers, a student with a family."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.meetings import AttendeeKind, Invitee, schedule_meeting
from school.models import (
    Class,
    ClassTeacher,
    Delivery,
    Enrolment,
    Guardian,
    Holiday,
    Meeting,
    Pause,
    Student,
    Timer,
    User,
    Workspace,
)

NOW = datetime(2026, 11, 16, 15, tzinfo=UTC)
"""A Monday, 10:00 in New York."""


def utc(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    """A moment, in November 2026 where nothing else is said."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


TUESDAY = utc(24, 19, 30)
"""The 24th, 14:30 in New York."""


@dataclass(frozen=True)
class Staff:
    """The ids of everybody. Ruiz and Moss teach Maths, where Leo is; Gray teaches Art."""

    workspace: int
    ruiz: int
    moss: int
    gray: int
    head: int
    leo: int
    ben: int
    maths: int
    art: int
    mother: int
    father: int
    aunt: int

    @property
    def mum(self) -> Invitee:
        return Invitee(AttendeeKind.GUARDIAN, self.mother)

    def schedule(self, session: Session, at: datetime = TUESDAY, **more: Any) -> Meeting:
        """A parent conference of Ms Ruiz about Leo; a week on Tuesday, 14:30, where not said."""
        given: dict[str, Any] = {"session": session, "now": NOW, **more}
        kind = given.pop("meeting_type", "parent_conference")
        return schedule_meeting(self.ruiz, self.leo, kind, at, **given)


def lay_out(session: Session) -> Staff:
    """Fill an empty workspace."""
    here = Workspace(name="School", timezone="America/New_York", created_at=NOW)
    session.add(here)
    session.flush()
    maths, art = (_class(session, here.id, title) for title in ("Grade 5 Maths", "Art"))
    ruiz = _user(session, here.id, "Ms Ruiz", maths)
    moss, gray = _user(session, here.id, "Mr Moss", maths), _user(session, here.id, "Gray", art)
    head = _user(session, here.id, "Ms Head", None, role="administrator")
    leo = _student(session, here.id, "Leo Park", maths, email="leo@school.test")
    ben = _student(session, here.id, "Ben Stone", art)
    mother = _guardian(session, leo, "Ana Park", email="ana@home.test", language="es")
    father = _guardian(session, leo, "Joe Park", email=None)
    aunt = _guardian(session, leo, "May Park", email="may@home.test", do_not_contact=True)
    people = (ruiz, moss, gray, head, leo.id, ben.id)
    return Staff(here.id, *people, maths, art, mother, father, aunt)


def _class(session: Session, workspace_id: int, title: str) -> int:
    one = Class(workspace_id=workspace_id, title=title, source_id=title, created_at=NOW)
    session.add(one)
    session.flush()
    return one.id


def _user(
    session: Session, workspace_id: int, name: str, class_id: int | None, role: str = "teacher"
) -> int:
    last = name.split()[-1].lower()
    user = User(
        workspace_id=workspace_id,
        email=f"{last}@school.test",
        name=name,
        role=role,
        slack_user_id=f"U0{last.upper()}",
        created_at=NOW,
    )
    session.add(user)
    session.flush()
    if class_id is not None:
        session.add(ClassTeacher(workspace_id=workspace_id, class_id=class_id, user_id=user.id))
    return user.id


def _student(session: Session, workspace_id: int, name: str, class_id: int, **more: str) -> Student:
    given, family = name.split()
    student = Student(
        workspace_id=workspace_id,
        source_id=given,
        given_name=given,
        family_name=family,
        created_at=NOW,
        **more,
    )
    session.add(student)
    session.flush()
    session.add(Enrolment(workspace_id=workspace_id, class_id=class_id, student_id=student.id))
    return student


def _guardian(session: Session, student: Student, name: str, **more: Any) -> int:
    one = Guardian(workspace_id=student.workspace_id, student_id=student.id, name=name, **more)
    session.add(one)
    session.flush()
    return one.id


def timers(session: Session, state: str = "waiting") -> dict[str, datetime]:
    """When each timer is due, by occasion."""
    session.flush()
    query = select(Timer).where(Timer.state == state)
    found = session.scalars(query.execution_options(populate_existing=True))
    return {one.occasion: one.due_at for one in found}


def deliveries(session: Session, kind: str) -> list[Delivery]:
    """The deliveries of a kind, as they stand, the first first."""
    query = select(Delivery).where(Delivery.kind == kind).order_by(Delivery.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def holiday(session: Session, staff: Staff, day: date) -> None:
    """A day without school."""
    session.add(Holiday(workspace_id=staff.workspace, day=day, name="Holiday"))
    session.flush()


def pause(session: Session, staff: Staff, first: date, last: date) -> None:
    """Days in which Ms Ruiz is left alone."""
    at = {"workspace_id": staff.workspace, "user_id": staff.ruiz}
    session.add(Pause(**at, starts_on=first, ends_on=last))
    session.flush()
