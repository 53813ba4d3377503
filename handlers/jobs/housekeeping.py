"""Housekeeping: each night what need not be kept is taken out, a little at a time (bot/trimming).

At half past three by the school's clock its first portion is set; each portion sets the next while
there is more, so that nobody waits for the database meanwhile.
"""

from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from bot.clock import DailyJob, Job, Turn
from bot.trimming import trim
from school.models import Timer
from school.timers import set_timer

HOUSEKEEPING, PORTION = "housekeeping", "housekeeping_portion"
AT = time(3, 30)
OF_USE = timedelta(hours=20)
ROWS = 300
"""So many rows of each kind in a portion, which takes some 20 ms."""
BETWEEN = timedelta(seconds=1)


def housekeeping(session: Session, turn: Turn, now: datetime) -> None:
    """Begin a night's work for one workspace."""
    subject = f"workspace {turn.workspace_id}"
    _set_portion(session, turn.workspace_id, subject, f"{turn.day} 1", due_at=now, now=now)


def housekeeping_portion(session: Session, timer: Timer, now: datetime) -> None:
    """Do one portion, and have the next one done where there is more."""
    if trim(session, timer.workspace_id, now=now, most=ROWS):
        day, number = timer.occasion.split(" ")
        due, following = now + BETWEEN, f"{day} {int(number) + 1}"
        _set_portion(session, timer.workspace_id, timer.subject, following, due_at=due, now=now)


def _set_portion(
    session: Session,
    workspace_id: int,
    subject: str,
    occasion: str,
    *,
    due_at: datetime,
    now: datetime,
) -> None:
    set_timer(
        PORTION,
        subject,
        occasion,
        session=session,
        workspace_id=workspace_id,
        due_at=due_at,
        expires_at=due_at + OF_USE,
        now=now,
    )


HOUSEKEEPING_JOBS = (
    DailyJob(
        HOUSEKEEPING,
        housekeeping,
        AT,
        OF_USE,
        school_days=False,
        quiet=False,
        for_people=False,
    ).job,
    Job(PORTION, housekeeping_portion),
)
