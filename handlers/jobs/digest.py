"""The morning digest's hour: each school day, or the first of a week, as each teacher has set."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import DailyJob, Turn
from handlers.deliveries.digest import EMPTY, digest_keys, digest_payload, since_of
from handlers.ids import Kind
from interventions.digest import FARTHEST, is_first_of_week, school_day_before
from school.days import week_start
from school.days_off import days_off
from school.deliveries import enqueue
from school.hours import DAY, local_moment
from school.models import Delivery, DeliveryState, Lane
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
    since = _told_until(session, turn, now) or local_moment(before, at, turn.zone)
    enqueue(
        Kind.DIGEST.value,
        digest_payload(since),
        session=session,
        workspace_id=turn.workspace_id,
        unique_key=digest_keys(turn.user_id, turn.day, 1)[0],
        recipient_id=turn.user_id,
        channel=None,
        now=now,
        lane=Lane.SCHEDULED,
        expires_at=now + OF_USE,
    )


def _told_until(session: Session, turn: Turn, now: datetime) -> datetime | None:
    """Until when the last digest told what came in, at whatever hour that was; None where there was
    none lately. One that never came told nothing since the one before it.
    """
    last = (
        select(Delivery)
        .where(
            Delivery.workspace_id == turn.workspace_id,
            Delivery.unique_key.in_(digest_keys(turn.user_id, turn.day, FARTHEST)),
        )
        .order_by(Delivery.id.desc())
        .limit(1)
    )
    found = session.scalars(last).first()
    if found is None:
        return None
    told = found.state == DeliveryState.SENT.value or found.error == EMPTY
    return found.created_at if told else max(since_of(found.payload), now - FARTHEST * DAY)


DIGEST_JOBS = (DailyJob("digest", send_digest, DIGEST_AT, OF_USE, wish=DIGEST).job,)
