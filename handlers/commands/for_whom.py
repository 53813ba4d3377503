"""`/homeroom <act> <student>`: the shared reader of whom an act is for."""

import html
from collections.abc import Callable, Sequence
from dataclasses import replace

from handlers.acts import open_act
from handlers.ask import Ask
from handlers.codec import Ref
from handlers.ids import Act
from handlers.people import looking
from handlers.services import Services
from handlers.subjects import CLASS, STUDENT, find_subjects, which_one
from handlers.views.help_acts import ACT_HELP, is_a_class, with_list
from handlers.words import check_range, read_words
from school.names import match_classes

NO_WISH = Ref()


def for_whom(
    ask: Ask,
    services: Services,
    act: Act,
    words: str,
    kinds: Sequence[str] = (STUDENT,),
    *,
    wish: Ref = NO_WISH,
) -> None:
    """Open the act for the student whose name was typed; ask which where several are meant.

    Without a name the act's opener gets a reference without a student; a range that was typed
    behind the name stands in it, beside what `wish` says. With CLASS among the `kinds` a class may
    be named too.
    """
    typed = read_words(html.unescape(words))
    if typed.name.lower() == "help":
        ask.ack(**ACT_HELP[act]().message())
        return
    asked = replace(wish, act=act.value, range=typed.range)
    if not typed.name:
        open_act(ask, services, asked)
        return
    with looking(ask, services) as (session, asker):
        check_range(typed.range, asker.viewer.today)
        meant = find_subjects(session, asker.viewer, typed.name, kinds)
        known = bool(meant.found or meant.near) or CLASS in kinds
        classes = [] if known else match_classes(session, asker.viewer, typed.name).found
    if len(meant.found) == 1:
        open_act(ask, services, meant.found[0].asked(asked))
    elif len(classes) == 1:
        ask.ack(**is_a_class(classes[0].name, act).message())
    else:
        what = "students" if len(kinds) == 1 else meant.kinds
        answer = which_one(typed.name, meant, asked, what=what)
        ask.ack(**(answer if meant.found else with_list(answer, act)).message())


def act_command(act: Act, kinds: Sequence[str] = (STUDENT,)) -> Callable[[Ask, Services], None]:
    """The subcommand of an act, for `commands/homeroom.py`."""

    def act_command_of(ask: Ask, services: Services) -> None:
        for_whom(ask, services, act, ask.words, kinds)

    return act_command_of
