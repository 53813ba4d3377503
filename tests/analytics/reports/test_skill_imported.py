"""A skill's report over practice and prerequisites that were imported, edge cases included."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.reports.data import SkillReport
from analytics.reports.skill import get_skill_analytics
from school.database import SessionFactory
from school.days import DateRange
from school.imports.practice import import_practice
from school.imports.skills import import_skills
from school.mastery import Mastery
from school.models import Class, Skill
from school.workspaces import ensure_workspace
from tests.analytics.school import day

NOW = datetime(2026, 3, 20, 15, tzinfo=UTC)
MARCH = DateRange(day("2026-03-02"), day("2026-03-20"))
"""The clocks of New York went forward on Sunday the 8th."""
STANDARDS = "skill_id,name,grade\nhalves,Halves,3\nfractions,Fractions,4\nratio,Ratio,5\n"
EDGES = "prerequisite_id,skill_id\nhalves,fractions\nfractions,ratio\n"


def answers(student: str, skill: str, days: list[str], right: str, start: int = 0) -> list[str]:
    """One answer a minute on each day, right where `right` has a 1; items are all different."""
    return [
        f"{student},{skill},2026-03-{on}T23:{minute:02}:00,{mark},{on}-{start + minute}"
        for on in days
        for minute, mark in enumerate(right, start)
    ]


ROWS = [
    *answers("Ana", "Halves", ["05"], "0000011010"),
    *answers("Ana", "Fractions", ["05"], "0000001010", start=20),
    *answers("Ben", "Halves", ["05"], "1111111111"),
    # Saturday, Sunday and Monday around the change of the clocks, shortly before midnight.
    *answers("Ben", "Fractions", ["07", "08", "09"], "1111"),
    *answers("Cy", "Fractions", ["06"], "1"),
    # One question that names two skills.
    "Dee,Halves,2026-03-06T10:00:00,1,both",
    "Dee,Fractions,2026-03-06T10:00:00,0,both",
]


@pytest.fixture
def imported(tmp_path: Path, session_factory: SessionFactory) -> tuple[int, dict[str, int]]:
    """The class of everyone in the file, and the skills' ids."""
    files = {"standards.csv": STANDARDS, "edges.csv": EDGES}
    files["practice.csv"] = "student_id,skill,answered_at,correct,item\n" + "\n".join(ROWS) + "\n"
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with session_factory.begin() as session:
        workspace = ensure_workspace(session, zone="America/New_York", now=NOW).id
    import_skills(
        tmp_path / "standards.csv",
        tmp_path / "edges.csv",
        session_factory=session_factory,
        workspace_id=workspace,
        strict=True,
        now=NOW,
    )
    import_practice(
        tmp_path / "practice.csv",
        session_factory=session_factory,
        workspace_id=workspace,
        class_title="Maths",
        now=NOW,
    )
    with session_factory() as session:
        skills = {one.name: one.id for one in session.scalars(select(Skill))}
        return session.scalars(select(Class.id)).one(), skills


@pytest.fixture
def session(session_factory: SessionFactory) -> Iterator[Session]:
    with session_factory() as session:
        yield session


def report(session: Session, imported: tuple[int, dict[str, int]], skill: str) -> SkillReport:
    class_id, skills = imported
    return get_skill_analytics(class_id, skills[skill], session=session, now=NOW, date_range=MARCH)


def test_one_report_of_imported_practice(
    session: Session, imported: tuple[int, dict[str, int]]
) -> None:
    found = report(session, imported, "Fractions")
    by_name = {one.student: one for one in found.students}
    assert dict(found.distribution) == {
        Mastery.MASTERED: 1, Mastery.IN_PROGRESS: 0, Mastery.NEEDS_WORK: 1, Mastery.TOO_LITTLE: 2,
    }  # fmt: skip
    assert by_name["Ana"].root_cause == "Halves"
    assert found.root_causes == (("Halves", 1),)
    assert [(one.skill, one.depth, one.needs_work) for one in found.prerequisites] == [
        ("Halves", 1, 1)
    ]
    assert found.later == ("Ratio",)
    assert [(one.skill, one.score) for one in found.focus] == [("Halves", 3), ("Fractions", 2)]
    assert (found.survival.started, found.survival.mastered) == (4, 1)
    (there,) = found.survival.curve
    assert 10 <= there[0] <= 12


def test_days_around_the_change_of_the_clocks_are_those_of_the_school(
    session: Session, imported: tuple[int, dict[str, int]]
) -> None:
    found = report(session, imported, "Fractions")
    (ben,) = [one for one in found.students if one.student == "Ben"]
    assert (ben.last_practised, ben.questions) == (day("2026-03-09"), 12)
    assert [(point.start, point.questions) for point in found.trends[:2]] == [
        (day("2026-03-02"), 20),
        (day("2026-03-09"), 4),
    ]


def test_a_question_with_two_skills_counts_once_under_each(
    session: Session, imported: tuple[int, dict[str, int]]
) -> None:
    for skill, accuracy in (("Halves", 1.0), ("Fractions", 0.0)):
        (dee,) = [one for one in report(session, imported, skill).students if one.student == "Dee"]
        assert (dee.questions, dee.accuracy) == (1, accuracy)


def test_a_skill_that_only_the_graph_knows_is_practised_by_nobody(
    session: Session, imported: tuple[int, dict[str, int]]
) -> None:
    found = report(session, imported, "Ratio")
    assert found.not_practised == 4
    assert found.finding == "By 9 Mar, none of 4 students had practised Ratio."
    assert [(one.skill, one.depth) for one in found.prerequisites] == [
        ("Fractions", 1),
        ("Halves", 2),
    ]
