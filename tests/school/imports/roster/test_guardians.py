"""Guardians come with their students, and are ended by what the roster says of them."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from school.imports.contact_rows import REQUIRED
from school.imports.contacts import import_contacts
from school.imports.outcome import ImportOutcome
from school.models import Guardian, Student
from tests.school.conftest import NOW, SmallSchool
from tests.school.imports.roster.folders import add, edit, everything, problem, take_in


def guardians(school: SmallSchool, *columns: str) -> list[tuple[Any, ...]]:
    """Student and guardian by source id, then other columns; those who are none left out."""
    with school.session_factory() as session:
        query = select(Student.source_id, Guardian).join(
            Guardian, Guardian.student_id == Student.id
        )
        found = session.execute(query.where(Guardian.is_active).order_by(Guardian.id)).all()
        return [
            (student, one.source_id, *(getattr(one, name) for name in columns))
            for student, one in found
        ]


def set_all(school: SmallSchool, **values: object) -> None:
    with school.session_factory.begin() as session:
        for one in session.scalars(select(Guardian)):
            for name, value in values.items():
                setattr(one, name, value)


def test_a_students_row_names_the_guardians(school: SmallSchool, newer: Path) -> None:
    take_in(school, newer)
    assert guardians(school, "name", "email", "do_not_contact") == [
        ("u3", "u5", "Mum Okafor", "mum@home.test", False),
        ("u3", "u6", "Dad Okafor", None, False),
    ]


@pytest.mark.parametrize("column", ["agentSourcedIds", "agentSourceIds", "agents"])
def test_a_guardians_row_may_name_the_students(
    lite_school: SmallSchool, folder: Path, column: str
) -> None:
    edit(folder, "users", "grades,email", f"grades,email,{column}")
    edit(folder, "users", "mum@home.test", 'mum@home.test,"u3,u4"')
    outcome = take_in(lite_school, folder)
    assert outcome.problems == ()
    assert guardians(lite_school) == [("u3", "u5"), ("u4", "u5")]
    assert take_in(lite_school, folder).new == 0


def test_both_rows_may_say_it(lite_school: SmallSchool, newer: Path) -> None:
    edit(newer, "users", "Mum@home.test,,,,", "Mum@home.test,,u3,,")
    take_in(lite_school, newer)
    assert guardians(lite_school) == [("u3", "u5"), ("u3", "u6")]


def test_what_the_school_said_of_writing_to_them_stays(school: SmallSchool, newer: Path) -> None:
    take_in(school, newer)
    set_all(school, do_not_contact=True, language="ig")
    edit(newer, "users", "Mum,Okafor,Mum@home.test", "Mama,Okafor,new@home.test")
    assert take_in(school, newer).new == 1
    assert guardians(school, "name", "email", "language", "do_not_contact")[0] == (
        "u3",
        "u5",
        "Mama Okafor",
        "new@home.test",
        "ig",
        True,
    )


def contacts(school: SmallSchool, folder: Path, *rows: str) -> ImportOutcome:
    path = folder / "contacts.csv"
    path.write_text("\n".join((",".join(REQUIRED), *rows)), encoding="utf-8")
    return import_contacts(
        path,
        session_factory=school.session_factory,
        workspace_id=school.workspace_id,
        now=NOW,
    )


def test_guardians_by_contacts_and_by_roster_are_the_same_people(
    school: SmallSchool, newer: Path, tmp_path: Path
) -> None:
    edit(newer, "users", '"u5,u6"', "")
    take_in(school, newer)
    rows = ("u3,,,Mother,mum@home.test,ig,yes", "u3,,,dad okafor,dad@home.test,,")
    outcome = contacts(school, tmp_path, *rows)
    assert (outcome.problems, outcome.new) == ((), 2)
    edit(newer, "users", '"05,06",,', '"05,06","u5,u6",')
    take_in(school, newer)
    assert guardians(school, "name", "email", "do_not_contact") == [
        ("u3", "u5", "Mum Okafor", "mum@home.test", True),
        ("u3", "u6", "Dad Okafor", "dad@home.test", False),
    ]
    assert take_in(school, newer).new == 0


ENDS = {
    "deleted": ("u5,active,true", "u5,tobedeleted,true"),
    "disabled": ("u5,active,true", "u5,active,false"),
    "not named by the child's row any more": ('"u5,u6"', '"u6"'),
}


@pytest.mark.parametrize("case", ENDS)
def test_a_guardian_who_is_none_any_more_stays_on_record_only(
    school: SmallSchool, newer: Path, case: str
) -> None:
    take_in(school, newer)
    old, new = ENDS[case]
    edit(newer, "users", old, new)
    take_in(school, newer)
    assert guardians(school) == [("u3", "u6")]
    before = everything(school.session_factory)
    assert take_in(school, newer).new == 0
    assert everything(school.session_factory) == before
    edit(newer, "users", new, old)
    take_in(school, newer)
    assert guardians(school) == [("u3", "u5"), ("u3", "u6")]


def test_a_guardian_whose_own_row_names_others_is_none_of_this_child(
    lite_school: SmallSchool, newer: Path
) -> None:
    edit(newer, "users", '"u5,u6"', "")
    edit(newer, "users", "Mum@home.test,,,,", 'Mum@home.test,,"u3,u4",,')
    take_in(lite_school, newer)
    edit(newer, "users", '"u3,u4"', "u4")
    take_in(lite_school, newer)
    assert guardians(lite_school) == [("u4", "u5")]


def test_a_guardian_of_another_child_is_known_by_the_records(
    lite_school: SmallSchool, newer: Path
) -> None:
    take_in(lite_school, newer)
    text = (newer / "users.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in text if not line.startswith(("u5", "u6"))]
    (newer / "users.csv").write_text("\n".join(kept), encoding="utf-8")
    for number in ("5", "6"):
        edit(newer, "roles", f"r{number},active", f"r{number},tobedeleted")
    edit(newer, "users", "cher@school.test,05,", "cher@school.test,05,u5")
    assert take_in(lite_school, newer).refused == 0
    assert guardians(lite_school, "email")[-1] == ("u4", "u5", "mum@home.test")


def test_two_with_one_address_get_one_letter(lite_school: SmallSchool, newer: Path) -> None:
    edit(newer, "users", "Dad,Okafor,", "Dad,Okafor,mum@home.test")
    outcome = take_in(lite_school, newer)
    assert problem(outcome)[:3] == ("users.csv", 7, "email")
    assert guardians(lite_school, "email") == [("u3", "u5", "mum@home.test"), ("u3", "u6", None)]
    assert take_in(lite_school, newer).new == 0


def test_an_address_that_is_none_and_a_person_who_is_nobody_are_told(
    lite_school: SmallSchool, newer: Path
) -> None:
    edit(newer, "users", "Mum@home.test", "call after six")
    edit(newer, "users", '"u5,u6"', '"u5,u6,u99"')
    outcome = take_in(lite_school, newer)
    assert [(one.line, one.field) for one in outcome.problems] == [
        (6, "email"),
        (4, "agentSourcedIds"),
    ]
    assert (outcome.refused, len(guardians(lite_school))) == (0, 2)


def test_an_agent_who_is_no_guardian_is_left_out(lite_school: SmallSchool, newer: Path) -> None:
    edit(newer, "users", '"u5,u6"', '"u5,u1,u4"')
    assert take_in(lite_school, newer).problems == ()
    assert guardians(lite_school) == [("u3", "u5")]


def test_a_guardian_of_a_refused_student_is_left_out(lite_school: SmallSchool, newer: Path) -> None:
    add(newer, "users", "u9,active,true,x,,,,,u5,,")
    add(newer, "roles", "r9,active,u9,primary,student,,,o1")
    assert take_in(lite_school, newer).refused == 1
    assert [one[0] for one in guardians(lite_school)] == ["u3", "u3"]
