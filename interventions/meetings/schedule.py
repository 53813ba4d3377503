"""Making a meeting."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from interventions.meetings.shapes import Invitee
from school.models import Meeting, MeetingType


def schedule_meeting(
    teacher_id: int,
    student_id: int,
    meeting_type: MeetingType | str,
    datetime: dt.datetime,
    *,
    session: Session,
    now: dt.datetime,
    duration_minutes: int = 30,
    location: str | None = None,
    notes: str | None = None,
    attendees: Sequence[Invitee] = (),
    class_id: int | None = None,
    key: str | None = None,
    allow_clash: bool = False,
) -> Meeting:
    """Make a meeting of a teacher about a student, with its reminders; audited.

    Asked for twice under one `key` it is made once, and the first comes back. Raises NotFound where
    the student (or the class, with the student in it) is not one of the teacher's, and InvalidInput
    on `meeting_type`, `datetime`, `duration`, `location`, `notes` or `attendees`. Another meeting
    of the teacher at that time is InvalidInput on `datetime` unless `allow_clash`.
    """
    raise NotImplementedError
