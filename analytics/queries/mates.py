"""What everyone around a student adds up to on each skill, and what is recent of weak skills.

Statements are built once: putting one together takes longer than SQLite takes to answer it.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, case, func, select
from sqlalchemy.orm import Session

from analytics.thresholds import COMPARED_STUDENTS, JUDGED_QUESTIONS
from school.days import DateRange
from school.models import DailySkillProgress


class SkillSum(NamedTuple):
    """One skill over several students: the first day of anyone, and the classmates together.

    `mastered` of the classmates have it mastered after their last answer; `students` of them
    answered `questions`, `correct` of them right, within the days asked about. The student whose
    classmates they are counts for `first_day` alone.
    """

    skill_id: int
    first_day: date
    mastered: int
    questions: int
    correct: int
    students: int

    @property
    def compared(self) -> bool:
        """Whether enough classmates answered enough to stand beside a student."""
        return self.questions >= JUDGED_QUESTIONS and self.students >= COMPARED_STUDENTS - 1


class RecentDay(NamedTuple):
    """One student's practice of one skill on one local day."""

    student_id: int
    skill_id: int
    day: date
    questions: int
    correct: int


def _sums() -> Select[*tuple[Any, ...]]:
    """Each student's skills first, then the skills over the classmates.

    The label after the last answer is found without another look at the rows: it is mastered where
    the last day that ended mastered is the last day.
    """
    row = DailySkillProgress
    inside = row.day >= bindparam("start")
    each = (
        select(
            row.student_id,
            row.skill_id,
            func.min(row.day).label("first_day"),
            func.max(row.day).label("last_day"),
            func.max(case((row.label == "mastered", row.day))).label("mastered_day"),
            func.sum(case((inside, row.questions), else_=0)).label("questions"),
            func.sum(case((inside, row.correct), else_=0)).label("correct"),
        )
        .where(
            row.workspace_id == bindparam("workspace"),
            row.student_id.in_(bindparam("students", expanding=True)),
            row.day <= bindparam("end"),
            row.questions > 0,
        )
        .group_by(row.student_id, row.skill_id)
        .subquery()
    )
    mate = each.c.student_id != bindparam("student")
    return select(
        each.c.skill_id,
        func.min(each.c.first_day),
        func.sum(case((and_(mate, each.c.mastered_day == each.c.last_day), 1), else_=0)),
        func.sum(case((mate, each.c.questions), else_=0)),
        func.sum(case((mate, each.c.correct), else_=0)),
        func.sum(case((and_(mate, each.c.questions > 0), 1), else_=0)),
    ).group_by(each.c.skill_id)


_SUMS = _sums()
_RECENT = (
    select(
        DailySkillProgress.student_id,
        DailySkillProgress.skill_id,
        DailySkillProgress.day,
        DailySkillProgress.questions,
        DailySkillProgress.correct,
    )
    .where(
        DailySkillProgress.workspace_id == bindparam("workspace"),
        DailySkillProgress.student_id.in_(bindparam("students", expanding=True)),
        DailySkillProgress.day.between(bindparam("start"), bindparam("end")),
        DailySkillProgress.skill_id.in_(bindparam("skills", expanding=True)),
        DailySkillProgress.questions > 0,
    )
    .order_by(DailySkillProgress.student_id, DailySkillProgress.day)
)


def skill_sums(
    session: Session,
    workspace_id: int,
    student_id: int,
    student_ids: Collection[int],
    days: DateRange,
) -> list[SkillSum]:
    """Each skill that anyone of `student_ids` practised up to the end of `days`.

    `student_id` is the one whose classmates the others are.
    """
    asked = {
        "workspace": workspace_id,
        "student": student_id,
        "students": sorted(student_ids),
        "start": days.start,
        "end": days.end,
    }
    return [SkillSum._make(map(_plain, found)) for found in session.execute(_SUMS, asked)]


def _plain(value: Any) -> Any:
    """PostgreSQL gives sums of whole numbers as decimals where they are sums of sums."""
    return value if isinstance(value, date) else int(value)


def recent_days(
    session: Session,
    workspace_id: int,
    weak: Collection[tuple[int, int]],
    days: DateRange,
) -> dict[tuple[int, int], list[RecentDay]]:
    """The practice within `days` of these pairs of a student and a skill, in order of days."""
    found: defaultdict[tuple[int, int], list[RecentDay]] = defaultdict(list)
    asked = {
        "workspace": workspace_id,
        "students": sorted({student for student, _ in weak}),
        "skills": sorted({skill for _, skill in weak}),
        "start": days.start,
        "end": days.end,
    }
    wanted = frozenset(weak)
    for row in session.execute(_RECENT, asked):
        if (key := (row[0], row[1])) in wanted:
            found[key].append(RecentDay._make(row))
    return found
