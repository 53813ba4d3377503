"""The numbers of a skill's picture in a modal, and turning its pages."""

from handlers.actions.filling import open_filled, turn_page
from handlers.ask import Ask
from handlers.people import opening
from handlers.quick import View
from handlers.reports import skill_report
from handlers.services import Services
from handlers.views.reports.skill_numbers import skill_numbers_modal


def skill_numbers_action(ask: Ask, services: Services) -> None:
    """Open the modal at once, and fill it."""
    open_filled(ask, services, "Numbers", _numbers)


def skill_numbers_page_action(ask: Ask, services: Services) -> None:
    """Show another page in the same modal."""
    turn_page(ask, services, _numbers)


def _numbers(ask: Ask, services: Services) -> View:
    ref = ask.ref
    with opening(ask, services) as (session, asker):
        report = skill_report(asker.viewer, ref, "numbers", session=session, now=asker.now)
    return skill_numbers_modal(report, ref.report_only(), ref.page or 0, asker.now)
