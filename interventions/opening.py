"""Who acts, and opening an intervention: through the access to its student, with the audit row."""

from datetime import datetime

from sqlalchemy.orm import Session

from interventions.given import is_id
from interventions.record import NO_SUCH_INTERVENTION, own_intervention
from school.access import Viewer, open_student, viewer_of
from school.errors import NotAllowed, NotFound
from school.models import Intervention, Student, User

NO_TEACHER = "Only teachers can do that."


def acting(teacher_id: int, *, session: Session, now: datetime) -> Viewer:
    """The teacher who acts, as they are now. Raises NotAllowed where there is none.

    Their row is locked until the transaction ends, and before everything else: what one teacher
    does at the same moment from several places is done one after the other, so that the second
    finds what the first has made (docs/decisions/0022-one-at-a-time.md). SQLite has one writer.
    """
    user = _user(teacher_id, session=session)
    session.flush()  # or what the caller has changed of the user would be lost
    # The key stays free: the clock and the outbox save what names the user meanwhile.
    session.refresh(user, with_for_update={"key_share": True})
    return viewer_of(session, user, now=now)


def looking(teacher_id: int, *, session: Session, now: datetime) -> Viewer:
    """The same for who only reads: nobody is waited for. Raises NotAllowed where there is none."""
    return viewer_of(session, _user(teacher_id, session=session), now=now)


def _user(user_id: int, *, session: Session) -> User:
    user = session.get(User, user_id) if is_id(user_id) else None
    if user is None:
        raise NotAllowed(NO_TEACHER)
    return user


def open_intervention(
    viewer: Viewer,
    intervention_id: int,
    purpose: str,
    *,
    session: Session,
    now: datetime,
    change: bool = False,
) -> tuple[Intervention, Student]:
    """An intervention and its student, audited; locked against others where it is to be changed.

    Open to whoever may see the student now. Raises NotFound, in the same words for everybody else
    and where there is none.
    """
    found = own_intervention(viewer, intervention_id, session=session, change=change)
    try:
        return found, open_student(session, viewer, found.student_id, purpose, now=now)
    except NotFound:
        raise NotFound(NO_SUCH_INTERVENTION) from None
