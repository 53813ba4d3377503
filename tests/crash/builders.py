"""What the processes under test send: the small messages of the outbox's own tests, and cards."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.outbox import Builder
from bot.outgoing import CardShown, Obsolete, Outgoing
from school.models import CardCopy, Delivery
from tests.bot.support import BUILDERS, plain

CARD = "card"


def card(session: Session, delivery: Delivery, _now: datetime) -> Outgoing:
    """A copy of a card: posted the first time, edited in place from then on."""
    copy = session.get_one(CardCopy, int(delivery.payload["copy"]))
    version = int(delivery.payload["version"])
    if copy.version >= version:
        raise Obsolete("shown")
    place = (copy.channel, copy.message_ts) if copy.channel and copy.message_ts else None
    blocks = plain(f"version {version}")
    shown = CardShown(copy.id, version)
    return Outgoing("A card", lambda _file: blocks, replaces=place, card=shown)


CRASH_BUILDERS: dict[str, Builder] = {**BUILDERS, CARD: card}
