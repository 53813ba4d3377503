"""`/homeroom`: help, and what works today, each word its own file beside this one."""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import partial

from handlers.ask import Answer, Ask
from handlers.commands.assign import assign_command
from handlers.commands.compare import compare_command
from handlers.commands.digest import digest_command
from handlers.commands.export import export_command
from handlers.commands.for_whom import act_command
from handlers.commands.meet import meet_command
from handlers.commands.settings import settings_command
from handlers.commands.templates import templates_command
from handlers.commands.trend import trend_command
from handlers.commands.usage import usage_command
from handlers.ids import Act, Command
from handlers.overviews import is_administrator
from handlers.people import looking
from handlers.services import Services
from handlers.subjects import CLASS, STUDENT
from handlers.views.blocks import Blocks
from handlers.views.help import homeroom_help, how_to_be_linked, near_word, no_such_word
from handlers.views.messages.student_message import student_greeting
from school.access import FOR_GUESTS, FOR_STUDENTS
from school.errors import NotAllowed

Subcommand = Callable[[Ask, Services], None]

SUBCOMMANDS: Mapping[str, Subcommand] = {
    "compare": compare_command,
    "trend": trend_command,
    "export": export_command,
    "message": act_command(Act.MESSAGE, (STUDENT, CLASS)),
    "assign": assign_command,
    "history": act_command(Act.HISTORY, (STUDENT, CLASS)),
    "meet": meet_command,
    "parent": act_command(Act.PARENT),
    "tutor": act_command(Act.TUTOR),
    "digest": digest_command,
    "templates": templates_command,
    "settings": settings_command,
    "usage": usage_command,
}
"""What follows `/homeroom`, and who answers it; they see the words that come after."""


REPORTS: Mapping[str, Command] = {
    "report": Command.STUDENT_REPORT,
    **{one.removeprefix("/"): one for one in Command if one is not Command.HOMEROOM},
}
"""Words that are commands of their own, and easily typed behind this one."""
FOR_ADMINISTRATORS = ("usage",)
HELP = "help"
NO_TEACHERS: Mapping[str, Callable[[], Blocks]] = {
    FOR_STUDENTS: student_greeting,
    FOR_GUESTS: partial(how_to_be_linked, FOR_GUESTS, ""),
}
"""What students and guests can expect; whoever is not linked yet may be a teacher."""
ALIKE = 0.6
"""How much of a word, from 0 to 1, has to be as it was typed for it to be offered instead."""


def homeroom_command(ask: Ask, services: Services) -> None:
    """Hand on to the word that was typed; without one say what there is. `help meet` is
    `meet help`. A word that there is not is answered with the nearest that there is.
    """
    word, _, rest = html.unescape(ask.words).partition(" ")
    if word.lower() == HELP and rest.strip().lower() in SUBCOMMANDS:
        word, rest = rest.strip(), HELP
    answerer = SUBCOMMANDS.get(word.lower())
    if answerer is not None:
        answerer(replace(ask, body={**ask.body, "text": rest}), services)
        return
    administers = False
    try:
        with looking(ask, services) as (_, asker):
            administers = is_administrator(asker)
    except NotAllowed as refusal:
        expect = NO_TEACHERS.get(str(refusal))
        if expect is not None:
            ask.ack(**Answer(str(refusal), expect()).message())
            return
    ask.ack(**_answer(word, rest.strip(), administers).message())


def _answer(word: str, rest: str, administers: bool) -> Answer:
    known = [one for one in SUBCOMMANDS if administers or one not in FOR_ADMINISTRATORS]
    if word.lower() in ("", HELP):
        near = _nearest(rest, known)
        return _instead(HELP, rest, near) if near else homeroom_help(administers=administers)
    if word.lower() in REPORTS:
        typed = f"{Command.HOMEROOM} {word} {rest}".strip()
        return near_word(typed, f"{REPORTS[word.lower()]} {rest}".strip())
    near = _nearest(word, [*known, HELP])
    return _instead("", word, near, rest) if near else no_such_word(word, administers=administers)


def _instead(before: str, word: str, near: str, rest: str = "") -> Answer:
    """The same with the right word in its place."""
    typed, meant = (
        " ".join(filter(None, (Command.HOMEROOM, before, one, rest))) for one in (word, near)
    )
    return near_word(typed, meant)


def _nearest(word: str, known: Sequence[str]) -> str | None:
    """The word that is spelt most like this one; None where none is much alike."""
    found = get_close_matches(word.lower(), known, n=1, cutoff=ALIKE)
    return found[0] if found else None
