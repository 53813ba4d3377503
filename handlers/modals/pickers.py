"""Picking a student and a range, where none was typed; and what the menus of students offer."""

from collections import Counter
from dataclasses import replace

from handlers.ask import Ask
from handlers.codec import Ref
from handlers.drafts import new_draft
from handlers.ids import Action
from handlers.people import looking, saving
from handlers.pointers import report_pointer
from handlers.quick import open_view
from handlers.reports import title_of
from handlers.saving import first_time, save_report
from handlers.services import Services
from handlers.views.blocks import Element, option
from handlers.views.limits import LIMITS
from handlers.views.menus import ref_in
from handlers.views.modals import field_value, note, student_picker_modal
from handlers.views.reports.answers import Choice
from handlers.words import check_range
from school.errors import InvalidInput
from school.names import Candidate, students_of, suggest


def open_student_picker(ask: Ask, services: Services, code: str | None) -> None:
    """Let a student be picked, and a range."""
    with looking(ask, services) as (_session, asker):
        check_range(code, asker.viewer.today)
    ask.ack()
    open_view(ask, services, student_picker_modal(Ref(range=code, draft=new_draft())))


def student_picked_submitted(ask: Ask, services: Services) -> None:
    """Send the report of the picked student."""
    send_picked(ask, services, Action.CHOOSE_STUDENT, "student")


def send_picked(ask: Ask, services: Services, field: Action, what: str) -> None:
    """Send the report that was picked in `field`, once; the modal says where it will be.

    `what` it is about: a student, a skill.
    """
    with saving(ask, services) as (session, asker):
        ref, draft = _picked(ask, field, what), f"draft:{ask.ref.draft}"
        title = title_of(asker.viewer, ref, session=session)
        if first_time(asker.viewer.workspace_id, draft, session=session, now=asker.now):
            save_report(asker, ref, draft, session=session)
    pointer = report_pointer(ask, asker, title, services)
    ask.ack(response_action="update", view=note(f"{what.capitalize()} report", pointer))
    services.wake()


def _picked(ask: Ask, field: Action, what: str) -> Ref:
    """Who was picked, and the range. Raises InvalidInput on the field where nobody was."""
    picked = field_value(ask.view, field, "selected_option")
    code = field_value(ask.view, Action.CHOOSE_RANGE, "selected_option")
    if not picked:
        raise InvalidInput(field, f"Choose a {what}.")
    return replace(Ref.decode(picked["value"]), range=code["value"] if code else None)


def student_options(ask: Ask, services: Services) -> None:
    """Offer the asker's students, or those of the class whose report the menu stands in."""
    with looking(ask, services) as (session, asker):
        ref = ref_in(str(ask.body.get("block_id") or ""))
        students = students_of(session, asker.viewer, class_id=ref.class_id)
    offered = suggest(students, str(ask.body.get("value") or ""))[: LIMITS["options"]]
    names = Counter(one.name for one in students)
    ask.ack(options=[_option(one, ref, alone=names[one.name] == 1) for one in offered])


def _option(one: Candidate, ref: Ref, *, alone: bool) -> Element:
    """A name with its place below; of several alike the name itself tells which was chosen."""
    choice = Choice(one.name, one.class_title, one.source_id, "")
    value = Ref(student=one.id, class_id=ref.class_id, range=ref.range).encode()
    return option(one.name if alone else choice.name_and_id, value, choice.place)
