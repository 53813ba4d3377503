"""The form of a message: as it opens, as it stands, and as a template is put into it."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from handlers.codec import Ref
from handlers.people import Asker
from handlers.reports import title_of
from handlers.services import Services
from handlers.views.messages.message import Addressee, MessageForm
from handlers.views.messages.templates import TemplateLine
from handlers.views.messages.written import ONE
from handlers.views.moments import near_words
from handlers.writing.text import (
    chosen_template,
    is_changed,
    new_mark,
    typed_in,
    with_offer,
    with_text,
)
from interventions.messages import (
    Category,
    Contact,
    Values,
    category_for,
    contacted_lately,
    fill,
    get_message_templates,
    placeholder_values,
)
from interventions.students import reach_of
from school.access import visible_classes
from school.models import Student, User
from school.zones import own_zone


@dataclass(frozen=True, slots=True)
class Draft:
    """A form together with what placeholders stand for in it."""

    form: MessageForm
    values: Values


def empty_draft(asker: Asker, ref: Ref, services: Services, *, session: Session) -> Draft:
    """The form for a student without a text, opened and audited. Raises NotFound."""
    values = values_for(asker, ref, session=session)
    form = MessageForm(
        to=_addressee(asker, ref, session=session),
        templates=template_lines(asker, category_for(ref.concern), session=session),
        text="",
        placed="",
        filled=fill("", values),
        mark=new_mark(),
        menu_mark=new_mark(),
        sender=session.get_one(User, asker.user.id).name,
        said=warnings_for(asker, ref.student or 0, session=session),
        take_back=timedelta(seconds=services.settings.take_back),
    )
    return Draft(form, values)


def values_for(asker: Asker, ref: Ref, *, session: Session) -> Values:
    """What placeholders stand for, for the student of a reference; audited. Raises NotFound."""
    return placeholder_values(
        session,
        asker.viewer,
        ref.student or 0,
        now=asker.now,
        concern=ref.concern,
        skill_id=ref.skill,
        assignment_id=ref.assignment,
        class_id=ref.class_id,
    )


def with_fitting_template(draft: Draft, concern: str | None, best: str | None = None) -> Draft:
    """The form with the first template that fits the concern and can be filled in, that of the
    code `best` before the others; as it is where none fits.
    """
    fitting = category_for(concern)
    own = [one for one in draft.form.templates if one.category == fitting]
    own.sort(key=lambda one: one.code != best)
    whole = [one for one in own if not fill(one.content, draft.values).troubles]
    chosen = next(iter([*whole, *own]), None)
    return draft if chosen is None else with_template(draft, chosen.id)


def with_template(draft: Draft, template_id: int | None) -> Draft:
    """The form with a template in the place of the text; as it is where there is none such."""
    chosen = chosen_template(draft.form, template_id)
    if chosen is None:
        return draft
    filled = fill(chosen.content, draft.values)
    form = with_text(draft.form, chosen, filled.text)
    return replace(draft, form=replace(form, filled=filled))


def with_entered(draft: Draft, view: dict[str, Any], ref: Ref) -> Draft:
    """The form with what stands in an open one."""
    typed = typed_in(view, ref, ONE)
    return replace(
        draft, form=replace(draft.form, **typed, filled=fill(typed["text"], draft.values))
    )


def with_choice(draft: Draft, template_id: int | None) -> Draft:
    """The form once another template was chosen: it takes the place of an untouched text, and is
    offered beside one that was changed by hand.
    """
    if not is_changed(draft.form.text, draft.form.placed):
        return with_template(draft, template_id)
    return replace(draft, form=with_offer(draft.form, template_id))


def template_lines(
    asker: Asker, first: Category | None, *, session: Session
) -> tuple[TemplateLine, ...]:
    """The templates that the asker may use, those of the category `first` before the others."""
    found = get_message_templates(
        session=session, teacher_id=asker.user.id, now=asker.now, first=first
    )
    return tuple(
        TemplateLine(one.id, one.category, one.title, one.content, one.code) for one in found
    )


def _addressee(asker: Asker, ref: Ref, *, session: Session) -> Addressee:
    student = session.get_one(Student, ref.student)
    titles = {one.id: one.title for one in visible_classes(session, asker.viewer)}
    return Addressee(
        student.id,
        title_of(asker.viewer, Ref(student=student.id), session=session),
        student.given_name,
        titles.get(ref.class_id or 0, ""),
        reach_of(session, student),
    )


def warnings_for(asker: Asker, student_id: int, *, session: Session) -> tuple[str, ...]:
    """Which colleagues wrote to a student, or the family, a short while ago. The caller has opened
    the student.
    """
    found = contacted_lately(session, asker.viewer, student_id, asker.now)
    given = session.get_one(Student, student_id).given_name
    zone = own_zone(asker.viewer, session=session).key
    return tuple(_warning(one, given, near_words(one.at, zone, asker.now)) for one in found)


def _warning(one: Contact, given: str, when: str) -> str:
    whom = "the family" if one.to_family else given
    return f"{one.name} wrote to {whom} {when}."
