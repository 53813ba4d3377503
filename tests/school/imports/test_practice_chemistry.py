"""The chemistry class, imported, agrees figure by figure with an independent recomputation."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Select, select

from school.database import SessionFactory, make_engine, make_session_factory
from school.imports.outcome import ImportOutcome
from school.imports.practice import import_practice
from school.models import (
    Base,
    DailyProgress,
    DailySkillProgress,
    PracticeSession,
    Skill,
    Student,
)
from tests.independent.chemistry import Chemistry
from tests.school.imports.practice import NOW, make_workspace

pytestmark = pytest.mark.shared_data


@pytest.fixture(scope="module")
def file(shared_data: Path) -> Path:
    return shared_data / "datashop" / "chemistry-2024.txt"


@pytest.fixture(scope="module")
def truth(file: Path) -> Chemistry:
    return Chemistry(file)


@pytest.fixture(scope="module")
def imported(
    file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[SessionFactory, ImportOutcome]]:
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('chemistry')}/homeroom.db")
    Base.metadata.create_all(engine)
    factory = make_session_factory(engine)
    outcome = import_practice(
        file,
        session_factory=factory,
        workspace_id=make_workspace(factory),
        class_title="Chemistry",
        now=NOW,
    )
    yield factory, outcome
    engine.dispose()


Imported = tuple[SessionFactory, ImportOutcome]


def test_every_row_is_read_and_none_refused(imported: Imported) -> None:
    outcome = imported[1]
    assert (outcome.rows, outcome.new, outcome.refused, outcome.problems) == (5553, 5553, 0, ())


def test_days_agree_per_student(imported: Imported, truth: Chemistry) -> None:
    with imported[0]() as session:
        query = select(Student.source_id, DailyProgress).join(
            Student, Student.id == DailyProgress.student_id
        )
        found = {
            (student, row.day): (
                row.questions,
                row.correct,
                row.seconds,
                row.seconds_estimated,
                int(row.questions > 0),
            )
            for student, row in session.execute(query)
        }
    assert found == {
        key: (one.questions, one.correct, one.seconds, one.estimated_seconds, one.active_days)
        for key, one in truth.by_day().items()
    }


def test_skills_agree_per_student_and_day(imported: Imported, truth: Chemistry) -> None:
    with imported[0]() as session:
        found = {
            (student, skill, row.day): (row.questions, row.correct, row.seconds)
            for student, skill, row in session.execute(_by_skill())
        }
    assert found == {
        key: (one.questions, one.correct, one.seconds)
        for key, one in truth.by_skill_and_day().items()
    }


@pytest.mark.parametrize("until", [date(2024, 2, 29), date(2024, 4, 7), date(2024, 5, 31)])
def test_mastery_agrees_at_the_end_of_a_day(
    imported: Imported, truth: Chemistry, until: date
) -> None:
    with imported[0]() as session:
        query = _by_skill().where(
            DailySkillProgress.day <= until, DailySkillProgress.total_questions > 0
        )
        found = {
            (student, skill): (row.label, round(row.estimate, 9), row.total_questions)
            for student, skill, row in session.execute(query.order_by(DailySkillProgress.day))
        }
    assert found
    assert found == {
        key: (one.label, round(one.estimate, 9), one.questions)
        for key, one in truth.mastery(until).items()
    }


def test_sessions_agree(imported: Imported, truth: Chemistry) -> None:
    with imported[0]() as session:
        query = select(PracticeSession.session_key, PracticeSession.started_at)
        found = {row[0]: row[1] for row in session.execute(query)}
    sessions = truth.sql("SELECT session, min(moment) AT TIME ZONE 'UTC' FROM events GROUP BY 1")
    assert {key: at.replace(tzinfo=None) for key, at in found.items()} == dict(sessions)


def _by_skill() -> Select[str, str, DailySkillProgress]:
    return (
        select(Student.source_id, Skill.source_id, DailySkillProgress)
        .join(Student, Student.id == DailySkillProgress.student_id)
        .join(Skill, Skill.id == DailySkillProgress.skill_id)
    )
