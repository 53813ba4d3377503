"""Buttons that only open an address."""

from handlers.ask import Ask
from handlers.services import Services


def link_opened_action(ask: Ask, _services: Services) -> None:
    """Slack has opened the address itself; its click still wants an acknowledgement."""
    ask.ack()


def field_changed_action(ask: Ask, _services: Services) -> None:
    """A field of a modal was filled in; it is read when the modal is submitted."""
    ask.ack()
