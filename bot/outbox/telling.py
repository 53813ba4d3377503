"""What was given up is told: to whom it was sent for, else to whom it was to reach, once."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from school.deliveries import enqueue
from school.models import Delivery, Lane, Medium

FAILURE_NOTICE = "failure_notice"
"""The kind of the deliveries that say that another one has failed: `{"delivery": id}`."""

BESIDE = ":notice"
"""How the unique key ends of what only says, beside a document, that it is being made."""

# Nobody is there to be told.
NOBODY = frozenset(
    {
        "cannot_dm_bot",
        "is_archived",
        "messages_tab_disabled",
        "no_slack_user",
        "not_in_channel",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
        "users_not_found",
    }
)
NO_CHANNEL = "channel_not_found"
CALENDARS_EACH = timedelta(days=30)
"""How often one is told that nothing gets into their calendar, which is one cause and not many."""


def failure_key(delivery_id: int, round_failed: int) -> str:
    """The unique key of the note that tells of one failure of a delivery."""
    return f"failure {delivery_id} {round_failed}"


def _key_of_note(delivery: Delivery, who: int, now: datetime) -> str:
    """One note for each failure; of what is past its use, as nobody can try it again, one for all
    of a kind about a record that were of use so long: a mail server that is down fails many.
    """
    until = delivery.expires_at
    if until is None or until > now or delivery.about is None:
        return failure_key(delivery.id, delivery.retried)
    return f"failure {delivery.kind} {delivery.about} {until:%Y%m%d%H%M} {who}"


def tell_of_failure(session: Session, delivery: Delivery, error: str, *, now: datetime) -> None:
    """Save, in the transaction that gives it up, that somebody is to hear of it.

    Not of a notice nor of what was withdrawn meanwhile, and not to whom Slack has just said that
    nothing reaches.
    """
    who = delivery.sender_id or delivery.recipient_id
    if who is None or delivery.withdrawn_at is not None:
        return
    if delivery.kind == FAILURE_NOTICE or delivery.unique_key.endswith(BESIDE):
        return
    is_slack = delivery.medium == Medium.SLACK.value
    if is_slack and who == delivery.recipient_id and error in NOBODY | {NO_CHANNEL}:
        return
    if _knows_of_calendar(session, delivery, who, now):
        return
    scheduled = delivery.lane == Lane.SCHEDULED.value
    enqueue(
        FAILURE_NOTICE,
        {"delivery": delivery.id, "round": delivery.retried},
        session=session,
        workspace_id=delivery.workspace_id,
        unique_key=_key_of_note(delivery, who, now),
        recipient_id=who,
        channel=None,
        now=now,
        lane=Lane.SCHEDULED if scheduled else Lane.INTERACTIVE,
        about=_calendar_of(who) if delivery.medium == Medium.CALENDAR.value else delivery.about,
    )


def _knows_of_calendar(session: Session, delivery: Delivery, who: int, now: datetime) -> bool:
    """Whether it is an entry for a calendar, and one was told lately that those fail.

    Who had it tried again waits for an answer.
    """
    if delivery.medium != Medium.CALENDAR.value or delivery.retried:
        return False
    told = select(Delivery.id).where(
        Delivery.workspace_id == delivery.workspace_id,
        Delivery.recipient_id == who,
        Delivery.kind == FAILURE_NOTICE,
        Delivery.about == _calendar_of(who),
        Delivery.created_at > now - CALENDARS_EACH,
    )
    return session.scalars(told.limit(1)).first() is not None


def _calendar_of(user_id: int) -> str:
    """What the notes about a person's calendar are about."""
    return f"calendar {user_id}"
