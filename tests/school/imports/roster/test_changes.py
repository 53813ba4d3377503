"""Rows that end something, people who come back, teachers who were linked before."""

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from school.models import (
    Class,
    ClassTeacher,
    Enrolment,
    Student,
    User,
)
from school.people import link_teacher
from tests.school.conftest import NOW, TODAY, SmallSchool
from tests.school.imports.roster.folders import add, edit, enrolment_of, one_of, problem, take_in


def test_rows_to_be_deleted_end_what_they_name(school: SmallSchool, folder: Path) -> None:
    take_in(school, folder)
    for name, old in (
        ("classes", "k2,active"),
        ("users", "u4,active"),
        ("users", "u1,active"),
        ("enrollments", "e2,active"),
        ("enrollments", "e1,active"),
    ):
        edit(folder, name, old, old.replace("active", "tobedeleted"))
    assert take_in(school, folder).refused == 0
    with school.session_factory() as session:
        active = [one.source_id for one in session.scalars(select(Class)) if one.is_active]
        people = [one.source_id for one in session.scalars(select(Student)) if one.is_active]
        users = [one.source_id for one in session.scalars(select(User)) if one.is_active]
        teaching = session.scalars(select(ClassTeacher.ends_on).order_by(ClassTeacher.id)).all()
    assert (active, people, users) == (["k1"], ["u3"], ["u2"])
    assert teaching == [TODAY - timedelta(days=1), None]
    enrolment = enrolment_of(school, "e2")
    assert enrolment.ends_on == TODAY - timedelta(days=1)
    assert take_in(school, folder).new == 0


def test_a_deleted_enrolment_ends_on_the_day_that_the_file_says(
    lite_school: SmallSchool, folder: Path
) -> None:
    take_in(lite_school, folder)
    edit(folder, "enrollments", "e2,active", "e2,tobedeleted")
    edit(folder, "enrollments", "2026-06-12", "2026-02-02")
    take_in(lite_school, folder)
    enrolment = enrolment_of(lite_school, "e2")
    assert enrolment.ends_on == date(2026, 2, 2)


def test_a_deleted_enrolment_with_a_day_that_is_none_ends_yesterday(
    lite_school: SmallSchool, folder: Path
) -> None:
    take_in(lite_school, folder)
    edit(folder, "enrollments", "e2,active", "e2,tobedeleted")
    edit(folder, "enrollments", "2026-06-12", "soon")
    take_in(lite_school, folder)
    enrolment = enrolment_of(lite_school, "e2")
    assert enrolment.ends_on == TODAY - timedelta(days=1)


def test_a_student_who_left_and_came_back_is_in_the_class(
    lite_school: SmallSchool, folder: Path
) -> None:
    edit(folder, "enrollments", "e2,active", "e2,tobedeleted")
    add(folder, "enrollments", "e9,active,k1,o1,u3,student,,2026-02-20,")
    take_in(lite_school, folder)
    enrolment = enrolment_of(lite_school, "e9")
    assert (enrolment.starts_on, enrolment.ends_on) == (date(2026, 2, 20), None)


def test_two_enrolments_in_one_class_make_one_span(lite_school: SmallSchool, folder: Path) -> None:
    add(folder, "enrollments", "e9,active,k1,o1,u3,student,,2026-07-01,2026-08-01")
    take_in(lite_school, folder)
    enrolment = enrolment_of(lite_school, "e9")
    assert (enrolment.starts_on, enrolment.ends_on) == (date(2026, 1, 5), date(2026, 8, 1))


def test_what_is_gone_before_it_came_is_left_out(lite_school: SmallSchool, folder: Path) -> None:
    add(folder, "classes", "k9,tobedeleted,Old,,,,")
    add(folder, "enrollments", "e9,active,k9,o1,u3,student,,,")
    outcome = take_in(lite_school, folder)
    assert outcome.refused == 0
    with lite_school.session_factory() as session:
        assert len(session.scalars(select(Class)).all()) == 2
        assert len(session.scalars(select(Enrolment)).all()) == 2


def test_a_teacher_linked_before_the_roster_is_the_same_person(
    school: SmallSchool, folder: Path
) -> None:
    with school.session_factory.begin() as session:
        linked = link_teacher(
            session,
            "U123",
            "ada@school.test",
            admin=True,
            workspace_id=school.workspace_id,
            now=NOW,
        ).id
    assert take_in(school, folder).refused == 0
    ada = one_of(school, User, "u1")
    assert isinstance(ada, User)
    assert (ada.id, ada.slack_user_id, ada.name) == (linked, "U123", "Ada Lovelace")
    assert ada.role == "administrator"
    assert take_in(school, folder).new == 0


def test_an_address_that_another_user_has_is_refused(
    lite_school: SmallSchool, folder: Path
) -> None:
    take_in(lite_school, folder)
    with lite_school.session_factory.begin() as session:
        link_teacher(
            session, "U9", "cara@school.test", workspace_id=lite_school.workspace_id, now=NOW
        )
    edit(folder, "users", "Ada@School.test", "cara@school.test")
    outcome = take_in(lite_school, folder)
    assert problem(outcome)[2] == "email"


def test_a_disabled_teacher_is_switched_off(lite_school: SmallSchool, folder: Path) -> None:
    edit(folder, "users", "u1,active,true", "u1,active,false")
    take_in(lite_school, folder)
    ada = one_of(lite_school, User, "u1")
    assert isinstance(ada, User)
    assert not ada.is_active


def test_a_delta_may_refer_to_what_is_there_already(lite_school: SmallSchool, folder: Path) -> None:
    take_in(lite_school, folder)
    for name in ("orgs", "classes", "users", "academicSessions", "courses"):
        (folder / f"{name}.csv").unlink()
    (folder / "manifest.csv").write_text(
        "propertyName,value\noneroster.version,1.1\nfile.enrollments,delta\n", encoding="utf-8"
    )
    (folder / "enrollments.csv").write_text(
        "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role\ne9,k2,o1,u3,student\n",
        encoding="utf-8",
    )
    outcome = take_in(lite_school, folder)
    assert (outcome.new, outcome.problems) == (1, ())
