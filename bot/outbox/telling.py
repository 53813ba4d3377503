"""What was given up is told: to whom it was sent for, else to whom it was to reach, once."""

from datetime import datetime

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
        about=delivery.about,
    )
