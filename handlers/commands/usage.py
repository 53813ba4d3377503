"""`/homeroom usage`: how Homeroom is used, for administrators."""

from handlers.ask import Ask
from handlers.modals.usage import open_usage
from handlers.services import Services
from handlers.views.help import usage_help


def usage_command(ask: Ask, services: Services) -> None:
    """Open the figures."""
    if ask.words.lower() == "help":
        ask.ack(**usage_help().message())
        return
    open_usage(ask, services)
