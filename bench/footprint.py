"""Start-up to ready, and the memory of the whole process tree, at rest and after drawing.

    python -m bench.footprint [--runs 5]

Memory is PSS: what the processes share is counted once, each with its part. Beside ours: Bolt as
one would first write it (bench/naive.py), which draws in its own process.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.rig import CHANNEL, ask, bot, local_slack, make_school, naive_bot, teacher_ids

PORT = 18_410
SETTLES = 3.0
"""Seconds after which the process tree is at rest."""
REPORTS = ("/class-report", "Grade 5 Maths 30d"), ("/student-report", "Maya Okafor 60d")
Start = Callable[..., AbstractContextManager[int]]


@dataclass(frozen=True, slots=True)
class Footprint:
    """Seconds to ready; megabytes of PSS at rest and after reports were drawn; processes then."""

    ready: float
    at_rest: float
    after: float
    processes: int


def pss(pid: int) -> tuple[float, int]:
    """The PSS of a process and all its children in megabytes, and how many they are (Linux)."""
    tree = [pid, *descendants(pid)]
    return sum(map(_own_pss, tree)) / 1e3, len(tree)


def descendants(pid: int) -> list[int]:
    """The process ids of all children, theirs included."""
    children = [
        int(child)
        for tasks in Path(f"/proc/{pid}/task").glob("*/children")
        for child in tasks.read_text().split()
    ]
    return children + [one for child in children for one in descendants(child)]


def _own_pss(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    [line] = [one for one in rollup.splitlines() if one.startswith("Pss:")]
    return int(line.split()[1])


def measure(start: Start, folder: Path, slack: str) -> Footprint:
    """One start, one rest, a few reports; over HTTP, where either bot says when it is ready."""
    teachers, began = teacher_ids(4), time.monotonic()
    with start(folder, PORT + 1, slack, http=True) as pid:
        ready = time.monotonic() - began
        time.sleep(SETTLES)
        at_rest, _ = pss(pid)
        for teacher in teachers:
            for command, text in REPORTS:
                data = {"user": teacher, "channel": CHANNEL, "command": command, "text": text}
                ask(f"{slack}/_sandbox/command", data)
        wait_for_reports(slack, teachers)
        time.sleep(SETTLES)
        after, processes = pss(pid)
    return Footprint(ready, at_rest, after, processes)


def wait_for_reports(slack: str, teachers: list[str]) -> None:
    """Until each teacher has each report. Raises TimeoutError."""
    deadline = time.monotonic() + 60
    for teacher in teachers:
        while len(ask(f"{slack}/_sandbox/messages?user={teacher}")) < len(REPORTS):
            if time.monotonic() > deadline:
                raise TimeoutError("a report did not come")
            time.sleep(0.2)


def lines(name: str, found: list[Footprint]) -> list[str]:
    """Medians in words."""
    ready = median(one.ready for one in found)
    at_rest, after = median(one.at_rest for one in found), median(one.after for one in found)
    return [
        f"{name}: ready after {ready:.2f} s; PSS {at_rest:.0f} MB at rest, "
        f"{after:.0f} MB in {found[-1].processes} processes after drawing"
    ]


def main() -> None:
    """Measure both and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=3)
    options = arguments.parse_args()
    starts: dict[str, Start] = {"Homeroom": bot, "Bolt, drawing in its listeners": naive_bot}
    for name, start in starts.items():
        found = []
        for _ in range(options.runs):
            with tempfile.TemporaryDirectory(prefix="homeroom-footprint-") as place:
                folder = Path(place)
                make_school(folder / "school.db", 4)
                with local_slack(folder, PORT, 4, f"http://127.0.0.1:{PORT + 1}") as slack:
                    found.append(measure(start, folder, slack))
        print(*lines(name, found), sep="\n")


if __name__ == "__main__":
    main()
