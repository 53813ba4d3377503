"""CPU of the pictures over the process tree, beside vl-convert and Plotly with Kaleido.

    python -m bench.pictures [--peers PYTHON] [--rounds 15]

Each draws the same content at the same size in a program of its own. Cold is everything from
starting the program to the first picture, its children's CPU included; warm is the median of the
pictures after that, in turns. PYTHON is an interpreter that has the peers, which are no
dependencies of ours: `python -m venv peers && peers/bin/pip install vl-convert-python plotly
kaleido`. Kaleido needs a Chrome or Chromium; BROWSER_PATH says where, if it is not found.
"""

import argparse
import base64
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from analytics.reports.data import Plain
from bench.footprint import descendants
from tests.analytics.charts.samples import class_report, student_report

PEERS = ("ours", "vega", "plotly_kaleido")
TICK = os.sysconf("SC_CLK_TCK")


class Peer:
    """One running peer."""

    def __init__(self, name: str, python: str) -> None:
        self._packed = name == "ours"
        self.process = subprocess.Popen(
            [sys.executable if self._packed else python, "-m", f"bench.peers.{name}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def draw(self, kind: str, report: Plain, save: str | None = None) -> None:
        """Have one picture drawn. Raises EOFError where the peer has ended."""
        assert self.process.stdin and self.process.stdout
        packed = base64.b64encode(pickle.dumps(report)).decode()
        asked: Any = packed if self._packed else report.as_dict()
        self.process.stdin.write(json.dumps({"kind": kind, "report": asked, "save": save}) + "\n")
        self.process.stdin.flush()
        if not self.process.stdout.readline():
            raise EOFError("the peer has ended; does its interpreter have what it needs?")

    def cpu(self) -> float:
        """Seconds of CPU that the program and all its children, past ones too, have used."""
        return sum(map(_cpu_of, [self.process.pid, *descendants(self.process.pid)]))


def _cpu_of(pid: int) -> float:
    """A process's own seconds of CPU and those of the children that it has waited for (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICK


@contextmanager
def running(name: str, python: str) -> Iterator[Peer]:
    """A peer that is ended afterwards."""
    peer = Peer(name, python)
    try:
        yield peer
    finally:
        peer.process.communicate()


def measure(name: str, python: str, kind: str, report: Plain, rounds: int) -> None:
    """Print what the first picture and the later ones take."""
    start = perf_counter()
    save = f"{os.environ['PICTURES']}/{kind}-{name}.png" if "PICTURES" in os.environ else None
    with running(name, python) as peer:
        peer.draw(kind, report, save)
        cold, waited = peer.cpu(), perf_counter() - start
        used, times = [], []
        for _ in range(rounds):
            before, start = peer.cpu(), perf_counter()
            peer.draw(kind, report)
            used.append(peer.cpu() - before)
            times.append(perf_counter() - start)
    print(
        f"{kind:8} {name:15} cold: {1000 * cold:6.0f} ms CPU, {1000 * waited:6.0f} ms |"
        f" warm: {1000 * sum(used) / rounds:5.0f} ms CPU, {1000 * median(times):5.0f} ms",
        flush=True,
    )


def main() -> None:
    """Measure every peer on both pictures."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--peers", default=sys.executable, help="an interpreter that has them")
    options.add_argument("--rounds", type=int, default=15)
    wanted = options.parse_args()
    reports: dict[str, Plain] = {"student": student_report(), "class": class_report(30, 12)}
    for kind, report in reports.items():
        for name in PEERS:
            measure(name, wanted.peers, kind, report, wanted.rounds)


if __name__ == "__main__":
    main()
