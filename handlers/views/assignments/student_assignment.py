"""What a student reads of an assignment in Slack: kind, short, and no figures of anybody's."""

from dataclasses import dataclass
from datetime import date

from analytics.wording import joined, plural
from handlers.codec import Ref
from handlers.ids import Action
from handlers.views.blocks import Blocks, actions, bold, button, line, section
from handlers.views.limits import shorten

TEXT = "Your teacher has something for you."
"""What a lock screen shows: it names nobody."""


@dataclass(frozen=True, slots=True)
class StudentAssignment:
    """An assignment as one of its students reads it; `due` is the day in words."""

    id: int
    student_id: int
    given_name: str
    teacher_name: str
    title: str
    description: str
    skills: tuple[str, ...]
    question_count: int
    due: str
    due_on: date
    is_seen: bool = False

    @property
    def skill_names(self) -> str:
        """The skills in one line."""
        return joined([name.rstrip(" .") for name in self.skills])


def student_assignment_message(view: StudentAssignment) -> Blocks:
    """What was set, how much of it and until when; a button to say that it was read."""
    blocks = student_assignment_words(view)
    if view.is_seen:
        return [*blocks, section("You have read this. Good luck!")]
    ref = Ref(assignment=view.id, student=view.student_id)
    got_it = button("Got it", Action.GOT_ASSIGNMENT, ref.encode())
    hint = section("Take your time: every question helps. If you get stuck, ask.")
    return [*blocks, hint, actions(got_it)]


def student_assignment_words(view: StudentAssignment) -> Blocks:
    """What was set, how much of it and until when."""
    teacher, given = shorten(view.teacher_name, "name"), shorten(view.given_name, "name")
    questions = plural(view.question_count, "question")
    blocks = [
        line(f"Hi {given}, {teacher} has some practice for you: ", bold(view.title)),
        line(bold(shorten(view.skill_names, "finding")), f" · {questions} · until {view.due}"),
    ]
    if view.description:
        blocks.insert(1, section(view.description))
    return blocks


def withdrawn_message(view: StudentAssignment) -> Blocks:
    """That an assignment is not needed any more."""
    given, teacher = shorten(view.given_name, "name"), shorten(view.teacher_name, "name")
    words = f" any more. {teacher} has taken it back."
    return [line(f"Hi {given}, you do not need to do ", bold(view.title), words)]
