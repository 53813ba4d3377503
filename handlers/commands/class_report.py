"""`/class-report [class] [range]`."""

from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.codec import Ref
from handlers.people import Asker, saving
from handlers.pointers import report_pointer
from handlers.saving import save_report
from handlers.services import Services
from handlers.subjects import CLASS, Subjects, find_subjects, own_classes, which_one
from handlers.views.help import class_report_help
from handlers.words import Typed, check_range, read_words


def class_report_command(ask: Ask, services: Services) -> None:
    """Send the report of the class that was named, or of the only one there is."""
    typed = read_words(ask.words)
    if typed.name.lower() == "help":
        ask.ack(**class_report_help().message())
        return
    asked = Ref(range=typed.range)
    with saving(ask, services) as (session, asker):
        check_range(typed.range, asker.viewer.today)
        meant = _meant(session, asker, typed)
        if len(meant.found) == 1:
            save_report(asker, meant.found[0].asked(asked), ask.key, session=session)
    if len(meant.found) == 1:
        answer = report_pointer(ask, asker, meant.found[0].name, services)
    else:
        answer = which_one(typed.name, meant, asked, what="classes")
    ask.ack(**answer.message())
    services.wake()


def _meant(session: Session, asker: Asker, typed: Typed) -> Subjects:
    """The classes that the words mean; all of the asker's where there are no words."""
    if typed.name:
        return find_subjects(session, asker.viewer, typed.name, (CLASS,))
    return own_classes(session, asker.viewer)
