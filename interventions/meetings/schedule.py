"""Making a meeting."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interventions.meetings.calendar import enter_in_calendar
from interventions.meetings.history import Change, note_change
from interventions.meetings.invitees import attendee_rows
from interventions.meetings.inviting import TAKE_BACK, TellBy, tell_attendees
from interventions.meetings.recording import record_meeting
from interventions.meetings.rules import (
    Slot,
    check_clash,
    checked_notes,
    checked_place,
    checked_slot,
    checked_students,
    checked_type,
)
from interventions.meetings.shapes import Invitee
from interventions.meetings.telling import refresh_cards
from interventions.opening import acting
from interventions.record import NO_REASON, Reason
from interventions.reminders import USUAL_DURATION, plan_meeting
from school.access import NO_SUCH_CLASS, Viewer, classes_shared, open_student
from school.errors import NotFound
from school.models import (
    Meeting,
    MeetingAttendee,
    MeetingStatus,
    MeetingType,
    Student,
    new_id,
)
from school.zones import own_zone


def schedule_meeting(
    teacher_id: int,
    student_id: int,
    meeting_type: MeetingType | str,
    datetime: dt.datetime,
    *,
    session: Session,
    now: dt.datetime,
    duration_minutes: int = USUAL_DURATION,
    location: str | None = None,
    notes: str | None = None,
    attendees: Sequence[Invitee] = (),
    class_id: int | None = None,
    key: str | None = None,
    allow_clash: bool = False,
    students: Sequence[int] = (),
    reason: Reason = NO_REASON,
    take_back: dt.timedelta = TAKE_BACK,
    by_mail: bool = True,
) -> Meeting:
    """Make a meeting of a teacher about a student, with its reminders and invitations; audited.

    `students` are the others of a group. It is an intervention for each of them, for this `reason`.
    Those invited and the teacher get it by e-mail once `take_back` is over; without `by_mail`
    nobody does. Asked for twice under one `key` it is made once, and the first comes back.

    Raises NotFound where a student (or the class, with the student in it) is not one of the
    teacher's, and InvalidInput on `meeting_type`, `students`, `datetime`, `duration_minutes`,
    `location`, `notes` or `attendees`. Another meeting of the teacher at that time is InvalidInput
    on `datetime` unless `allow_clash`.
    """
    viewer = acting(teacher_id, session=session, now=now)
    student = open_student(session, viewer, student_id, "meeting", now=now)
    own_key = None if key is None else f"{teacher_id}:{key}"
    if (first := _first(viewer, own_key, session=session)) is not None:
        return first
    slot = checked_slot(datetime, duration_minutes, now=now, zone=own_zone(viewer, session=session))
    if not allow_clash:
        _check_clash(viewer, slot, session=session, now=now)
    kind = checked_type(meeting_type)
    met = [student, *_others(viewer, student, students, kind, session=session, now=now)]
    meeting = Meeting(meeting_type=kind.value, key=own_key)
    meeting.scheduled_at, meeting.duration_minutes = slot.starts_at, slot.minutes
    meeting.location, meeting.notes = checked_place(location), checked_notes(notes)
    meeting.class_id = of_class = _class_of(viewer, student_id, class_id, session=session)
    rows = attendee_rows(attendees, viewer, met, of_class, session=session)
    if (twin := _twin(viewer, student, meeting, session=session, now=now)) is not None:
        return twin
    _equip(meeting, rows, teacher_id, session=session, now=now)
    record_meeting(viewer, meeting, met, reason, session=session, now=now)
    told = TellBy(take_back, by_mail)
    tell_attendees(meeting, teacher_id, told, session=session, now=now)
    enter_in_calendar(meeting, session=session, now=now)
    return meeting


def _check_clash(viewer: Viewer, slot: Slot, *, session: Session, now: dt.datetime) -> None:
    zone = own_zone(viewer, session=session)
    check_clash(viewer.user_id, slot, session=session, now=now, zone=zone, own=True)


def _others(
    viewer: Viewer,
    student: Student,
    students: Sequence[int],
    kind: MeetingType,
    *,
    session: Session,
    now: dt.datetime,
) -> list[Student]:
    """The further students of a group, opened and audited. Raises NotFound and InvalidInput."""
    others = checked_students(students, student.id, kind)
    return [open_student(session, viewer, one, "meeting", now=now) for one in others]


def _twin(
    viewer: Viewer, student: Student, meeting: Meeting, *, session: Session, now: dt.datetime
) -> Meeting | None:
    """Write a meeting down; where its twin was a moment earlier, that one comes back."""
    meeting.workspace_id, meeting.teacher_id = viewer.workspace_id, viewer.user_id
    meeting.student_id = student.id
    meeting.status, meeting.created_at, meeting.changed_at = MeetingStatus.SCHEDULED.value, now, now
    meeting.version, meeting.sequence = 1, 0
    meeting.calendar_uid = f"meeting-{new_id():x}@homeroom"
    try:
        with session.begin_nested():  # which flushes: attendees and timers name the meeting's id
            session.add(meeting)
    except IntegrityError:
        first = _first(viewer, meeting.key, session=session)
        if first is None:
            raise
        return first
    return None


def _equip(
    meeting: Meeting,
    attendees: Sequence[MeetingAttendee],
    user_id: int,
    *,
    session: Session,
    now: dt.datetime,
) -> None:
    """Give a new meeting its attendees, its history, its timers and its card."""
    for one in attendees:
        one.meeting_id = meeting.id
    session.add_all(attendees)
    session.flush()  # their timers name them
    note_change(meeting, Change.SCHEDULED, user_id, session=session)
    plan_meeting(session, meeting, now)
    refresh_cards(meeting, session=session, now=now)


def _first(viewer: Viewer, key: str | None, *, session: Session) -> Meeting | None:
    """The meeting that was made under a key."""
    if key is None:
        return None
    query = select(Meeting).where(Meeting.workspace_id == viewer.workspace_id, Meeting.key == key)
    return session.scalars(query).first()


def _class_of(
    viewer: Viewer, student_id: int, class_id: int | None, *, session: Session
) -> int | None:
    """The class that is meant, else the first that teacher and student share. Raises NotFound."""
    shared = classes_shared(session, viewer, student_id)
    if class_id is not None and class_id not in shared:
        raise NotFound(NO_SUCH_CLASS)
    return class_id if class_id is not None else next(iter(shared), None)
