"""A modal that opens at once, as its trigger lasts three seconds, and is filled afterwards."""

from collections.abc import Callable

from handlers.ask import Ask
from handlers.errors import words_for
from handlers.quick import View, open_view, update_view
from handlers.services import Services
from handlers.views.modals import loading, note


def open_filled(
    ask: Ask, services: Services, title: str, fill: Callable[[Ask, Services], View]
) -> None:
    """Open the modal and fill it, with what went wrong where something did."""
    shown = open_view(ask, services, loading(title))
    try:
        view = fill(ask, services)
    except Exception as error:  # noqa: BLE001 - whatever broke, "One moment…" must not stay
        view = note(title, words_for(error, ask))
    update_view(ask, services, shown, view)
