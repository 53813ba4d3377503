"""Doing something to see what would come of it, and keeping nothing."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.people import Asker, saving
from handlers.services import Services

T = TypeVar("T")


class _TriedError(Exception):
    """It has been tried, and is not to be kept."""


def tried(ask: Ask, services: Services, act: Callable[[Session, Asker], T]) -> T:
    """What `act` returns, which must hold no records: its transaction is rolled back.

    The audit rows are so too: whoever shows what came of it opens the students once more. Raises
    what `act` raises.
    """
    found: list[T] = []
    try:
        with saving(ask, services) as (session, asker):
            found.append(act(session, asker))
            raise _TriedError
    except _TriedError:
        return found[0]
