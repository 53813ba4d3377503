"""How far practice has brought students with their assignments, as docs/metrics.md counts it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from school.database import SessionFactory
from school.models import Answer, Assignment, AssignmentStudent, Student
from school.progress import assignments, mark_all_stale, refresh_progress
from school.progress.counting import count
from school.progress.stale import mark_stale
from tests.school.imports.assignments import counted, parts, set_work
from tests.school.imports.practice import School, Transaction, make_workspace


def answer(at: str, correct: int = 1, **more: Any) -> dict[str, Any]:
    """An answer of Ada on a day and time of January 2026, in New York."""
    given = {"student_id": "Ada", "skill": "Ratio", "answered_at": f"2026-01-{at}"}
    return {**given, "correct": correct, "class": "Maths", **more}


def session(at: str, questions: int, correct: int, duration: int, **more: Any) -> dict[str, Any]:
    given = {"student_id": "Ada", "skill": "Ratio", "started_at": f"2026-01-{at}"}
    counts = {"questions": questions, "correct": correct, "duration_seconds": duration}
    return {**given, **counts, "class": "Maths", **more}


@pytest.fixture
def maths(school: School) -> School:
    """Ada and Ben, each with an old answer on both skills of the assignment `w1`."""
    for student in ("Ada", "Ben"):
        school.take_answers(
            answer("02T09:00:00", student_id=student),
            answer("02T09:00:00", student_id=student, skill="Area"),
        )
    return school


def of_ada(school: School) -> tuple[int, int, datetime | None]:
    return counted(school)["w1", "Ada"]


def moment(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of January 2026, given in New York's time."""
    return datetime(2026, 1, day, hour + 5, minute, second, tzinfo=UTC)


def test_questions_on_its_skills_from_then_on_count(maths: School) -> None:
    set_work(maths, {}, {"student_id": "Ben"})
    maths.take_answers(
        answer("05T09:59:59"),
        answer("05T10:00:00"),
        answer("05T10:01:00", 0, skill="Area"),
        answer("05T10:02:00", skill="Volume"),
        answer("06T10:03:00"),
        answer("20T10:04:00", 0),
    )
    # Reached on the 6th; what comes later, even after it was due, still counts as questions.
    assert of_ada(maths) == (4, 2, moment(6, 10, 3))
    assert counted(maths)["w1", "Ben"] == (0, 0, None)


def test_what_was_withdrawn_keeps_the_counts_that_it_had(maths: School) -> None:
    set_work(maths, {})
    maths.take_answers(answer("05T10:00:00"))
    with maths.factory.begin() as open_session:
        open_session.execute(update(Assignment).values(withdrawn_at=moment(6, 9)))
    maths.take_answers(answer("06T10:03:00"))
    assert of_ada(maths) == (1, 1, None)


def test_practice_that_was_there_before_the_assignment_counts(maths: School) -> None:
    maths.take_answers(answer("05T10:00:00"), answer("06T10:00:00"), answer("07T10:00:00", 0))
    set_work(maths, {})
    assert of_ada(maths) == (3, 2, moment(7, 10))


def test_a_question_on_two_of_its_skills_counts_once_and_is_right_under_both(
    maths: School,
) -> None:
    set_work(maths, {}, {"assignment_id": "w2", "skills": "Area"})
    maths.take_answers(
        answer("05T11:00:00", 0, item="a"), answer("05T11:00:00", 1, item="a", skill="Area")
    )
    assert of_ada(maths) == (1, 0, None)
    assert counted(maths)["w2", "Ada"] == (1, 1, None)


def test_only_the_first_at_an_item_on_a_day_counts_whatever_its_skill(maths: School) -> None:
    set_work(maths, {"skills": "Ratio"})
    maths.take_answers(
        answer("05T09:00:00", item="a"),  # Before it was assigned: what follows is no question.
        answer("05T11:00:00", item="a"),
        answer("06T11:00:00", item="b", skill="Area"),
        answer("06T11:01:00", item="b"),
        answer("07T11:00:00", 0, item="b"),
        answer("07T11:01:00", 1, item="b"),
    )
    assert of_ada(maths) == (1, 0, None)


def test_hints_count_as_wrong_and_views_not_at_all(maths: School) -> None:
    set_work(maths, {})
    maths.take_transactions(
        Transaction(1, "2026-01-05 16:00:00", "HINT"),
        Transaction(2, "2026-01-05 16:00:10", "CORRECT"),
        Transaction(3, "2026-01-05 16:00:20", "", step="S2"),
    )
    assert of_ada(maths) == (1, 0, None)


def test_a_session_counts_at_its_end_with_all_its_questions(maths: School) -> None:
    set_work(maths, {"question_count": 12})
    maths.take_answers(
        session("05T09:50:00", 4, 2, 599),  # Over a second before it was assigned.
        session("05T09:55:00", 10, 7, 600),
        session("05T10:30:00", 0, 0, 600),
        session("06T10:00:00", 5, 5, 60),
    )
    assert of_ada(maths) == (15, 12, moment(6, 10, 1))


def test_answers_within_a_session_come_before_its_end(maths: School) -> None:
    set_work(maths, {"question_count": 2})
    maths.take_answers(session("05T11:00:00", 10, 7, 1800))
    maths.take_answers(answer("05T11:10:00"), answer("05T11:20:00", 0))
    assert of_ada(maths) == (12, 8, moment(5, 11, 20))


def test_a_session_over_midnight_is_in_its_place_when_practice_goes_on(maths: School) -> None:
    set_work(maths, {"question_count": 2})
    maths.take_answers(answer("05T11:00:00"))
    maths.take_answers(session("05T23:50:00", 10, 7, 1800))
    maths.take_answers(answer("06T00:15:00"))
    assert of_ada(maths) == (12, 9, moment(6, 0, 15))
    assert counted(maths) == afresh(maths)


def test_equal_answers_without_an_item_all_count(maths: School) -> None:
    set_work(maths, {})
    maths.take_answers(answer("05T11:00:00"), answer("05T11:00:00"), answer("05T11:00:00"))
    assert of_ada(maths) == (3, 3, moment(5, 11))


def test_another_number_of_questions_moves_the_moment(maths: School) -> None:
    maths.take_answers(*(answer(f"{day:02d}T11:00:00") for day in (5, 6, 7, 8)))
    for needed, day in ((3, 7), (4, 8), (1, 5)):
        set_work(maths, {"question_count": needed})
        assert of_ada(maths) == (4, 4, moment(day, 11))
    set_work(maths, {"question_count": 5})
    assert of_ada(maths) == (4, 4, None)


def test_other_skills_or_another_beginning_count_anew(maths: School) -> None:
    maths.take_answers(*(answer(f"{day:02d}T11:00:00") for day in (5, 6, 7)))
    set_work(maths, {"skills": "Area"})
    assert of_ada(maths) == (0, 0, None)
    set_work(maths, {"skills": "Ratio"})
    assert of_ada(maths) == (3, 3, moment(7, 11))
    set_work(maths, {"skills": "Ratio", "assigned_at": "2026-01-01"})
    assert of_ada(maths) == (4, 4, moment(6, 11))
    set_work(maths, {"skills": "Ratio", "assigned_at": "2026-01-06"})
    assert of_ada(maths) == (2, 2, None)


def test_late_practice_before_the_moment_moves_it_back(maths: School) -> None:
    set_work(maths, {})
    maths.take_answers(*(answer(f"{day:02d}T11:00:00") for day in (5, 15, 25)))
    assert of_ada(maths) == (3, 3, moment(25, 11))
    maths.take_answers(answer("06T11:00:00", 0))
    assert of_ada(maths) == (4, 3, moment(15, 11))
    assert counted(maths) == afresh(maths)


def test_answers_that_are_gone_no_longer_count(maths: School) -> None:
    set_work(maths, {})
    maths.take_answers(*(answer(f"{day:02d}T11:00:00") for day in (5, 6, 20)))
    with maths.factory.begin() as records:
        ada = select(Student.id).where(Student.source_id == "Ada")
        gone = delete(Answer).where(Answer.student_id.in_(ada), Answer.answered_at > moment(19, 0))
        records.execute(gone)
        days = [(records.scalars(ada).one(), date(2026, 1, 20))]
        mark_stale(records.connection(), maths.workspace_id, days)
    refresh_progress(maths.factory, maths.workspace_id)
    assert of_ada(maths) == (2, 2, None)
    maths.take_answers(answer("07T11:00:00"))
    assert of_ada(maths) == (3, 3, moment(7, 11)) == afresh(maths)["w1", "Ada"]


def test_practice_goes_on_from_a_day_that_follows_it(maths: School) -> None:
    set_work(maths, {}, {"assignment_id": "w2", "skills": "Area"})
    for day in range(5, 26):
        maths.take_answers(answer(f"{day:02d}T11:00:00"))
    kept = parts(maths)["w1", "Ada"]
    assert (kept.counted_from, kept.questions_before) == (date(2026, 1, 25), 20)
    # Nothing changes in the other: its day follows at a distance, and is not written each night.
    assert parts(maths)["w2", "Ada"].counted_from == date(2026, 1, 19)
    assert counted(maths) == afresh(maths)


def test_nobody_without_an_assignment_is_read(
    maths: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_work(maths, {})
    read: list[int] = []

    def count_and_note(some: Any, questions: Any) -> Any:
        read.extend(part.student for part in some)
        return count(some, questions)

    monkeypatch.setattr("school.progress.assignments.count", count_and_note)
    maths.take_answers(answer("06T11:00:00", student_id="Ben"))
    assert read == []
    maths.take_answers(answer("06T11:00:00"))
    assert len(read) == 1


def test_many_parts_are_written_some_at_a_time(
    maths: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assignments, "PARTS_AT_ONCE", 1)
    set_work(maths, {}, {"student_id": "Ben"}, {"student_id": "Ben", "assignment_id": "w2"})
    both = (answer("06T11:00:00", student_id=student) for student in ("Ada", "Ben"))
    maths.take_answers(*both)
    assert {counts[0] for counts in counted(maths).values()} == {1}


def test_on_postgresql_it_is_the_same(postgres_factory: SessionFactory, tmp_path: Path) -> None:
    school = School(postgres_factory, tmp_path, make_workspace(postgres_factory))
    school.take_answers(answer("05T11:00:00"), answer("05T12:00:00"))
    school.take_answers(session("06T11:00:00", 1, 0, 60))
    set_work(school, {})
    assert of_ada(school) == (3, 2, moment(6, 11, 1))


def afresh(school: School) -> dict[tuple[str, str], tuple[int, int, datetime | None]]:
    """What counting from the beginning makes of all answers, kept counts thrown away."""
    with school.factory.begin() as records:
        for part in records.scalars(select(AssignmentStudent)):
            part.counted_from, part.questions_before, part.correct_before = None, 0, 0
            part.questions, part.correct, part.reached_at = 99, 99, None
        mark_all_stale(records, school.workspace_id)
    refresh_progress(school.factory, school.workspace_id)
    return counted(school)
