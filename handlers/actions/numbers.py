"""The numbers of a class's picture in a modal, and turning its pages."""

from handlers.actions.filling import open_filled, turn_page
from handlers.ask import Ask
from handlers.codec import Ref
from handlers.people import opening
from handlers.quick import View
from handlers.reports import class_report
from handlers.services import Services
from handlers.views.reports.numbers import numbers_modal


def numbers_action(ask: Ask, services: Services) -> None:
    """Open the modal at once, and fill it."""
    open_filled(ask, services, "Numbers", _numbers)


def numbers_page_action(ask: Ask, services: Services) -> None:
    """Show another page in the same modal."""
    turn_page(ask, services, _numbers)


def _numbers(ask: Ask, services: Services) -> View:
    ref = Ref(class_id=ask.ref.class_id, range=ask.ref.range)
    with opening(ask, services) as (session, asker):
        report = class_report(asker.viewer, ref, "numbers", session=session, now=asker.now)
    return numbers_modal(report, ref, ask.ref.page or 0, asker.now)
