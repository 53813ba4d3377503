"""Starting processes, giving them work, and killing them."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing.context import ForkServerProcess

from tests.crash.doom import POINTS, Doom
from tests.crash.process import Life, drain
from tests.crash.processes import CONTEXT

PATIENCE = 2.0
"""Seconds that a process may take to reach its doom; then it is killed where it is."""


@dataclass
class Pack:
    """Processes of one kind that drain side by side; one that ends is replaced by the next."""

    life: Life
    chance: random.Random
    running: list[ForkServerProcess] = field(default_factory=list)
    kills: int = 0
    doomed: bool = True
    _to_come: list[str] = field(default_factory=list)

    def start(self, number: int) -> None:
        """Start so many."""
        for _ in range(number):
            life = replace(self.life, doom=self._doom())
            process = CONTEXT.Process(target=drain, args=(life,), daemon=True)
            process.start()
            self.running.append(process)

    def kill_one(self) -> None:
        """Have the oldest end, by itself or by us, and start another."""
        process = self.running.pop(0)
        process.join(self.chance.uniform(PATIENCE / 10, PATIENCE))
        process.kill()
        process.join()
        self.kills += 1
        self.start(1)

    def let_live(self) -> None:
        """Put processes without a doom in the place of those that run."""
        number = len(self.running)
        self.end()
        self.running.clear()
        self.doomed = False
        self.start(number)

    def end(self) -> None:
        """Kill what runs."""
        for process in self.running:
            process.kill()
            process.join()

    def _doom(self) -> Doom | None:
        """Each point once before any comes again; one in five ends at any moment instead."""
        if not self.doomed or self.chance.random() < 0.2:
            return None
        if not self._to_come:
            self._to_come = self.chance.sample(POINTS, len(POINTS))
        return Doom(self._to_come.pop(), self.chance.randint(1, 2))


@contextmanager
def pack_of(number: int, life: Life, chance: random.Random) -> Iterator[Pack]:
    """So many processes; all are gone at the end."""
    pack = Pack(life, chance)
    try:
        pack.start(number)
        yield pack
    finally:
        pack.end()
