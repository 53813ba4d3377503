"""The form of an e-mail to a student's family: opened filled in, previewed, and sent off once."""

from dataclasses import replace
from datetime import timedelta

from handlers.ask import Ask
from handlers.codec import Ref
from handlers.drafts import new_draft
from handlers.families.form import FormMaker, entered_concern, entered_guardians
from handlers.ids import Action
from handlers.last_look import Look, check_seen, seen_as
from handlers.modals.for_whom import ask_for_whom
from handlers.people import opening, saving
from handlers.pointers import link_to_messages
from handlers.quick import change_view, show_modal
from handlers.refused import on_their_fields
from handlers.services import Services
from handlers.views.families.parent import (
    EACH,
    WITH_REPORT,
    ParentForm,
    nobody_modal,
    parent_modal,
    parent_previews,
    parent_sent,
)
from handlers.views.fields import chosen_in, text_in, ticked_in
from handlers.views.modals import View
from interventions.parents import notices_of, notify_parent
from interventions.parents.guardians import nobody_words
from interventions.record import Reason
from school.models import Student

NO_MAIL = (
    "I cannot send e-mail here: no mail server is set up (SMTP_URL and MAIL_FROM). Ask the person "
    "who runs Homeroom."
)
FIELDS = {
    "guardians": Action.PARENT_GUARDIANS,
    "concern_type": Action.PARENT_CONCERN,
    "language": Action.PARENT_LANGUAGE,
    "message": Action.PARENT_TEXT,
}
"""In which field of the form stands what the service has refused."""


def open_parent(ask: Ask, services: Services, ref: Ref) -> None:
    """Open the form for a student, filled with what fits; else ask for whom."""
    if ref.student is None:
        ask_for_whom(ask, services, ref)
        return
    with opening(ask, services) as (session, asker):
        maker = FormMaker(asker, ref, services, session=session)
        form = maker.opened()
    show_modal(ask, services, _shown(form, _carried(ref, maker.class_id), services))


def parent_form_action(ask: Ask, services: Services) -> None:
    """Something was chosen, or the preview asked for: show how it will read now."""
    ref = ask.carried
    with opening(ask, services) as (session, asker):
        form = FormMaker(asker, ref, services, session=session).entered(ask.view)
    ask.ack()
    change_view(ask, services, _shown(form, ref, services))


def _shown(form: ParentForm, ref: Ref, services: Services) -> View:
    """The form; where nobody can be reached from here, why and what to do."""
    if not (services.settings.smtp_url and services.settings.mail_from):
        return nobody_modal(form, NO_MAIL)
    if all(one.why_not is not None for one in form.guardians):
        return nobody_modal(form, nobody_words(form.given, form.guardians))
    return parent_modal(form, replace(ref, seen=_seen(form)))


def parent_look(ask: Ask, services: Services, _page: int) -> Look:
    """How the letters will read."""
    with opening(ask, services) as (session, asker):
        form = FormMaker(asker, ask.carried, services, session=session).as_it_stands(ask.view)
    return Look(parent_previews(form), _seen(form), "Send")


def _seen(form: ParentForm) -> str:
    """What the previews follow from, beside the report."""
    told = form.concern.value, form.language, form.with_report, sorted(form.chosen)
    return seen_as(form.text, *told)


def _as_sent(view: View) -> str:
    """The same of what stands in a form that is sent off."""
    with_report = WITH_REPORT in ticked_in(view, Action.PARENT_REPORT)
    told = chosen_in(view, Action.PARENT_LANGUAGE) or EACH, with_report
    concern, whom = entered_concern(view).value, sorted(entered_guardians(view))
    return seen_as(text_in(view, Action.PARENT_TEXT), concern, *told, whom)


def parent_submitted(ask: Ask, services: Services) -> None:
    """Send it, once; the form says when it goes and that it can be taken back.

    Raises UnseenError.
    """
    ref, window = ask.carried, timedelta(seconds=services.settings.take_back)
    with on_their_fields(FIELDS, ask.view), saving(ask, services) as (session, asker):
        language = chosen_in(ask.view, Action.PARENT_LANGUAGE)
        made = notify_parent(
            asker.user.id,
            ref.student or 0,
            entered_concern(ask.view),
            text_in(ask.view, Action.PARENT_TEXT),
            session=session,
            now=asker.now,
            guardian_ids=entered_guardians(ask.view),
            language=None if language == EACH else language,
            with_report=WITH_REPORT in ticked_in(ask.view, Action.PARENT_REPORT),
            class_id=ref.class_id,
            key=f"draft:{ref.draft}",
            reason=Reason(None, (ref.skill,) if ref.skill else (), ref.alert),
            take_back=window,
        )
        given = session.get_one(Student, ref.student).given_name
        notices = notices_of([made.id], session=session)
        check_seen(ref, _as_sent(ask.view))
    link = link_to_messages(ask, asker)
    view = parent_sent(given, len(notices), notices[0].delivery_id, window, link)
    ask.ack(response_action="update", view=view)
    services.wake()


def _carried(ref: Ref, class_id: int | None) -> Ref:
    """What the form carries: whom it is about, why, and the id that makes it one."""
    return Ref(
        student=ref.student,
        class_id=class_id,
        skill=ref.skill,
        concern=ref.concern,
        alert=ref.alert,
        draft=new_draft(),
    )
