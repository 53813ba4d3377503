"""Help on what can be done for a student, one answer for each word after `/homeroom`."""

from collections.abc import Callable, Mapping

from handlers.ask import Answer
from handlers.ids import Act, Command
from handlers.views.blocks import Block, bold, code, line
from handlers.views.limits import shorten
from handlers.views.reports.answers import usage

ANY_PART = "Any part of the name will do; without a name you choose the student."


def message_help() -> Answer:
    """How to write to a student."""
    return usage(
        "A message to a student: a window opens with a fitting text, which you change as you like "
        f"and see as the student will see it. {ANY_PART} With a class you write to several.",
        [f"{Command.HOMEROOM} message Maya", f"{Command.HOMEROOM} message Grade 5 Maths"],
    )


def assign_help() -> Answer:
    """How to give a student practice."""
    return usage(
        "Practice for a student: the skills that need it most, so many questions, how hard and "
        f"until when are filled in, and yours to change. {ANY_PART} With “empty” behind the name "
        "no skill is ticked, and you choose them all.",
        [f"{Command.HOMEROOM} assign Maya", f"{Command.HOMEROOM} assign Maya empty"],
    )


def parent_help() -> Answer:
    """How to write to a student's family."""
    return usage(
        "An e-mail to a student's parents or guardians on record, in English or Spanish: you see "
        f"what they will get before it goes. {ANY_PART}",
        [f"{Command.HOMEROOM} parent Maya"],
    )


def tutor_help() -> Answer:
    """How to find a student a tutor."""
    return usage(
        "A classmate who can help with a skill: I name two or three who are good at it and free. "
        f"Nobody sees another's figures. {ANY_PART}",
        [f"{Command.HOMEROOM} tutor Maya"],
    )


def history_help() -> Answer:
    """How to see what was done for a student."""
    return usage(
        "What was done for a student and what came of it, with your own notes and ratings. "
        f"{ANY_PART} With a class: what works there.",
        [f"{Command.HOMEROOM} history Maya", f"{Command.HOMEROOM} history Grade 5 Maths"],
    )


def templates_help() -> Answer:
    """How to keep one's own texts."""
    return usage(
        "Prepared texts for messages: Homeroom's own, which you can copy and change, and yours. "
        "Words in square brackets, such as [Student], are filled in for each student.",
        [f"{Command.HOMEROOM} templates"],
    )


ACT_HELP: Mapping[Act, Callable[[], Answer]] = {
    Act.MESSAGE: message_help,
    Act.ASSIGN: assign_help,
    Act.PARENT: parent_help,
    Act.TUTOR: tutor_help,
    Act.HISTORY: history_help,
}
"""What `help` after the word answers."""


def with_list(answer: Answer, act: Act) -> Answer:
    """That nobody is called so, and the way to a list to choose from."""
    return Answer(answer.text, [*answer.blocks, _list_of(act)])


def is_a_class(title: str, act: Act) -> Answer:
    """That a class was named where only a student can be meant."""
    words = line(bold(shorten(title, "name")), " is a class, and this is for one student.")
    return Answer("That is a class. Name a student.", [words, _list_of(act)])


def _list_of(act: Act) -> Block:
    return line("To choose from your students: ", code(f"{Command.HOMEROOM} {act}"))
