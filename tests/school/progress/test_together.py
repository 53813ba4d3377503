"""Imports and replays at the same time: whoever comes second spoils nothing of the first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from school.bulk import bulk
from school.database import SessionFactory
from school.models import Class, Enrolment, Student
from school.progress import mark_all_stale, mark_classmates_stale, refresh_progress, replay
from school.progress.saving import clear_marks
from school.progress.stale import BEGINNING
from tests.school.imports.assignments import counted, set_work
from tests.school.imports.practice import School, make_workspace, write_csv


def answers(student: str, minute: int) -> list[dict[str, object]]:
    """An answer a day in one class, three of four right."""
    return [
        {
            "student_id": student,
            "skill": "Ratio",
            "class": "Maths",
            "answered_at": f"2026-01-{day:02d}T12:{minute:02d}:00",
            "correct": int(day % 4 > 0),
        }
        for day in range(5, 25)
    ]


def test_whoever_joins_a_class_during_a_replay_counts_as_a_classmate(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = [{**one, "class": "", "correct": 0} for one in answers("Cem", 5)]
    school.take_answers(*answers("Ben", 10), *outside)
    hold, joining = replay.Replay._hold, ["Cem"]

    def hold_after_somebody_joined(self: replay.Replay, from_day: date) -> dict[int, int]:
        if joining:
            enrol(school, joining.pop())
        return hold(self, from_day)

    with school.factory.begin() as session:
        mark_all_stale(session, school.workspace_id)
    monkeypatch.setattr(replay.Replay, "_hold", hold_after_somebody_joined)
    refresh_progress(school.factory, school.workspace_id)
    # Cem answers each day before Ben does: one wrong answer by then.
    assert school.skills()["Ben", "Ratio", date(2026, 1, 5)].prior == 2 / 5
    assert school.marks() == {}


def enrol(school: School, name: str) -> None:
    with school.factory.begin() as session:
        student = session.scalars(select(Student).where(Student.source_id == name)).one()
        joined = session.scalars(select(Class)).one()
        session.add(
            Enrolment(workspace_id=school.workspace_id, class_id=joined.id, student_id=student.id)
        )
        session.flush()  # the marks look for it
        mark_classmates_stale(session, [student.id])


def test_marks_that_came_since_are_not_cleared(school: School) -> None:
    school.take_answers(*answers("Ben", 10), *answers("Cem", 5))
    with school.factory.begin() as session:
        mark_all_stale(session, school.workspace_id)
    first, second = school.marks()
    with bulk(school.factory) as work, work.write() as batch:
        clear_marks(batch, school.workspace_id, [first])
    assert school.marks() == {second: BEGINNING}


def test_two_imports_at_once_end_as_one_after_the_other(
    session_factory: SessionFactory, tmp_path: Path
) -> None:
    files = {tmp_path / "ben.csv": answers("Ben", 10), tmp_path / "cem.csv": answers("Cem", 5)}
    for path, rows in files.items():
        write_csv(path, rows)
    together, after = (
        School(session_factory, tmp_path, make_workspace(session_factory, name=name))
        for name in ("together", "after")
    )
    for path in files:
        after.take(path)
    with ThreadPoolExecutor(2) as both:
        outcomes = list(both.map(together.take, files))
    assert [one.new for one in outcomes] == [20, 20]
    assert together.marks() == {}
    assert together.derived() == after.derived()


def test_assignments_and_practice_at_once_end_as_one_after_the_other(
    session_factory: SessionFactory, tmp_path: Path
) -> None:
    together, after = (
        School(session_factory, tmp_path, make_workspace(session_factory, name=name))
        for name in ("together", "after")
    )
    later = tmp_path / "later.csv"
    write_csv(later, [row for one in ("Ben", "Cem") for row in answers(one, 20)])
    work: list[dict[str, object]] = [
        {"assignment_id": f"w{number}", "student_id": student, "question_count": number}
        for number in range(1, 20)
        for student in ("Ben", "Cem")
    ]
    for school in (together, after):
        school.take_answers(*answers("Ben", 10), *answers("Cem", 5))
        set_work(school, *work)
    other = [{**one, "question_count": 7, "skills": "Ratio"} for one in work]
    after.take(later)
    set_work(after, *other)
    with ThreadPoolExecutor(2) as both:
        taking, setting = both.submit(together.take, later), both.submit(set_work, together, *other)
        assert (taking.result().new, setting.result().new) == (40, 38)
    assert together.marks() == {}
    assert counted(together) == counted(after)
    assert counted(after)["w1", "Ben"][:2] == (40, 30)
