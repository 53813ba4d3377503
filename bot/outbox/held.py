"""Who waits for the gate: what is held back comes back one by one, and nothing is claimed in vain.

A turn is as long as the method's rate says. Deliveries that wait for a method get one turn after
the other, not all the same moment: a thousand that met a closed gate would else be claimed again at
each turn, all but one of them to be put back.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from bot.gate import POST
from bot.slack import HeldBack
from school.models import Delivery, Lane

LONGEST = timedelta(minutes=5)
"""How far turns are given out; what comes after that is spread over it by chance."""
RECENTLY = timedelta(seconds=1)
FEW = 2
"""So many are claimed at a time where posts were held back a moment ago: one for the turn that is
free, and one to wait for the next."""


@dataclass(slots=True)
class Line:
    """One lane's posts in one workspace: held back until then, and since when."""

    until: datetime
    met_at: datetime


@dataclass(slots=True)
class Held:
    """What this process knows of closed gates. Safe to use from any thread."""

    _lines: dict[tuple[str, int], Line] = field(default_factory=dict)
    _turns: dict[tuple[str, int, str], datetime] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def turn(self, delivery: Delivery, wait: HeldBack, now: datetime) -> datetime:
        """When a delivery that met a closed gate is to ask again."""
        if not wait.everywhere:
            return wait.until
        with self._lock:
            if wait.method == POST:
                line = Line(wait.until, now)
                self._lines[delivery.lane, delivery.workspace_id] = line
                return wait.until
            key = (delivery.lane, delivery.workspace_id, wait.method)
            self._forget(now)
            last = self._turns.get(key, now - wait.interval)
            turn = max(wait.until, last + wait.interval)
            if turn - wait.until > LONGEST:
                return wait.until + LONGEST * random.random()
            self._turns[key] = turn
            return turn

    def place(self, delivery: Delivery, wait: HeldBack, now: datetime) -> dict[str, object]:
        """What keeps a post its place in the order of what is claimed, while our own rate holds it.

        Nothing of its line is claimed before then; put at the end, it would wait for all the rest.
        """
        keeps = wait.everywhere and wait.method == POST and wait.until - now < RECENTLY
        return {"next_attempt_at": delivery.next_attempt_at} if keeps else {}

    def now(self, lane: Lane, now: datetime) -> set[int]:
        """The workspaces whose posts are held back at the moment, in a lane."""
        with self._lock:
            return {
                workspace_id
                for (held, workspace_id), line in self._lines.items()
                if held == lane.value and line.until > now
            }

    def most(self, lane: Lane, free: int, now: datetime) -> int:
        """How many to claim at a time, of so many that are free."""
        with self._lock:
            lines = (line for (held, _), line in self._lines.items() if held == lane.value)
            met = any(now - line.met_at < RECENTLY for line in lines)
        return min(free, FEW) if met else free

    def _forget(self, now: datetime) -> None:
        self._turns = {key: turn for key, turn in self._turns.items() if turn > now}
