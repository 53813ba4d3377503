"""`/homeroom settings`."""

from handlers.ask import Ask
from handlers.modals.settings import open_settings
from handlers.services import Services
from handlers.views.help import settings_help


def settings_command(ask: Ask, services: Services) -> None:
    """Open the form with what holds now."""
    if ask.words.lower() == "help":
        ask.ack(**settings_help().message())
        return
    open_settings(ask, services)
