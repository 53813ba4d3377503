"""For whom, and what? The small form before an act's own, where either is not said yet."""

from collections.abc import Collection, Mapping

from handlers.codec import Ref
from handlers.ids import Act, Action, Modal
from handlers.views.blocks import Block, bold, field, line, option, searching_menu
from handlers.views.fields import radio_field
from handlers.views.limits import shorten
from handlers.views.modals import View, modal

TITLES: Mapping[Act, str] = {
    Act.MESSAGE: "Message",
    Act.ASSIGN: "Practice",
    Act.MEET: "Meeting",
    Act.PARENT: "E-mail to parents",
    Act.TUTOR: "Tutor",
    Act.RESOLVE: "Resolve",
    Act.HISTORY: "History",
}
"""What the form of an act is called before it is known whom it is for."""
HELP_TITLE = "Help a student"
CHOICES: Mapping[Act, tuple[str, str]] = {
    Act.MESSAGE: ("Write to the student", "A fitting text, yours to change"),
    Act.ASSIGN: ("Give practice", "On the skills that need it most"),
    Act.MEET: ("Arrange a meeting", "With reminders and a page about the student"),
    Act.PARENT: ("Write to the parents", "An e-mail that you see before it goes"),
    Act.TUTOR: ("Find a tutor", "A classmate who is good at it and free"),
    Act.RESOLVE: ("Resolve an alert", "Once there is nothing left to do"),
    Act.HISTORY: ("See what was done", "And what came of it"),
}
"""What can be chosen to be done, in this order."""


def for_whom_modal(ref: Ref, name: str = "", *, acts: Collection[Act] = ()) -> View:
    """The form. A student who is known stands above it by `name`, else one is chosen; where
    `ref` names no act one of `acts` is.
    """
    known = ref.student is not None
    whom = line(bold(shorten(name, "name"))) if known else _student_field(ref)
    title = TITLES[Act(ref.act)] if ref.act else HELP_TITLE
    what = [] if ref.act else [_act_field(acts)]
    return modal(Modal.FOR_WHOM, title, [whom, *what], ref=ref, submit="Next")


def _student_field(ref: Ref) -> Block:
    """A menu of the reader's students, or of one class's where `ref` names it."""
    own = Ref(class_id=ref.class_id).encode()
    menu = searching_menu(Action.CHOOSE_STUDENT, "Type a name")
    return field("Student", f"{Action.CHOOSE_STUDENT}|{own}", menu)


def _act_field(acts: Collection[Act]) -> Block:
    entries = [
        option(words, act.value, more) for act, (words, more) in CHOICES.items() if act in acts
    ]
    return radio_field("What would help?", Action.CHOOSE_ACT, entries)
