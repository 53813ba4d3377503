"""Students who answer in Slack: they can receive and answer messages, and nothing else.

A student may be a guest of the Slack: what stands between them and an answer is the record alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.people import looking, workspace_of
from handlers.services import Services
from school.errors import NotAllowed
from school.models import Student, User

FOR_THE_STUDENT = "This is for the student to whom it was sent."


@dataclass(frozen=True, slots=True)
class AskingStudent:
    """A student who asks, at `now`."""

    student: Student
    now: datetime


@contextmanager
def student_saving(ask: Ask, services: Services) -> Iterator[tuple[Session, AskingStudent]]:
    """A transaction that writes, and the student who asks, with their row locked.

    Raises NotAllowed for everybody else: teachers and guests in the words that they always get.
    """
    workspace_id = workspace_of(ask.team_id, services)
    with services.session_factory.begin() as session:
        asking = student_asking(ask, workspace_id, session=session, now=services.now())
        if asking is not None:
            yield session, asking
            return
    with looking(ask, services):
        raise NotAllowed(FOR_THE_STUDENT)


def student_asking(
    ask: Ask, workspace_id: int | None, *, session: Session, now: datetime
) -> AskingStudent | None:
    """The student whose Slack account asks; None for everybody else, such as a student who was
    switched off, or whose account is a user's too.
    """
    if workspace_id is None or ask.home_team_id != ask.team_id:
        return None
    theirs = exists().where(User.workspace_id == workspace_id, User.slack_user_id == ask.user_id)
    query = (
        select(Student)
        .where(
            Student.workspace_id == workspace_id,
            Student.slack_user_id == ask.user_id,
            Student.is_active,
            ~theirs,
        )
        .order_by(Student.id)
        .with_for_update(key_share=True)
    )
    found = session.scalars(query).first()
    return None if found is None else AskingStudent(found, now)
