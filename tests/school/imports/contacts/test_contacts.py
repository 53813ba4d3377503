"""Contacts come in once, several guardians a student, and take nothing away."""

import pytest
from sqlalchemy import select

from school.languages import SPANISH, language_of
from school.models import Guardian, ImportRun, Student
from tests.school.conftest import NOW, TODAY
from tests.school.imports.contacts.conftest import Contacts
from tests.school.imports.roster.folders import everything

FAMILY = (
    "S1,Maya@School.test,U0MAYA,Ngozi Okafor,ngozi@home.test,en,no",
    "S1,,,Chidi Okafor,,,",
    "S2,,u0leo,Min Park,min@home.test,ko,1",
)


def test_students_and_guardians_can_be_reached(contacts: Contacts) -> None:
    outcome = contacts.take_rows(*FAMILY)
    assert (outcome.rows, outcome.new, outcome.refused, outcome.problems) == (3, 5, 0, ())
    assert contacts.student("S1") == ("maya@school.test", "U0MAYA")
    assert contacts.student("S2") == (None, "U0LEO")
    assert contacts.guardians() == [
        ("S1", "Ngozi Okafor", "ngozi@home.test", "en", False),
        ("S1", "Chidi Okafor", None, None, False),
        ("S2", "Min Park", "min@home.test", "ko", True),
    ]


def test_the_same_file_again_changes_nothing(contacts: Contacts) -> None:
    contacts.take_rows(*FAMILY)
    before = everything(contacts.school.session_factory)
    assert contacts.take_rows(*FAMILY).new == 0
    assert everything(contacts.school.session_factory) == before


def test_what_differs_is_changed_and_an_empty_field_leaves_what_is_there(
    contacts: Contacts,
) -> None:
    contacts.take_rows(*FAMILY)
    outcome = contacts.take_rows(
        "S1,,,Ngozi Okafor-Lee,ngozi@home.test,,yes", "S1,,,Chidi Okafor,chidi@home.test,ig,"
    )
    assert outcome.new == 2
    assert contacts.student("S1") == ("maya@school.test", "U0MAYA")
    assert contacts.guardians()[:2] == [
        ("S1", "Ngozi Okafor-Lee", "ngozi@home.test", "en", True),
        ("S1", "Chidi Okafor", "chidi@home.test", "ig", False),
    ]


def test_a_guardian_with_a_new_address_is_known_by_name(lite: Contacts) -> None:
    lite.take_rows(*FAMILY)
    lite.take_rows("S2,,,min  PARK,new@home.test,,")
    assert lite.guardians()[-1] == ("S2", "min PARK", "new@home.test", "ko", True)


def test_two_who_swapped_addresses_are_told_by_address(contacts: Contacts) -> None:
    contacts.take_rows("S1,,,A,a@home.test,,", "S1,,,B,b@home.test,,")
    contacts.take_rows("S1,,,A,b@home.test,,", "S1,,,B,a@home.test,,")
    assert [one[1:3] for one in contacts.guardians()] == [
        ("B", "a@home.test"),
        ("A", "b@home.test"),
    ]


def test_a_guardian_without_a_name_goes_by_the_address_until_named(lite: Contacts) -> None:
    lite.take_rows("S1,,,,someone@home.test,,")
    assert lite.guardians()[0][1] == "someone@home.test"
    lite.take_rows("S1,,,Ngozi,someone@home.test,,")
    lite.take_rows("S1,,,,someone@home.test,,")
    assert [one[1] for one in lite.guardians()] == ["Ngozi"]


def test_one_name_with_two_addresses_is_two_ways_to_write(lite: Contacts) -> None:
    rows = ("S1,,,Ngozi,home@home.test,,", "S1,,,Ngozi,work@home.test,,")
    lite.take_rows(*rows)
    assert [one[2] for one in lite.guardians()] == ["home@home.test", "work@home.test"]
    assert lite.take_rows(*rows).new == 0


def test_two_guardians_of_one_address_get_one_letter(contacts: Contacts) -> None:
    rows = ("S1,,,Ngozi,us@home.test,,", "S1,,,Chidi,us@home.test,,")
    outcome = contacts.take_rows(*rows)
    assert (outcome.refused, outcome.warnings) == (0, 1)
    assert (outcome.problems[0].line, outcome.problems[0].field) == (3, "guardian_email")
    assert [one[1:3] for one in contacts.guardians()] == [
        ("Ngozi", "us@home.test"),
        ("Chidi", None),
    ]
    assert contacts.take_rows(*rows).new == 0


def test_siblings_have_one_guardian_each_and_two_may_share_an_address(lite: Contacts) -> None:
    lite.take_rows("S1,us@home.test,,Ngozi,n@home.test,,", "S2,us@home.test,,Ngozi,n@home.test,,")
    assert [one[:3] for one in lite.guardians()] == [
        ("S1", "Ngozi", "n@home.test"),
        ("S2", "Ngozi", "n@home.test"),
    ]


def test_a_row_said_twice_counts_once(lite: Contacts) -> None:
    outcome = lite.take_rows(FAMILY[0], FAMILY[0])
    assert (outcome.rows, outcome.refused, len(lite.guardians())) == (2, 0, 1)


def test_two_students_may_change_accounts(contacts: Contacts) -> None:
    contacts.take_rows("S1,,U1,,,,", "S2,,U2,,,,")
    assert contacts.take_rows("S1,,U2,,,,", "S2,,U1,,,,").refused == 0
    assert (contacts.student("S1")[1], contacts.student("S2")[1]) == ("U2", "U1")


def test_other_columns_and_their_order_make_no_difference(lite: Contacts) -> None:
    path = lite.file(
        "Guardian_Email,phone,student_id,email,slack_user_id,guardian_name,"
        "guardian_language,do_not_contact\nn@home.test,555,S1,,,Ngozi,pt_br,\n\n,,,,,,,\n"
    )
    assert lite.take(path).rows == 1
    assert lite.guardians() == [("S1", "Ngozi", "n@home.test", "pt-BR", False)]


@pytest.mark.parametrize("name", ["Spanish", "ESPAÑOL", "spa", "es"])
def test_a_language_that_we_write_may_be_called_by_its_name(lite: Contacts, name: str) -> None:
    assert lite.take_rows(f"S1,,,Ngozi,,{name},").refused == 0
    [(_, _, _, language, _)] = lite.guardians()
    assert language_of(language) == SPANISH


def test_who_the_roster_calls_gone_stays_gone(lite: Contacts) -> None:
    lite.take_rows(*FAMILY)
    with lite.school.session_factory.begin() as session:
        for one in session.scalars(select(Guardian)):
            one.is_active = False
    assert lite.take_rows(*FAMILY).new == 0


def test_contacts_of_a_student_who_left_and_of_another_workspace_stay_apart(lite: Contacts) -> None:
    with lite.school.session_factory.begin() as session:
        session.scalars(select(Student).filter_by(source_id="S3")).one().is_active = False
    assert lite.take_rows("S3,,,Ms Ruiz,,,").refused == 0


def test_the_import_is_written_down_without_its_content(lite: Contacts) -> None:
    lite.take_rows(*FAMILY, "S9,,,,,,")
    with lite.school.session_factory() as session:
        run = session.scalars(select(ImportRun)).one()
    assert (run.kind, run.rows_read, run.rows_refused) == ("contacts", 4, 1)
    assert run.finished_at == NOW
    assert run.started_at.date() == TODAY
