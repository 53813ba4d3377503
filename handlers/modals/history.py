"""What was done for a student, and what works in a class: opened at once, filled afterwards."""

from collections.abc import Callable

from handlers.actions.filling import fill_in
from handlers.ask import Ask
from handlers.codec import Ref
from handlers.modals.for_whom import ask_for_whom
from handlers.people import looking, opening, saving
from handlers.pointers import report_pointer
from handlers.quick import View, change_view, lay_view
from handlers.reports import title_of
from handlers.saving import save_clicked_report
from handlers.services import Services
from handlers.views.interventions.history import HISTORY, history_modal
from handlers.views.interventions.what_works import WHAT_WORKS, what_works_modal
from handlers.views.modals import loading, note
from interventions.alerts import alerts_about
from interventions.effectiveness import what_works
from interventions.history import get_intervention_history
from school.access import classes_shared, visible_classes
from school.models import Student

Fill = Callable[[Ask, Services, Ref], View]


def open_history(ask: Ask, services: Services, ref: Ref) -> None:
    """The history of a reference's student; of a class, what works there."""
    if ref.student is not None:
        _open(ask, services, ref, HISTORY, _history)
    elif ref.class_id is not None:
        _open(ask, services, ref, WHAT_WORKS, _what_works)
    else:
        ask_for_whom(ask, services, ref)


def history_page_action(ask: Ask, services: Services) -> None:
    """Another page, in the same modal."""
    _check(ask, services, ask.ref)
    ask.ack()
    change_view(ask, services, _history(ask, services, ask.ref))


def what_works_action(ask: Ask, services: Services) -> None:
    """What works in a class, on top of the history."""
    _open(ask, services, ask.ref, WHAT_WORKS, _what_works)


def what_works_picture_action(ask: Ask, services: Services) -> None:
    """Have the same sent as a message with its picture."""
    ref, patience = ask.ref, services.settings.double_click
    with saving(ask, services) as (session, asker):
        title = title_of(asker.viewer, ref, session=session)
        save_clicked_report(asker, ref, ask.key, session=session, double_click=patience)
    pointer = report_pointer(ask, asker, title, services, kind=ref.kind)
    ask.ack()
    services.wake()
    lay_view(ask, services, note(WHAT_WORKS, pointer))


def show_history_again(ask: Ask, services: Services) -> None:
    """The same page of the history that was clicked in, as things stand now."""
    ref = ask.carried
    change_view(ask, services, _history(ask, services, ref))


def _open(ask: Ask, services: Services, ref: Ref, title: str, fill: Fill) -> None:
    """Open the modal, in the place of a form that was submitted, and fill it. A refusal comes
    before, while Bolt still takes it.
    """
    _check(ask, services, ref)
    if ask.kind == "view_submission":
        ask.ack(response_action="update", view=loading(title))
        shown: View = {"id": ask.view["id"]}
    else:
        ask.ack()
        shown = lay_view(ask, services, loading(title))
    fill_in(ask, services, shown, title, lambda: [fill(ask, services, ref)])


def _check(ask: Ask, services: Services, ref: Ref) -> None:
    """Raises NotFound for who may not see it."""
    with looking(ask, services) as (session, asker):
        title_of(asker.viewer, ref, session=session)


def _history(ask: Ask, services: Services, ref: Ref) -> View:
    with opening(ask, services) as (session, asker):
        history = get_intervention_history(
            asker.user.id, ref.student or 0, session=session, now=asker.now, page=ref.page or 0
        )
        shared = set(classes_shared(session, asker.viewer, history.student_id))
        classes = [one for one in visible_classes(session, asker.viewer) if one.id in shared]
        titles = {one.id: one.title for one in classes}
        student = session.get_one(Student, history.student_id)
        alerts = alerts_about(asker.viewer, student, session=session)
    return history_modal(history, alerts, titles, asker.now)


def _what_works(ask: Ask, services: Services, ref: Ref) -> View:
    with opening(ask, services) as (session, asker):
        found = what_works(asker.user.id, ref.class_id or 0, session=session, now=asker.now)
    return what_works_modal(found, asker.viewer.today)
