"""All skills of a student in a modal, and turning its pages."""

from handlers.actions.filling import open_filled
from handlers.ask import Ask
from handlers.people import looking, opening
from handlers.quick import View, update_view
from handlers.reports import student_report, title_of
from handlers.services import Services
from handlers.views.skills import skills_modal


def all_skills_action(ask: Ask, services: Services) -> None:
    """Open the modal at once, and fill it."""
    _acknowledge(ask, services)
    open_filled(ask, services, "All skills", _skills)


def skills_page_action(ask: Ask, services: Services) -> None:
    """Show another page in the same modal."""
    _acknowledge(ask, services)
    update_view(ask, services, ask.view, _skills(ask, services))


def _acknowledge(ask: Ask, services: Services) -> None:
    """Acknowledge who may see the student; a refusal comes before, while Bolt still takes it."""
    with looking(ask, services) as (session, asker):
        title_of(asker.viewer, ask.ref, session=session)
    ask.ack()


def _skills(ask: Ask, services: Services) -> View:
    ref = ask.ref
    with opening(ask, services) as (session, asker):
        report = student_report(asker.viewer, ref, "skills", session=session, now=asker.now)
    return skills_modal(report, ref.report_only(), ref.page or 0, asker.now)
