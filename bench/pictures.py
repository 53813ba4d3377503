"""CPU of the pictures over the process tree, beside vl-convert and Plotly with Kaleido.

    python -m bench.pictures [--peers PYTHON] [--rounds 15]

Each draws the same content at the same size in a program of its own. Cold is everything from
starting the program to the first picture, its children's CPU included; warm is the mean CPU and
the median time of the pictures after that. Our other pictures follow by themselves, of the demo
school. PYTHON is an interpreter that has the peers, which are no dependencies of ours:
`python -m venv peers && peers/bin/pip install vl-convert-python plotly kaleido`. Kaleido needs a
Chrome or Chromium; BROWSER_PATH says where, if it is not found.
"""

import argparse
import base64
import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.reports.class_comparison import get_class_comparison
from analytics.reports.comparison import get_student_comparison
from analytics.reports.data import Plain
from analytics.reports.skill import get_skill_analytics
from analytics.reports.trends import get_class_trend_data, get_student_trend_data
from bench.footprint import descendants
from school.database import make_engine, make_session_factory, reading
from school.demo.build import build_demo_school
from school.models import Base, Class, Enrolment, Skill
from tests.analytics.charts.samples import class_report, student_report

PEERS = ("ours", "vega", "plotly_kaleido")
NOW = datetime(2026, 11, 20, 22, tzinfo=UTC)
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
        f"{kind:18} {name:15} cold: {1000 * cold:6.0f} ms CPU, {1000 * waited:6.0f} ms |"
        f" warm: {1000 * sum(used) / rounds:5.0f} ms CPU, {1000 * median(times):5.0f} ms",
        flush=True,
    )


def others() -> Iterator[tuple[str, Plain]]:
    """The reports of our other pictures, from the demo school."""
    with tempfile.TemporaryDirectory(prefix="homeroom-bench-") as folder:
        engine = make_engine(f"sqlite:///{folder}/school.db")
        Base.metadata.create_all(engine)
        factory = make_session_factory(engine)
        build_demo_school(factory, now=NOW)
        with factory() as session:
            yield from _others(reading(session))
        engine.dispose()


def _others(session: Session) -> Iterator[tuple[str, Plain]]:
    own, *beside = session.scalars(select(Class.id).order_by(Class.id))
    enrolled = select(Enrolment.student_id).where(Enrolment.class_id == own)
    student = session.scalars(enrolled.order_by(Enrolment.student_id)).first() or 0
    skill = session.scalars(select(Skill.id).order_by(Skill.id)).first() or 0
    at: dict[str, Any] = {"session": session, "now": NOW}
    yield "skill", get_skill_analytics(own, skill, **at)
    yield "student trend", get_student_trend_data(student, "accuracy", 60, class_id=own, **at)
    yield "class trend", get_class_trend_data(own, "accuracy", 60, **at)
    yield "student comparison", get_student_comparison(student, own, **at)
    yield "class comparison", get_class_comparison(own, beside, **at)


def main() -> None:
    """Measure every peer on both pictures, then our others."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--peers", default=sys.executable, help="an interpreter that has them")
    options.add_argument("--rounds", type=int, default=15)
    wanted = options.parse_args()
    reports: dict[str, Plain] = {"student": student_report(), "class": class_report(30, 12)}
    for kind, report in reports.items():
        for name in PEERS:
            measure(name, wanted.peers, kind, report, wanted.rounds)
    for kind, report in others():
        measure("ours", wanted.peers, kind, report, wanted.rounds)


if __name__ == "__main__":
    main()
