"""`/class-report [class] [range]`."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from handlers.ask import Answer, Ask
from handlers.codec import Ref
from handlers.people import Asker, saving
from handlers.pointers import report_pointer
from handlers.saving import save_report
from handlers.services import Services
from handlers.views.answers import Choice, no_classes, not_found, several, which_class
from handlers.views.help import class_report_help
from handlers.words import Typed, check_range, read_words
from school.access import visible_classes
from school.names import Candidate, Match, match_classes


def class_report_command(ask: Ask, services: Services) -> None:
    """Send the report of the class that was named, or of the only one there is."""
    typed = read_words(ask.words)
    if typed.name.lower() == "help":
        ask.ack(**class_report_help().message())
        return
    with saving(ask, services) as (session, asker):
        check_range(typed.range, asker.viewer.today)
        match = _match(asker, typed, session=session)
        if len(match.found) == 1:
            wanted = Ref(class_id=match.found[0].id, range=typed.range)
            save_report(asker, wanted, ask.key, session=session)
    ask.ack(**_words(ask, asker, typed, match, services).message())
    services.wake()


def _match(asker: Asker, typed: Typed, *, session: Session) -> Match:
    """The classes that the words mean; all of the asker's where there are no words."""
    if typed.name:
        return match_classes(session, asker.viewer, typed.name)
    own = visible_classes(session, asker.viewer)
    return Match(tuple(Candidate(one.id, one.title, "", one.source_id) for one in own))


def _words(ask: Ask, asker: Asker, typed: Typed, match: Match, services: Services) -> Answer:
    if len(match.found) == 1:
        return report_pointer(ask, asker, match.found[0].name, services)
    choices = _choices(match.found or match.near, typed.range)
    if not typed.name:
        return which_class(choices) if choices else no_classes()
    if match.found:
        return several(typed.name, choices, what="classes")
    return not_found(typed.name, choices, what="classes")


def _choices(classes: Sequence[Candidate], code: str | None) -> list[Choice]:
    return [
        Choice(one.name, "", one.source_id, Ref(class_id=one.id, range=code).encode())
        for one in classes
    ]
