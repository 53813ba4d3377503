"""The outbox: whatever is to be sent is saved first, then sent from here, once."""

from bot.outbox.build import Builder
from bot.outbox.outbox import Outbox

__all__ = ["Builder", "Outbox"]
