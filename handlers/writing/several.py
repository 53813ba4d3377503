"""The form of a message to several students of a class: as it opens, and as it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.reports.data import ClassReport, StudentConcerns
from handlers.codec import Ref
from handlers.ids import Action
from handlers.people import Asker
from handlers.reports import class_report
from handlers.services import Services
from handlers.views.blocks import Element, option
from handlers.views.fields import block_of, ticked_in
from handlers.views.limits import LIMITS
from handlers.views.messages.bulk import BulkForm, Own
from handlers.views.messages.written import SEVERAL
from handlers.writing.form import template_lines, warnings_for
from handlers.writing.subject import FITTING
from handlers.writing.text import (
    chosen_template,
    is_changed,
    mark_of,
    new_mark,
    typed_in,
    with_offer,
    with_text,
)
from interventions.messages import Filled, category_for, fill, names_in, placeholder_values
from interventions.students import Way, reach_of
from school.access import open_class, visible_student_ids
from school.models import Student
from school.names import students_of


def empty_bulk(asker: Asker, ref: Ref, services: Services, *, session: Session) -> BulkForm:
    """The form for a class, with those chosen who have the concern; audited. Raises NotFound."""
    report = class_report(
        asker.viewer, Ref(class_id=ref.class_id), "message", session=session, now=asker.now
    )
    form = BulkForm(
        title=report.title,
        entries=_entries(asker, report, session=session),
        chosen=(),
        unreached=(),
        templates=template_lines(asker, category_for(ref.concern), session=session),
        text="",
        placed="",
        mark=new_mark(),
        menu_mark=new_mark(),
        students_mark=new_mark(),
        take_back=timedelta(seconds=services.settings.take_back),
    )
    meant = [one.student_id for one in report.concerns if ref.concern in _kinds(one)]
    fitting = category_for(ref.concern)
    own = sorted(
        (one for one in form.templates if one.category == fitting),
        key=lambda one: one.code != FITTING.get(ref.concern or ""),
    )
    first = own[0].id if own else None
    return with_students(asker, with_bulk_template(form, first), meant, session=session)


def entered_bulk(asker: Asker, ask_view: dict[str, Any], ref: Ref, *, session: Session) -> BulkForm:
    """The form as it stands in Slack, without previews; the class is audited. Raises NotFound."""
    course = open_class(session, asker.viewer, ref.class_id or 0, "message", now=asker.now)
    students = block_of(ask_view, Action.BULK_STUDENTS)
    form = BulkForm(
        title=course.title,
        entries=(students.get("element") or {}).get("options") or (),
        chosen=(),
        unreached=(),
        templates=template_lines(asker, category_for(ref.concern), session=session),
        students_mark=mark_of(students),
        **typed_in(ask_view, ref, SEVERAL),
    )
    return with_students(asker, form, chosen_ids(ask_view), session=session)


def chosen_ids(view: dict[str, Any]) -> list[int]:
    """The students who are chosen in the menu."""
    refs = [Ref.decode(value) for value in ticked_in(view, Action.BULK_STUDENTS)]
    return [one.student for one in refs if one.student is not None]


def with_students(
    asker: Asker, form: BulkForm, ids: Sequence[int], *, session: Session
) -> BulkForm:
    """The form for these students, as far as the asker may see them: reached, and not."""
    query = select(Student).where(
        Student.id.in_(ids), Student.id.in_(visible_student_ids(asker.viewer))
    )
    rows = sorted(session.scalars(query), key=lambda one: (one.name.casefold(), one.id))
    own = [Own(one.id, one.name, reach_of(session, one)) for one in rows]
    return replace(
        form,
        chosen=tuple(one for one in own if one.reach.way is not Way.NONE),
        unreached=tuple(one for one in own if one.reach.way is Way.NONE),
    )


def without_student(form: BulkForm, student_id: int | None) -> BulkForm:
    """The form with one student fewer; the menu forgets whom it showed as chosen."""
    left = tuple(one for one in form.chosen if one.id != student_id)
    return replace(form, chosen=left, students_mark=new_mark())


def with_bulk_template(form: BulkForm, template_id: int | None) -> BulkForm:
    """The form with a template in the place of the text; as it is where there is none such."""
    found = chosen_template(form, template_id)
    return form if found is None else with_text(form, found, found.content)


def with_bulk_choice(form: BulkForm, template_id: int | None) -> BulkForm:
    """As `form.with_choice`: a text that was changed by hand is kept."""
    if not is_changed(form.text, form.placed):
        return with_bulk_template(form, template_id)
    return with_offer(form, template_id)


def with_previews(
    asker: Asker, form: BulkForm, ref: Ref, page: int, *, session: Session
) -> BulkForm:
    """The form with each one's own text on one page, and who wrote to them lately; audited."""
    number = max(0, min(page, form.pages - 1))
    shown = form.chosen[number * form.per_page : (number + 1) * form.per_page]
    texts = own_texts(asker, form.text, [one.id for one in shown], ref, session=session)
    said = {one.id: warnings_for(asker, one.id, session=session) for one in shown}
    filled = [
        replace(one, filled=texts.get(one.id), said=said.get(one.id, ())) for one in form.chosen
    ]
    return replace(form, chosen=tuple(filled), page=number)


def own_texts(
    asker: Asker, text: str, ids: Sequence[int], ref: Ref, *, session: Session
) -> Mapping[int, Filled]:
    """A text as each of these students will read it; audited. Raises NotFound."""
    wanted = names_in(text)
    return {
        one: fill(
            text,
            placeholder_values(
                session,
                asker.viewer,
                one,
                now=asker.now,
                concern=ref.concern,
                skill_id=ref.skill,
                class_id=ref.class_id,
                wanted=wanted,
            ),
        )
        for one in ids
    }


def _entries(asker: Asker, report: ClassReport, *, session: Session) -> list[Element]:
    """The class in a menu, those with a concern first and with it, then by name."""
    why = {one.student_id: one.concerns[0].reason for one in report.concerns if one.concerns}
    students = students_of(session, asker.viewer, class_id=report.class_id)
    ordered = sorted(students, key=lambda one: (one.id not in why, one.name.casefold()))
    return [
        option(one.name, Ref(student=one.id).encode(), why.get(one.id))
        for one in ordered[: LIMITS["options"]]
    ]


def _kinds(one: StudentConcerns) -> set[str]:
    return {each.kind.value for each in one.concerns}
