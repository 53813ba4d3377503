"""What can be done for whom a report is about: the row of buttons above its menus."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from analytics.reports.data import ClassReport, ConcernKind, StudentReport
from handlers.codec import Ref
from handlers.ids import Act, Action
from handlers.views.blocks import Blocks, Element, actions, button, option
from handlers.views.interventions.for_whom import CHOICES
from handlers.views.limits import shorten
from handlers.views.reports.student_lines import needing_work

OFFERED: Sequence[Act] = (Act.ASSIGN, Act.MESSAGE, Act.MEET, Act.PARENT, Act.TUTOR, Act.HISTORY)
"""The acts that reports offer: those that have an opener."""
WHO = {
    ConcernKind.INACTIVE: "inactive",
    ConcernKind.STRUGGLING: "struggling",
    ConcernKind.OVERDUE: "overdue",
    ConcernKind.DECLINING: "declining",
}
"""What those are who have a concern."""
AS_BUTTONS = (Act.ASSIGN, Act.MESSAGE, Act.MEET)
"""Which of them stand as buttons of their own; the others stand behind the three dots."""


def act_buttons(report: StudentReport, today: date) -> Blocks:
    """For a student: practice on the skill that needs it most, a message, and the rest.

    What a report of past days found is over: it names no skill and no concern then.
    """
    holds = report.range.end >= today
    concern = _concern(report) if holds else None
    whom = Ref(student=report.student_id, class_id=report.class_id, concern=concern)
    labels = {Act.ASSIGN: _practice(report, holds=holds), Act.MESSAGE: "Message", Act.MEET: "Meet"}
    shown = [
        button(labels[act], Action.ACT, _doing(whom, act), number=number)
        for number, act in enumerate(AS_BUTTONS)
        if act in OFFERED
    ]
    return [actions(*shown, *_rest(whom))]


def class_act_buttons(report: ClassReport, today: date) -> Blocks:
    """For a class: practice for those whom the first skill would help, a message to who needs it.

    Nothing where nobody does, and in a report of past days.
    """
    shown: list[Element] = []
    if report.range.end < today:
        return []
    if report.focus and Act.ASSIGN in OFFERED:
        shown.append(_assign_to_all(report))
    if report.struggling and Act.MESSAGE in OFFERED:
        shown += _message_these(report)
    return [actions(*shown)] if shown else []


def _rest(whom: Ref) -> list[Element]:
    entries = [
        option(CHOICES[act][0], _doing(whom, act))
        for act in CHOICES
        if act in OFFERED and act not in AS_BUTTONS
    ]
    more = {"type": "overflow", "action_id": Action.ACT.value, "options": entries}
    return [more] if entries else []


def _doing(whom: Ref, act: Act) -> str:
    return replace(whom, act=act.value).encode()


def _concern(report: StudentReport) -> str | None:
    """The gravest concern."""
    return report.concerns[0].kind.value if report.concerns else None


def _practice(report: StudentReport, *, holds: bool) -> str:
    """Such as `Assign Fractions practice`."""
    weak = needing_work(report) if holds else []
    return f"Assign {shorten(weak[0].skill, 'choice name')} practice" if weak else "Assign practice"


def _assign_to_all(report: ClassReport) -> Element:
    first = report.focus[0]
    whom = Ref(class_id=report.class_id, skill=first.skill_id)
    label = f"Assign {shorten(first.skill, 'choice name')} to the {first.students}"
    return button(label, Action.ACT, _doing(whom, Act.ASSIGN), number=1)


def _message_these(report: ClassReport) -> list[Element]:
    """Such as `Message the 3 inactive`: those of the concern that most have, the gravest first."""
    kinds = [kind for one in report.concerns for kind in {each.kind for each in one.concerns}]
    if not kinds:
        return []
    shared = max(ConcernKind, key=kinds.count)
    count = kinds.count(shared)
    these = Ref(class_id=report.class_id, concern=shared.value)
    label = f"Message the {f'{count} ' if count > 1 else ''}{WHO[shared]}"
    return [button(label, Action.ACT, _doing(these, Act.MESSAGE))]
