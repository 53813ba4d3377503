"""Whether what is to be sent is of any use still."""

from datetime import datetime

from bot.outgoing import Obsolete
from school.models import Delivery

PAST_USE, WITHDRAWN = "past_use", "withdrawn"


def check_use(delivery: Delivery, now: datetime) -> None:
    """Raises Obsolete for what is past its time, or was withdrawn while it was under way."""
    if delivery.withdrawn_at is not None:
        raise Obsolete(WITHDRAWN)
    if delivery.expires_at is not None and delivery.expires_at <= now:
        raise Obsolete(PAST_USE)
