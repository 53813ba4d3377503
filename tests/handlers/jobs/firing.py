"""Letting the clock come to a moment within one session, and the outbox send what is due."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from handlers.jobs import JOBS
from school.models import Delivery, Timer

JOB = {job.name: job for job in JOBS}


def tick(session: Session, now: datetime) -> None:
    """Do what the clock does: close what is past its use, and have due timers act."""
    session.flush()
    due = select(Timer).where(Timer.state == "waiting", Timer.next_attempt_at <= now)
    found = session.scalars(
        due.order_by(Timer.next_attempt_at, Timer.id).execution_options(populate_existing=True)
    )
    for timer in found.all():
        timer.ended_at = now
        if timer.expires_at is not None and timer.expires_at <= now:
            timer.state = "closed"
        else:
            timer.state = "done"
            JOB[timer.job].act(session, timer, now)
    session.flush()


def waiting(session: Session, now: datetime, kind: str | None = None) -> list[Delivery]:
    """What the outbox would send by now, the first first."""
    session.flush()
    query = select(Delivery).where(
        Delivery.finished_at.is_(None),
        Delivery.due_at <= now,
        or_(Delivery.expires_at.is_(None), Delivery.expires_at > now),
    )
    if kind is not None:
        query = query.where(Delivery.kind == kind)
    ordered = query.order_by(Delivery.id).execution_options(populate_existing=True)
    return list(session.scalars(ordered))


def send(session: Session, now: datetime, kind: str | None = None) -> list[Delivery]:
    """Mark what is due as sent, and give it back."""
    sent = waiting(session, now, kind)
    for one in sent:
        one.state, one.finished_at = "sent", now
    session.flush()
    return sent
