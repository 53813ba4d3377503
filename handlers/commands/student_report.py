"""`/student-report <student> [range]`."""

from collections.abc import Sequence

from handlers.ask import Answer, Ask
from handlers.codec import Ref
from handlers.modals.pickers import open_student_picker
from handlers.people import Asker, saving
from handlers.pointers import report_pointer
from handlers.saving import save_report
from handlers.services import Services
from handlers.views.answers import Choice, not_found, several
from handlers.views.help import student_report_help
from handlers.words import Typed, check_range, read_words
from school.names import Candidate, Match, match_students


def student_report_command(ask: Ask, services: Services) -> None:
    """Send the report of the student whose name was typed; without a name, let one be picked."""
    typed = read_words(ask.words)
    if typed.name.lower() == "help":
        ask.ack(**student_report_help().message())
    elif not typed.name:
        open_student_picker(ask, services, typed.range)
    else:
        _answer(ask, services, typed)


def _answer(ask: Ask, services: Services, typed: Typed) -> None:
    with saving(ask, services) as (session, asker):
        check_range(typed.range, asker.viewer.today)
        match = match_students(session, asker.viewer, typed.name)
        if len(match.found) == 1:
            wanted = Ref(student=match.found[0].id, range=typed.range)
            save_report(asker, wanted, ask.key, session=session)
    ask.ack(**_words(ask, asker, typed, match, services).message())
    services.wake()


def _words(ask: Ask, asker: Asker, typed: Typed, match: Match, services: Services) -> Answer:
    if len(match.found) == 1:
        return report_pointer(ask, asker, match.found[0].name, services)
    if match.found:
        return several(typed.name, _choices(match.found, typed.range), what="students")
    return not_found(typed.name, _choices(match.near, typed.range), what="students")


def _choices(students: Sequence[Candidate], code: str | None) -> list[Choice]:
    return [
        Choice(one.name, one.class_title, one.source_id, Ref(student=one.id, range=code).encode())
        for one in students
    ]
