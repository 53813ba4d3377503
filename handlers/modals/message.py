"""The form of a message to a student: opened, changed as a template is chosen, and sent off."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers.ask import Ask
from handlers.codec import OWN_WORDS, Ref
from handlers.drafts import new_draft
from handlers.ids import Action
from handlers.last_look import Look, check_seen, seen_as
from handlers.modals.bulk import open_bulk
from handlers.modals.for_whom import ask_for_whom
from handlers.people import opening, saving
from handlers.pointers import link_to_messages
from handlers.quick import change_view, show_modal
from handlers.refused import on_their_fields
from handlers.reports import title_of
from handlers.services import Services
from handlers.views.fields import chosen_in, text_in
from handlers.views.messages.message import message_modal, message_preview, message_sent
from handlers.views.messages.written import ONE
from handlers.writing.form import (
    Draft,
    empty_draft,
    values_for,
    with_choice,
    with_entered,
    with_fitting_template,
    with_template,
)
from handlers.writing.subject import with_subject
from handlers.writing.text import template_in
from interventions.messages import fill, names_in, send_message, trouble_words
from interventions.record import Reason
from interventions.students import reach_of
from school.errors import InvalidInput
from school.models import Student

FIELDS = {
    "message": Action.MESSAGE_TEXT,
    "student_id": Action.MESSAGE_TEXT,
    "template_id": Action.MESSAGE_TEMPLATE,
}
"""In which field of the form stands what the service has refused."""


def open_message(ask: Ask, services: Services, ref: Ref) -> None:
    """Open the form for a student, filled with what fits, or for a class; else ask for whom."""
    if ref.student is None and ref.class_id is not None:
        open_bulk(ask, services, ref)
        return
    if ref.student is None:
        ask_for_whom(ask, services, ref)
        return
    with opening(ask, services) as (session, asker):
        title_of(asker.viewer, Ref(student=ref.student), session=session)
        fresh = replace(ref, draft=new_draft(), template=None)
        about, best = with_subject(asker, fresh, session=session)
        draft = empty_draft(asker, about, services, session=session)
    if ref.template != OWN_WORDS:
        draft = with_fitting_template(draft, about.concern, best)
    show_modal(ask, services, _modal(draft, about))


def template_chosen_action(ask: Ask, services: Services) -> None:
    """Another template was chosen: put it there, or offer it beside what was typed."""
    chosen = Ref.decode(chosen_in(ask.view, Action.MESSAGE_TEMPLATE) or "").template
    _change(ask, services, lambda draft: with_choice(draft, chosen))


def use_template_action(ask: Ask, services: Services) -> None:
    """Put the offered template in the place of what was typed."""
    _change(ask, services, lambda draft: with_template(draft, ask.ref.template))


def message_preview_action(ask: Ask, services: Services) -> None:
    """Show what was typed as the student will see it."""
    _change(ask, services, lambda draft: draft)


def message_submitted(ask: Ask, services: Services) -> None:
    """Send the message, once; the form says how it goes and that it can be taken back.

    Raises UnseenError.
    """
    ref = ask.carried
    with on_their_fields(FIELDS):
        text = _text(ask, services, ref)
        with saving(ask, services) as (session, asker):
            sent = send_message(
                asker.user.id,
                ref.student or 0,
                text,
                template_in(ask.view, ref, ONE),
                session=session,
                now=asker.now,
                reason=Reason(ref.concern, (ref.skill,) if ref.skill else (), ref.alert),
                class_id=ref.class_id,
                key=f"draft:{ref.draft}",
                take_back=_window(services),
            )
            student = session.get_one(Student, ref.student)
            given, hint = student.given_name, reach_of(session, student).hint
            delivery = sent.delivery_id or 0
            check_seen(ref, seen_as(text))
    view = message_sent(given, hint, delivery, _window(services), link_to_messages(ask, asker))
    ask.ack(response_action="update", view=view)
    services.wake()


def message_look(ask: Ask, services: Services, _page: int) -> Look:
    """How the message in the form will read."""
    ref = ask.carried
    with opening(ask, services) as (session, asker):
        draft = empty_draft(asker, ref, services, session=session)
    form = with_entered(draft, ask.view, ref).form
    return Look(message_preview(form), seen_as(form.filled.text), "Send")


def _change(ask: Ask, services: Services, change: Callable[[Draft], Draft]) -> None:
    ref = ask.carried
    with opening(ask, services) as (session, asker):
        draft = empty_draft(asker, ref, services, session=session)
    ask.ack()
    changed = change(with_entered(draft, ask.view, ref))
    change_view(ask, services, _modal(changed, ref))


def _modal(draft: Draft, ref: Ref) -> dict[str, Any]:
    seen = seen_as(draft.form.filled.text)
    return message_modal(draft.form, replace(ref, template=draft.form.template, seen=seen))


def _text(ask: Ask, services: Services, ref: Ref) -> str:
    """What was typed, placeholders filled in; read before the transaction that writes.

    Raises InvalidInput on one that nothing is known for; what is none may be meant as it stands.
    """
    text = text_in(ask.view, Action.MESSAGE_TEXT)
    if not names_in(text):
        return text
    with opening(ask, services) as (session, asker):
        filled = fill(text, values_for(asker, ref, session=session))
    for one in filled.troubles:
        if names_in(one.written):
            raise InvalidInput("message", trouble_words(one))
    return filled.text


def _window(services: Services) -> timedelta:
    return timedelta(seconds=services.settings.take_back)
