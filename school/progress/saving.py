"""Writing what a replay found: derived rows of a stretch of days, in short transactions."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Delete, delete, select

from school.bulk import Batch
from school.models import (
    DailyProgress,
    DailySkillProgress,
    PracticeSession,
    StaleProgress,
    from_millis,
)
from school.progress.books import DayBook, Totals
from school.progress.stale import in_lists
from school.progress.standing import OnSkillSoFar, Standing
from school.progress.timeline import Sitting, Timeline

_TOTALS = """workspace_id, student_id, day, questions, correct, seconds, seconds_estimated, xp,
    sessions, excess_sum, excess_count"""
_SKILLS = """workspace_id, student_id, day, skill_id, questions, correct, seconds, estimate,
    weight_correct, weight_total, prior, label, total_questions, total_correct,
    mastered_at_question, mastered_on"""
_SITTINGS = """workspace_id, student_id, started_at, session_key, ended_at, day, questions, correct,
    seconds, seconds_estimated, skill_ids, skill_questions"""
_SAVE_TOTALS = f"INSERT INTO daily_progress ({_TOTALS}) VALUES ({', '.join('?' * 11)})"
_SAVE_SKILLS = f"INSERT INTO daily_skill_progress ({_SKILLS}) VALUES ({', '.join('?' * 16)})"
_SAVE_SITTINGS = f"""INSERT INTO practice_sessions ({_SITTINGS}) VALUES ({", ".join("?" * 12)})
    ON CONFLICT (workspace_id, student_id, started_at, session_key) DO UPDATE SET
        ended_at = excluded.ended_at, questions = excluded.questions, correct = excluded.correct,
        seconds = excluded.seconds, seconds_estimated = excluded.seconds_estimated,
        skill_ids = excluded.skill_ids, skill_questions = excluded.skill_questions"""

Rows = list[tuple[Any, ...]]
MOST_ROWS = 5000
"""About so many derived rows are written in one transaction."""


class Derived:
    """The derived rows of one stretch of days, by student, ready to be written."""

    def __init__(self, workspace_id: int, students: Sequence[int]) -> None:
        self._workspace_id, self._students = workspace_id, students
        self._totals: dict[int, Rows] = defaultdict(list)
        self._skills: dict[int, Rows] = defaultdict(list)
        self._sittings: dict[int, Rows] = defaultdict(list)

    def add_day(self, book: DayBook, standing: Standing) -> None:
        """Take up a day's counts, with where everyone stood at its end."""
        for place, totals in book.totals.items():
            excess = (standing.excess_sum[place], standing.excess_count[place])
            student = self._students[place]
            start = (self._workspace_id, student, book.day.isoformat())
            self._totals[student].append((*start, *_totals(totals), *excess))
        for (place, skill), part in book.skills.items():
            student = self._students[place]
            place_in = (self._workspace_id, student, book.day.isoformat(), skill)
            counts = (part.questions, part.correct, part.seconds)
            so_far = _so_far(standing.on_skill(place, skill))
            self._skills[student].append((*place_in, *counts, *so_far))

    def add_sittings(self, timelines: Iterable[Timeline], rank: Mapping[int | None, int]) -> None:
        """Take up the sessions that changed."""
        for timeline in timelines:
            student = self._students[timeline.student]
            start = (self._workspace_id, student)
            for sitting in timeline.touched.values():
                self._sittings[student].append((*start, *_sitting(sitting, rank)))

    def parts(self) -> Iterator[list[int]]:
        """All students, in parts that have few enough rows for one short transaction."""
        part: list[int] = []
        rows = 0
        for student in self._students:
            own = sum(len(of[student]) for of in (self._totals, self._skills, self._sittings))
            if rows + own > MOST_ROWS and part:
                yield part
                part, rows = [], 0
            part.append(student)
            rows += own
        yield part

    def write(self, batch: Batch, students: Sequence[int]) -> None:
        """Write the rows of some students, in the order in which the tables are clustered."""
        for sql, rows in (
            (_SAVE_TOTALS, self._totals),
            (_SAVE_SKILLS, self._skills),
            (_SAVE_SITTINGS, self._sittings),
        ):
            batch.many(sql, [row for student in sorted(students) for row in rows[student]])


def _totals(one: Totals) -> tuple[Any, ...]:
    counts = (one.questions, one.correct, one.seconds, one.estimated)
    return (*counts, one.xp, one.sessions)


def _so_far(one: OnSkillSoFar) -> tuple[Any, ...]:
    return (
        one.estimate,
        one.weight_correct,
        one.weight_total,
        one.prior,
        one.label.value,
        one.questions,
        one.correct,
        one.mastered_at_question,
        one.mastered_on.isoformat() if one.mastered_on else None,
    )


def _sitting(sitting: Sitting, rank: Mapping[int | None, int]) -> tuple[Any, ...]:
    most = sorted(sitting.skills.items(), key=lambda pair: (-pair[1], rank[pair[0]]))
    return (
        sitting.started,
        sitting.key,
        sitting.ended,
        sitting.day.isoformat(),
        sitting.questions,
        sitting.correct,
        sitting.seconds,
        sitting.estimated,
        json.dumps([skill for skill, _ in most]),
        json.dumps([questions for _, questions in most]),
    )


def remove(
    batch: Batch,
    workspace_id: int,
    students: Sequence[int],
    days: tuple[date, date | None],
    moments: tuple[int, int | None],
) -> None:
    """Remove derived rows of a stretch: days and moments, the ends not included, None for all."""
    for ids in in_lists(students):
        for statement in _removals(workspace_id, ids, days, moments):
            batch.execute(statement)


def _removals(
    workspace_id: int,
    ids: Sequence[int],
    days: tuple[date, date | None],
    moments: tuple[int, int | None],
) -> Iterator[Delete]:
    for table in (DailyProgress, DailySkillProgress):
        stretch = delete(table).where(
            table.workspace_id == workspace_id, table.student_id.in_(ids), table.day >= days[0]
        )
        yield stretch if days[1] is None else stretch.where(table.day < days[1])
    sessions = delete(PracticeSession).where(
        PracticeSession.workspace_id == workspace_id,
        PracticeSession.student_id.in_(ids),
        PracticeSession.started_at >= from_millis(moments[0]),
    )
    until = moments[1]
    yield (
        sessions
        if until is None
        else sessions.where(PracticeSession.started_at < from_millis(until))
    )


def stamps(batch: Batch, workspace_id: int, students: Sequence[int]) -> dict[int, int]:
    """The marks that the students have now, held on PostgreSQL until the transaction ends.

    They are held in the order in which imports write them, so that neither waits for the other.
    """
    found: dict[int, int] = {}
    for ids in in_lists(sorted(students)):
        query = select(StaleProgress.student_id, StaleProgress.stamp).where(
            StaleProgress.workspace_id == workspace_id, StaleProgress.student_id.in_(ids)
        )
        held = query.order_by(StaleProgress.student_id).with_for_update()
        found |= {row[0]: row[1] for row in batch.execute(held)}
    return found


def clear_marks(batch: Batch, workspace_id: int, seen: Iterable[int]) -> None:
    """Remove the marks of students whose derived rows are right again.

    `seen` are the students whose marks this transaction holds: another's may have come since.
    """
    for ids in in_lists(sorted(seen)):
        batch.execute(
            delete(StaleProgress).where(
                StaleProgress.workspace_id == workspace_id, StaleProgress.student_id.in_(ids)
            )
        )
