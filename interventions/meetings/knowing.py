"""What somebody invited to a meeting may know of it: whom it is about, and where they are reached.

Both are looked up when they are told, as records change: the school may not want a guardian
contacted any more, a colleague may not teach the child.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from interventions.meetings.history import Facts, changes_of, facts_of
from interventions.meetings.opening import is_open_to
from interventions.meetings.queries import kind_of, present_address, student_of
from interventions.meetings.recording import further_students
from interventions.meetings.shapes import AttendeeKind
from school.access import teaches
from school.models import Guardian, Meeting, MeetingAttendee, Student, User


@dataclass(frozen=True, slots=True)
class Reached:
    """Where somebody invited is reached by now, in which language, and what they may know.

    `language` is as the record names it. `children` are those that the meeting is about, by name,
    as far as this person may learn them: a guardian their own, a colleague those whom they teach;
    the student needs no telling, and an address from outside the school is not to learn it.
    """

    address: str | None
    language: str | None
    children: tuple[str, ...]


def reached(
    attendee: MeetingAttendee, meeting: Meeting, *, session: Session, now: datetime
) -> Reached:
    """Somebody invited to a meeting, as the records have them now."""
    address, language = present_address(attendee, session=session), None
    if attendee.guardian_id is not None:
        language = session.get_one(Guardian, attendee.guardian_id).language
    if attendee.student_id is not None:
        address = address if session.get_one(Student, attendee.student_id).is_active else None
    if attendee.user_id is not None:
        address = address if session.get_one(User, attendee.user_id).is_active else None
    known = _children(attendee, meeting, session=session, now=now)
    names = tuple(session.get_one(Student, one).name for one in known)
    return Reached((address or "").strip() or None, language, names)


def known_facts(attendee: MeetingAttendee, meeting: Meeting, *, session: Session) -> Facts:
    """How a meeting stands for somebody invited; who is not any more learns nothing new of it."""
    removed, told = attendee.removed_sequence, attendee.told_sequence
    if removed is None:
        return facts_of(meeting)
    last = removed - 1 if told is None else min(told, removed - 1)
    known = [one for one in changes_of(meeting, session=session) if one.sequence <= last]
    return facts_of(known[-1] if known else meeting)


def students_met(meeting: Meeting, *, session: Session) -> list[int]:
    """The ids of all whom a meeting is about, the first first."""
    return [meeting.student_id, *further_students(meeting, session=session)]


def students_of(attendee: MeetingAttendee, meeting: Meeting, *, session: Session) -> list[int]:
    """The same, and the child of somebody invited, who may be in the group no more."""
    own = student_of(attendee, session=session)
    met = students_met(meeting, session=session)
    return met if own is None or own in met else [*met, own]


def children_taught(user: User, meeting: Meeting, *, session: Session, now: datetime) -> list[int]:
    """Whom of a meeting's students a user may see now, where they may see the meeting."""
    if not is_open_to(user, meeting, session=session, now=now):
        return []
    met = students_met(meeting, session=session)
    return [one for one in met if teaches(user, one, session=session, now=now)]


def _children(
    attendee: MeetingAttendee, meeting: Meeting, *, session: Session, now: datetime
) -> list[int]:
    if attendee.user_id is not None:
        colleague = session.get_one(User, attendee.user_id)
        return children_taught(colleague, meeting, session=session, now=now)
    own = student_of(attendee, session=session)
    is_guardian = kind_of(attendee) is AttendeeKind.GUARDIAN
    return [own] if is_guardian and own is not None else []
