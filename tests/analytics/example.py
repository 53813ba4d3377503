"""The specification's example as practice rows: a student of a class of eleven, over five weeks.

Accuracy 75 % of 450 questions in 12 hours, 8 of 15 skills mastered, from 65 % in the first week to
75 % four weeks later, Multiplication 90 % and mastered, Division 75 % and in progress, Fractions
60 % and in need of work, the 50th percentile. No straight line makes all of that true: its mean is
the accuracy of all questions. So the first week is weak, and the others lie around 75 %.
"""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

EXAMPLE = "Maya Okafor"
TITLE = "Grade 5 Maths"
MONDAY = date(2026, 10, 19)
NOW = datetime(2026, 11, 20, 22, tzinfo=UTC)
RANGE = f"{MONDAY}..2026-11-20"
SECONDS = 96

SOLID = ["Addition", "Subtraction", "Place value", "Rounding", "Money", "Time", "Measuring"]
GOING_ON = ["Decimals", "Percentages", "Angles", "Area", "Graphs"]
WEEKS: dict[str, tuple[str, ...]] = {
    "Multiplication": ("RRRRRWRRRRRR",) * 4 + ("RRRRWRRRRWRR",),
    "Division": ("RRRWRRRWRRRW",) * 5,
    "Fractions": ("RWRWRRWRWRWR",) * 4 + ("RWRRWRRWRRWR",),
    **dict.fromkeys(SOLID[:6], ("WRWR", "WRRR", "RRRRR", "RRWR", "RWR")),
    SOLID[6]: ("", "RWRWRRWR", "RRRRR", "RRWR", "RWR"),
    **dict.fromkeys(GOING_ON[:3], ("", "RRWRRR", "RWRWRW", "RRRWRRR", "RRWRRRR")),
    **dict.fromkeys(GOING_ON[3:], ("", "RRWRRR", "RWRWRW", "RRRWRRW", "RRWRRWR")),
}
"""By skill, right and wrong answers in the order in which they were given, week by week."""

Row = dict[str, str | int]


def example_csv(folder: Path) -> Path:
    """The whole class's practice as a file of ours."""
    path = folder / "example.csv"
    rows = [*_answers(EXAMPLE, WEEKS), *_classmates()]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def _answers(student: str, weeks: dict[str, tuple[str, ...]]) -> Iterator[Row]:
    """One row an answer: each week's answers spread over its school days, each skill in order."""
    for number in range(5):
        asked = [
            (place, skill, mark)
            for skill, marks in weeks.items()
            for place, mark in enumerate(marks[number])
        ]
        asked.sort(key=lambda one: one[0])
        for place, (_, skill, mark) in enumerate(asked):
            day = MONDAY + timedelta(weeks=number, days=5 * place // len(asked))
            moment = datetime(day.year, day.month, day.day, 14, tzinfo=UTC)
            yield {
                "student_id": student,
                "skill": skill,
                "answered_at": (moment + timedelta(seconds=120 * place)).isoformat(),
                "correct": int(mark == "R"),
                "seconds": SECONDS,
            }


def _classmates() -> Iterator[Row]:
    """Five above and five below, each with 60 questions, 60 to 95 % right."""
    for number, right in enumerate((36, 38, 40, 42, 44, 46, 48, 50, 53, 57)):
        marks = "".join("R" if n * right % 60 < right else "W" for n in range(60))
        weeks = {"Multiplication": tuple(marks[12 * week : 12 * week + 12] for week in range(5))}
        yield from _answers(f"Classmate {number:02d}", weeks)
