"""`/homeroom`: help, and what works today."""

import html

from handlers.ask import Ask
from handlers.services import Services
from handlers.views.help import homeroom_help, not_built


def homeroom_command(ask: Ask, _services: Services) -> None:
    """Say what works. Parts that are still to come are named as such."""
    word = html.unescape(ask.words).lower().split(" ")[0]
    answer = homeroom_help() if word in ("", "help") else not_built(word)
    ask.ack(**answer.message())
