"""`/homeroom`: help, and what works today, each word its own file beside this one."""

import html
from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.ask import Ask
from handlers.commands.compare import compare_command
from handlers.commands.digest import digest_command
from handlers.commands.export import export_command
from handlers.commands.for_whom import act_command
from handlers.commands.meet import meet_command
from handlers.commands.settings import settings_command
from handlers.commands.templates import templates_command
from handlers.commands.trend import trend_command
from handlers.commands.usage import usage_command
from handlers.ids import Act
from handlers.services import Services
from handlers.subjects import CLASS, STUDENT
from handlers.views.help import homeroom_help, no_such_word

Subcommand = Callable[[Ask, Services], None]

SUBCOMMANDS: Mapping[str, Subcommand] = {
    "compare": compare_command,
    "trend": trend_command,
    "export": export_command,
    "message": act_command(Act.MESSAGE, (STUDENT, CLASS)),
    "assign": act_command(Act.ASSIGN),
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


def homeroom_command(ask: Ask, services: Services) -> None:
    """Hand on to the word that was typed; without one say what works. `help meet` is `meet help`.

    Parts that are still to come are named as such.
    """
    word, _, rest = html.unescape(ask.words).partition(" ")
    if word.lower() == "help" and rest.strip().lower() in SUBCOMMANDS:
        word, rest = rest.strip(), "help"
    answerer = SUBCOMMANDS.get(word.lower())
    if answerer is not None:
        answerer(replace(ask, body={**ask.body, "text": rest}), services)
        return
    answer = homeroom_help() if word.lower() in ("", "help") else no_such_word(word.lower())
    ask.ack(**answer.message())
