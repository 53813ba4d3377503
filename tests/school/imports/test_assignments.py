"""Assignments from a file: what is kept, what is refused, and what comes again."""

from datetime import UTC, datetime
from typing import Any

import pytest

from school.errors import InvalidInput
from school.imports.outcome import Severity
from school.models import Class
from tests.school.imports.assignments import (
    GIVEN,
    assignment,
    parts,
    set_work,
    skills_of,
    take_file,
)
from tests.school.imports.practice import NOW, School
from tests.school.imports.skills import take_skills

PRACTICE = (
    "student_id,skill,answered_at,correct,class",
    "Ada,Ratio,2026-01-02T09:00:00,1,Maths",
    "Ben,Area,2026-01-02T09:00:00,1,Maths",
)


@pytest.fixture
def maths(school: School) -> School:
    """Ada and Ben, who practise ratios and areas in Maths."""
    school.take_rows(*PRACTICE)
    return school


@pytest.fixture
def lite_maths(sqlite_school: School) -> School:
    """The same on SQLite, where the database is not the subject."""
    sqlite_school.take_rows(*PRACTICE)
    return sqlite_school


def test_assignments_are_taken_in_once(maths: School) -> None:
    rows: tuple[dict[str, Any], ...] = (
        {"completed_at": "2026-01-07T12:00:00Z", "score": "87.5"},
        {"student_id": "Ben"},
        {"student_id": "Ben", "assignment_id": "w2", "skills": "Area", "difficulty": "HARD"},
    )
    first = set_work(maths, *rows)
    assert (first.rows, first.new, first.problems) == (3, 3, ())
    one = assignment(maths)
    assert (one.title, one.question_count, one.difficulty) == ("Ratios, part 1", 3, "easy")
    assert one.assigned_at == datetime(2026, 1, 5, 15, tzinfo=UTC)
    assert assignment(maths, "w2").difficulty == "hard"
    assert skills_of(maths) == {"Ratio", "Area"}
    ada, ben = parts(maths)["w1", "Ada"], parts(maths)["w1", "Ben"]
    assert (ada.completed_at, ada.score) == (datetime(2026, 1, 7, 12, tzinfo=UTC), 87.5)
    assert (ben.completed_at, ben.score) == (None, None)
    assert set_work(maths, *rows).new == 0
    assert maths.marks() == {}


@pytest.mark.parametrize(
    ("due", "stored"),
    [
        ("2026-01-08", datetime(2026, 1, 9, 4, 59, 59, tzinfo=UTC)),
        ("2026-03-07", datetime(2026, 3, 8, 4, 59, 59, tzinfo=UTC)),
        ("2026-03-08", datetime(2026, 3, 9, 3, 59, 59, tzinfo=UTC)),
        ("2026-01-08T15:00:00", datetime(2026, 1, 8, 20, tzinfo=UTC)),
        ("2030-01-08T15:00:00Z", datetime(2030, 1, 8, 15, tzinfo=UTC)),
    ],
)
def test_a_day_without_a_time_is_due_at_its_end(
    lite_maths: School, due: str, stored: datetime
) -> None:
    set_work(lite_maths, {"due_at": due})
    assert assignment(lite_maths).due_at == stored


def test_the_newest_file_says_what_an_assignment_is(maths: School) -> None:
    set_work(maths, {}, {"student_id": "Ben"})
    outcome = set_work(
        maths, {"title": "Ratios", "skills": "Ratio", "score": 5, "due_at": "2026-02-01"}
    )
    assert outcome.new == 1
    assert (assignment(maths).title, skills_of(maths)) == ("Ratios", {"Ratio"})
    # Ben, whom the file leaves out, keeps his part.
    assert {student: part.score for (_, student), part in parts(maths).items()} == {
        "Ada": 5,
        "Ben": None,
    }
    assert set_work(maths, {"title": "Ratios", "skills": "Ratio", "due_at": "2026-02-01"}).new == 1
    assert parts(maths)["w1", "Ada"].score is None


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ({"assignment_id": ""}, "assignment_id", "is missing"),
        ({"title": ""}, "title", "is missing"),
        ({"title": "x" * 201}, "title", "is longer than 200 characters"),
        ({"class": ""}, "class", "is missing"),
        ({"class": "Art"}, "class", "there is no class “Art”"),
        ({"student_id": ""}, "student_id", "the student is missing"),
        ({"student_id": "Cem"}, "student_id", "there is no student “Cem”"),
        ({"skills": " ; "}, "skills", "no skill is named"),
        ({"skills": "x" * 256}, "skills", "a skill is longer than 255 characters"),
        ({"question_count": ""}, "question_count", "is missing"),
        ({"question_count": 0}, "question_count", "is 0; an assignment has at least 1 question"),
        ({"question_count": 2.5}, "question_count", "“2.5” is no whole number up to 10,000"),
        ({"difficulty": "harsh"}, "difficulty", "“harsh” is not easy, medium or hard"),
        ({"assigned_at": ""}, "assigned_at", "the time is missing"),
        ({"assigned_at": "2062-01-01"}, "assigned_at", "“2062-01-01” lies in the future"),
        ({"due_at": "soon"}, "due_at", "“soon” is no time such as 2024-02-16 05:34:51"),
        ({"due_at": "2026-01-04"}, "due_at", "“2026-01-04” lies before assigned_at"),
        ({"completed_at": "2026-04-01"}, "completed_at", "“2026-04-01” lies in the future"),
        ({"score": "A"}, "score", "“A” is no number of at least 0"),
    ],
)
def test_a_bad_row_is_told_and_stops_nothing_else(
    lite_maths: School, row: dict[str, Any], field: str, reason: str
) -> None:
    rows = {"student_id": "Ben"}, {"assignment_id": "w2", **row}
    refused = set_work(lite_maths, *rows, strict=True)
    assert refused.stopped
    assert parts(lite_maths) == {}
    outcome = set_work(lite_maths, *rows)
    (problem,) = outcome.problems
    assert (problem.line, problem.field, problem.reason) == (3, field, reason)
    assert (outcome.rows, outcome.new, outcome.refused) == (2, 1, 1)
    assert list(parts(lite_maths)) == [("w1", "Ben")]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", "Other"),
        ("class", "Sport"),
        ("skills", "Ratio"),
        ("question_count", 4),
        ("difficulty", "hard"),
        ("assigned_at", "2026-01-05T10:00:01"),
        ("due_at", "2026-01-09"),
    ],
)
def test_rows_of_one_assignment_agree(lite_maths: School, column: str, value: object) -> None:
    outcome = set_work(lite_maths, {}, {"student_id": "Ben", column: value})
    (problem,) = outcome.problems
    assert (problem.line, problem.field) == (3, column)
    assert problem.reason == "is not as in line 2 of the same assignment"
    assert list(parts(lite_maths)) == [("w1", "Ada")]


def test_the_order_of_skills_is_no_difference_and_a_student_is_told_once(maths: School) -> None:
    outcome = set_work(maths, {}, {"skills": "Area; Ratio;"}, {"score": 4})
    (problem,) = outcome.problems
    assert (problem.line, problem.field) == (4, "student_id")
    assert problem.reason == "stands in line 2 with another completed_at or score"
    assert (outcome.rows, outcome.refused, len(parts(maths))) == (3, 1, 1)


def test_a_skill_that_nobody_practised_is_made_with_a_warning(maths: School) -> None:
    outcome = set_work(maths, {"skills": "Ratio;Volume"}, {"skills": "Ratio;Volume"})
    (warning,) = outcome.problems
    assert (warning.line, warning.field, warning.severity) == (2, "skills", Severity.WARNING)
    assert warning.reason == "“Volume” is not practised yet; is it spelt as in the practice?"
    assert skills_of(maths) == {"Ratio", "Volume"}
    assert set_work(maths, {"skills": "Ratio;Volume"}).problems == ()
    maths.take_rows(PRACTICE[0], "Ada,Volume,2026-01-06T09:00:00,1,Maths")
    assert parts(maths)["w1", "Ada"].questions == 1


def test_a_skill_may_be_said_by_its_id_or_its_only_name(maths: School) -> None:
    take_skills(maths)
    outcome = set_work(maths, {"skills": "Adding;a"})
    assert outcome.problems == ()
    assert skills_of(maths) == {"a", "b"}


def test_a_class_may_be_said_by_its_id_or_title_where_that_is_one(lite_maths: School) -> None:
    lite_maths.take_rows(*PRACTICE, class_title="Sport")
    assert set_work(lite_maths, {"class": "Sport"}).new == 1


def test_a_student_who_never_was_in_the_class_is_told_of(lite_maths: School) -> None:
    lite_maths.take_rows(PRACTICE[0], "Cem,Ratio,2026-01-02T09:00:00,1,Art")
    outcome = set_work(lite_maths, {}, {"student_id": "Cem"})
    (warning,) = outcome.problems
    assert (warning.line, warning.field, warning.severity) == (3, "student_id", Severity.WARNING)
    assert warning.reason == "“Cem” was never in the class, so reports leave this row out"
    assert outcome.new == 2


def test_a_title_of_two_classes_means_neither(lite_maths: School) -> None:
    with lite_maths.factory.begin() as records:
        records.add_all(
            Class(
                workspace_id=lite_maths.workspace_id, source_id=one, title="Twice", created_at=NOW
            )
            for one in ("c1", "c2")
        )
    (problem,) = set_work(lite_maths, {"class": "Twice"}).problems
    assert problem.reason == "Several classes are called “Twice”: c1, c2."
    assert set_work(lite_maths, {"class": "c1"}).new == 1


def test_a_file_without_a_column_is_refused(lite_maths: School) -> None:
    path = lite_maths.folder / "assignments.csv"
    set_work(lite_maths, {})
    text = path.read_text(encoding="utf-8").replace("question_count", "count")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match="column question_count is missing"):
        take_file(lite_maths, path)


def test_given_is_what_the_contract_names() -> None:
    assert ",".join(GIVEN) == (
        "assignment_id,title,class,student_id,skills,question_count,difficulty,assigned_at,due_at,"
        "completed_at,score"
    )
