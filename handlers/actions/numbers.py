"""The numbers of a class's picture in a modal, and turning its pages."""

from handlers.actions.filling import open_filled
from handlers.ask import Ask
from handlers.codec import Ref
from handlers.people import looking, opening
from handlers.quick import View, update_view
from handlers.reports import class_report, title_of
from handlers.services import Services
from handlers.views.numbers import numbers_modal


def numbers_action(ask: Ask, services: Services) -> None:
    """Open the modal at once, and fill it."""
    _acknowledge(ask, services)
    open_filled(ask, services, "Numbers", _numbers)


def numbers_page_action(ask: Ask, services: Services) -> None:
    """Show another page in the same modal."""
    _acknowledge(ask, services)
    update_view(ask, services, ask.view, _numbers(ask, services))


def _of_class(ask: Ask) -> Ref:
    return Ref(class_id=ask.ref.class_id, range=ask.ref.range)


def _acknowledge(ask: Ask, services: Services) -> None:
    """Acknowledge who may see the class; a refusal comes before, while Bolt still takes it."""
    with looking(ask, services) as (session, asker):
        title_of(asker.viewer, _of_class(ask), session=session)
    ask.ack()


def _numbers(ask: Ask, services: Services) -> View:
    ref = _of_class(ask)
    with opening(ask, services) as (session, asker):
        report = class_report(asker.viewer, ref, "numbers", session=session, now=asker.now)
    return numbers_modal(report, ref, ask.ref.page or 0, asker.now)
