"""What the outbox adds to each message: its key, and a word when it is late."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.outgoing import Blocks
from school.models import Delivery, Lane
from school.zones import zone_of

# What is said is at fault: it would be refused again.
BAD_CONTENT = frozenset(
    {
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_metadata_format",
        "metadata_too_large",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
    }
)
EVENT_TYPE = "homeroom_delivery"
MOST_BLOCKS = 50
MOST_ELEMENTS = 10


def key_of(delivery: Delivery) -> str:
    """The delivery's key, by which it is found again in the channel's history.

    Words that say that it broke bear another one: tried again, it must not be taken for them.
    """
    return f"d-{delivery.id}-{delivery.reference}" if delivery.reference else f"d-{delivery.id}"


def metadata_of(delivery: Delivery) -> dict[str, Any]:
    """The message's metadata: the delivery's id, since others can read it."""
    broken = {"reference": delivery.reference} if delivery.reference else {}
    return {"event_type": EVENT_TYPE, "event_payload": {"id": str(delivery.id), **broken}}


def with_key(blocks: Blocks, delivery: Delivery) -> Blocks:
    """The blocks, the first without an id of its own bearing the key. Changes nothing given."""
    keyed = [dict(block) for block in blocks]
    free = next((block for block in keyed if "block_id" not in block), None)
    if free is not None:
        free["block_id"] = key_of(delivery)
    return keyed


def bears_key(message: dict[str, Any], delivery: Delivery) -> bool:
    """Whether a message of the channel's history is this delivery's: by key, or by its file."""
    files = message.get("files") or ()
    if delivery.file_id and any(file.get("id") == delivery.file_id for file in files):
        return True
    blocks = message.get("blocks") or ()
    # What was sent before it broke counts as well.
    keys = {key_of(delivery), f"d-{delivery.id}"}
    if any(block.get("block_id") in keys for block in blocks):
        return True
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    mine = metadata.get("event_type") == EVENT_TYPE and payload.get("id") == str(delivery.id)
    return mine and payload.get("reference") in (None, delivery.reference)


def with_lateness(blocks: Blocks, words: str | None) -> Blocks:
    """The blocks with a last line that says it is late.

    A message that has no room for a line more says it in the last line that takes it.
    """
    if words is None:
        return blocks
    element = {"type": "plain_text", "text": words}
    if len(blocks) < MOST_BLOCKS:
        return [*blocks, {"type": "context", "elements": [element]}]
    roomy = [n for n, block in enumerate(blocks) if _takes_more(block)]
    if not roomy:
        return blocks
    last = blocks[roomy[-1]]
    more = {**last, "elements": [*last["elements"], element]}
    return [*blocks[: roomy[-1]], more, *blocks[roomy[-1] + 1 :]]


def _takes_more(block: dict[str, Any]) -> bool:
    return block["type"] == "context" and len(block["elements"]) < MOST_ELEMENTS


def late_words(session: Session, delivery: Delivery, now: datetime) -> str:
    """Such as "Asked for at 9:12, sent late.", in the recipient's time."""
    zone = zone_of(session, delivery.workspace_id, delivery.recipient_id)
    due, today = delivery.due_at.astimezone(zone), now.astimezone(zone).date()
    day = "" if due.date() == today else f"{due:%a} {due.day} {due:%b} "
    verb = "Due" if delivery.lane == Lane.SCHEDULED.value else "Asked for"
    at = "" if day else "at "
    return f"{verb} {at}{day}{due.hour}:{due:%M}, sent late."
