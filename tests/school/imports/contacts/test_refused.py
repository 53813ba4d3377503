"""What a contacts file may not say is named by line and field, and stops nothing else."""

from pathlib import Path

import pytest

from school.errors import InvalidInput
from school.imports.outcome import ImportOutcome
from tests.school.imports.contacts.conftest import HEADER, Contacts
from tests.school.imports.roster.folders import everything

REFUSED = {
    "no student": (",,,Ngozi,,,", "student_id"),
    "an unknown student": ("S9,,,Ngozi,,,", "student_id"),
    "no address": ("S1,maya,,,,,", "email"),
    "a name beside the address": ("S1,,,N,Ngozi <n@home.test>,,", "guardian_email"),
    "two addresses": ("S1,,,N,n@home.test;m@home.test,,", "guardian_email"),
    "an endless address": (f"S1,{'m' * 250}@home.test,,,,,", "email"),
    "no account": ("S1,,maya,,,,", "slack_user_id"),
    "a teacher's account": ("S1,,U0RUIZ,,,,", "slack_user_id"),
    "an endless name": (f"S1,,,{'N' * 201},,,", "guardian_name"),
    "a language in words": ("S1,,,Ngozi,,Vietnamese,", "guardian_language"),
    "neither yes nor no": ("S1,,,Ngozi,,,perhaps", "do_not_contact"),
    "a wish of nobody": ("S1,,,,,,yes", "do_not_contact"),
    "a language of nobody": ("S1,,,,,es,", "guardian_language"),
    "too few fields": ("S1,,", "row"),
    "no CSV": ('S1,"a" b,,,,,', "row"),
}


def problem(outcome: ImportOutcome) -> tuple[int, str]:
    (only,) = outcome.problems
    assert only.file == "contacts.csv"
    return only.line, only.field


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_row_is_named_and_stops_nothing_else(lite: Contacts, case: str) -> None:
    row, field = REFUSED[case]
    outcome = lite.take_rows("S1,maya@school.test,,,,,", row, "S2,,,Min,,,")
    assert problem(outcome) == (3, field)
    assert (outcome.rows, outcome.refused, outcome.new) == (3, 1, 2)


AGAINST = {
    "another address of the student": ("S1,two@school.test,,,,,", "email"),
    "another account of the student": ("S1,,U9,,,,", "slack_user_id"),
    "one account for two": ("S2,,U1,,,,", "slack_user_id"),
    "otherwise of a guardian": ("S1,,,Ngozi,n@home.test,es,", "guardian_name"),
    "a guardian again without address": ("S1,,,ngozi,,,", "guardian_name"),
    "an address again without name": ("S1,,,,n@home.test,,", "guardian_name"),
}


@pytest.mark.parametrize("case", AGAINST)
def test_a_row_against_an_earlier_one_names_its_line(lite: Contacts, case: str) -> None:
    row, field = AGAINST[case]
    outcome = lite.take_rows("S1,one@school.test,U1,Ngozi,n@home.test,en,", row)
    assert problem(outcome) == (3, field)
    assert "line 2" in outcome.problems[0].reason
    assert lite.student("S1") == ("one@school.test", "U1")


def test_an_account_stays_with_whom_it_belongs_to(lite: Contacts) -> None:
    lite.take_rows("S1,,U1,,,,", "S2,,U2,,,,")
    outcome = lite.take_rows("S2,,U1,,,,", "S3,,U2,,,,")
    # The third student could only have the second one's account if that one got another.
    assert [(one.line, one.field) for one in outcome.problems] == [
        (2, "slack_user_id"),
        (3, "slack_user_id"),
    ]
    assert "S1" in outcome.problems[0].reason
    assert lite.student("S2")[1] == "U2"
    assert lite.student("S3")[1] is None


def test_strict_refuses_the_whole_with_nothing_written(contacts: Contacts) -> None:
    before = everything(contacts.school.session_factory)
    outcome = contacts.take_rows("S1,a@school.test,,N,,,", "S9,,,,,,", strict=True)
    assert outcome.stopped
    assert (outcome.new, outcome.refused) == (0, 1)
    assert everything(contacts.school.session_factory) == before


def test_strict_takes_a_file_that_only_warns(lite: Contacts) -> None:
    rows = ("S1,,,Ngozi,us@home.test,,", "S1,,,Chidi,us@home.test,,")
    assert lite.take_rows(*rows, strict=True).new == 2


FILES = {
    "an empty file": (b"", "is empty"),
    "semicolons": (HEADER.replace(",", ";").encode() + b"\nS1;;;;;;\n", "separated by semicolons"),
    "UTF-16": (HEADER.encode("utf-16"), "UTF-16"),
    "another encoding": (HEADER.encode() + b"\nS1,,,Zo\xeb,,,\n", "not UTF-8 (line 2)"),
    "a missing column": (HEADER.replace("email,slack", "slack", 1).encode(), "email is missing"),
    "a column twice": (f"{HEADER},email".encode(), "more than once"),
    "another file": (b"a,b\n1,2\n", "no header with the columns student_id"),
    "a header that is no CSV": (b"student_id" * 20_000, "names no columns"),
    "old Mac lines": (HEADER.encode() + b"\rS1,,,,,,\r", "end in CR alone"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_cannot_be_used_says_why(lite: Contacts, case: str) -> None:
    content, words = FILES[case]
    path = lite.folder / "contacts.csv"
    path.write_bytes(content)
    before = everything(lite.school.session_factory)
    with pytest.raises(InvalidInput) as refused:
        lite.take(path)
    assert refused.value.field == "file"
    assert words in str(refused.value)
    assert everything(lite.school.session_factory) == before


def test_a_byte_order_mark_and_windows_lines_are_read(lite: Contacts) -> None:
    path: Path = lite.folder / "contacts.csv"
    path.write_bytes(b"\xef\xbb\xbf" + HEADER.encode() + "\r\nS1,,,Zoë,,,\r\n".encode())
    assert lite.take(path).new == 1
    assert lite.guardians()[0][1] == "Zoë"
