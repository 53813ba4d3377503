"""A bad row is named and stops nothing else; a missing optional reference warns."""

from pathlib import Path

import pytest
from sqlalchemy import select

from school.imports.outcome import Severity
from school.models import (
    ImportRun,
)
from tests.school.conftest import SmallSchool
from tests.school.imports.roster.folders import add, edit, everything, problem, take_in

BAD_ROWS = {
    "no id": ("classes", ",active,Nameless,,,,", 4, "sourcedId"),
    "an id said twice": ("classes", "k1,active,Again,,,,", 4, "sourcedId"),
    "no name of a class": ("classes", "k9,active,,,,,", 4, "title"),
    "no name of a school": ("orgs", "o9,active,,school", 4, "name"),
    "no first day": ("academicSessions", "t9,active,T,term,,2026-01-01", 4, "startDate"),
    "no last day": ("academicSessions", "t9,active,T,term,2026-01-01,", 4, "endDate"),
    "no such day": ("academicSessions", "t9,,T,term,2026-02-30,2026-03-01", 4, "startDate"),
    "days backwards": ("academicSessions", "t9,,T,term,2026-03-02,2026-03-01", 4, "endDate"),
    "a student without a name": ("users", "u9,,,,student,,,,,", 7, "familyName"),
    "a teacher without e-mail": ("users", "u9,,,,teacher,x,A,B,,", 7, "email"),
    "an e-mail said twice": ("users", "u9,,,,teacher,x,A,B,,ADA@school.test", 7, "email"),
    "no such student": ("enrollments", "e9,,k1,,u99,student,,,", 6, "userSourcedId"),
    "a teacher as student": ("enrollments", "e9,,k1,,u1,student,,,", 6, "userSourcedId"),
    "no such class": ("enrollments", "e9,,k9,,u3,student,,,", 6, "classSourcedId"),
    "no class": ("enrollments", "e9,,,,u3,student,,,", 6, "classSourcedId"),
    "a day that is none": ("enrollments", "e9,,k2,,u3,student,,soon,", 6, "beginDate"),
    "left before coming": (
        "enrollments",
        "e9,,k2,,u3,student,,2026-03-02,2026-03-01",
        6,
        "endDate",
    ),
    "a row that is no CSV": ("orgs", 'o9,active,"Harbour" School,school', 4, ""),
    "a NUL": ("orgs", "o9,active,Har\0bour,school", 4, "name"),
    "an endless id": ("orgs", f"{'o' * 256},active,Harbour,school", 4, "sourcedId"),
    "an endless name": ("users", f"u9,,,,student,x,{'A' * 100},B,,", 7, "givenName"),
    "an endless title": ("classes", f"k9,active,{'T' * 201},,,,", 4, "title"),
    "too many fields": ("orgs", "o9,active,Name,school,more,still more", 4, ""),
}


@pytest.mark.parametrize("case", BAD_ROWS)
def test_a_bad_row_is_named_and_stops_nothing_else(
    lite_school: SmallSchool, folder: Path, case: str
) -> None:
    take_in(lite_school, folder)
    before = everything(lite_school.session_factory)
    name, line, number, column = BAD_ROWS[case]
    add(folder, name, line)
    outcome = take_in(lite_school, folder)
    assert problem(outcome) == (f"{name}.csv", number, column, Severity.ERROR)
    assert (outcome.rows, outcome.refused, outcome.new) == (17, 1, 0)
    assert everything(lite_school.session_factory) == before


def test_what_is_as_long_as_it_may_be_fits_both_databases(
    school: SmallSchool, folder: Path
) -> None:
    add(folder, "classes", f"{'k' * 255},active,{'T' * 200},,,,")
    add(folder, "courses", f"c9,Art,{'g' * 60}")
    add(folder, "classes", "k9,active,Art,c9,,,")
    name = f"{'A' * 99},{'B' * 99}"
    add(folder, "users", f"u9,,,,teacher,,{name},,{'e' * 243}@school.test")
    assert take_in(school, folder).refused == 0


WARNINGS = {
    "no such course": ("classes", "k9,,T,c9,,,", 4, "courseSourcedId"),
    "no such session": ("classes", "k9,,T,,,t9,", 4, "termSourcedIds"),
    "no such school": ("classes", "k9,,T,,o9,,", 4, "schoolSourcedId"),
    "no such school of a person": ("users", "u9,,,o9,student,,A,B,,", 7, "orgSourcedIds"),
    "no such school of a teacher": ("users", "u9,,,o9,teacher,,A,B,,a@b", 7, "orgSourcedIds"),
    "no such school of an enrolment": (
        "enrollments",
        "e9,,k2,o9,u3,student,,,",
        6,
        "schoolSourcedId",
    ),
    "a part that is not used": ("enrollments", "e9,,k1,o1,u5,proctor,,,", 6, "role"),
}


@pytest.mark.parametrize("case", WARNINGS)
def test_a_missing_optional_reference_warns(
    lite_school: SmallSchool, folder: Path, case: str
) -> None:
    name, line, number, column = WARNINGS[case]
    add(folder, name, line)
    outcome = take_in(lite_school, folder)
    assert problem(outcome) == (f"{name}.csv", number, column, Severity.WARNING)
    assert (outcome.refused, outcome.warnings) == (0, 1)


def test_what_rests_on_a_refused_row_is_refused_too(lite_school: SmallSchool, folder: Path) -> None:
    edit(
        folder,
        "users",
        "u3,active,true,o1,student,maya,Maya,Okafor",
        "u3,active,true,o1,student,,,",
    )
    outcome = take_in(lite_school, folder)
    assert [(one.file, one.field) for one in outcome.problems] == [
        ("users.csv", "familyName"),
        ("enrollments.csv", "userSourcedId"),
    ]


def test_strict_refuses_the_whole_with_nothing_written(school: SmallSchool, folder: Path) -> None:
    add(folder, "enrollments", "e9,,k1,,u99,student,,,")
    before = everything(school.session_factory)
    outcome = take_in(school, folder, strict=True)
    assert outcome.stopped
    assert (outcome.new, outcome.refused) == (0, 1)
    assert everything(school.session_factory) == before
    with school.session_factory() as session:
        assert session.scalars(select(ImportRun)).all() == []


def test_strict_takes_a_folder_that_only_warns(lite_school: SmallSchool, folder: Path) -> None:
    add(folder, "classes", "k9,,T,c9,,,")
    outcome = take_in(lite_school, folder, strict=True)
    assert not outcome.stopped
    assert outcome.new > 0
