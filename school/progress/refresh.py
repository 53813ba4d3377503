"""Making the derived tables again for whoever is marked.

A change of one student's answers moves the mastery of classmates, so whole circles of classmates
are replayed, from the first marked day on. Should others add answers meanwhile, the marks show it
and the replay of that circle starts again.
"""

from collections import defaultdict
from contextlib import suppress
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from school.bulk import Bulk, Progress, bulk
from school.database import SessionFactory
from school.models import Enrolment, Skill, StaleProgress, Student, Workspace
from school.progress.classmates import Pack, circles, packs
from school.progress.reading import History
from school.progress.replay import Replay
from school.progress.workspace import Interrupted, School, SkillRanks

PHASE = "working out progress"


def refresh_progress(
    session_factory: SessionFactory, workspace_id: int, *, progress: Progress | None = None
) -> None:
    """Make all derived tables again for whatever is marked in `stale_progress`.

    Does nothing where nothing is marked. It may be stopped at any moment: the marks stay until
    the work on a circle of classmates is complete, and the next call goes on.
    """
    with bulk(session_factory) as work:
        while marks := _marks(work, workspace_id):
            school = _school(work, workspace_id)
            days = {student: mark.from_day for student, mark in marks.items()}
            todo = packs(circles(_enrolments(work, workspace_id), marks), days)
            meter = _meter(work, school, todo, progress)
            for pack in todo:
                seen = {one: marks[one].stamp for one in pack.students if one in marks}
                with suppress(Interrupted):
                    Replay(work, school, pack.students, seen).run(pack.from_day, meter)


class _Meter:
    """Tells how many of all answers are done."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def __call__(self, answers: int) -> None:
        self._done += answers
        if self._progress:
            self._progress(min(self._done, self._total), self._total, PHASE)


def _meter(work: Bulk, school: School, todo: list[Pack], progress: Progress | None) -> _Meter:
    total = 0
    if progress:
        for pack in todo:
            history = History(work, school.workspace_id, pack.students)
            total += history.count_after(school.start_of(pack.from_day))
    return _Meter(total, progress)


class _Mark(NamedTuple):
    from_day: date
    stamp: int


def _marks(work: Bulk, workspace_id: int) -> dict[int, _Mark]:
    query = select(StaleProgress.student_id, StaleProgress.from_day, StaleProgress.stamp)
    rows = work.read(query.where(StaleProgress.workspace_id == workspace_id))
    return {row[0]: _Mark(row[1], row[2]) for row in rows}


def _enrolments(work: Bulk, workspace_id: int) -> list[tuple[int, int]]:
    query = select(Enrolment.class_id, Enrolment.student_id).where(
        Enrolment.workspace_id == workspace_id
    )
    return [(row[0], row[1]) for row in work.read(query)]


def _school(work: Bulk, workspace_id: int) -> School:
    (zone,) = work.read(select(Workspace.timezone).where(Workspace.id == workspace_id))[0]
    skills = work.read(select(Skill.source_id, Skill.id).where(Skill.workspace_id == workspace_id))
    students = work.read(
        select(Student.source_id, Student.id).where(Student.workspace_id == workspace_id)
    )
    classes: dict[int, set[int]] = defaultdict(set)
    for class_id, student in _enrolments(work, workspace_id):
        classes[student].add(class_id)
    # Sorted here, not in the database: its collation would differ from one to the next.
    skill_rank = SkillRanks({row[1]: rank for rank, row in enumerate(sorted(map(tuple, skills)))})
    skill_rank[None] = -1
    return School(
        workspace_id,
        ZoneInfo(zone),
        skill_rank,
        {row[1]: rank for rank, row in enumerate(sorted(map(tuple, students)))},
        {student: frozenset(of) for student, of in classes.items()},
    )
