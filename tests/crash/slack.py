"""The Slack of the crash tests: one answer in six is trouble, and its ledger stands in a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sandbox import Config, Person, SandboxServer, Settings
from tests.crash.work import TEACHERS

TROUBLE: dict[str, Any] = {
    "ratelimited": 0.05,
    "server_error": 0.05,
    "drop": 0.05,
    "late": {"chance": 0.02, "seconds": 0.7},
}
"""By chance, for each call of every method. `late` is over before anybody looks for it."""


@contextmanager
def troubled_slack(ledger: Path, seed: int) -> Iterator[str]:
    """A Slack that makes trouble; yields the address of its methods."""
    people = tuple(Person(f"U{n}", f"Teacher {n}", f"t{n}@school.test") for n in TEACHERS)
    config = Config(people=people, settings=Settings(file_ready_seconds=0.1))
    with SandboxServer(config, ledger=ledger) as slack:
        slack.faults.mix("*", TROUBLE, seed=seed, retry_after=1)
        yield slack.api_url
