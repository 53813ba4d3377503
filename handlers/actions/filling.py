"""A modal that opens at once, as its trigger lasts three seconds, and is filled afterwards."""

from collections.abc import Callable, Iterable, Iterator

from bot.slack import Refused
from handlers.ask import Ask
from handlers.errors import words_for
from handlers.people import looking
from handlers.quick import CHANGED, View, change_view, open_view, update_view
from handlers.reports import title_of
from handlers.services import Services
from handlers.views.modals import loading, note

Fill = Callable[[Ask, Services], View]
"""Makes what the modal shows of the reference that was clicked, on its page."""


def open_filled(ask: Ask, services: Services, title: str, fill: Fill) -> None:
    """Open the modal and fill it, with what went wrong where something did."""
    _acknowledge(ask, services)
    shown = open_view(ask, services, loading(title))
    fill_in(ask, services, shown, title, lambda: [fill(ask, services)])


def fill_in(
    ask: Ask, services: Services, shown: View, title: str, views: Callable[[], Iterable[View]]
) -> None:
    """Show one view after another in a modal that is `shown`, and what went wrong where something
    did. Whoever has closed it, or shows another by now, waits for no more. Raises DeliveryFailed.
    """
    try:
        for view in _made(ask, title, views):
            shown = update_view(ask, services, shown, view) or shown
    except Refused as refusal:
        if refusal.code not in CHANGED:
            raise


def _made(ask: Ask, title: str, views: Callable[[], Iterable[View]]) -> Iterator[View]:
    try:
        yield from views()
    except Exception as error:  # noqa: BLE001 - whatever broke, "One moment…" must not stay
        yield note(title, words_for(error, ask))


def turn_page(ask: Ask, services: Services, fill: Fill) -> None:
    """Show another page in the same modal."""
    _acknowledge(ask, services)
    change_view(ask, services, fill(ask, services))


def _acknowledge(ask: Ask, services: Services) -> None:
    """Acknowledge who may see it; a refusal comes before, while Bolt still takes it."""
    with looking(ask, services) as (session, asker):
        title_of(asker.viewer, ask.ref, session=session)
    ask.ack()
