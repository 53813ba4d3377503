"""The numbers of a skill's picture in a modal, and turning its pages."""

from handlers.actions.filling import open_filled
from handlers.ask import Ask
from handlers.people import looking, opening
from handlers.quick import View, update_view
from handlers.reports import skill_report, title_of
from handlers.services import Services
from handlers.views.skill_numbers import skill_numbers_modal


def skill_numbers_action(ask: Ask, services: Services) -> None:
    """Open the modal at once, and fill it."""
    _acknowledge(ask, services)
    open_filled(ask, services, "Numbers", _numbers)


def skill_numbers_page_action(ask: Ask, services: Services) -> None:
    """Show another page in the same modal."""
    _acknowledge(ask, services)
    update_view(ask, services, ask.view, _numbers(ask, services))


def _acknowledge(ask: Ask, services: Services) -> None:
    """Acknowledge who may see the class; a refusal comes before, while Bolt still takes it."""
    with looking(ask, services) as (session, asker):
        title_of(asker.viewer, ask.ref, session=session)
    ask.ack()


def _numbers(ask: Ask, services: Services) -> View:
    ref = ask.ref
    with opening(ask, services) as (session, asker):
        report = skill_report(asker.viewer, ref, "numbers", session=session, now=asker.now)
    return skill_numbers_modal(report, ref.report_only(), ref.page or 0, asker.now)
