"""Practice CSV by sessions: what is read, what is refused, and what comes again."""

import pytest

from school.imports.outcome import Problem
from tests.school.imports.practice import School

HEADER = "student_id,skill,started_at,questions,correct,duration_seconds"
GOOD = "Ada,Ratio,2026-01-05T09:00:00,10,8,600"
WITH_ID = f"{HEADER},session_id,xp,class,skill_id"


def test_sessions_are_taken_in_once(school: School) -> None:
    first = school.take_rows(HEADER, GOOD)
    assert (first.rows, first.new, first.problems) == (1, 1, ())
    again = school.take_rows(HEADER, GOOD)
    assert (again.rows, again.new) == (1, 0)
    assert [(one.questions, one.correct) for one in school.sessions()] == [(10, 8)]


def test_every_column_is_kept(school: School) -> None:
    school.take_rows(WITH_ID, f"{GOOD},s1,42,Maths,r1")
    (row,) = school.answers()
    assert (row.session_key, row.xp, row.copies, row.item, row.hints) == ("s1", 42, 1, None, None)
    assert next(iter(school.skills()))[1] == "r1"
    assert school.totals()


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (",Ratio,2026-01-05,10,8,600", "student_id", "the student is missing"),
        ("Ada,,2026-01-05,10,8,600", "skill", "the skill is missing"),
        ("Ada,Ratio,,10,8,600", "started_at", "the time is missing"),
        ("Ada,Ratio,2062-01-05,10,8,600", "started_at", "“2062-01-05” lies in the future"),
        ("Ada,Ratio,2026-01-05,,0,600", "questions", "is missing"),
        ("Ada,Ratio,2026-01-05,-1,0,600", "questions", "“-1” is no number of at least 0"),
        ("Ada,Ratio,2026-01-05,2.5,0,600", "questions", "“2.5” is no whole number up to 10,000"),
        ("Ada,Ratio,2026-01-05,10001,0,1", "questions", "“10001” is no whole number up to 10,000"),
        ("Ada,Ratio,2026-01-05,1e99,0,1", "questions", "“1e99” is no whole number up to 10,000"),
        ("Ada,Ratio,2026-01-05,10,,600", "correct", "is missing"),
        ("Ada,Ratio,2026-01-05,10,-2,600", "correct", "“-2” is no number of at least 0"),
        ("Ada,Ratio,2026-01-05,10,11,600", "correct", "“11” is more than the 10 questions"),
        ("Ada,Ratio,2026-01-05,10,8,long", "duration_seconds", "“long” is no number of at least 0"),
        ("Ada,Ratio,2026-01-05,10,8,-5", "duration_seconds", "“-5” is no number of at least 0"),
        ("Ada,Ratio,2026-01-05,10,8", "row", "has 5 fields where the header has 6"),
    ],
)
def test_a_bad_row_is_reported_and_stops_nothing_else(
    sqlite_school: School, row: str, field: str, reason: str
) -> None:
    outcome = sqlite_school.take_rows(HEADER, GOOD, row)
    assert outcome.problems == (Problem("practice.csv", 3, field, reason),)
    assert (outcome.rows, outcome.new, outcome.refused) == (2, 1, 1)


def test_strict_refuses_the_file_whole(sqlite_school: School) -> None:
    assert sqlite_school.take_rows(HEADER, GOOD, "Ada,Ratio,soon,1,1,1", strict=True).stopped
    assert sqlite_school.answers() == []


def test_equal_sessions_without_an_id_all_count_and_once_each_file(school: School) -> None:
    assert school.take_rows(HEADER, GOOD, GOOD).new == 2
    assert school.take_rows(HEADER, GOOD, GOOD).new == 0
    assert [one.questions for one in school.sessions()] == [20]
    # The second begins with the first: together they last as long as the two.
    assert [one.seconds for one in school.sessions()] == [1200]


@pytest.mark.parametrize("fuller_first", [True, False])
@pytest.mark.parametrize("in_one_file", [True, False])
def test_of_a_session_with_an_id_the_fuller_telling_holds(
    school: School, fuller_first: bool, in_one_file: bool
) -> None:
    tellings = [
        "Ada,Ratio,2026-01-05T09:00:00,10,8,600,s1,,,",
        "Ada,Ratio,2026-01-05T09:00:00,15,11,900,s1,5,,",
    ]
    tellings.sort(reverse=fuller_first)
    files = [tellings] if in_one_file else [[one] for one in tellings]
    new = [school.take_rows(WITH_ID, *file).new for file in files]
    (one,) = school.sessions()
    assert (one.questions, one.correct, one.seconds) == (15, 11, 900)
    assert sum(new) == (1 if fuller_first else 2)
    assert school.take_rows(WITH_ID, *tellings).new == 0
    assert school.marks() == {}


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("10,9,600,s1,1", "10,8,700,s1,9"),
        ("10,8,700,s1,", "10,8,,s1,9"),
        ("9,9,1,s1,5", "9,9,1,s1,"),
    ],
)
def test_fuller_is_more_questions_then_right_ones_then_time_then_xp(
    school: School, more: str, less: str
) -> None:
    start = "Ada,Ratio,2026-01-05T09:00:00"
    for one in (less, more, less):
        school.take_rows(WITH_ID, f"{start},{one},,")
    (row,) = school.answers()
    kept = [row.questions, row.correct, row.seconds, row.session_key, row.xp]
    wanted = [float(value) if value.isdigit() else value or None for value in more.split(",")]
    assert kept == wanted
