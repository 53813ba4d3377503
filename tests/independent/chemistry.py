"""The chemistry class recomputed: DuckDB over the raw file, and mastery by the definition, slowly.

Nothing of the project's own code is used here. Everything follows docs/metrics.md: a question is
the first event with an outcome at a step (problem and step name) on a local day; a hint makes it
incorrect; time is the recorded duration, or else the gap before the event in its session, at most
300 s. Accuracies are fractions, times are seconds, days are local days of `zone`.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)

EVENTS = """
CREATE TABLE events AS
WITH raw AS (
    SELECT "Row"::INT AS row, "Anon Student Id" AS student, "Session Id" AS session,
        ("Time"::TIMESTAMP AT TIME ZONE "Time Zone") AS moment,
        nullif("Outcome", '') AS outcome,
        nullif("KC (Default)", '') AS skill,
        "Problem Name" || ' / ' || coalesce("Step Name", '') AS step,
        nullif(try_cast(nullif("Duration (sec)", '.') AS DOUBLE), 0) AS recorded
    FROM read_csv(?, delim = '\t', header = true, quote = '', escape = '', all_varchar = true)
)
SELECT *, (moment AT TIME ZONE ?)::DATE AS day,
    least(300, coalesce(recorded, date_diff('millisecond', before, moment) / 1000.0, 0)) AS seconds,
    recorded IS NULL AS estimated
FROM (
    SELECT *, lag(moment) OVER (PARTITION BY student, session ORDER BY moment, row) AS before
    FROM raw
)
"""
QUESTIONS = """
CREATE TABLE questions AS
SELECT student, day, moment, row, skill, outcome = 'CORRECT' AS correct
FROM (
    SELECT *, row_number() OVER (PARTITION BY student, day, step ORDER BY moment, row) AS place
    FROM events WHERE outcome IS NOT NULL
) WHERE place = 1
"""


@dataclass(frozen=True)
class Figures:
    """What was practised in some days: accuracy is None without a question."""

    questions: int
    correct: int
    accuracy: float | None
    seconds: float
    estimated_seconds: float
    active_days: int


@dataclass(frozen=True)
class Standing:
    """Where a student stands with a skill: estimate, label, and the questions it rests on."""

    estimate: float
    label: str
    questions: int
    correct: int


class Chemistry:
    """The whole file. Every method takes local days, both included; without them it is all."""

    def __init__(self, path: Path, zone: str = "America/New_York") -> None:
        self._db = duckdb.connect()
        self._db.execute(EVENTS, [str(path), zone])
        self._db.execute(QUESTIONS)

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Any other question, over the tables `events` and `questions`."""
        return self._db.execute(query, list(values)).fetchall()

    def students(self) -> list[str]:
        """All students' ids."""
        return [row[0] for row in self.sql("SELECT DISTINCT student FROM events ORDER BY 1")]

    def days(self) -> tuple[date, date]:
        """The first and the last local day with any event."""
        first, last = self.sql("SELECT min(day), max(day) FROM events")[0]
        return first, last

    def overall(self, start: date = FIRST, end: date = LAST) -> dict[str, Figures]:
        """Each student's totals."""
        return {key[0]: one for key, one in self._figures("student", start, end).items()}

    def by_day(self, start: date = FIRST, end: date = LAST) -> dict[tuple[str, date], Figures]:
        """Each student's totals on each day."""
        return self._figures("student, day", start, end)

    def by_week(self, start: date = FIRST, end: date = LAST) -> dict[tuple[str, date], Figures]:
        """Each student's totals in each week, by its Monday."""
        return self._figures("student, date_trunc('week', day)::DATE", start, end)

    def by_skill(self, start: date = FIRST, end: date = LAST) -> dict[tuple[str, str], Figures]:
        """Each student's totals on each skill."""
        return self._figures("student, skill", start, end, "skill IS NOT NULL")

    def by_skill_and_day(self) -> dict[tuple[str, str, date], Figures]:
        """Each student's totals on each skill and day."""
        return self._figures("student, skill, day", FIRST, LAST, "skill IS NOT NULL")

    def _figures(self, by: str, start: date, end: date, which: str = "true") -> dict[Any, Figures]:
        width = by.count(",") + 1 - by.count("',")
        asked = self.sql(
            f"""SELECT {by}, count(*), count(*) FILTER (correct), count(DISTINCT day)
            FROM questions WHERE day BETWEEN ? AND ? AND {which} GROUP BY ALL""",
            start,
            end,
        )
        spent = self.sql(
            f"""SELECT {by}, sum(seconds), coalesce(sum(seconds) FILTER (estimated), 0)
            FROM events WHERE day BETWEEN ? AND ? AND {which} GROUP BY ALL""",
            start,
            end,
        )
        counts = {row[:width]: row[width:] for row in asked}
        found = {}
        for row in spent:
            questions, correct, active = counts.get(row[:width], (0, 0, 0))
            accuracy = correct / questions if questions else None
            times = (float(row[width]), float(row[width + 1]))
            found[row[:width]] = Figures(questions, correct, accuracy, *times, active)
        return found

    def mastery(self, until: date = LAST) -> dict[tuple[str, str], Standing]:
        """Where each student stands with each skill at the end of a day, one class as classmates.

        Word by word from the definition, with every mean taken anew from the whole past.
        """
        asked = self.sql(
            """SELECT student, skill, correct FROM questions
            WHERE skill IS NOT NULL AND day <= ? ORDER BY moment, row""",
            until,
        )
        past: list[tuple[str, str, bool]] = []
        excesses: dict[str, list[float]] = defaultdict(list)
        sequences: dict[tuple[str, str], list[bool]] = defaultdict(list)
        standings: dict[tuple[str, str], Standing] = {}
        for student, skill, correct in asked:
            others = [c for s, k, c in past if k == skill and s != student]
            mean = (sum(others) + 4 * 0.5) / (len(others) + 4)
            excess = sum(excesses[student]) / (len(excesses[student]) + 10)
            s = min(max(mean + excess, 0.02), 0.98)
            answers = sequences[student, skill]
            answers.append(correct)
            standings[student, skill] = _standing(s, answers, standings.get((student, skill)))
            excesses[student].append(correct - mean)
            past.append((student, skill, correct))
        return standings


def _standing(s: float, answers: list[bool], before: Standing | None) -> Standing:
    newest_first = answers[::-1]
    a = sum(0.9**age * correct for age, correct in enumerate(newest_first))
    n = sum(0.9**age for age in range(len(answers)))
    estimate = (4 * s + a) / (4 + n)
    label = _label(estimate, len(answers), before.label if before else "")
    return Standing(estimate, label, len(answers), sum(answers))


def _label(estimate: float, questions: int, before: str) -> str:
    if (estimate >= 0.80 and questions >= 10) or (before == "mastered" and estimate >= 0.70):
        return "mastered"
    if questions < 5:
        return "too little practice"
    if estimate < 0.65 or (before == "needs work" and estimate < 0.70):
        return "needs work"
    return "in progress"
