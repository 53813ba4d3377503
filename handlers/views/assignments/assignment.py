"""The form of an assignment: practice for one student, or for several of a class."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.targeted import Difficulty
from analytics.wording import percent, plural
from handlers.codec import Ref
from handlers.ids import Action, Modal
from handlers.views.assignments.student_assignment import (
    StudentAssignment,
    student_assignment_words,
)
from handlers.views.blocks import (
    Blocks,
    Element,
    actions,
    bold,
    button,
    divider,
    line,
    option,
    plain,
    section,
)
from handlers.views.fields import (
    MOST_BOXES,
    boxes_field,
    day_field,
    menu_field,
    number_field,
    several_field,
    text_field,
)
from handlers.views.limits import shorten
from handlers.views.modals import View, modal
from handlers.views.moments import zone_words
from interventions.assignments.rules import LONGEST_DESCRIPTION, QUESTIONS
from interventions.assignments.shapes import Draft, SkillChoice

DIFFICULTIES = {one.value: one.value.capitalize() for one in Difficulty}
LATELY = "20 school days"


@dataclass(frozen=True, slots=True)
class AssignmentForm:
    """What stands in the form: the draft, the class's title, and how the students are told.

    `zone` is the school's, by which the last day ends.
    """

    draft: Draft
    where: str
    told: str
    zone: str


def assignment_modal(form: AssignmentForm, ref: Ref) -> View:
    """The whole form."""
    draft = form.draft
    blocks = [
        *([section(draft.said)] if draft.said else []),
        *_whom(form),
        _required(text_field("Title", Action.ASSIGNMENT_TITLE, draft.title)),
        *_skills(draft),
        number_field("Questions", Action.ASSIGNMENT_COUNT, draft.question_count, QUESTIONS),
        menu_field("Difficulty", Action.ASSIGNMENT_DIFFICULTY, DIFFICULTIES, draft.difficulty),
        day_field("Due", Action.ASSIGNMENT_DUE, draft.due_on, hint=_until(form.zone)),
        text_field(
            "Description",
            Action.ASSIGNMENT_DESCRIPTION,
            draft.description,
            long=True,
            most=LONGEST_DESCRIPTION,
            hint="Students read it with the title.",
        ),
        actions(button("Preview", Action.ASSIGNMENT_PREVIEW, ref.encode())),
        section(form.told),
    ]
    return modal(Modal.ASSIGNMENT, _title(draft), blocks, ref=ref, submit="Create")


def assignment_preview(name: str, read: StudentAssignment) -> View:
    """What a student would read of what is typed, to be laid on top of the form."""
    head = line(bold(f"As {shorten(name, 'name')} will see it"))
    return modal(Modal.NOTE, "Preview", [head, divider(), *student_assignment_words(read)])


def due_day_words(day: date, today: date) -> str:
    """A due day near today by its weekday: `Fri`, `Fri 4 Dec`, with the year where it differs."""
    if 0 <= (day - today).days < 7:
        return f"{day:%a}"
    return f"{day:%a} {day.day} {day:%b}" + ("" if day.year == today.year else f" {day.year}")


def _title(draft: Draft) -> str:
    """`Practice for Leo`, within what Slack shows of a modal's title."""
    if len(draft.students) != 1:
        return f"Practice for {len(draft.students)}"
    given = draft.students[0][1].split()
    return f"Practice for {given[0] if given else 'a student'}"


def _until(zone: str) -> str:
    return f"To the end of that day, {zone_words(zone)} time. It has to be a school day."


def _whom(form: AssignmentForm) -> Blocks:
    """The student by name; several are listed, and each may be left out."""
    draft = form.draft
    where = f" · {shorten(form.where, 'class')}" if form.where else ""
    if len(draft.students) == 1:
        return [line(bold(shorten(draft.students[0][1], "name")), where)]
    # Each stands there twice, as an entry and as chosen: a hundred whole names are too much.
    named = [(one, shorten(name, "choice name")) for one, name in draft.students]
    entries = [option(name, Ref(student=one).encode()) for one, name in named]
    everyone = [entry["value"] for entry in entries]
    return [
        section(shorten(form.where, "class")),
        _required(
            several_field(
                "For",
                Action.ASSIGNMENT_STUDENTS,
                entries,
                everyone,
                placeholder="Choose students",
                hint="Take out whom you want to leave out.",
            )
        ),
    ]


def _skills(draft: Draft) -> Blocks:
    """Boxes for the first skills, those struggled with on top; the rest in a menu below."""
    boxes = [skill_option(one) for one in draft.choices]
    ticked = [str(one) for one in draft.skill_ids]
    if not boxes:
        return [section("No skill is practised in this class yet, so there is none to choose.")]
    name = Action.ASSIGNMENT_SKILLS
    first = boxes_field("Skills", name, name, boxes[:MOST_BOXES], ticked)
    rest = boxes[MOST_BOXES:]
    if not rest:
        return [_required(first)]
    more = several_field("More skills", Action.ASSIGNMENT_MORE, rest, ticked)
    # Neither can be required of its own, so the words say what both together need.
    hint = {"hint": plain("At least one, here or below.", "label")}
    return [{**first, **hint}, more]


def skill_option(one: SkillChoice) -> Element:
    """A skill, with what stands beside it."""
    return option(shorten(one.skill, "skill"), str(one.skill_id), _beside(one))


def _beside(one: SkillChoice) -> str:
    if one.students is not None:
        need = "needs" if one.students == 1 else "need"
        return f"{plural(one.students, 'student')} {need} work on it"
    if one.questions == 0:
        known = "needs work, " if one.needed else ""
        return f"{known}not practised in the last {LATELY}"
    need = "needs work: " if one.needed else ""
    return f"{need}{percent(one.accuracy)} of {plural(one.questions, 'question')} in {LATELY}"


def _required(block: Element) -> Element:
    return {**block, "optional": False}


def told_words(names: Sequence[str], hints: Sequence[str | None]) -> str:
    """How the students hear of it. A hint is None where there is no way to one."""
    without = [name for name, hint in zip(names, hints, strict=True) if hint is None]
    if len(names) == 1:
        if without:
            return f"There is no way for me to tell {names[0]}: please do so yourself."
        return f"{names[0]} hears of it by {hints[0]}, half a minute after you create it."
    heard = plural(len(names) - len(without), "student")
    told = f"By Slack or e-mail {heard} will hear of it, half a minute after you create it."
    if not without:
        return told
    few = ", ".join(without[:6]) + (f" and {len(without) - 6} more" if len(without) > 6 else "")
    return f"{told} There is no way for me to tell {few}: please do so yourself."
