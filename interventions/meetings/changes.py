"""Changing a meeting: each change swaps its version, so that of two at once one wins."""

import datetime as dt

from sqlalchemy.orm import Session

from interventions.meetings.guests import Guests, coming
from interventions.meetings.hand import taken
from interventions.meetings.history import Change, Facts, changes_of, facts_of
from interventions.meetings.inviting import TAKE_BACK
from interventions.meetings.rules import checked_notes, checked_place, checked_slot
from school.errors import InvalidInput
from school.models import Meeting, MeetingStatus

PASSED = "Its time has passed. Make a new meeting instead."
NOT_BEGUN = "The meeting has not begun yet. Answer when it is over."
OVER = "The meeting is over. Say what came of it instead."
AS_THEY_ARE = Guests()
"""Those who come stay."""


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
    notes: str | None = None,
    guests: Guests = AS_THEY_ARE,
    allow_clash: bool = False,
    take_back: dt.timedelta = TAKE_BACK,
    by_mail: bool = True,
) -> Meeting:
    """Give a meeting another time, length or place, other notes or other `guests`.

    None leaves what there is, "" takes a place or notes away. `version` is the one that the person
    saw. Who was told of the meeting hears after `take_back` of what is new to them: another time,
    length or place, or that they are not invited any more; who is new is invited. Notes are told to
    nobody. Raises NotFound, InvalidInput as `schedule_meeting` does, and Conflict where somebody
    else has changed it since. What is as it was changes nothing.
    """
    hand = taken(teacher_id, meeting_id, version, session=session, now=now, by_mail=by_mail)
    hand.expect(MeetingStatus.SCHEDULED)
    meeting, before = hand.meeting, facts_of(hand.meeting)
    minutes = before.slot.minutes if duration_minutes is None else duration_minutes
    slot = checked_slot(datetime, minutes, now=now, zone=hand.zone)
    place = before.location if location is None else checked_place(location)
    words = meeting.notes if notes is None else checked_notes(notes)
    after = Facts(slot, place, cancelled=False)
    if not allow_clash and slot != before.slot:
        hand.check_clash(slot)
    them = coming(hand.viewer, meeting, guests, session=session, now=now)
    noted, meeting.notes = words != meeting.notes, words
    if after != before or them:
        change = Change.MOVED if after != before else Change.INVITED
        return hand.save_facts(change, after, take_back, them)
    return hand.save(Change.NOTED) if noted else meeting


def undo_move(
    teacher_id: int,
    meeting_id: int,
    version: int,
    *,
    session: Session,
    now: dt.datetime,
    allow_clash: bool = False,
    take_back: dt.timedelta = TAKE_BACK,
    by_mail: bool = True,
) -> Meeting:
    """Put a meeting back to before its latest move, if that time is still to come.

    Raises NotFound, Conflict where the latest change was no move, InvalidInput on `datetime`, also
    where the teacher has another meeting then by now.
    """
    hand = taken(teacher_id, meeting_id, version, session=session, now=now, by_mail=by_mail)
    changes = changes_of(hand.meeting, session=session)
    if len(changes) < 2 or changes[-1].change != Change.MOVED.value:
        raise hand.collided()
    before = facts_of(changes[-2])
    if before.slot.starts_at <= now:
        raise InvalidInput("datetime", PASSED)
    if not allow_clash:
        hand.check_clash(before.slot)
    return hand.save_facts(Change.MOVE_UNDONE, before, take_back)


def cancel_meeting(
    teacher_id: int,
    meeting_id: int,
    version: int,
    *,
    session: Session,
    now: dt.datetime,
    take_back: dt.timedelta = TAKE_BACK,
    by_mail: bool = True,
) -> Meeting:
    """Cancel a meeting. Who was told of it hears of that after `take_back`.

    Its teacher may do so even where they do not teach the student any more: those who were invited
    would come for nothing. Raises NotFound, Conflict, and InvalidInput on `datetime` where it is
    over.
    """
    hand = taken(
        teacher_id, meeting_id, version, session=session, now=now, by_mail=by_mail, ends=True
    )
    hand.expect(MeetingStatus.SCHEDULED)
    before = facts_of(hand.meeting)
    if before.slot.ends_at <= now:
        raise InvalidInput("datetime", OVER)
    after = Facts(before.slot, before.location, cancelled=True)
    return hand.save_facts(Change.CANCELLED, after, take_back)


def restore_meeting(
    teacher_id: int,
    meeting_id: int,
    version: int,
    *,
    session: Session,
    now: dt.datetime,
    allow_clash: bool = False,
    take_back: dt.timedelta = TAKE_BACK,
    by_mail: bool = True,
) -> Meeting:
    """Undo a cancel, if the meeting's time is still to come and still free.

    Raises NotFound, Conflict where it is not cancelled, InvalidInput on `datetime`.
    """
    hand = taken(teacher_id, meeting_id, version, session=session, now=now, by_mail=by_mail)
    hand.expect(MeetingStatus.CANCELLED)
    before = facts_of(hand.meeting)
    if before.slot.starts_at <= now:
        raise InvalidInput("datetime", PASSED)
    if not allow_clash:
        hand.check_clash(before.slot)
    after = Facts(before.slot, before.location, cancelled=False)
    return hand.save_facts(Change.RESTORED, after, take_back)


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
    """Note what came of a meeting: `held` or `missed`, and what was said there.

    `notes` None leaves those that are there. Raises NotFound, Conflict where it was cancelled, and
    InvalidInput on `outcome` (before it begins, too) or `outcome_notes`.
    """
    hand = taken(teacher_id, meeting_id, version, session=session, now=now)
    hand.expect(MeetingStatus.SCHEDULED, MeetingStatus.HELD, MeetingStatus.MISSED)
    meeting = hand.meeting
    if outcome not in (MeetingStatus.HELD, MeetingStatus.MISSED):
        raise InvalidInput("outcome", "A meeting was held or missed. Choose one of the two.")
    if meeting.scheduled_at > now:
        raise InvalidInput("outcome", NOT_BEGUN)
    if notes is not None:
        meeting.outcome_notes = checked_notes(notes, "outcome_notes")
    meeting.status = MeetingStatus(outcome).value
    return hand.save(Change.OUTCOME)


def reopen_outcome(
    teacher_id: int, meeting_id: int, version: int, *, session: Session, now: dt.datetime
) -> Meeting:
    """Take an outcome back; what was written stays.

    Raises NotFound, and Conflict where there is none.
    """
    hand = taken(teacher_id, meeting_id, version, session=session, now=now)
    hand.expect(MeetingStatus.HELD, MeetingStatus.MISSED)
    hand.meeting.status = MeetingStatus.SCHEDULED.value
    return hand.save(Change.REOPENED)
