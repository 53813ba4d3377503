"""`/homeroom compare <student|class> [class] [range]`."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.codec import Ref
from handlers.ids import Kind
from handlers.people import Asker, saving
from handlers.pointers import report_pointer
from handlers.saving import save_report
from handlers.services import Services
from handlers.subjects import CLASS, STUDENT, Subject, Subjects, find_subjects, which_one
from handlers.views.help import compare_help
from handlers.words import check_range, read_words
from school.access import classes_shared
from school.errors import InvalidInput
from school.names import Candidate, match_classes

BETWEEN = ("with", "to", "and", "in", "vs", "vs.", "against", "beside")
"""Words that some people put between a student and a class."""


def compare_command(ask: Ask, services: Services) -> None:
    """Send how a student stands beside the class, or a class beside the asker's others."""
    typed = read_words(ask.words)
    if typed.name.lower() in ("", "help"):
        ask.ack(**compare_help().message())
        return
    asked = Ref(kind=Kind.COMPARISON.value, range=typed.range)
    with saving(ask, services) as (session, asker):
        check_range(typed.range, asker.viewer.today)
        name, meant = _meant(session, asker, typed.name)
        if len(meant.found) == 1:
            save_report(asker, meant.found[0].asked(asked), ask.key, session=session)
    if len(meant.found) == 1:
        answer = report_pointer(ask, asker, meant.found[0].name, services, kind=Kind.COMPARISON)
    else:
        answer = which_one(name, meant, asked, what=meant.kinds)
    ask.ack(**answer.message())
    services.wake()


def _meant(session: Session, asker: Asker, words: str) -> tuple[str, Subjects]:
    """What was typed of a name, and whom it means; perhaps a class is named after it."""
    whole = find_subjects(session, asker.viewer, words, (STUDENT, CLASS))
    if whole.found:
        return words, whole
    parts = words.split()
    for cut in range(1, len(parts)):
        beside = match_classes(session, asker.viewer, " ".join(parts[cut:])).found
        name = " ".join(parts[: cut - 1] if parts[cut - 1].lower() in BETWEEN else parts[:cut])
        if beside and name:
            subjects = find_subjects(session, asker.viewer, name, (STUDENT, CLASS))
            found = [_beside(session, asker, one, beside) for one in subjects.found]
            return name, replace(subjects, found=tuple(found))
    return words, whole


def _beside(
    session: Session, asker: Asker, subject: Subject, classes: Sequence[Candidate]
) -> Subject:
    """The student in the class that was named; a class stands beside all others anyway.

    Raises InvalidInput where the student is in none of the classes that were meant.
    """
    student = subject.ref.student
    if student is None:
        return subject
    shared = classes_shared(session, asker.viewer, student)
    inside = [one for one in classes if one.id in shared]
    if not inside:
        raise InvalidInput("class", f"That student is not in {classes[0].name} today.")
    return replace(subject, where=inside[0].name, ref=replace(subject.ref, class_id=inside[0].id))
