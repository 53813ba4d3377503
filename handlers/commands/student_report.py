"""`/student-report <student> [range]`."""

from handlers.ask import Ask
from handlers.codec import Ref
from handlers.modals.pickers import open_student_picker
from handlers.people import saving
from handlers.pointers import report_pointer
from handlers.saving import save_report
from handlers.services import Services
from handlers.subjects import STUDENT, find_subjects, which_one
from handlers.views.help import student_report_help
from handlers.words import Typed, check_range, read_words


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
    asked = Ref(range=typed.range)
    with saving(ask, services) as (session, asker):
        check_range(typed.range, asker.viewer.today)
        meant = find_subjects(session, asker.viewer, typed.name, (STUDENT,))
        if len(meant.found) == 1:
            save_report(asker, meant.found[0].asked(asked), ask.key, session=session)
    if len(meant.found) == 1:
        answer = report_pointer(ask, asker, meant.found[0].name, services)
    else:
        answer = which_one(typed.name, meant, asked, what="students")
    ask.ack(**answer.message())
    services.wake()
