"""The morning digest's hour: each school day, or the first of a week, as each teacher has set."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.clock import DailyJob, Turn
from handlers.deliveries.digest import digest_payload
from handlers.ids import Kind
from interventions.digest import is_first_of_week, school_day_before
from school.days import week_start
from school.days_off import days_off
from school.deliveries import enqueue
from school.hours import DAY, local_moment
from school.models import Lane
from school.preferences import DIGEST, DIGEST_AT, preference

OF_USE = timedelta(hours=4)
"""Later than that a morning's digest is not sent any more."""


def send_digest(session: Session, turn: Turn, now: datetime) -> None:
    """Save one teacher's digest of one day, where it is a day of theirs."""
    if turn.user_id is None:
        return
    wish = preference(session, turn.user_id, DIGEST) or {}
    first = week_start(turn.day) - 2 * 7 * DAY
    off = days_off(session, turn.workspace_id, first, turn.day, user_id=turn.user_id)
    weekly = wish.get("weekly") is True
    if weekly and not is_first_of_week(turn.day, off):
        return
    before = turn.day - 7 * DAY if weekly else school_day_before(turn.day, off)
    at = now.astimezone(turn.zone).time()
    enqueue(
        Kind.DIGEST.value,
        digest_payload(local_moment(before, at, turn.zone)),
        session=session,
        workspace_id=turn.workspace_id,
        unique_key=f"digest {turn.user_id} {turn.day}",
        recipient_id=turn.user_id,
        channel=None,
        now=now,
        lane=Lane.SCHEDULED,
        expires_at=now + OF_USE,
    )


DIGEST_JOBS = (DailyJob("digest", send_digest, DIGEST_AT, OF_USE, wish=DIGEST).job,)
