"""Resolving an alert: the form, and carrying out what it says, once."""

from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.ask import Answer, Ask
from handlers.codec import Ref
from handlers.drafts import new_draft
from handlers.ids import Action
from handlers.modals.for_whom import ask_for_whom
from handlers.people import Asker, opening, saving
from handlers.quick import show_modal
from handlers.refused import on_their_fields
from handlers.services import Services
from handlers.views.fields import chosen_in, text_in
from handlers.views.interventions.resolve import (
    TITLE,
    nothing_open_words,
    resolve_modal,
    resolved_words,
)
from handlers.views.modals import View, note
from interventions.alerts import ACTIONS, alert_of, check_open, mark_alert_resolved, open_alerts
from school.errors import InvalidInput
from school.models import Student

FIELDS = {"action_taken": Action.RESOLVE_ACTION, "resolution_notes": Action.RESOLVE_NOTES}
"""In which field of the form stands what the service has refused."""


def open_resolve(ask: Ask, services: Services, ref: Ref) -> None:
    """Open the form for the alert of a reference, or for a student's open ones."""
    if ref.alert is None and ref.student is None:
        ask_for_whom(ask, services, ref)
        return
    with opening(ask, services) as (session, asker):
        view = _form(asker, ref, session=session)
    show_modal(ask, services, view)


def resolve_submitted(ask: Ask, services: Services) -> None:
    """Close the alert, once; the form says where its card is."""
    ref = ask.ref
    with on_their_fields(FIELDS), saving(ask, services) as (session, asker):
        alert, version = _chosen(ask, ref)
        made = mark_alert_resolved(
            asker.user.id,
            alert,
            text_in(ask.view, Action.RESOLVE_NOTES),
            ACTIONS.get(chosen_in(ask.view, Action.RESOLVE_ACTION) or "", ""),
            session=session,
            now=asker.now,
            key=f"draft:{ref.draft}",
            version=version,
        )
        name = session.get_one(Student, made.student_id).name
    ask.ack(response_action="update", view=note(TITLE, Answer.plain(resolved_words(name))))
    services.wake()


def _form(asker: Asker, ref: Ref, *, session: Session) -> View:
    viewer, now, today = asker.viewer, asker.now, asker.viewer.today
    own = replace(ref, act=None, draft=new_draft())
    if ref.alert is not None:
        shown, alert = alert_of(viewer, ref.alert, session=session, now=now)
        check_open(alert, viewer, session=session, now=now)
        return resolve_modal([shown], replace(own, version=shown.version), today)
    name, alerts = open_alerts(viewer, ref.student or 0, session=session, now=now)
    if not alerts:
        return note(TITLE, Answer.plain(nothing_open_words(name)))
    if len(alerts) == 1:
        own = replace(own, alert=alerts[0].id, version=alerts[0].version)
    return resolve_modal(alerts, own, today)


def _chosen(ask: Ask, ref: Ref) -> tuple[int, int | None]:
    """Which alert the form is about, and as of which version. Raises InvalidInput."""
    if ref.alert is not None:
        return ref.alert, ref.version
    picked = Ref.decode(chosen_in(ask.view, Action.RESOLVE_ALERT) or "")
    if picked.alert is None:
        raise InvalidInput(Action.RESOLVE_ALERT, "Choose an alert.")
    return picked.alert, picked.version
