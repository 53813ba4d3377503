"""Who is to come to a meeting that there is: others invited, other students of a group.

Whoever changes it decides on those whom they see; the rest stay. Whose child leaves a group is not
invited any more. Rows stay, so that those who were told of the meeting hear that they are not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from interventions.meetings.invitees import Known, attendee_rows
from interventions.meetings.queries import invitee_of, student_of
from interventions.meetings.recording import further_students, take_in, take_out
from interventions.meetings.rules import checked_students
from interventions.meetings.shapes import AttendeeKind, Invitee
from interventions.meetings.telling import attendees_of, ever_invited
from school.access import Viewer, open_student, teaches
from school.addresses import same_address
from school.models import Meeting, MeetingAttendee, MeetingType, Student, User


@dataclass(frozen=True, slots=True)
class Guests:
    """Who is to come, of those whom the viewer sees; None leaves them as they are.

    `students` are the others of a group.
    """

    invited: Sequence[Invitee] | None = None
    students: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class Coming:
    """What becomes of those who come. `new` are rows that are in no session yet."""

    new: tuple[MeetingAttendee, ...] = ()
    gone: tuple[MeetingAttendee, ...] = ()
    joining: tuple[Student, ...] = ()
    leaving: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return bool(self.new or self.gone or self.joining or self.leaving)


def coming(
    viewer: Viewer, meeting: Meeting, guests: Guests, *, session: Session, now: datetime
) -> Coming:
    """What is to be done so that `guests` come, changing nothing yet; students are audited.

    Raises NotFound on a student who is none of the viewer's, InvalidInput on `students` or
    `attendees`.
    """
    if guests.invited is None and guests.students is None:
        return Coming()
    opened, hidden = _students(viewer, meeting, guests.students, session=session, now=now)
    before, after = further_students(meeting, session=session), [one.id for one in opened]
    leaving = tuple(one for one in before if one not in hidden and one not in after)
    new, gone = _invited(
        viewer, meeting, guests.invited, opened, {*hidden}, {*leaving}, session=session
    )
    joining = tuple(one for one in opened[1:] if one.id not in before)
    return Coming(tuple(new), tuple(gone), joining, leaving)


def seat(
    viewer: Viewer, meeting: Meeting, them: Coming, *, session: Session, now: datetime
) -> None:
    """Carry it out, as of the meeting's present sequence."""
    for student_id in them.leaving:
        take_out(meeting, student_id, session=session, now=now)
    for student in them.joining:
        take_in(viewer, meeting, student, session=session, now=now)
    for gone in them.gone:
        gone.removed_sequence = meeting.sequence
    session.flush()  # those who were invited before are found among those who are no more
    for new in them.new:
        _seat(meeting, new, session=session)
    session.flush()  # their timers name them


def _students(
    viewer: Viewer,
    meeting: Meeting,
    chosen: Sequence[int] | None,
    *,
    session: Session,
    now: datetime,
) -> tuple[list[Student], list[int]]:
    """The students who are to meet, the first first, opened; and those who stay as the viewer does
    not see them.
    """
    before, user = further_students(meeting, session=session), session.get_one(User, viewer.user_id)
    hidden = [one for one in before if not teaches(user, one, session=session, now=now)]
    wanted = [one for one in before if one not in hidden] if chosen is None else chosen
    kind = MeetingType(meeting.meeting_type)
    further = checked_students([*hidden, *wanted], meeting.student_id, kind)
    ids = [meeting.student_id, *(one for one in further if one not in hidden)]
    return [open_student(session, viewer, one, "meeting", now=now) for one in ids], hidden


def _invited(
    viewer: Viewer,
    meeting: Meeting,
    chosen: Sequence[Invitee] | None,
    opened: Sequence[Student],
    hidden: set[int],
    leaving: set[int],
    *,
    session: Session,
) -> tuple[list[MeetingAttendee], list[MeetingAttendee]]:
    """The rows of those who are newly invited, and of those who are not any more."""
    rows = {invitee_of(one): one for one in attendees_of(meeting, session=session)}
    whose = {one: student_of(row, session=session) for one, row in rows.items()}
    wanted = {*(rows if chosen is None else chosen)}
    stays = {
        one for one in rows if whose[one] in hidden or (one in wanted and whose[one] not in leaving)
    }
    new = attendee_rows(
        [one for one in dict.fromkeys(chosen or ()) if one not in rows],
        viewer,
        opened,
        meeting.class_id,
        session=session,
        beside=[
            # No refusal may tell who is invited for a student whom the viewer does not see.
            Known(one, "" if whose[one] in hidden else rows[one].name or "", rows[one].email)
            for one in rows
            if one in stays
        ],
        whose=meeting.teacher_id,
    )
    return new, [row for one, row in rows.items() if one not in stays]


def _seat(meeting: Meeting, new: MeetingAttendee, *, session: Session) -> None:
    """Invite somebody; who was invited before keeps their row, and with it their address to answer
    at. Where they have heard that they are not any more, they are as if never told.
    """
    former = _former(meeting, new, session=session)
    if former is None:
        new.meeting_id = meeting.id
        session.add(new)
        return
    if former.told_sequence is not None and former.told_sequence >= (former.removed_sequence or 0):
        former.told_sequence = former.answer = former.former_answer = former.answer_note = None
    former.guardian_id, former.student_id = new.guardian_id, new.student_id
    former.user_id, former.name = new.user_id, new.name
    former.removed_sequence = None


def _former(meeting: Meeting, new: MeetingAttendee, *, session: Session) -> MeetingAttendee | None:
    """The row of somebody who was invited before: by their address, else by who they are."""
    rows = ever_invited(meeting, session=session)
    gone = [one for one in rows if one.removed_sequence is not None]
    email = same_address(new.email or "")
    by_address = (one for one in gone if email and same_address(one.email or "") == email)
    who = invitee_of(new)
    known = (one for one in gone if who.kind is not AttendeeKind.ADDRESS)
    by_name = (one for one in known if invitee_of(one) == who)
    return next(by_address, None) or next(by_name, None)
