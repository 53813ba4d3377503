"""Skills and what has to be known before them: names, edges, circles, and skills of practice."""

from datetime import date
from pathlib import Path

import pytest

from school.errors import InvalidInput
from school.imports.outcome import Severity
from tests.school.imports.practice import School
from tests.school.imports.skills import EDGES, STANDARDS, edges, skills, take_files, take_skills

ANSWER = "Ada,{skill},2026-01-05T09:00:00,1"
HEADER = "student_id,skill,answered_at,correct"


def test_skills_and_edges_are_taken_in_once(school: School) -> None:
    outcome = take_skills(school)
    assert (outcome.rows, outcome.new, outcome.refused, outcome.problems) == (7, 7, 0, ())
    assert skills(school)["a"] == ("Counting", "K")
    assert edges(school) == {("a", "b"), ("a", "c"), ("b", "d")}
    again = take_skills(school)
    assert (again.rows, again.new) == (7, 0)


def test_files_say_all_about_the_skills_that_they_name(school: School) -> None:
    take_skills(school)
    take_skills(school, (*STANDARDS[:1], "b,Adding up,2"), (*EDGES[:1], "c,b"))
    assert skills(school)["b"] == ("Adding up", "2")
    # What comes before b is as the second files say; c and d, which they leave out, stay.
    assert edges(school) == {("c", "b"), ("a", "c"), ("b", "d")}


def test_an_edge_may_name_a_skill_on_record_and_grades_may_be_left_out(school: School) -> None:
    take_skills(school)
    outcome = take_skills(school, ("skill_id,name", "e,"), (*EDGES[:1], "d,e", "d,e"))
    assert (outcome.rows, outcome.new) == (3, 2)
    assert skills(school)["e"] == ("e", None)
    assert ("d", "e") in edges(school)


@pytest.mark.parametrize(
    ("standard", "edge", "file", "field", "reason"),
    [
        (",Nothing,1", "a,b", "standards.csv", "skill_id", "the skill is missing"),
        (f"{'x' * 256},X,1", "a,b", "standards.csv", "skill_id", "is longer than 255 characters"),
        (f"x,{'x' * 1001},1", "a,b", "standards.csv", "name", "is longer than 1000 characters"),
        (f"x,X,{'1' * 51}", "a,b", "standards.csv", "grade", "is longer than 50 characters"),
        (
            "a,Counting on,K",
            "a,b",
            "standards.csv",
            "skill_id",
            "“a” stands in line 2 with another name or grade",
        ),
        (
            "x,X,1",
            "q,b",
            "prerequisites.csv",
            "prerequisite_id",
            "“q” is neither in standards.csv nor on record",
        ),
        (
            "x,X,1",
            "a,Counting",
            "prerequisites.csv",
            "skill_id",
            "“Counting” is neither in standards.csv nor on record",
        ),
        ("x,X,1", ",b", "prerequisites.csv", "prerequisite_id", "the skill is missing"),
        ("x,X,1", "a", "prerequisites.csv", "row", "has 1 fields where the header has 2"),
    ],
)
def test_a_bad_row_is_told_and_stops_nothing_else(
    sqlite_school: School, standard: str, edge: str, file: str, field: str, reason: str
) -> None:
    files = (*STANDARDS, standard), (*EDGES, edge)
    refused = take_skills(sqlite_school, *files, strict=True)
    assert refused.stopped
    assert skills(sqlite_school) == {}
    outcome = take_skills(sqlite_school, *files)
    (problem,) = outcome.problems
    line = 6 if file == "standards.csv" else 5
    assert (problem.file, problem.line, problem.field, problem.reason) == (
        file,
        line,
        field,
        reason,
    )
    assert (outcome.rows, outcome.refused) == (9, 1)
    assert {"a", "b", "c", "d"} <= skills(sqlite_school).keys()


def test_a_circle_is_refused_and_named_in_the_order_of_need(school: School) -> None:
    take_skills(school)
    before = skills(school), edges(school)
    with pytest.raises(InvalidInput) as refused:
        take_skills(school, (*STANDARDS, "z,New,9"), (*EDGES, "d,a"))
    assert refused.value.field == "prerequisites"
    assert "prerequisites.csv, line 2: " in str(refused.value)
    assert "circle: b → a → d → b." in str(refused.value)
    assert (skills(school), edges(school)) == before


def test_a_circle_with_edges_on_record_is_refused(school: School) -> None:
    take_skills(school)
    before = edges(school)
    with pytest.raises(InvalidInput, match="circle: a → d → b → a"):
        take_skills(school, ("skill_id,name,grade", "a,Counting,K"), (*EDGES[:1], "d,a"))
    assert edges(school) == before
    # Where the files say all about the skills concerned, what was on record is no hindrance.
    take_skills(school, STANDARDS, (*EDGES[:1], "d,a"))
    assert edges(school) == {("d", "a")}


def test_a_skill_before_itself_is_a_circle(school: School) -> None:
    with pytest.raises(InvalidInput, match=r"line 5: .* circle: c → c"):
        take_skills(school, STANDARDS, (*EDGES, "c,c"))


def test_a_long_circle_is_named_by_its_ends(sqlite_school: School) -> None:
    count = 40
    standards = ("skill_id,name", *(f"s{one},Skill {one}" for one in range(count)))
    round_it_goes = (f"s{one},s{(one + 1) % count}" for one in range(count))
    with pytest.raises(InvalidInput) as refused:
        take_skills(sqlite_school, standards, (*EDGES[:1], *round_it_goes))
    named = str(refused.value).split("circle: ")[1].split(".")[0].split(" → ")
    assert len(named) == 21
    assert named[10] == "…"
    assert named[0] == named[-1]


def test_practice_that_names_the_id_is_of_the_listed_skill(school: School) -> None:
    school.take_rows(HEADER, ANSWER.format(skill="b"))
    take_skills(school)
    school.take_rows(f"{HEADER},skill_id", f"{ANSWER.format(skill='Plus')},b".replace("09", "10"))
    assert skills(school)["b"] == ("Adding", "1")
    assert len(skills(school)) == 4
    assert school.skills()["Ada", "b", date(2026, 1, 5)].questions == 2


@pytest.mark.parametrize("listed_first", [True, False])
def test_practice_that_says_the_name_alone_meets_the_listed_skill(
    school: School, listed_first: bool
) -> None:
    if listed_first:
        take_skills(school)
    school.take_rows(HEADER, ANSWER.format(skill="Adding"))
    take_skills(school)
    repeated = school.take_rows(HEADER, ANSWER.format(skill="Adding"))
    assert (repeated.new, len(skills(school)), school.marks()) == (0, 4, {})
    assert school.skills()["Ada", "b", date(2026, 1, 5)].questions == 1
    assert take_skills(school).new == 0


def test_a_skill_that_takes_an_id_over_is_seen_under_it_by_circles(school: School) -> None:
    school.take_rows(HEADER, ANSWER.format(skill="Adding"))
    take_skills(school, ("skill_id,name", "x,Before"), (*EDGES[:1], "Adding,x"))
    with pytest.raises(InvalidInput, match="circle: b → x → b"):
        take_skills(school, STANDARDS, (*EDGES[:1], "x,b"))
    assert "b" not in skills(school)


def test_a_name_with_practice_of_its_own_stays_apart_and_is_told(school: School) -> None:
    school.take_rows(HEADER, ANSWER.format(skill="b"), ANSWER.format(skill="Adding"))
    outcome = take_skills(school)
    (warning,) = outcome.problems
    assert (warning.line, warning.field, warning.severity) == (3, "name", Severity.WARNING)
    assert warning.reason == "practice knows “Adding” by its name as well; the two stay apart"
    assert len(skills(school)) == 5


def test_a_name_of_two_listed_skills_means_neither(school: School) -> None:
    take_skills(school, ("skill_id,name", "x,Same", "y,Same"), EDGES[:1])
    school.take_rows(HEADER, ANSWER.format(skill="Same"))
    assert set(skills(school)) == {"x", "y", "Same"}
    assert take_skills(school, ("skill_id,name", "x,Same", "y,Same"), EDGES[:1]).problems == ()


def test_other_columns_are_named(sqlite_school: School) -> None:
    with pytest.raises(InvalidInput, match="column prerequisite_id is missing"):
        take_skills(sqlite_school, STANDARDS, ("before,skill_id", "a,b"))


@pytest.mark.shared_data
def test_the_standards_are_taken_in_whole(school: School, shared_data: Path) -> None:
    files = shared_data / "skills" / "standards.csv", shared_data / "skills" / "prerequisites.csv"
    outcome = take_files(school, *files)
    assert (outcome.rows, outcome.new, outcome.problems) == (628, 628, ())
    assert len(skills(school)) == 240
    assert len(edges(school)) == 388
    assert take_files(school, *files).new == 0


@pytest.mark.shared_data
def test_a_circle_among_the_standards_is_named_by_their_codes(
    school: School, shared_data: Path
) -> None:
    standards = shared_data / "skills" / "standards.csv"
    given = (shared_data / "skills" / "prerequisites.csv").read_text(encoding="utf-8")
    circular = school.folder / "prerequisites.csv"
    circular.write_text(f"{given}1.OA.C.6,K.OA.A.4\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"(K\.OA\.A\.4|1\.OA\.C\.6) → .* → \1"):
        take_files(school, standards, circular)
    assert skills(school) == {}
