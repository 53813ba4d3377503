"""`/homeroom digest`: the digest at once, or what can be done about it."""

from handlers.ask import Ask
from handlers.codec import Ref
from handlers.ids import Kind
from handlers.people import saving
from handlers.pointers import report_pointer
from handlers.queueing import enqueue_for
from handlers.services import Services
from handlers.views.help import digest_help

NOW = "now"


def digest_command(ask: Ask, services: Services) -> None:
    """`now`: what the day holds, into the asker's messages. Everything else: how it is used."""
    if ask.words.strip().lower() != NOW:
        ask.ack(**digest_help().message())
        return
    with saving(ask, services) as (session, asker):
        enqueue_for(asker, Kind.DIGEST, Ref(), ask.key, session=session)
    ask.ack(**report_pointer(ask, asker, "Today", services, kind=Kind.DIGEST).message())
    services.wake()
