"""Making a meeting."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.given import check_id, check_ids, moment_of
from interventions.meetings.calendar import enter_in_calendar
from interventions.meetings.history import Change, note_change
from interventions.meetings.invitees import attendee_rows, check_invited
from interventions.meetings.inviting import TAKE_BACK, TellBy, tell_attendees
from interventions.meetings.recording import record_meeting
from interventions.meetings.rules import (
    Slot,
    check_clash,
    checked_minutes,
    checked_notes,
    checked_place,
    checked_slot,
    checked_students,
    checked_type,
)
from interventions.meetings.shapes import Invitee
from interventions.meetings.telling import refresh_cards
from interventions.once import Once
from interventions.opening import acting
from interventions.record import NO_REASON, Reason
from interventions.reminders import USUAL_DURATION, plan_meeting
from school.access import NO_SUCH_CLASS, Viewer, classes_shared, open_student
from school.errors import NotFound
from school.models import (
    Intervention,
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

    `students` are the others of a group; it is an intervention for each, for this `reason`. Those
    invited get it once `take_back` is over, without `by_mail` not at all. Twice under one `key` it
    is made once. Raises NotFound on who or what is not the teacher's, and InvalidInput on
    `meeting_type`, `students`, `duration_minutes`, `location`, `notes`, `attendees` and, unless
    `allow_clash` for another meeting then, `datetime`.
    """
    viewer = acting(teacher_id, session=session, now=now)
    said = meeting_type, datetime, duration_minutes, location, notes
    wish = _wished(student_id, class_id, said, students, attendees)
    once = Once.under(viewer, key, "meeting", student_id, *wish.content)
    student = open_student(session, viewer, student_id, "meeting", now=now)
    if (first := _first(once, session=session)) is not None:
        return first
    made = _make(viewer, student, wish, reason, allow_clash, session=session, now=now)
    once.keep(session.get_one(Intervention, made.intervention_id))
    tell_attendees(made, teacher_id, TellBy(take_back, by_mail), session=session, now=now)
    enter_in_calendar(made, session=session, now=now)
    return made


@dataclass(frozen=True, slots=True)
class _Wish:
    """A meeting as it is asked for; `others` are the further students of a group, by id."""

    kind: MeetingType
    at: dt.datetime
    minutes: int
    place: str | None
    notes: str | None
    class_id: int | None
    others: Sequence[int]
    invited: Sequence[Invitee]

    @property
    def content(self) -> tuple[object, ...]:
        """What tells it from another one under the same key."""
        told = self.kind, self.at, self.minutes, self.place, self.notes
        return told, sorted(set(self.others)), check_invited(self.invited)


def _wished(
    student_id: int,
    class_id: int | None,
    said: tuple[MeetingType | str, dt.datetime, int, str | None, str | None],
    students: Sequence[int],
    attendees: Sequence[Invitee],
) -> _Wish:
    """What was asked for, each part checked by itself. Raises InvalidInput on the first wrong."""
    kind, at, minutes, place, notes = said
    check_id(student_id, "student_id")
    check_id(class_id, "class_id", may_be_none=True)
    check_ids(students, "students")
    return _Wish(
        checked_type(kind),
        moment_of(at, "datetime"),
        checked_minutes(minutes),
        checked_place(place),
        checked_notes(notes),
        class_id,
        students,
        attendees,
    )


def _make(
    viewer: Viewer,
    student: Student,
    wish: _Wish,
    reason: Reason,
    allow_clash: bool,
    *,
    session: Session,
    now: dt.datetime,
) -> Meeting:
    """The meeting with all that belongs to it, once time and people have been looked at."""
    slot = checked_slot(wish.at, wish.minutes, now=now, zone=own_zone(viewer, session=session))
    if not allow_clash:
        _check_clash(viewer, slot, session=session, now=now)
    met = [student, *_others(viewer, student, wish.others, wish.kind, session=session, now=now)]
    class_id = _class_of(viewer, student.id, wish.class_id, session=session)
    rows = attendee_rows(wish.invited, viewer, met, class_id, session=session)
    made = _made(viewer, student, wish, slot, class_id, session=session, now=now)
    _equip(made, rows, viewer.user_id, session=session, now=now)
    record_meeting(viewer, made, met, reason, session=session, now=now)
    return made


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


def _made(
    viewer: Viewer,
    student: Student,
    wish: _Wish,
    slot: Slot,
    class_id: int | None,
    *,
    session: Session,
    now: dt.datetime,
) -> Meeting:
    """The meeting itself; flushed, so that it has its id."""
    meeting = Meeting(meeting_type=wish.kind.value, location=wish.place, notes=wish.notes)
    meeting.scheduled_at, meeting.duration_minutes = slot.starts_at, slot.minutes
    meeting.workspace_id, meeting.teacher_id = viewer.workspace_id, viewer.user_id
    meeting.student_id, meeting.class_id = student.id, class_id
    meeting.status, meeting.created_at, meeting.changed_at = MeetingStatus.SCHEDULED.value, now, now
    meeting.version, meeting.sequence = 1, 0
    meeting.calendar_uid = f"meeting-{new_id():x}@homeroom"
    session.add(meeting)
    session.flush()  # attendees and timers name the meeting's id
    return meeting


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


def _first(once: Once, *, session: Session) -> Meeting | None:
    """The meeting that was made under the key before. Raises Conflict where it was another's."""
    done = once.before(session=session)
    if done is None:
        return None
    return session.scalars(select(Meeting).where(Meeting.intervention_id == done.id)).first()


def _class_of(
    viewer: Viewer, student_id: int, class_id: int | None, *, session: Session
) -> int | None:
    """The class that is meant, else the first that teacher and student share. Raises NotFound."""
    shared = classes_shared(session, viewer, student_id)
    if class_id is not None and class_id not in shared:
        raise NotFound(NO_SUCH_CLASS)
    return class_id if class_id is not None else next(iter(shared), None)
