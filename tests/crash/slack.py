"""The Slack of the crash tests: a process of its own, where one answer in six is trouble.

Its ledger stands in a file, so that it tells what was accepted whoever has died since.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.crash.work import TEACHERS

ROOT = Path(__file__).parents[2]
TROUBLE: dict[str, Any] = {
    "ratelimited": {"chance": 0.05, "retry_after": 1},
    "server_error": 0.05,
    "drop": 0.05,
    "late": {"chance": 0.02, "seconds": 0.7},
}
"""By chance, for each call of every method. `late` is over before anybody looks for it."""


@contextmanager
def troubled_slack(folder: Path, ledger: Path, seed: int) -> Iterator[str]:
    """A Slack that makes trouble; yields the address of its methods."""
    people = [{"id": f"U{n}", "name": f"Teacher {n}", "email": f"t{n}@x.test"} for n in TEACHERS]
    plan = {
        "people": people,
        "settings": {"file_ready_seconds": 0.1},
        "faults": [{"method": "*", "mix": TROUBLE, "seed": seed}],
    }
    config = folder / "slack.json"
    config.write_text(json.dumps(plan), encoding="utf-8")
    words = ["--port", "0", "--config", str(config), "--ledger", str(ledger)]
    with (
        (folder / "slack.log").open("w") as log,
        subprocess.Popen(
            [sys.executable, "-m", "sandbox", *words],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        try:
            assert process.stdout is not None  # it was asked for
            yield f"{process.stdout.readline().strip()}/api/"
        finally:
            process.terminate()
