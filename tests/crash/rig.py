"""Starting processes, giving them work, and killing them."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

from tests.crash.doom import POINTS, Doom
from tests.crash.process import Life, drain
from tests.crash.processes import CONTEXT

PATIENCE = 2.0
"""Seconds that a process may take to reach its doom; then it is killed where it is."""
STARTED = 15.0
"""Seconds that one on a busy machine may take until its first call to Slack."""


@dataclass(frozen=True, slots=True)
class Mortal:
    """A process that will be killed, and the line by which it says that it has begun to send."""

    process: ForkServerProcess
    line: Connection

    def live(self, seconds: float) -> None:
        """Wait until it has begun, and then so long; less where it ends before."""
        self.line.poll(STARTED)
        self.process.join(seconds)

    def kill(self) -> None:
        """End it, if it has not ended itself."""
        self.process.kill()
        self.process.join()
        self.line.close()


@dataclass
class Pack:
    """Processes of one kind that drain side by side; one that ends is replaced by the next."""

    life: Life
    chance: random.Random
    running: list[Mortal] = field(default_factory=list)
    kills: int = 0
    doomed: bool = True
    _to_come: list[str] = field(default_factory=list)

    def start(self, number: int) -> None:
        """Start so many."""
        for _ in range(number):
            life = replace(self.life, doom=self._doom())
            ours, theirs = CONTEXT.Pipe(duplex=False)
            process = CONTEXT.Process(target=drain, args=(life, theirs), daemon=True)
            process.start()
            theirs.close()
            self.running.append(Mortal(process, ours))

    def kill_one(self) -> None:
        """Have the oldest end, by itself or by us, and start another."""
        oldest = self.running.pop(0)
        oldest.live(self.chance.uniform(PATIENCE / 10, PATIENCE))
        oldest.kill()
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
        for one in self.running:
            one.kill()

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
