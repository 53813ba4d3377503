"""Changing a meeting: each change swaps its version, so that of two at once one wins."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from interventions.meetings.calendar import enter_in_calendar
from interventions.meetings.history import (
    Change,
    Facts,
    changes_of,
    collision,
    facts_of,
    note_change,
)
from interventions.meetings.inviting import TAKE_BACK, TellBy, tell_attendees
from interventions.meetings.opening import open_meeting, open_own_meeting
from interventions.meetings.recording import follow_meeting
from interventions.meetings.rules import (
    Slot,
    check_clash,
    checked_notes,
    checked_place,
    checked_slot,
)
from interventions.meetings.telling import note_told, refresh_cards
from interventions.opening import acting
from interventions.reminders import plan_meeting, withdraw_all
from school.access import Viewer
from school.errors import Conflict, InvalidInput
from school.models import Meeting, MeetingStatus
from school.zones import own_zone

PASSED = "Its time has passed. Make a new meeting instead."
NOT_BEGUN = "The meeting has not begun yet. Answer when it is over."
OVER = "The meeting is over. Say what came of it instead."


@dataclass(frozen=True, slots=True)
class _Hand:
    """A meeting taken in hand by a viewer, as of the version that they saw."""

    viewer: Viewer
    meeting: Meeting
    session: Session
    now: dt.datetime
    by_mail: bool = True

    @property
    def zone(self) -> ZoneInfo:
        return own_zone(self.viewer, session=self.session)

    def collided(self) -> Conflict:
        """That somebody was there before."""
        who, now = self.viewer.user_id, self.now
        return collision(self.meeting, who, session=self.session, now=now, zone=self.zone)

    def expect(self, *states: MeetingStatus) -> None:
        """Raises Conflict where the meeting stands otherwise."""
        if self.meeting.status not in {state.value for state in states}:
            raise self.collided()

    def save(self, change: Change) -> Meeting:
        """Give the meeting its next version, note the change and show it on the cards."""
        self.meeting.version += 1
        self.meeting.changed_at = self.now
        note_change(self.meeting, change, self.viewer.user_id, session=self.session)
        self.session.flush()  # what follows reads the change
        plan_meeting(self.session, self.meeting, self.now)
        follow_meeting(self.meeting, session=self.session, now=self.now)
        refresh_cards(self.meeting, session=self.session, now=self.now)
        return self.meeting

    def save_facts(self, change: Change, facts: Facts, take_back: dt.timedelta) -> Meeting:
        """The same for what calendars and attendees have to know."""
        meeting, session = self.meeting, self.session
        withdraw_all(session, meeting, self.now)
        note_told(meeting, session=session)
        meeting.sequence += 1
        meeting.scheduled_at, meeting.duration_minutes = facts.slot.starts_at, facts.slot.minutes
        meeting.location = facts.location
        state = MeetingStatus.CANCELLED if facts.cancelled else MeetingStatus.SCHEDULED
        meeting.status = state.value
        self.save(change)
        told = TellBy(take_back, self.by_mail)
        tell_attendees(meeting, self.viewer.user_id, told, session=session, now=self.now)
        enter_in_calendar(meeting, session=session, now=self.now)
        return meeting


def _taken(
    teacher_id: int,
    meeting_id: int,
    version: int,
    *,
    session: Session,
    now: dt.datetime,
    by_mail: bool = True,
    ends: bool = False,
) -> _Hand:
    """The meeting, locked. Raises NotFound, and Conflict where it is not as it was seen.

    `ends`: it is only to be called off.
    """
    viewer = acting(teacher_id, session=session, now=now)
    opened = open_own_meeting if ends else open_meeting
    meeting, _ = opened(viewer, meeting_id, "meeting", session=session, now=now, change=True)
    hand = _Hand(viewer, meeting, session, now, by_mail)
    if meeting.version != version:
        raise hand.collided()
    return hand


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
    by_mail: bool = True,
) -> Meeting:
    """Give a meeting another time (or length or place; None leaves them, "" takes a place away).

    `version` is the one that the person saw. Who was told of the meeting hears of the change after
    `take_back`. Raises NotFound, InvalidInput as `schedule_meeting` does, and Conflict where
    somebody else has changed it since. The time that it has already changes nothing.
    """
    hand = _taken(teacher_id, meeting_id, version, session=session, now=now, by_mail=by_mail)
    hand.expect(MeetingStatus.SCHEDULED)
    meeting, before = hand.meeting, facts_of(hand.meeting)
    minutes = before.slot.minutes if duration_minutes is None else duration_minutes
    slot = checked_slot(datetime, minutes, now=now, zone=hand.zone)
    place = before.location if location is None else checked_place(location)
    after = Facts(slot, place, cancelled=False)
    if after == before:
        return meeting
    if not allow_clash and slot != before.slot:
        _check_clash(hand, slot)
    return hand.save_facts(Change.MOVED, after, take_back)


def _check_clash(hand: _Hand, slot: Slot) -> None:
    whose = hand.meeting.teacher_id
    check_clash(
        whose,
        slot,
        session=hand.session,
        now=hand.now,
        zone=hand.zone,
        own=whose == hand.viewer.user_id,
        but=hand.meeting.id,
    )


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
    hand = _taken(teacher_id, meeting_id, version, session=session, now=now, by_mail=by_mail)
    changes = changes_of(hand.meeting, session=session)
    if len(changes) < 2 or changes[-1].change != Change.MOVED.value:
        raise hand.collided()
    before = facts_of(changes[-2])
    if before.slot.starts_at <= now:
        raise InvalidInput("datetime", PASSED)
    if not allow_clash:
        _check_clash(hand, before.slot)
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
    hand = _taken(
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
    hand = _taken(teacher_id, meeting_id, version, session=session, now=now, by_mail=by_mail)
    hand.expect(MeetingStatus.CANCELLED)
    before = facts_of(hand.meeting)
    if before.slot.starts_at <= now:
        raise InvalidInput("datetime", PASSED)
    if not allow_clash:
        _check_clash(hand, before.slot)
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
    hand = _taken(teacher_id, meeting_id, version, session=session, now=now)
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
    hand = _taken(teacher_id, meeting_id, version, session=session, now=now)
    hand.expect(MeetingStatus.HELD, MeetingStatus.MISSED)
    hand.meeting.status = MeetingStatus.SCHEDULED.value
    return hand.save(Change.REOPENED)
