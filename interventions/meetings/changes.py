"""Changing a meeting: each change swaps its version, so that of two at once one wins."""

import datetime as dt

from sqlalchemy.orm import Session

from school.models import Meeting, MeetingStatus

TAKE_BACK = dt.timedelta(seconds=30)


def move_meeting(
    teacher_id: int,
    meeting_id: int,
    version: int,
    datetime: dt.datetime,
    *,
    session: Session,
    now: dt.datetime,
    duration_minutes: int | None = None,
    location: str | None = None,
    allow_clash: bool = False,
    take_back: dt.timedelta = TAKE_BACK,
) -> Meeting:
    """Give a meeting another time (or length or place; None leaves them, "" takes a place away).

    `version` is the one that the person saw. Who was told of the meeting hears of the change after
    `take_back`. Raises NotFound, InvalidInput as `schedule_meeting` does, and Conflict where
    somebody else has changed it since.
    """
    raise NotImplementedError


def undo_move(
    teacher_id: int,
    meeting_id: int,
    version: int,
    *,
    session: Session,
    now: dt.datetime,
    take_back: dt.timedelta = TAKE_BACK,
) -> Meeting:
    """Put a meeting back to before its latest move, if that time is still to come."""
    raise NotImplementedError


def cancel_meeting(
    teacher_id: int,
    meeting_id: int,
    version: int,
    *,
    session: Session,
    now: dt.datetime,
    take_back: dt.timedelta = TAKE_BACK,
) -> Meeting:
    """Cancel a meeting. Who was told of it hears of that after `take_back`."""
    raise NotImplementedError


def restore_meeting(
    teacher_id: int,
    meeting_id: int,
    version: int,
    *,
    session: Session,
    now: dt.datetime,
    take_back: dt.timedelta = TAKE_BACK,
) -> Meeting:
    """Undo a cancel, if the meeting's time is still to come."""
    raise NotImplementedError


def record_outcome(
    teacher_id: int,
    meeting_id: int,
    version: int,
    outcome: MeetingStatus | str,
    notes: str | None = None,
    *,
    session: Session,
    now: dt.datetime,
) -> Meeting:
    """Note what came of a meeting: `held` or `missed`, and what was said there."""
    raise NotImplementedError


def reopen_outcome(
    teacher_id: int, meeting_id: int, version: int, *, session: Session, now: dt.datetime
) -> Meeting:
    """Take an outcome back; what was written stays."""
    raise NotImplementedError
