"""The form of an assignment: opened filled in, and sent off once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.wording import date_words
from handlers.ask import Answer, Ask
from handlers.codec import Ref
from handlers.drafts import new_draft
from handlers.ids import Action
from handlers.modals.for_whom import ask_for_whom
from handlers.people import Asker, opening, saving
from handlers.pointers import report_pointer
from handlers.quick import lay_view, show_modal
from handlers.refused import on_their_fields
from handlers.reports import title_of
from handlers.services import Services
from handlers.views.assignments.assignment import (
    AssignmentForm,
    assignment_modal,
    assignment_preview,
    told_words,
)
from handlers.views.assignments.student_assignment import StudentAssignment
from handlers.views.fields import chosen_in, day_in, text_in, ticked_in
from handlers.views.modals import View, note
from interventions.assignments import (
    AssignmentData,
    Draft,
    create_assignment,
    draft_for,
    group_draft,
)
from interventions.assignments.creating import PURPOSE
from interventions.assignments.rules import checked
from interventions.record import Reason
from interventions.students import Way, reach_of
from school.access import open_student, visible_classes
from school.days import local_day
from school.errors import InvalidInput
from school.models import Skill, Student
from school.zones import zone_of

TITLE = "Practice"
EMPTY = "empty"
"""The form of a reference whose assignment is to open with no skill ticked."""
NOBODY = "Nobody in this class needs work on that skill just now."
FIELDS = {
    "title": Action.ASSIGNMENT_TITLE,
    "description": Action.ASSIGNMENT_DESCRIPTION,
    "student_ids": Action.ASSIGNMENT_STUDENTS,
    "skill_ids": Action.ASSIGNMENT_SKILLS,
    "question_count": Action.ASSIGNMENT_COUNT,
    "difficulty": Action.ASSIGNMENT_DIFFICULTY,
    "due_date": Action.ASSIGNMENT_DUE,
}
"""In which field stands what the service has refused."""


def open_assignment(ask: Ask, services: Services, ref: Ref) -> None:
    """Open the form for a student, or for those of a class who need a skill; else ask for whom."""
    of_group = ref.student is None and ref.class_id is not None and ref.skill is not None
    if ref.student is None and not of_group:
        ask_for_whom(ask, services, ref)
        return
    with opening(ask, services) as (session, asker):
        draft = _group(asker, ref, session=session) if of_group else _own(asker, ref, session)
        view = _view(asker, draft, ref, session=session)
    show_modal(ask, services, view)


def assignment_submitted(ask: Ask, services: Services) -> None:
    """Make the assignment, once; the form says where its card will be."""
    ref = ask.ref
    with on_their_fields(FIELDS), saving(ask, services) as (session, asker):
        title = title_of(asker.viewer, Ref(ref.kind, ref.student, ref.class_id), session=session)
        create_assignment(
            asker.user.id,
            _entered(ask.view, ref).as_dict(),
            session=session,
            now=asker.now,
            key=f"draft:{ref.draft}",
            reason=Reason(ref.concern, (), ref.alert),
            class_id=ref.class_id,
            take_back=timedelta(seconds=services.settings.take_back),
        )
    pointer = report_pointer(ask, asker, title, services, kind="assignment")
    ask.ack(response_action="update", view=note(TITLE, pointer))
    services.wake()


def assignment_preview_action(ask: Ask, services: Services) -> None:
    """Show what the student, or the first of several, would read of what stands in the form.

    Raises NotFound, and InvalidInput where it cannot be.
    """
    with opening(ask, services) as (session, asker):
        data = checked(_entered(ask.view, ask.carried))
        first = data.student_ids[0]
        student = open_student(session, asker.viewer, first, PURPOSE, now=asker.now)
        shown = assignment_preview(student.name, _as_read(asker, student, data, session=session))
    ask.ack()
    lay_view(ask, services, shown)


def _as_read(
    asker: Asker, student: Student, data: AssignmentData, *, session: Session
) -> StudentAssignment:
    of_workspace = Skill.workspace_id == student.workspace_id
    names = select(Skill.name).where(Skill.id.in_(data.skill_ids), of_workspace)
    due = data.due_date
    return StudentAssignment(
        id=0,
        student_id=student.id,
        given_name=student.given_name or student.name,
        teacher_name=asker.user.name,
        title=data.title,
        description=data.description,
        skills=tuple(session.scalars(names.order_by(Skill.name))),
        question_count=data.question_count,
        due=date_words(due, local_day(asker.now, zone_of(session, student.workspace_id))),
        due_on=due,
    )


def _own(asker: Asker, ref: Ref, session: Session) -> Draft:
    draft = draft_for(
        asker.viewer,
        ref.student or 0,
        auto_fill=ref.form != EMPTY,
        session=session,
        now=asker.now,
        class_id=ref.class_id,
        skill_id=ref.skill,
    )
    name = title_of(asker.viewer, Ref(student=ref.student), session=session)
    return replace(draft, students=((ref.student or 0, name),))


def _group(asker: Asker, ref: Ref, *, session: Session) -> Draft:
    where = ref.class_id or 0, ref.skill or 0
    return group_draft(asker.viewer, *where, session=session, now=asker.now)


def _view(asker: Asker, draft: Draft, ref: Ref, *, session: Session) -> View:
    if not draft.students:
        return note(TITLE, Answer.plain(NOBODY))
    titles = {one.id: one.title for one in visible_classes(session, asker.viewer)}
    ids = [student_id for student_id, _ in draft.students]
    students = {one.id: one for one in session.scalars(select(Student).where(Student.id.in_(ids)))}
    reaches = [reach_of(session, students[one]) for one in ids]
    hints = [None if one.way is Way.NONE else one.hint for one in reaches]
    told = told_words([name for _, name in draft.students], hints)
    zone = zone_of(session, asker.viewer.workspace_id).key
    form = AssignmentForm(draft, titles.get(draft.class_id or 0, ""), told, zone)
    return assignment_modal(form, _carried(draft, ref))


def _carried(draft: Draft, ref: Ref) -> Ref:
    """What the form carries: whom it is about, why, and the id that makes it one."""
    return Ref(
        student=ref.student,
        class_id=draft.class_id,
        skill=ref.skill,
        concern=ref.concern,
        alert=ref.alert,
        draft=new_draft(),
    )


def _entered(view: dict[str, Any], ref: Ref) -> AssignmentData:
    """What stands in the form. Raises InvalidInput where a field is not to be read."""
    skills = [*ticked_in(view, Action.ASSIGNMENT_SKILLS), *ticked_in(view, Action.ASSIGNMENT_MORE)]
    return AssignmentData(
        title=text_in(view, Action.ASSIGNMENT_TITLE),
        student_ids=_students(view, ref),
        skill_ids=tuple(_number(one, "skill_ids", "Choose the skills again.") for one in skills),
        question_count=_number(
            text_in(view, Action.ASSIGNMENT_COUNT).strip(),
            "question_count",
            "Say how many questions, in figures.",
        ),
        difficulty=chosen_in(view, Action.ASSIGNMENT_DIFFICULTY) or "",
        due_date=_due(view),
        description=text_in(view, Action.ASSIGNMENT_DESCRIPTION),
    )


def _students(view: dict[str, Any], ref: Ref) -> tuple[int, ...]:
    if ref.student is not None:
        return (ref.student,)
    chosen = [Ref.decode(one).student for one in ticked_in(view, Action.ASSIGNMENT_STUDENTS)]
    return tuple(one for one in chosen if one is not None)


def _number(text: str, field: str, words: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise InvalidInput(field, words)
    return int(text)


def _due(view: dict[str, Any]) -> date:
    day = day_in(view, Action.ASSIGNMENT_DUE)
    if day is None:
        raise InvalidInput("due_date", "Choose a day.")
    return day
