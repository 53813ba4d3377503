"""What Slack says of a person (guest, stranger, deactivated), asked once and kept for a while."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from school.access import SlackStanding
from school.errors import DeliveryFailed

LOG = logging.getLogger(__name__)
Key = tuple[int, str]


def unheard(_user: dict[str, Any]) -> None:
    """Nobody wants to know more of them."""


class Standings:
    """Answers of `users.info`, kept in memory by workspace and Slack user.

    A command is answered within `patience` seconds whatever Slack does: where it has not said by
    then (or lacks the method), the answer is None and our own records decide.
    """

    def __init__(self) -> None:
        self._known: dict[Key, tuple[float, Future[SlackStanding | None]]] = {}
        self._lock = Lock()
        self._threads = ThreadPoolExecutor(4, "standing")

    def of(
        self,
        key: Key,
        ask: Callable[[], dict[str, Any]],
        *,
        patience: float,
        kept: float,
        told: Callable[[dict[str, Any]], None] = unheard,
    ) -> SlackStanding | None:
        """The standing of one person; `ask` calls `users.info` where it is not known.

        An answer is kept for `kept` seconds, the lack of one for a tenth of that. `told` is given
        what Slack said of the person, afterwards: nobody waits for it.
        """
        with self._lock:
            since, answer = self._known.get(key, (0.0, None))
            if answer is None or time.monotonic() - since > _lasts(answer, kept):
                answer = self._threads.submit(self._read, ask, told)
                self._known[key] = (time.monotonic(), answer)
        try:
            return answer.result(patience)
        except TimeoutError:
            return None

    def _read(
        self, ask: Callable[[], dict[str, Any]], told: Callable[[dict[str, Any]], None]
    ) -> SlackStanding | None:
        user = _asked(ask)
        if user is None:
            return None
        self._threads.submit(told, user)
        return standing_in(user)


def _lasts(answer: Future[SlackStanding | None], kept: float) -> float:
    known = answer.done() and answer.exception() is None and answer.result() is not None
    return kept if known else kept / 10


def _asked(ask: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
    try:
        user = ask().get("user")
    except (DeliveryFailed, SQLAlchemyError) as failure:
        # What is remembered is that nobody knows, never the failure: it would come up again.
        LOG.info("Slack did not say who asks (%s)", type(failure).__name__)
        return None
    return user if isinstance(user, dict) else None


def standing_in(user: dict[str, Any]) -> SlackStanding:
    """The flags of a Slack user object, absent ones being false."""
    return SlackStanding(
        restricted=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        stranger=bool(user.get("is_stranger")),
        deleted=bool(user.get("deleted")),
    )
