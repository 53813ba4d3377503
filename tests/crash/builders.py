"""What the processes under test send: the small messages of the outbox's own tests, cards, mails,
and what their clock puts into the book."""

from datetime import datetime
from secrets import token_hex

from sqlalchemy.orm import Session

from bot.clock import Job
from bot.outbox import Builder
from bot.outbox.mails import MailBuilder
from bot.outgoing import CardShown, Mail, Obsolete, Outgoing
from school.cards import AGAIN
from school.deliveries import enqueue
from school.models import CardCopy, Delivery, Lane, Timer
from tests.bot.support import BUILDERS, plain, words

CARD, MAIL, RUNG, FAILURE = "card", "mail", "rung", "failure_notice"


def card(session: Session, delivery: Delivery, _now: datetime) -> Outgoing:
    """A copy of a card: posted the first time, edited in place from then on."""
    copy = session.get_one(CardCopy, int(delivery.payload["copy"]))
    version = max(int(delivery.payload["version"]), copy.version)
    if copy.version == version and AGAIN not in delivery.payload:
        raise Obsolete("shown")
    place = (copy.channel, copy.message_ts) if copy.channel and copy.message_ts else None
    blocks = plain(shown(version))
    noted = CardShown(copy.id, version)
    return Outgoing("A card", lambda _file: blocks, replaces=place, card=noted)


def shown(version: int) -> str:
    """What a card says."""
    return f"version {version}"


def failure(_session: Session, delivery: Delivery, _now: datetime) -> Outgoing:
    """A notice that something was given up, which a run counts as wrong in any case."""
    return Outgoing("A failure", lambda _file: plain(f"{delivery.payload['delivery']} failed"))


def mail(_session: Session, delivery: Delivery, _now: datetime) -> Mail:
    """An e-mail."""
    return Mail(f"t{delivery.recipient_id}@school.test", "A reminder", "It is at three.")


def ring(session: Session, timer: Timer, now: datetime) -> None:
    """What a timer leads to: one delivery, whose key would let it be made twice."""
    enqueue(
        RUNG,
        {"say": timer.occasion, "timer": timer.id},
        session=session,
        workspace_id=timer.workspace_id,
        unique_key=f"rung {timer.id} {token_hex(8)}",
        recipient_id=timer.user_id,
        channel=None,
        now=now,
        lane=Lane.SCHEDULED,
    )


CRASH_BUILDERS: dict[str, Builder] = {**BUILDERS, CARD: card, RUNG: words, FAILURE: failure}
CRASH_MAILS: dict[str, MailBuilder] = {MAIL: mail}
RING = Job("ring", ring)
