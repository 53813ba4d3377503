"""All skills of a student in a modal, and turning its pages."""

from handlers.actions.filling import open_filled, turn_page
from handlers.ask import Ask
from handlers.people import opening
from handlers.quick import View
from handlers.reports import student_report
from handlers.services import Services
from handlers.views.reports.skills import skills_modal


def all_skills_action(ask: Ask, services: Services) -> None:
    """Open the modal at once, and fill it."""
    open_filled(ask, services, "All skills", _skills)


def skills_page_action(ask: Ask, services: Services) -> None:
    """Show another page in the same modal."""
    turn_page(ask, services, _skills)


def _skills(ask: Ask, services: Services) -> View:
    ref = ask.ref
    with opening(ask, services) as (session, asker):
        report = student_report(asker.viewer, ref, "skills", session=session, now=asker.now)
    return skills_modal(report, ref.report_only(), ref.page or 0, asker.now)
