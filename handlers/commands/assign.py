"""`/homeroom assign [student] [empty]`: practice filled in with what needs it, or an empty form."""

from handlers.ask import Ask
from handlers.codec import Ref
from handlers.commands.for_whom import for_whom
from handlers.ids import Act
from handlers.modals.assignment import EMPTY
from handlers.services import Services


def assign_command(ask: Ask, services: Services) -> None:
    """Open the form of an assignment; with `empty` as the last word no skill is ticked in it."""
    name, _, last = ask.words.rpartition(" ")
    if last.casefold() == EMPTY:
        for_whom(ask, services, Act.ASSIGN, name, wish=Ref(form=EMPTY))
    else:
        for_whom(ask, services, Act.ASSIGN, ask.words)
