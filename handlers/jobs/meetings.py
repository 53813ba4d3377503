"""Reminders of meetings and the question afterwards: what the clock does when one is due."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import Change, Job
from handlers.ids import Kind
from interventions.meetings.inviting import TAKE_BACK
from interventions.meetings.opening import is_open_to
from interventions.meetings.telling import mail_queue
from interventions.reminders import (
    OUTCOME,
    REMINDER,
    Planned,
    is_planned,
    plan_meeting,
    put_off,
    subject_of,
    wanted_timers,
)
from school.deliveries import enqueue
from school.models import CardCopy, Lane, Medium, Meeting, MeetingStatus, Timer, TimerState, User

LOOKED_AT = 50
"""So many meetings are looked at in one plan: what has changed for them is caught in turn."""


def remind(session: Session, timer: Timer, now: datetime) -> None:
    """Have one reminder sent: to the teacher in Slack, or to one attendee by e-mail.

    Its moment is reckoned anew: holidays, pauses, quiet hours and zones may have changed.
    """
    found = _due(session, timer, now)
    if found is None:
        return
    meeting, planned = found
    who, lead, _ = timer.occasion.split(":")
    send = _to_teacher if who.startswith("u") else _to_attendee
    send(session, meeting, planned, int(who[1:]), int(lead), now)


def ask_outcome(session: Session, timer: Timer, now: datetime) -> None:
    """Have the teacher asked what came of a meeting: a message of its own, whatever came before."""
    found = _due(session, timer, now)
    if found is None:
        return
    meeting, planned = found
    copy = _fresh_copy(session, meeting)
    payload = {"copy": copy.id, "version": meeting.version, "sequence": meeting.sequence}
    to = {"recipient_id": meeting.teacher_id, "now": now}
    _save(session, meeting, planned, Kind.MEETING_OUTCOME, payload, **to)


def _fresh_copy(session: Session, meeting: Meeting) -> CardCopy:
    """The teacher's copy of the question, as if it stood nowhere yet.

    One that was asked before the meeting was moved stays where it is, and is left alone.
    """
    values = {
        "workspace_id": meeting.workspace_id,
        "card": Kind.MEETING_OUTCOME.value,
        "subject_id": meeting.id,
        "user_id": meeting.teacher_id,
    }
    copy = session.scalars(select(CardCopy).filter_by(**values)).first() or CardCopy(**values)
    copy.version, copy.channel, copy.message_ts = 0, None, None
    session.add(copy)
    session.flush()  # the delivery names it
    return copy


def _due(session: Session, timer: Timer, now: datetime) -> tuple[Meeting, Planned] | None:
    """The meeting, where this is still to be done and now; else the timer is closed or put off."""
    meeting = session.get(Meeting, int(timer.subject.rpartition(" ")[2]))
    planned = _planned(session, meeting, timer)
    if meeting is None or planned is None or not _reaches(session, timer, meeting, now):
        timer.state = TimerState.CLOSED.value
        return None
    when = planned.due_at if planned.due_at > now else put_off(planned, now)
    if when is None:
        timer.state = TimerState.CLOSED.value
        return None
    if when > now:
        timer.state, timer.ended_at = TimerState.WAITING.value, None
        timer.due_at = timer.next_attempt_at = when
        timer.expires_at = planned.expires_at
        return None
    return meeting, planned


def _planned(session: Session, meeting: Meeting | None, timer: Timer) -> Planned | None:
    """What the timer is for by now; None where nothing is any more."""
    if meeting is None or meeting.workspace_id != timer.workspace_id:
        return None
    wanted = wanted_timers(session, meeting)
    mine = (timer.job, timer.occasion)
    return next((one for one in wanted if (one.job, one.occasion) == mine), None)


def _reaches(session: Session, timer: Timer, meeting: Meeting, now: datetime) -> bool:
    """Whether the teacher still teaches the student, and is in Slack where it goes to them."""
    teacher = session.get_one(User, meeting.teacher_id)
    if timer.user_id is not None and teacher.slack_user_id is None:
        return False
    return is_open_to(teacher, meeting, session=session, now=now)


def _to_teacher(
    session: Session, meeting: Meeting, planned: Planned, user_id: int, lead: int, now: datetime
) -> None:
    payload = {"meeting": meeting.id, "sequence": meeting.sequence, "lead": lead}
    to = {"recipient_id": user_id, "now": now}
    _save(session, meeting, planned, Kind.MEETING_REMINDER, payload, **to)


def _to_attendee(
    session: Session,
    meeting: Meeting,
    planned: Planned,
    attendee_id: int,
    lead: int,
    now: datetime,
) -> None:
    payload = {"meeting": meeting.id, "attendee": attendee_id, "sequence": meeting.sequence}
    _save(
        session,
        meeting,
        planned,
        Kind.MEETING_REMINDER_MAIL,
        {**payload, "lead": lead},
        recipient_id=None,
        queue=mail_queue(attendee_id),
        now=now,
        # What was just done can be undone before anybody hears of it.
        due_at=max(planned.due_at, (meeting.changed_at or planned.due_at) + TAKE_BACK),
        medium=Medium.MAIL,
        sender_id=meeting.teacher_id,
    )


def _save(
    session: Session,
    meeting: Meeting,
    planned: Planned,
    kind: Kind,
    payload: dict[str, Any],
    **more: Any,
) -> None:
    """Save what a timer leads to: once for its occasion, and of use no longer than that."""
    values = {
        "workspace_id": meeting.workspace_id,
        "unique_key": f"{subject_of(meeting.id)} {planned.occasion}",
        "channel": None,
        "due_at": planned.due_at,
        "lane": Lane.SCHEDULED,
        "about": subject_of(meeting.id),
        "expires_at": planned.expires_at,
    }
    enqueue(kind.value, payload, session=session, **{**values, **more})


class MeetingPlan:
    """Looks at the meetings that are to be, some at a time, whether their timers still fit.

    A change of a meeting or of a teacher's settings plans at once; this finds what else moves a
    reminder, as a holiday, a pause or a change of zones.
    """

    def __init__(self, looked_at: int = LOOKED_AT) -> None:
        self._looked_at = looked_at
        self._after = 0

    def __call__(self, session: Session, now: datetime) -> Iterator[Change]:
        """A change for each meeting whose timers are not as they should be."""
        query = (
            select(Meeting)
            .where(Meeting.id > self._after, Meeting.scheduled_at > now)
            .where(Meeting.status == MeetingStatus.SCHEDULED.value)
            .order_by(Meeting.id)
            .limit(self._looked_at)
        )
        meetings = session.scalars(query).all()
        self._after = meetings[-1].id if len(meetings) == self._looked_at else 0
        for meeting in meetings:
            if not is_planned(session, meeting, now):
                yield partial(_plan_again, meeting.id, now)


def _plan_again(meeting_id: int, now: datetime, session: Session) -> None:
    locked = select(Meeting).where(Meeting.id == meeting_id).with_for_update(key_share=True)
    plan_meeting(session, session.scalars(locked).one(), now)


MEETING_JOBS = (Job(REMINDER, remind, MeetingPlan()), Job(OUTCOME, ask_outcome))
