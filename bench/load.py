"""Commands at a steady rate while reports are drawn: how soon each is acknowledged and answered.

    python -m bench.load                      # 10 commands a second for 60 s, over Socket Mode
    python -m bench.load --http               # the same over signed HTTP
    python -m bench.load --same               # everybody asks for the same report
    python -m bench.load --beside-naive       # and Bolt as one would first write it, in one run

The local Slack is a process of its own with its rate limits off. The rates that the bot keeps by
itself (300 posts a minute in a workspace) are off too unless `--own-limits` is said: else they are
what is measured.
"""

import argparse
import tempfile
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from bench.rig import CHANNEL, Data, ask, bot, local_slack, make_school, naive_bot, teacher_ids

CLASSES = ("Grade 5 Maths", "Grade 6 Maths")
STUDENTS = ("Maya Okafor", "Leo Park", "Ana Ruiz", "Sam O'Neil", "Mia Olsen", "Zoë Dubois")
SHORTEST, LENGTHS = 14, 50
"""Days of the ranges that are asked for, so that no two pictures are the same."""
UNLIMITED = {
    f"HOMEROOM_{name}": "0"
    for name in (
        "POSTS_PER_MINUTE",
        "POSTS_PER_CHANNEL",
        "TIER2_PER_MINUTE",
        "TIER3_PER_MINUTE",
        "TIER4_PER_MINUTE",
    )
}
PORT = 18_400
PATIENCE = 180.0
"""Seconds after the last command until a report that has not come counts as lost."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run measured, times in seconds; `waits` are from a command to its report."""

    name: str
    sent: int
    acknowledged: list[float]
    failures: dict[str, int]
    waits: list[float]
    pictures: int

    def lines(self) -> list[str]:
        """The run in words and figures."""
        ack, wait = percentiles(self.acknowledged), percentiles(self.waits)
        return [
            f"{self.name}: {self.sent} commands, {sum(self.failures.values())} not acknowledged "
            f"in 3 s {self.failures or ''}".rstrip(),
            f"  acknowledgement p50 {ack[0] * 1000:.0f} ms, p99 {ack[1] * 1000:.0f} ms, "
            f"longest {ack[2] * 1000:.0f} ms",
            f"  reports delivered {len(self.waits)} of {self.sent} ({self.pictures} with picture); "
            f"wait p50 {wait[0]:.1f} s, p99 {wait[1]:.1f} s, longest {wait[2]:.1f} s",
        ]


def percentiles(values: list[float]) -> tuple[float, float, float]:
    """The median, the 99th percentile and the largest; zeros where there is nothing."""
    if len(values) < 2:
        return (0.0, 0.0, 0.0)
    cuts = quantiles(values, n=100, method="inclusive")
    return cuts[49], cuts[98], max(values)


def one_command(index: int) -> tuple[str, str]:
    """A class report or, three times as often, a student's, each of other days than the last."""
    days = f"{SHORTEST + index // 8 % LENGTHS}d"
    if index % 4 == 0:
        return "/class-report", f"{CLASSES[index // 4 % 2]} {days}"
    return "/student-report", f"{STUDENTS[index % 8 - index % 8 // 4 - 1]} {days}"


def send_commands(
    slack: str, teachers: list[str], *, rate: float, seconds: float, same: bool
) -> int:
    """Send commands at a steady rate, each from the next teacher; returns how many."""
    threads, began = [], time.monotonic()
    number = round(rate * seconds)
    for index in range(number):
        command, text = one_command(0 if same else index)
        asked = {"user": teachers[index % len(teachers)], "channel": CHANNEL}
        data = {**asked, "command": command, "text": text}
        time.sleep(max(0.0, began + index / rate - time.monotonic()))
        thread = threading.Thread(target=ask, args=(f"{slack}/_sandbox/command", data))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    return number


def wait_for_reports(slack: str, teachers: list[str], expected: int) -> dict[str, list[Data]]:
    """Each teacher's reports, once all have come or patience has ended."""
    deadline = time.monotonic() + PATIENCE
    while True:
        came = {one: reports(slack, one) for one in teachers}
        if sum(map(len, came.values())) >= expected or time.monotonic() > deadline:
            return came
        time.sleep(2)


def reports(slack: str, teacher: str) -> list[Data]:
    """What stands in a teacher's direct messages, oldest first."""
    found: list[Data] = ask(f"{slack}/_sandbox/messages?user={teacher}")
    return found


def measured(name: str, slack: str, sent: int, came: dict[str, list[Data]]) -> Outcome:
    """What the ledger and the direct messages say.

    A teacher's reports come in the order in which they were asked for.
    """
    book = ask(f"{slack}/_sandbox/ledger")["acknowledgements"]
    commands = [one for one in book if one["kind"] == "command"]
    asked: dict[str, list[float]] = defaultdict(list)
    for one in commands:
        asked[one["user"]].append(one["at"] - one["seconds"])
    waits = [
        float(report["ts"]) - since
        for user, moments in asked.items()
        for since, report in zip(sorted(moments), came[user], strict=False)
    ]
    good = [one["seconds"] for one in commands if one["outcome"] == "ok"]
    pictures = sum("slack_file" in str(one["blocks"]) for each in came.values() for one in each)
    bad = Counter(str(one["outcome"]) for one in commands if one["outcome"] != "ok")
    return Outcome(name, sent, good, dict(bad), waits, pictures)


def run(options: argparse.Namespace, name: str, *, naive: bool) -> Outcome:
    """One whole run in a school of its own."""
    with tempfile.TemporaryDirectory(prefix="homeroom-load-") as place:
        folder = Path(place)
        make_school(folder / "school.db", options.teachers)
        address = f"http://127.0.0.1:{PORT + 1}" if options.http else None
        limits = {} if options.own_limits else UNLIMITED
        start = naive_bot if naive else bot
        with (
            local_slack(folder, PORT, options.teachers, address) as slack,
            start(folder, PORT + 1, slack, http=options.http, **limits),
        ):
            teachers = teacher_ids(options.teachers)
            pace = {"rate": options.rate, "seconds": options.seconds}
            sent = send_commands(slack, teachers, **pace, same=options.same)
            came = wait_for_reports(slack, teachers, sent)
            return measured(name, slack, sent, came)


def main() -> None:
    """Read the options, run, and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rate", type=float, default=10, help="commands a second")
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--teachers", type=int, default=30)
    arguments.add_argument("--http", action="store_true", help="signed HTTP, not Socket Mode")
    arguments.add_argument("--same", action="store_true", help="one report for everybody")
    arguments.add_argument("--own-limits", action="store_true")
    arguments.add_argument("--beside-naive", action="store_true")
    options = arguments.parse_args()
    way = "signed HTTP" if options.http else "Socket Mode"
    outcomes = [run(options, f"Homeroom over {way}", naive=False)]
    if options.beside_naive:
        outcomes.append(run(options, f"Bolt, drawing in its listeners, over {way}", naive=True))
    for outcome in outcomes:
        print(*outcome.lines(), sep="\n")
    if options.beside_naive:
        ours, naives = (percentiles(one.acknowledged)[1] for one in outcomes)
        print(f"acknowledgement p99: {naives / max(ours, 1e-6):.1f} times ours")


if __name__ == "__main__":
    main()
