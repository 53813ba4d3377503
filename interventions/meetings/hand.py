"""A meeting taken in hand: locked, as of the version that was seen, and saved as its next one."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from interventions.meetings.calendar import enter_in_calendar
from interventions.meetings.guests import Coming, seat
from interventions.meetings.history import Change, Facts, collision, note_change
from interventions.meetings.inviting import TellBy, tell_attendees
from interventions.meetings.opening import open_meeting, open_own_meeting
from interventions.meetings.recording import follow_meeting
from interventions.meetings.rules import Slot, check_clash
from interventions.meetings.telling import note_told, refresh_cards
from interventions.opening import acting
from interventions.reminders import plan_meeting, withdraw_all
from school.access import Viewer
from school.errors import Conflict
from school.models import Meeting, MeetingStatus
from school.zones import own_zone

NOBODY = Coming()


@dataclass(frozen=True, slots=True)
class Hand:
    """A meeting taken in hand by a viewer, as of the version that they saw."""

    viewer: Viewer
    meeting: Meeting
    session: Session
    now: dt.datetime
    by_mail: bool = True

    @property
    def zone(self) -> ZoneInfo:
        """The viewer's own."""
        return own_zone(self.viewer, session=self.session)

    def collided(self) -> Conflict:
        """That somebody was there before."""
        who, now = self.viewer.user_id, self.now
        return collision(self.meeting, who, session=self.session, now=now, zone=self.zone)

    def expect(self, *states: MeetingStatus) -> None:
        """Raises Conflict where the meeting stands otherwise."""
        if self.meeting.status not in {state.value for state in states}:
            raise self.collided()

    def check_clash(self, slot: Slot) -> None:
        """Raises InvalidInput on `datetime` where its teacher has another meeting then."""
        whose = self.meeting.teacher_id
        check_clash(
            whose,
            slot,
            session=self.session,
            now=self.now,
            zone=self.zone,
            own=whose == self.viewer.user_id,
            but=self.meeting.id,
        )

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

    def save_facts(
        self, change: Change, facts: Facts, take_back: dt.timedelta, them: Coming = NOBODY
    ) -> Meeting:
        """The same for what calendars and attendees have to know: also who they are."""
        meeting, session = self.meeting, self.session
        withdraw_all(session, meeting, self.now)
        note_told(meeting, session=session)
        meeting.sequence += 1
        meeting.scheduled_at, meeting.duration_minutes = facts.slot.starts_at, facts.slot.minutes
        meeting.location = facts.location
        state = MeetingStatus.CANCELLED if facts.cancelled else MeetingStatus.SCHEDULED
        meeting.status = state.value
        seat(self.viewer, meeting, them, session=session, now=self.now)
        self.save(change)
        told = TellBy(take_back, self.by_mail)
        tell_attendees(meeting, self.viewer.user_id, told, session=session, now=self.now)
        enter_in_calendar(meeting, session=session, now=self.now)
        return meeting


def taken(
    teacher_id: int,
    meeting_id: int,
    version: int,
    *,
    session: Session,
    now: dt.datetime,
    by_mail: bool = True,
    ends: bool = False,
) -> Hand:
    """The meeting, locked. Raises NotFound, and Conflict where it is not as it was seen.

    `ends`: it is only to be called off.
    """
    viewer = acting(teacher_id, session=session, now=now)
    opened = open_own_meeting if ends else open_meeting
    meeting, _ = opened(viewer, meeting_id, "meeting", session=session, now=now, change=True)
    hand = Hand(viewer, meeting, session, now, by_mail)
    if meeting.version != version:
        raise hand.collided()
    return hand
