"""Reports as PDF: a student's, beyond its charts, and class packs, beside WeasyPrint.

    python -m bench.exports [--rounds 15] [--alone]

Both print the same words, tables and vector charts. Aims: 60 ms for a student's PDF beyond its
charts; 10 s for a pack of 30 on two cores, its memory the same for 5, 30 and 100. `--alone` leaves
out WeasyPrint, which has to be installed by hand (`bench/weasy.py` says how).
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from analytics.exports.files import pack_pdf, student_pdf
from analytics.exports.sheets.student import student_sheet
from analytics.exports.typesetting import typeset
from bench import weasy
from bot.outgoing import Job
from bot.workers import DrawingPool
from tests.analytics.exports.samples import NOW, student_report

PACKS = (5, 30, 100)


def median_ms(run: Callable[[int], Any], rounds: int) -> float:
    """The median CPU time of a run, by its number: each round is to make something new."""
    times = []
    for number in range(-1, rounds):
        start = time.process_time()
        run(number)
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times[1:])


def one_student(rounds: int, *, alone: bool) -> None:
    """Print what one student's PDF costs, with a name and a day that it never saw."""
    reports = [student_report(f"Student {number}") for number in range(-1, rounds)]
    sheets = [student_sheet(report, NOW) for report in reports]
    drawn = median_ms(lambda n: student_sheet(reports[n], NOW), rounds)
    later = NOW + timedelta(days=1)
    whole = median_ms(lambda n: student_pdf(reports[n], "a4", later), rounds)
    ours = median_ms(lambda n: typeset(sheets[n], "Student report", paper="a4", now=NOW), rounds)
    parts = f"charts and words {drawn:.0f} ms, the PDF beyond them {ours:.0f} ms"
    print(f"student: {whole:.0f} ms CPU in all; {parts}")
    if not alone:
        pages = [weasy.page([sheet]) for sheet in sheets]
        theirs = median_ms(lambda n: weasy.pdf(pages[n]), rounds)
        print(f"student, WeasyPrint beyond the charts: {theirs:.0f} ms CPU | {theirs / ours:.1f} x")


def pack(students: int) -> None:
    """Print the time of a pack in two processes, and their memory at most."""
    pool = DrawingPool(2)
    start = time.perf_counter()
    reports = [student_report(f"Student {number}") for number in range(students)]
    waiting = [pool.make(Job(student_pdf, (report, "a4", NOW))) for report in reports]
    parts = [future.result() for future in waiting]
    made = time.perf_counter() - start
    join = partial(pack_pdf, class_title="Grade 5 Maths", paper="a4", now=NOW)
    content: bytes = pool.make(Job(join, (parts,))).result()
    taken = time.perf_counter() - start
    spent = sum(map(cpu_seconds, pool.pids()))
    highest = " and ".join(f"{high_water(pid):.0f}" for pid in pool.pids())
    pool.close()
    print(
        f"pack of {students}: {taken:.1f} s from nothing, {made:.1f} s of it parts; "
        f"{spent:.1f} s CPU in two processes of at most {highest} MB; {len(content) // 1000} kB"
    )


def cpu_seconds(pid: int) -> float:
    """The CPU time of a process until now (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def high_water(pid: int) -> float:
    """The most memory that a process ever had, in MB (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def their_pack(students: int) -> None:
    """Print what WeasyPrint takes for the same pack, as one document in this process."""
    start = time.perf_counter()
    reports = [student_report(f"Student {number}") for number in range(students)]
    content = weasy.pdf(weasy.page([student_sheet(report, NOW) for report in reports]))
    taken = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        f"pack of {students}, WeasyPrint: {taken:.1f} s, {used.ru_utime + used.ru_stime:.1f} s CPU "
        f"in one process of at most {used.ru_maxrss / 1024:.0f} MB; {len(content) // 1000} kB"
    )


def main() -> None:
    """Run the comparisons; each pack of WeasyPrint's in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--their-pack", type=int)
    options = parser.parse_args()
    if options.their_pack:
        return their_pack(options.their_pack)
    one_student(options.rounds, alone=options.alone)
    for students in PACKS:
        pack(students)
    for students in () if options.alone else PACKS[:2]:
        words = [sys.executable, "-m", "bench.exports", "--their-pack", str(students)]
        subprocess.run(words, check=True)
    return None


if __name__ == "__main__":
    main()
