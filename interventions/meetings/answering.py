"""What somebody invited says: what their page shows them, and taking their answer.

An answer is to the time that its page showed. It reaches the teacher's card, which is shown anew;
that somebody does not come is told in a message of its own, once they have had time to think again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.answers import Answer, answers_that_hold, same_times
from interventions.meetings.invitees import not_to_be_written_to
from interventions.meetings.inviting import TAKE_BACK
from interventions.meetings.knowing import Reached, known_facts, reached, students_of
from interventions.meetings.rules import checked_notes
from interventions.meetings.telling import CARD, HANDED_OVER
from interventions.reminders import AROUND, SHORT, plan_meeting
from school.addresses import same_address
from school.cards import refresh_copies
from school.days_off import own_times
from school.deliveries import enqueue, withdraw
from school.errors import InvalidInput, NotFound
from school.hours import later_allowed
from school.models import Delivery, Lane, Meeting, MeetingAttendee, MeetingStatus, User
from school.zones import zone_of

ANSWER = "meeting_answer"
"""The kind of the message to the teacher (handlers/ids.py)."""
LONGEST_NOTE = 1000
NO_SUCH_INVITATION = "There is no such invitation."
TOO_LONG = "note_too_long"


class Standing(StrEnum):
    """Whether there still is something to answer. `UNINVITED`: they need not come any more."""

    OPEN = "open"
    CANCELLED = "cancelled"
    UNINVITED = "uninvited"
    OVER = "over"


class Taken(StrEnum):
    """What came of an answer. `MOVED`: it was to a time that does not hold; `CLOSED`: there is
    nothing to answer any more. Neither was kept.
    """

    KEPT = "kept"
    MOVED = "moved"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A meeting as somebody invited may see it; as it was, once they are not any more.

    Moments are UTC; `zone` is the school's.
    `answer` is what they have said to its present time, `former` what they had said to that before;
    `asked_again`: they had answered, and the meeting has another time since. `email` is where they
    are written to by now.
    """

    meeting_id: int
    sequence: int
    standing: Standing
    name: str | None
    language: str | None
    teacher_name: str
    children: tuple[str, ...]
    starts_at: datetime
    minutes: int
    zone: ZoneInfo
    place: str | None
    answer: Answer | None
    former: Answer | None
    note: str | None
    asked_again: bool
    email: str | None


def invitation_of(attendee_id: int, *, session: Session, now: datetime) -> Invitation:
    """The invitation of an attendee. Raises NotFound where there is none, or none to them now."""
    meeting, attendee, who = _found(attendee_id, session=session, now=now)
    answer = answers_that_hold(session, meeting).get(attendee.id)
    known = known_facts(attendee, meeting, session=session)
    return Invitation(
        meeting.id,
        meeting.sequence,
        _standing(meeting, attendee, now),
        attendee.name,
        who.language,
        session.get_one(User, meeting.teacher_id).name,
        who.children,
        known.slot.starts_at,
        known.slot.minutes,
        zone_of(session, meeting.workspace_id),
        known.location,
        answer,
        Answer(attendee.former_answer) if answer and attendee.former_answer else None,
        attendee.answer_note if answer else None,
        asked_again=attendee.answer is not None and answer is None,
        email=who.address,
    )


def answer_invitation(
    attendee_id: int,
    answer: Answer | str,
    note: str | None,
    sequence: int,
    *,
    session: Session,
    now: datetime,
    take_back: timedelta = TAKE_BACK,
) -> Taken:
    """Take the answer of an attendee, who saw the meeting as of `sequence`; the last one counts.

    Raises NotFound as `invitation_of` does, and InvalidInput on `answer` or `note`.
    """
    meeting, attendee, _ = _found(attendee_id, session=session, now=now, change=True)
    said, words = _checked(answer, note)
    if _standing(meeting, attendee, now) is not Standing.OPEN:
        return Taken.CLOSED
    before = answers_that_hold(session, meeting).get(attendee.id)
    if (before, attendee.answer_note) == (said, words):
        return Taken.KEPT
    if sequence not in same_times(session, meeting):
        return Taken.MOVED
    if before is not said:
        attendee.former_answer = None if before is None else before.value
    attendee.answer, attendee.answer_note = said.value, words
    attendee.answered_at, attendee.answered_sequence = now, meeting.sequence
    plan_meeting(session, meeting, now)  # who does not come is not reminded
    _show(meeting, attendee, session=session, now=now)
    _tell_teacher(meeting, attendee, session=session, now=now, take_back=take_back)
    return Taken.KEPT


def _found(
    attendee_id: int, *, session: Session, now: datetime, change: bool = False
) -> tuple[Meeting, MeetingAttendee, Reached]:
    attendee = session.get(MeetingAttendee, attendee_id)
    if attendee is None:
        raise NotFound(NO_SUCH_INVITATION)
    query = select(Meeting).where(Meeting.id == attendee.meeting_id)
    if change:
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    meeting = session.scalars(query).one()
    if change:
        session.refresh(attendee)  # another answer may have been a moment earlier
    who = reached(attendee, meeting, session=session, now=now)
    blocked = not_to_be_written_to(students_of(attendee, meeting, session=session), session=session)
    if who.address is None or same_address(who.address) in blocked:
        raise NotFound(NO_SUCH_INVITATION)
    return meeting, attendee, who


def _standing(meeting: Meeting, attendee: MeetingAttendee, now: datetime) -> Standing:
    if attendee.removed_sequence is not None:
        return Standing.UNINVITED
    if meeting.status == MeetingStatus.CANCELLED.value:
        return Standing.CANCELLED
    is_open = meeting.status == MeetingStatus.SCHEDULED.value and now < meeting.scheduled_at
    return Standing.OPEN if is_open else Standing.OVER


def _checked(answer: Answer | str, note: str | None) -> tuple[Answer, str | None]:
    if answer not in set(Answer):
        raise InvalidInput("answer", "Choose one of the three answers.")
    words = checked_notes(note, "note")
    if words is not None and len(words) > LONGEST_NOTE:
        raise InvalidInput("note", TOO_LONG)
    return Answer(answer), words


def _show(meeting: Meeting, attendee: MeetingAttendee, *, session: Session, now: datetime) -> None:
    """Have the cards show who has answered: nothing of the meeting itself has changed."""
    refresh_copies(
        CARD,
        meeting.id,
        meeting.version,
        (),
        session=session,
        workspace_id=meeting.workspace_id,
        now=now,
        again=f"a{attendee.id} {now.timestamp():.6f}",
    )


def about_answer(attendee_id: int) -> str:
    """What the message about an attendee's answer bears."""
    return f"answer {attendee_id}"


def _tell_teacher(
    meeting: Meeting,
    attendee: MeetingAttendee,
    *,
    session: Session,
    now: datetime,
    take_back: timedelta,
) -> None:
    """Tell the teacher that somebody does not come, or comes after all; of several, the last."""
    teacher = session.get_one(User, meeting.teacher_id)
    about, workspace_id = about_answer(attendee.id), meeting.workspace_id
    withdraw(session, workspace_id, about, now=now)
    if not _is_news(meeting, attendee, session=session):
        return
    due_at = now + take_back
    if meeting.scheduled_at - now >= SHORT:
        times = own_times(session, teacher, now.date() - AROUND, now.date() + AROUND)
        due_at = later_allowed(due_at, times) or due_at
    if teacher.slack_user_id is None or due_at >= meeting.scheduled_at:
        return
    enqueue(
        ANSWER,
        {
            "meeting": meeting.id,
            "attendee": attendee.id,
            "answer": attendee.answer,
            "sequence": meeting.sequence,
        },
        session=session,
        workspace_id=workspace_id,
        unique_key=f"{about} {now.timestamp():.6f}",
        recipient_id=teacher.id,
        channel=None,
        now=now,
        lane=Lane.SCHEDULED,
        due_at=due_at,
        about=about,
        expires_at=meeting.scheduled_at,
    )


def _is_news(meeting: Meeting, attendee: MeetingAttendee, *, session: Session) -> bool:
    """Whether the teacher has to hear of it: a refusal, or that one does not hold any more."""
    query = (
        select(Delivery)
        .where(
            Delivery.workspace_id == meeting.workspace_id,
            Delivery.about == about_answer(attendee.id),
            Delivery.state.in_(HANDED_OVER),
        )
        .order_by(Delivery.id.desc())
    )
    last = session.scalars(query.limit(1)).first()
    same = last is not None and last.payload["sequence"] in same_times(session, meeting)
    heard = last.payload["answer"] if last is not None and same else None
    declined = Answer.DECLINED.value
    return attendee.answer != heard and declined in (attendee.answer, heard)
