"""What the two students of a tutoring will read, laid on top of its form."""

from dataclasses import dataclass

from handlers.ids import Modal
from handlers.views.blocks import bold, divider, line, section
from handlers.views.limits import shorten
from handlers.views.modals import View, modal
from handlers.views.tutoring.tutoring import StudentPair, match_message, request_message
from interventions.tutoring.answering import QUESTIONS

ANSWERS = "Yes, I'll help · Not now · Please don't ask me again"
PRACTICE = f"There follow {QUESTIONS} questions to practise together, and until when."


@dataclass(frozen=True, slots=True)
class TutoringRead:
    """The names of tutor and student, what each reads, and who they are."""

    tutor: str
    student: str
    asked: StudentPair
    told: StudentPair
    ids: tuple[int, int]


def tutoring_preview(read: TutoringRead) -> View:
    """The request without its buttons, and what follows the yes."""
    tutor, student = shorten(read.tutor, "name"), shorten(read.student, "name")
    request = [one for one in request_message(read.asked) if one["type"] != "actions"]
    blocks = [
        line(bold(f"As {tutor} will see it")),
        *request,
        section(f"To choose from: {ANSWERS}"),
        divider(),
        line(bold(f"As {student} will see it, once {tutor} has said yes")),
        *match_message(read.told),
        section(PRACTICE),
    ]
    return modal(Modal.NOTE, "Preview", blocks)
