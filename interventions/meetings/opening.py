"""Who may see and change a meeting, and opening it: through the access to its student."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from school.access import Viewer, classes_shared, open_student, teaches, viewer_of
from school.errors import NotFound
from school.models import Meeting, Role, Student, User

NO_SUCH_MEETING = "None of your meetings is that one."


def open_meeting(
    viewer: Viewer,
    meeting_id: int,
    purpose: str,
    *,
    session: Session,
    now: datetime,
    change: bool = False,
) -> tuple[Meeting, Student]:
    """A meeting and its student, audited; locked against others where it is to be changed.

    Open to the teacher whose meeting it is, to those who teach its class with the student in it
    now, and to administrators. Raises NotFound, in the same words for everybody else and where
    there is none.
    """
    meeting = _found(viewer, meeting_id, session=session, change=change)
    if meeting is None or not _may(viewer, meeting, session=session):
        raise NotFound(NO_SUCH_MEETING)
    try:
        return meeting, open_student(session, viewer, meeting.student_id, purpose, now=now)
    except NotFound:
        raise NotFound(NO_SUCH_MEETING) from None


def open_own_meeting(
    viewer: Viewer,
    meeting_id: int,
    purpose: str,
    *,
    session: Session,
    now: datetime,
    change: bool = False,
) -> tuple[Meeting, Student | None]:
    """The same for calling a meeting off: to its teacher it stays open without its student.

    What has become of a student shows in no answer; nothing of them is opened then.
    """
    try:
        return open_meeting(viewer, meeting_id, purpose, session=session, now=now, change=change)
    except NotFound:
        meeting = _found(viewer, meeting_id, session=session, change=change)
        if meeting is None or meeting.teacher_id != viewer.user_id:
            raise
        return meeting, None


def is_open_to(user: User, meeting: Meeting, *, session: Session, now: datetime) -> bool:
    """Whether a user may still see a meeting's student; nothing is shown by this, so no audit."""
    if not teaches(user, meeting.student_id, session=session, now=now):
        return False
    return _may(viewer_of(session, user, now=now), meeting, session=session)


def _found(viewer: Viewer, meeting_id: int, *, session: Session, change: bool) -> Meeting | None:
    query = select(Meeting).where(
        Meeting.workspace_id == viewer.workspace_id, Meeting.id == meeting_id
    )
    if change:
        # Attendees and notices name the meeting: a lock on the key itself would hold them up.
        query = query.with_for_update(key_share=True)
        query = query.execution_options(populate_existing=True)
    return session.scalars(query).first()


def _may(viewer: Viewer, meeting: Meeting, *, session: Session) -> bool:
    if viewer.role is Role.ADMINISTRATOR or meeting.teacher_id == viewer.user_id:
        return True
    return meeting.class_id in classes_shared(session, viewer, meeting.student_id)
