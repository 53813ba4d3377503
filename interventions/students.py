"""How a student is reached: one way for all that goes to students, whatever it is.

In Slack where their account is linked, else by e-mail, else not at all.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from school.addresses import is_address
from school.database import can_send_mail
from school.deliveries import enqueue
from school.models import Delivery, Lane, Medium, Student, User

MAIL_SUFFIX = "_mail"
"""What the kind of an e-mail to a student has more than that of the message in Slack."""
TAKE_BACK = timedelta(seconds=30)
"""How long what goes to a person can be taken back, where the settings say nothing else."""
NO_WAY = "no way: "
"""How the hint of a way that there is not begins."""
LASTS = timedelta(days=7)
"""After so long, what could not be sent to a student is of no use any more."""


class Way(StrEnum):
    """By what a student is reached."""

    SLACK = "slack"
    MAIL = "mail"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reach:
    """By what a student is reached now; `hint` says it in words, such as `e-mail to l***@x.org`."""

    way: Way
    hint: str

    @property
    def why_not(self) -> str:
        """Why there is no way: `no Slack account and no e-mail address on record`."""
        return self.hint.removeprefix(NO_WAY)


def reach_of(session: Session, student: Student) -> Reach:
    """The way there is to a student by the record. A Slack account that is a user's is none."""
    if not student.is_active:
        return Reach(Way.NONE, f"{NO_WAY}not on the roster any more")
    if student.slack_user_id and not _is_users(session, student):
        return Reach(Way.SLACK, "Slack")
    address = (student.email or "").strip()
    if not is_address(address):
        return Reach(Way.NONE, f"{NO_WAY}no Slack account and no e-mail address on record")
    if not can_send_mail(session):
        return Reach(Way.NONE, f"{NO_WAY}no Slack account on record, and no mail server is set up")
    return Reach(Way.MAIL, f"e-mail to {masked(address)}")


def masked(address: str) -> str:
    """An address as a reminder and no more: `l***@school.org`."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}"


def tell_student(
    kind: str,
    payload: dict[str, Any],
    student: Student,
    *,
    session: Session,
    now: datetime,
    sender_id: int,
    unique_key: str,
    about: str,
    take_back: timedelta = TAKE_BACK,
    expires_at: datetime | None = None,
) -> Delivery | None:
    """Save what is to be sent to a student by the way there is; None where there is none.

    In Slack it is of `kind`, by e-mail of `kind` + `_mail`: two builders. It goes once `take_back`
    is over, on behalf of the user `sender_id`, who hears of its failure.
    """
    way = reach_of(session, student).way
    if way is Way.NONE:
        return None
    by_mail = way is Way.MAIL
    return enqueue(
        kind + MAIL_SUFFIX if by_mail else kind,
        payload,
        session=session,
        workspace_id=student.workspace_id,
        unique_key=unique_key,
        recipient_id=None,
        student_id=student.id,
        channel=None,
        queue=f"student {student.id} mail" if by_mail else None,
        now=now,
        lane=Lane.SCHEDULED,
        due_at=now + take_back,
        medium=Medium.MAIL if by_mail else Medium.SLACK,
        sender_id=sender_id,
        about=about,
        expires_at=expires_at or now + LASTS,
    )


def _is_users(session: Session, student: Student) -> bool:
    theirs = exists().where(
        User.workspace_id == student.workspace_id, User.slack_user_id == student.slack_user_id
    )
    return bool(session.scalar(select(theirs)))
