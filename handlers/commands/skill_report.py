"""`/skill-report <skill> [class] [range]`."""

from handlers.ask import Answer, Ask
from handlers.modals.skill_picker import open_skill_picker
from handlers.people import Asker, saving
from handlers.pointers import report_pointer
from handlers.reports import title_of
from handlers.saving import save_report
from handlers.services import Services
from handlers.skills import Meant, class_choices, meant_skill, skill_choices, skill_ref
from handlers.views.help import skill_report_help
from handlers.views.reports.answers import no_classes, not_found, several, which_class
from handlers.words import Typed, check_range, read_words
from school.access import visible_classes


def skill_report_command(ask: Ask, services: Services) -> None:
    """Send how a class stands with the skill that was named; without one, let one be picked."""
    typed = read_words(ask.words)
    if typed.name.lower() == "help":
        ask.ack(**skill_report_help().message())
    elif not typed.name:
        open_skill_picker(ask, services, typed.range)
    else:
        _answer(ask, services, typed)


def _answer(ask: Ask, services: Services, typed: Typed) -> None:
    with saving(ask, services) as (session, asker):
        check_range(typed.range, asker.viewer.today)
        classes = visible_classes(session, asker.viewer)
        meant = meant_skill(session, asker.viewer, typed.name)
        title = ""
        if len(meant.found) == 1:
            wanted = skill_ref(*meant.found[0], typed.range)
            title = title_of(asker.viewer, wanted, session=session)
            save_report(asker, wanted, ask.key, session=session)
    if not classes:
        ask.ack(**no_classes().message())
        return
    ask.ack(**_words(ask, asker, typed, meant, title, services).message())
    services.wake()


def _words(
    ask: Ask, asker: Asker, typed: Typed, meant: Meant, title: str, services: Services
) -> Answer:
    if title:
        return report_pointer(ask, asker, title, services)
    if meant.several:
        return several(meant.skill, skill_choices(meant.found, typed.range), what="skills")
    if meant.found:
        return which_class(class_choices(meant.found, typed.range))
    if meant.title:
        return not_found(
            meant.title, class_choices(meant.near_classes, typed.range), what="classes"
        )
    return not_found(meant.skill, skill_choices(meant.near, typed.range), what="skills")
