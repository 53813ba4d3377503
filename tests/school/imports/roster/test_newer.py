"""OneRoster 1.2: what somebody is stands in a file of its own."""

from pathlib import Path

import pytest
from sqlalchemy import select

from school.errors import InvalidInput
from school.imports.outcome import Severity
from school.models import ClassTeacher, Enrolment, Guardian, Student, User
from tests.school.conftest import SmallSchool
from tests.school.imports.roster.folders import add, edit, everything, problem, take_in


def people(school: SmallSchool) -> tuple[list[str], list[str]]:
    """Users with their roles, and students."""
    with school.session_factory() as session:
        users = session.scalars(select(User).order_by(User.source_id)).all()
        students = session.scalars(select(Student).order_by(Student.source_id)).all()
        return [f"{one.name}, {one.role}" for one in users], [one.name for one in students]


def test_people_are_what_their_roles_say(school: SmallSchool, newer: Path) -> None:
    outcome = take_in(school, newer)
    assert (outcome.rows, outcome.problems) == (23, ())
    assert people(school) == (
        ["Ada Lovelace, teacher", "Bob Boole, administrator"],
        ["Maya Okafor", "Cher"],
    )
    with school.session_factory() as session:
        assert len(session.scalars(select(Enrolment)).all()) == 2
        assert len(session.scalars(select(ClassTeacher)).all()) == 2
        assert len(session.scalars(select(Guardian)).all()) == 2


def test_a_second_import_changes_nothing(school: SmallSchool, newer: Path) -> None:
    take_in(school, newer)
    before = everything(school.session_factory)
    assert take_in(school, newer).new == 0
    assert everything(school.session_factory) == before


def test_both_versions_of_a_roster_are_the_same_people(
    lite_school: SmallSchool, folder: Path, newer: Path
) -> None:
    take_in(lite_school, folder)
    before = people(lite_school)
    take_in(lite_school, newer)
    assert people(lite_school) == before


@pytest.mark.parametrize(
    "role", ["principal", "siteAdministrator", "districtAdministrator", "systemAdministrator"]
)
def test_those_who_lead_a_school_see_the_workspace(
    lite_school: SmallSchool, newer: Path, role: str
) -> None:
    edit(newer, "roles", "districtAdministrator", role)
    take_in(lite_school, newer)
    assert "Bob Boole, administrator" in people(lite_school)[0]


def test_a_teacher_may_be_a_parent_too(lite_school: SmallSchool, newer: Path) -> None:
    add(newer, "roles", "r7,active,u1,secondary,parent,,,o1")
    edit(newer, "users", '"u5,u6"', '"u5,u1"')
    take_in(lite_school, newer)
    with lite_school.session_factory() as session:
        names = [one.name for one in session.scalars(select(Guardian).order_by(Guardian.id))]
    assert names == ["Mum Okafor", "Ada Lovelace"]
    assert "Ada Lovelace, teacher" in people(lite_school)[0]


@pytest.mark.parametrize(
    "over", ["r1,tobedeleted,u1,primary,teacher,,,o1", "r1,,u1,primary,teacher,,2026-03-01,o1"]
)
def test_a_role_that_is_over_does_not_count(
    lite_school: SmallSchool, newer: Path, over: str
) -> None:
    edit(newer, "roles", "r1,active,u1,primary,teacher,,,o1", over)
    outcome = take_in(lite_school, newer)
    assert people(lite_school)[0] == ["Bob Boole, administrator"]
    told = {(one.file, one.line, one.field, one.severity) for one in outcome.problems}
    assert ("users.csv", 2, "role", Severity.WARNING) in told


def test_changes_alone_need_not_say_again_what_somebody_is(
    lite_school: SmallSchool, newer: Path
) -> None:
    take_in(lite_school, newer)
    (newer / "roles.csv").unlink()
    edit(newer, "manifest", "file.roles,bulk", "file.roles,absent")
    edit(newer, "users", "Maya,o1", "May,o1")
    assert take_in(lite_school, newer).new == 1
    assert people(lite_school) == (
        ["Ada Lovelace, teacher", "Bob Boole, administrator"],
        ["May Okafor", "Cher"],
    )


BAD_ROLES = {
    "of nobody": ("r9,active,u99,primary,teacher,,,o1", "userSourcedId", Severity.ERROR),
    "of no kind": ("r9,active,u1,primary,,,,o1", "role", Severity.ERROR),
    "until no day": ("r9,active,u1,primary,teacher,,soon,o1", "endDate", Severity.ERROR),
    "at no school": ("r9,active,u1,primary,teacher,,,o9", "orgSourcedId", Severity.WARNING),
}


@pytest.mark.parametrize("case", BAD_ROLES)
def test_a_bad_role_is_named(lite_school: SmallSchool, newer: Path, case: str) -> None:
    line, column, severity = BAD_ROLES[case]
    add(newer, "roles", line)
    assert problem(take_in(lite_school, newer)) == ("roles.csv", 8, column, severity)


def test_accounts_are_never_read(lite_school: SmallSchool, newer: Path) -> None:
    (newer / "userProfiles.csv").write_bytes(b"\xff\xfe not even text")
    assert take_in(lite_school, newer).problems == ()


def test_roles_that_the_manifest_names_must_be_there(lite_school: SmallSchool, newer: Path) -> None:
    (newer / "roles.csv").unlink()
    with pytest.raises(InvalidInput, match=r"lacks roles\.csv"):
        take_in(lite_school, newer)


def test_a_disabled_student_is_not_active_until_enabled(school: SmallSchool, newer: Path) -> None:
    edit(newer, "users", "u4,active,true", "u4,active,false")
    take_in(school, newer)
    with school.session_factory() as session:
        active = {one.source_id: one.is_active for one in session.scalars(select(Student))}
    assert active == {"u3": True, "u4": False}
    edit(newer, "users", "u4,active,false", "u4,active,true")
    assert take_in(school, newer).new == 1


def test_an_address_from_contacts_stays_where_the_roster_has_none(
    lite_school: SmallSchool, newer: Path
) -> None:
    take_in(lite_school, newer)
    with lite_school.session_factory.begin() as session:
        session.scalars(select(Student).filter_by(source_id="u3")).one().email = "m@school.test"
    assert take_in(lite_school, newer).new == 0
