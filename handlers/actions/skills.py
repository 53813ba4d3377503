"""All skills of a student in a modal, and turning its pages."""

from handlers.ask import Ask
from handlers.errors import words_for
from handlers.people import looking, opening
from handlers.quick import View, open_view, update_view
from handlers.reports import student_report, title_of
from handlers.services import Services
from handlers.views.modals import loading, note
from handlers.views.skills import skills_modal


def all_skills_action(ask: Ask, services: Services) -> None:
    """Open the modal at once, as its trigger lasts three seconds, and fill it."""
    _acknowledge(ask, services)
    shown = open_view(ask, services, loading("All skills"))
    try:
        view = _skills(ask, services)
    except Exception as error:  # noqa: BLE001 - whatever broke, "One moment…" must not stay
        view = note("All skills", words_for(error, ask))
    update_view(ask, services, shown, view)


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
