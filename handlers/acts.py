"""Opening what a teacher can do for a student: the same opener wherever it was asked for.

A button, a menu, a shortcut and `/homeroom` come here with a `Ref` that says for whom and why.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.ask import Ask
from handlers.codec import OLDER, Ref
from handlers.ids import Act, Action
from handlers.modals.assignment import open_assignment
from handlers.modals.history import open_history
from handlers.modals.meeting import open_meeting
from handlers.modals.message import open_message
from handlers.modals.parent import open_parent
from handlers.modals.resolve import open_resolve
from handlers.modals.tutor import open_tutor
from handlers.services import Services
from handlers.views.fields import chosen_in
from school.errors import InvalidInput

Opener = Callable[[Ask, Services, Ref], None]
"""Opens the modal of an act for `ref.student` and acknowledges the ask, by `quick.show_modal`.

Without a student it asks for whom, by `modals.for_whom.ask_for_whom(ask, services, ref)`.
"""

OPENERS: Mapping[Act, Opener] = {
    Act.ASSIGN: open_assignment,
    Act.HISTORY: open_history,
    Act.MEET: open_meeting,
    Act.PARENT: open_parent,
    Act.RESOLVE: open_resolve,
    Act.MESSAGE: open_message,
    Act.TUTOR: open_tutor,
}
"""Every act that is built."""


def act_action(ask: Ask, services: Services) -> None:
    """A button or menu that stands for an act. Raises InvalidInput for one that is not built."""
    open_act(ask, services, ask.ref)


def open_act(ask: Ask, services: Services, ref: Ref) -> None:
    """Hand on to the opener of `ref.act`. Raises InvalidInput for one that is not built."""
    known = {act.value: opener for act, opener in OPENERS.items()}
    opener = known.get(ref.act or "")
    if opener is None:
        raise InvalidInput("act", OLDER)
    opener(ask, services, ref)


def for_whom_submitted(ask: Ask, services: Services) -> None:
    """It is said for whom, and what: the act's own form takes the place of the question."""
    ref, chosen = ask.ref, chosen_in(ask.view, Action.CHOOSE_STUDENT)
    if ref.student is None and chosen is None:
        raise InvalidInput(Action.CHOOSE_STUDENT, "Choose a student.")
    if chosen is not None:
        ref = replace(ref, student=Ref.decode(chosen).student)
    act = ref.act or chosen_in(ask.view, Action.CHOOSE_ACT)
    if act is None:
        raise InvalidInput(Action.CHOOSE_ACT, "Choose what would help.")
    open_act(ask, services, replace(ref, act=act))
