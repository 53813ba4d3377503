"""Inviting people by e-mail, and telling those who were invited what has changed.

Each mail is an update of one event: the first brings it, a move changes it, a cancel takes it away.
Whoever has not been told of the meeting yet is invited to it as it stands; whoever has, hears of a
change only where what they were told is not what holds now, and of a cancel only where they were
told that it takes place. That somebody is not invited any more is a cancel to them alone. What is
still to be sent is withdrawn first, so whoever is told, is told once, of the latest state.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from interventions.meetings.history import Facts, changes_of, facts_of
from interventions.meetings.telling import (
    CANCELLED_MAIL,
    INVITATION_MAIL,
    MOVED_MAIL,
    OWN_MAIL,
    attendee_code,
    ever_invited,
    mail_queue,
    notice_key,
    teacher_code,
)
from interventions.reminders import ends_of, subject_of
from school.addresses import is_address
from school.deliveries import enqueue
from school.links import LASTS, PageKind, link_to, make_link
from school.models import Lane, Medium, Meeting, MeetingAttendee, User

TAKE_BACK = timedelta(seconds=30)
"""How long nobody is told of what was just done, so that it can be undone."""


@dataclass(frozen=True, slots=True)
class TellBy:
    """How people are told: after which pause, and whether there is e-mail at all."""

    take_back: timedelta = TAKE_BACK
    by_mail: bool = True


@dataclass(frozen=True, slots=True)
class ToBeTold:
    """Somebody who is told by e-mail: an attendee, or the teacher, for whom the meeting itself
    keeps what they were told last.
    """

    row: MeetingAttendee | Meeting
    code: str
    queue: str
    payload: dict[str, Any]

    def as_of(self, facts: Facts, sequence: int) -> Facts:
        """How the meeting stands for them at a sequence: as if cancelled, once they are not invited
        any more.
        """
        removed = None if isinstance(self.row, Meeting) else self.row.removed_sequence
        is_out = removed is not None and removed <= sequence
        return replace(facts, cancelled=True) if is_out else facts

    def told(self, known: Mapping[int, Facts]) -> Facts | None:
        """What they were told last, of the facts of each sequence; None where that is nothing."""
        number = self.row.told_sequence
        facts = None if number is None else known.get(number)
        return None if facts is None or number is None else self.as_of(facts, number)

    def kind(self, told: Facts | None, holds: Facts) -> str:
        """What sort of mail tells them."""
        if isinstance(self.row, Meeting):
            return OWN_MAIL
        if told is None:
            return INVITATION_MAIL
        return CANCELLED_MAIL if holds.cancelled else MOVED_MAIL


def tell_attendees(
    meeting: Meeting, sender_id: int, tell: TellBy, *, session: Session, now: datetime
) -> None:
    """Have those invited, and the teacher, hear of the meeting as it stands, after the pause.

    Where there is no e-mail nobody is invited by it; whoever was told before is still written to,
    so that the teacher hears that it fails: they would come for nothing.
    """
    known = {one.sequence: facts_of(one) for one in changes_of(meeting, session=session)}
    for one in _all(meeting, session=session):
        holds, told = one.as_of(facts_of(meeting), meeting.sequence), one.told(known)
        if told is None and (holds.cancelled or not tell.by_mail):
            continue
        if told is not None and (told == holds or (told.cancelled and holds.cancelled)):
            one.row.told_sequence = meeting.sequence
            continue
        due_at = now + tell.take_back
        _enqueue(meeting, one, told, holds, sender_id, session=session, now=now, due_at=due_at)


def _all(meeting: Meeting, *, session: Session) -> Iterator[ToBeTold]:
    for one in ever_invited(meeting, session=session):
        code, payload = attendee_code(one.id), {"attendee": one.id}
        yield ToBeTold(one, code, mail_queue(one.id), payload)
    if is_address(session.get_one(User, meeting.teacher_id).email):
        code = teacher_code(meeting)
        yield ToBeTold(meeting, code, f"{subject_of(meeting.id)} {code}", {})


def _enqueue(
    meeting: Meeting,
    one: ToBeTold,
    told: Facts | None,
    holds: Facts,
    sender_id: int,
    *,
    session: Session,
    now: datetime,
    due_at: datetime,
) -> None:
    sequence = meeting.sequence
    if isinstance(one.row, MeetingAttendee):
        keep_link(one.row, meeting, session=session, now=now)
    news = {"meeting": meeting.id, "sequence": sequence, "told": one.row.told_sequence}
    enqueue(
        one.kind(told, holds),
        {**news, **one.payload},
        session=session,
        workspace_id=meeting.workspace_id,
        unique_key=notice_key(meeting, one.code, sequence),
        recipient_id=None,
        channel=None,
        queue=one.queue,
        now=now,
        lane=Lane.SCHEDULED,
        due_at=due_at,
        medium=Medium.MAIL,
        sender_id=sender_id,
        about=subject_of(meeting.id),
        # An invitation is of no use to who could not come any more; a change is, until the end.
        expires_at=max(told.slot.ends_at, holds.slot.ends_at) if told else meeting.scheduled_at,
    )


def keep_link(
    attendee: MeetingAttendee, meeting: Meeting, *, session: Session, now: datetime
) -> None:
    """Give an attendee an address to answer at, or have the one they have last long enough.

    It outlives the meeting, so that it can say that it is over.
    """
    where = session, meeting.workspace_id, PageKind.MEETING, attendee.id
    link, until = link_to(*where), max(now, ends_of(meeting)) + LASTS
    if link is None:
        make_link(*where, now=now, lasts=until - now)
    elif link.expires_at < until:
        link.expires_at = until
