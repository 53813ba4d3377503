"""The form of a message to several students: opened, changed, and sent off once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.ask import Answer, Ask
from handlers.codec import Ref
from handlers.drafts import new_draft
from handlers.ids import Action
from handlers.last_look import Look, check_seen, seen_as
from handlers.people import Asker, opening, saving
from handlers.pointers import link_to_messages
from handlers.quick import change_view, show_modal
from handlers.refused import on_their_fields
from handlers.services import Services
from handlers.views.fields import chosen_in
from handlers.views.messages.bulk import SUBMIT, BulkForm, bulk_modal, bulk_previews, bulk_sent
from handlers.views.messages.written import SEVERAL
from handlers.views.modals import View, note
from handlers.writing.several import (
    empty_bulk,
    entered_bulk,
    own_texts,
    with_bulk_choice,
    with_bulk_template,
    with_previews,
    without_student,
)
from handlers.writing.text import template_in
from interventions.messages import Filled, send_messages, trouble_words
from interventions.record import Reason
from school.errors import InvalidInput
from school.models import SeenEvent

FIELDS = {
    "message": Action.BULK_TEXT,
    "students": Action.BULK_STUDENTS,
    "student_id": Action.BULK_STUDENTS,
    "template_id": Action.BULK_TEMPLATE,
}
"""In which field of the form stands what is refused."""
NOBODY = "{title} has no students now, so there is nobody to write to."
SHOWN_WITHIN = timedelta(seconds=5)
"""By then the form has been shown anew."""
MOST = 40
"""So many get one message at a time: Slack waits three seconds until it knows that they will."""


def open_bulk(ask: Ask, services: Services, ref: Ref) -> None:
    """Open the form for a class, those chosen whom the reference's concern is about."""
    own = Ref(class_id=ref.class_id, concern=ref.concern, skill=ref.skill, draft=new_draft())
    with opening(ask, services) as (session, asker):
        form = empty_bulk(asker, own, services, session=session)
        form = with_previews(asker, form, own, 0, session=session)
    if not form.entries:  # which no menu of Slack can show
        show_modal(ask, services, note("Message", Answer.plain(NOBODY.format(title=form.title))))
        return
    show_modal(ask, services, _modal(form, own))


def bulk_template_action(ask: Ask, services: Services) -> None:
    """Another template was chosen: put it there, or offer it beside what was typed."""
    chosen = Ref.decode(chosen_in(ask.view, Action.BULK_TEMPLATE) or "").template
    _change(ask, services, lambda form: with_bulk_choice(form, chosen))


def bulk_use_template_action(ask: Ask, services: Services) -> None:
    """Put the offered template in the place of what was typed."""
    _change(ask, services, lambda form: with_bulk_template(form, ask.ref.template))


def bulk_preview_action(ask: Ask, services: Services) -> None:
    """Show what each will get, a page at a time."""
    _change(ask, services, lambda form: form, ask.ref.page or 0)


def bulk_leave_out_action(ask: Ask, services: Services) -> None:
    """One student fewer."""
    with saving(ask, services) as (session, asker):
        event = _left_out(ask.carried, ask.ref.student or 0)
        workspace_id = asker.viewer.workspace_id
        session.merge(SeenEvent(workspace_id=workspace_id, event_id=event, seen_at=asker.now))
    _change(ask, services, lambda form: without_student(form, ask.ref.student))


def bulk_submitted(ask: Ask, services: Services) -> None:
    """Send each their own, once and all or none; the form says how they go. Raises UnseenError."""
    ref = ask.carried
    window = timedelta(seconds=services.settings.take_back)
    with on_their_fields(FIELDS):
        form, texts = _checked(ask, services, ref)
        with saving(ask, services) as (session, asker):
            _check_nobody_left_out(form, ref, asker, session=session)
            sent = send_messages(
                asker.user.id,
                {one: filled.text for one, filled in texts.items()},
                template_in(ask.view, ref, SEVERAL),
                session=session,
                now=asker.now,
                reason=Reason(ref.concern, (ref.skill,) if ref.skill else ()),
                class_id=ref.class_id,
                key=f"draft:{ref.draft}",
                take_back=window,
            )
            delivery = sent[0].delivery_id or 0
            check_seen(ref, _seen(form))
    link = link_to_messages(ask, asker)
    view = bulk_sent(form.chosen, form.unreached, delivery, window, link)
    ask.ack(response_action="update", view=view)
    services.wake()


def bulk_look(ask: Ask, services: Services, page: int) -> Look:
    """How each one's message will read, a page at a time."""
    ref = ask.carried
    with opening(ask, services) as (session, asker):
        form = _entered(ask, asker, services, ref, session=session)
        form = with_previews(asker, form, ref, page, session=session)
    return Look(bulk_previews(form), _seen(form), SUBMIT)


def _modal(form: BulkForm, ref: Ref) -> View:
    return bulk_modal(form, replace(ref, template=form.template, seen=_seen(form)))


def _seen(form: BulkForm) -> str:
    """What the previews follow from: the text, and for whom it is filled in."""
    return seen_as(form.text, sorted(one.id for one in form.chosen))


def _checked(ask: Ask, services: Services, ref: Ref) -> tuple[BulkForm, dict[int, Filled]]:
    """The form, and each one's own text; made before the transaction that writes.

    Raises InvalidInput where nobody is reached, too many are chosen, or a text cannot be filled in.
    """
    with opening(ask, services) as (session, asker):
        form = entered_bulk(asker, ask.view, ref, session=session)
        _check_number(form)
        ids = [one.id for one in form.chosen]
        texts = dict(own_texts(asker, form.text, ids, ref, session=session))
    for one in form.chosen:
        if texts[one.id].troubles:
            words = trouble_words(texts[one.id].troubles[0])
            raise InvalidInput("message", f"{one.name}: {words} Or leave {one.name} out.")
    return form, texts


def _check_number(form: BulkForm) -> None:
    if not form.chosen:
        words = "None of those chosen can be reached." if form.unreached else "Choose students."
        raise InvalidInput("students", words)
    if len(form.chosen) > MOST:
        raise InvalidInput("students", f"Choose {MOST} students at most at a time.")


def _left_out(ref: Ref, student_id: int) -> str:
    """What stands for it that a student was left out of a form."""
    return f"out:{ref.draft}:{student_id}"


def _check_nobody_left_out(form: BulkForm, ref: Ref, asker: Asker, *, session: Session) -> None:
    """Raises InvalidInput where a form still has somebody who was left out a moment ago.

    Who clicks Send before Slack shows the form anew sends the older one.
    """
    out = next(iter(_just_left_out(form, ref, asker, session=session).values()), None)
    if out is not None:
        words = f"You have just left {out} out. Look at the list, then send again."
        raise InvalidInput("students", words)


def _just_left_out(
    form: BulkForm, ref: Ref, asker: Asker, *, session: Session
) -> Mapping[int, str]:
    """Who was left out a moment ago, by id: a click made before Slack showed the form anew brings
    them along.
    """
    by_event = {_left_out(ref, one.id): one for one in form.chosen}
    query = select(SeenEvent.event_id).where(
        SeenEvent.workspace_id == asker.viewer.workspace_id,
        SeenEvent.event_id.in_(by_event),
        SeenEvent.seen_at > asker.now - SHOWN_WITHIN,
    )
    return {by_event[one].id: by_event[one].name for one in session.scalars(query)}


def _change(
    ask: Ask, services: Services, change: Callable[[BulkForm], BulkForm], page: int = 0
) -> None:
    ref = ask.carried
    with opening(ask, services) as (session, asker):
        form = change(_entered(ask, asker, services, ref, session=session))
        for one in _just_left_out(form, ref, asker, session=session):
            form = without_student(form, one)
        form = with_previews(asker, form, ref, page, session=session)
    ask.ack()
    change_view(ask, services, _modal(form, ref))


def _entered(ask: Ask, asker: Asker, services: Services, ref: Ref, *, session: Session) -> BulkForm:
    form = entered_bulk(asker, ask.view, ref, session=session)
    return replace(form, take_back=timedelta(seconds=services.settings.take_back))
