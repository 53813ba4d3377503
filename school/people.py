"""Teachers and administrators: linking them to Slack, what they teach, and whom nobody does."""

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from school.days import local_day
from school.errors import InvalidInput
from school.models import Class, ClassTeacher, Enrolment, Role, Student, User, Workspace
from school.names import fold, nearest

TITLES_NAMED = 8
"""So many classes are named where none comes near."""
SLACK_ID = re.compile(r"[UW][A-Z0-9]{1,19}")
EMAIL = re.compile(r"[^@\s<>(),;\"]+@[^@\s<>(),;\"]+")
"""What an address for one person looks like: without a name beside it, and no list."""


def user_by_slack_id(session: Session, workspace_id: int, slack_user_id: str) -> User | None:
    """The teacher or administrator whose Slack account it is, if there is one."""
    return session.scalar(
        select(User).where(User.workspace_id == workspace_id, User.slack_user_id == slack_user_id)
    )


def link_teacher(
    session: Session,
    slack_user_id: str,
    email: str,
    class_titles: Sequence[str] = (),
    admin: bool = False,
    *,
    workspace_id: int,
    now: datetime,
) -> User:
    """Make or find the teacher with this e-mail, with this Slack account, teaching these classes.

    May be repeated; it only ever adds classes. Raises InvalidInput with nothing changed: `slack`
    where the account is somebody else's, `email`, or `class` with the titles that come near.
    """
    email = _checked_email(email)
    _check_slack_id(session, workspace_id, slack_user_id, email)
    classes = [_class_called(session, workspace_id, title) for title in class_titles]
    user = _user_with(session, workspace_id, email, now)
    if user.slack_user_id != slack_user_id:
        # The stored direct-message channel was that of the former account.
        user.slack_user_id, user.slack_channel = slack_user_id, None
    user.is_active = True
    if admin:
        user.role = Role.ADMINISTRATOR.value
    session.flush()  # A new user's id is needed below.
    for one in classes:
        _teach(session, user, one, now)
    return user


def _checked_email(email: str) -> str:
    email = email.strip().lower()
    if not EMAIL.fullmatch(email):
        raise InvalidInput("email", f"{email!r} is no e-mail address.")
    return email


def _check_slack_id(session: Session, workspace_id: int, slack_user_id: str, email: str) -> None:
    if not SLACK_ID.fullmatch(slack_user_id):
        raise InvalidInput(
            "slack",
            f"{slack_user_id!r} is no Slack member id; one looks like U0123ABCD "
            "(in Slack: profile, More, Copy member ID).",
        )
    holder = user_by_slack_id(session, workspace_id, slack_user_id)
    if holder is not None and holder.email != email:
        raise InvalidInput(
            "slack", f"{slack_user_id} is already linked to {holder.email}. Use that address."
        )
    if _is_students(session, workspace_id, slack_user_id):
        raise InvalidInput(
            "slack", f"{slack_user_id} is a student's account by the contacts that were imported."
        )


def _is_students(session: Session, workspace_id: int, slack_user_id: str) -> bool:
    query = select(Student.id).where(
        Student.workspace_id == workspace_id, Student.slack_user_id == slack_user_id
    )
    return session.scalar(query) is not None


def _user_with(session: Session, workspace_id: int, email: str, now: datetime) -> User:
    found = session.scalar(
        select(User).where(User.workspace_id == workspace_id, User.email == email)
    )
    if found is not None:
        return found
    name = " ".join(part.capitalize() for part in re.split(r"[._+-]+", email.split("@")[0]))
    user = User(workspace_id=workspace_id, email=email, name=name.strip() or email, created_at=now)
    session.add(user)
    return user


def _class_called(session: Session, workspace_id: int, title: str) -> Class:
    """The active class of this title or source id. Raises InvalidInput naming near ones."""
    active = session.scalars(
        select(Class).where(Class.workspace_id == workspace_id, Class.is_active)
    ).all()
    by_id = [one for one in active if one.source_id == title]
    found = by_id or [one for one in active if fold(one.title) == fold(title)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(sorted(one.source_id for one in found))
        raise InvalidInput("class", f"Several classes are called {title}; say one's id: {ids}.")
    raise InvalidInput(
        "class", f"There is no class called {title}. {_what_there_is(title, active)}"
    )


def _what_there_is(title: str, active: Sequence[Class]) -> str:
    """The classes that come near, else some that there are."""
    titles = sorted({one.title for one in active})
    if near := nearest(title, titles):
        return f"Did you mean {' or '.join(near)}?"
    if not titles:
        return "Import a roster or practice first."
    more = f" and {len(titles) - TITLES_NAMED} more" if len(titles) > TITLES_NAMED else ""
    return f"The classes here are: {', '.join(titles[:TITLES_NAMED])}{more}."


def _teach(session: Session, user: User, taught: Class, now: datetime) -> None:
    row = session.scalar(
        select(ClassTeacher).where(
            ClassTeacher.class_id == taught.id, ClassTeacher.user_id == user.id
        )
    )
    if row is None:
        session.add(
            ClassTeacher(workspace_id=user.workspace_id, class_id=taught.id, user_id=user.id)
        )
        return
    zone = ZoneInfo(session.get_one(Workspace, user.workspace_id).timezone)
    row.ends_on = None
    if row.starts_on is not None and row.starts_on > local_day(now, zone):
        row.starts_on = None


def students_in_no_class(session: Session, workspace_id: int) -> int:
    """How many active students of the workspace have no enrolment at all."""
    enrolled = select(Enrolment.id).where(Enrolment.student_id == Student.id)
    query = select(func.count(Student.id)).where(
        Student.workspace_id == workspace_id, Student.is_active.is_(True), ~enrolled.exists()
    )
    return session.scalar(query) or 0
