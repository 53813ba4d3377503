"""`/homeroom templates`: prepared texts for messages, one's own and Homeroom's."""

import html

from handlers.ask import Ask
from handlers.modals.templates import open_templates
from handlers.services import Services
from handlers.views.help_acts import templates_help


def templates_command(ask: Ask, services: Services) -> None:
    """Open the list."""
    if html.unescape(ask.words).strip().lower() == "help":
        ask.ack(**templates_help().message())
    else:
        open_templates(ask, services)
