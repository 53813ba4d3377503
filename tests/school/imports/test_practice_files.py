"""Practice files as people hand them over: what is wrong is said with its line and field."""

import codecs
from pathlib import Path
from typing import Any

import pytest

from school.errors import InvalidInput
from school.imports.outcome import PROBLEMS_KEPT, Problem, Severity
from tests.school.imports.practice import HEADER as DATASHOP
from tests.school.imports.practice import School, Transaction, write_datashop

HEADER = "student_id,skill,answered_at,correct,seconds,hints,xp,item"
GOOD = "Ada,Ratio,2026-01-05T09:00:00,1,20,0,5,a"


@pytest.fixture
def school(sqlite_school: School) -> School:
    return sqlite_school


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (",Ratio,2026-01-05T09:00:00,1,,,,", "student_id", "the student is missing"),
        (f"{'x' * 201},Ratio,2026-01-05,1,,,,", "student_id", "is longer than 200 characters"),
        ("Ada,,2026-01-05T09:00:00,1,,,,", "skill", "the skill is missing"),
        ("Ada,Ratio,,1,,,,", "answered_at", "the time is missing"),
        (
            "Ada,Ratio,5/1/2026,1,,,,",
            "answered_at",
            "“5/1/2026” is no time such as 2024-02-16 05:34:51",
        ),
        ("Ada,Ratio,2062-01-05,1,,,,", "answered_at", "“2062-01-05” lies in the future"),
        ("Ada,Ratio,1969-01-05,1,,,,", "answered_at", "“1969-01-05” lies before 1970"),
        ("Ada,Ratio,2026-01-05,,,,,", "correct", "is missing"),
        ("Ada,Ratio,2026-01-05,0.5,,,,", "correct", "“0.5” is neither 1 nor 0"),
        ("Ada,Ratio,2026-01-05,1,soon,,,", "seconds", "“soon” is no number of at least 0"),
        ("Ada,Ratio,2026-01-05,1,nan,,,", "seconds", "“nan” is no number of at least 0"),
        ("Ada,Ratio,2026-01-05,1,-3,,,", "seconds", "“-3” is no number of at least 0"),
        ("Ada,Ratio,2026-01-05,1,,1.5,,", "hints", "“1.5” is no number of hints"),
        ("Ada,Ratio,2026-01-05,1,,,much,", "xp", "“much” is no number of at least 0"),
        ("Ada,Ratio,2026-01-05,1", "row", "has 4 fields where the header has 8"),
        ('Ada,"Ra"tio,2026-01-05,1,,,,', "row", "is no CSV: ',' expected after '\"'"),
    ],
)
def test_a_bad_row_is_reported_and_stops_nothing_else(
    school: School, row: str, field: str, reason: str
) -> None:
    outcome = school.take_rows(HEADER, GOOD, row, "", GOOD.replace("09", "10"))
    assert outcome.problems == (Problem("practice.csv", 3, field, reason),)
    assert (outcome.rows, outcome.new, outcome.refused) == (3, 2, 1)
    assert str(outcome.problems[0]) == f"practice.csv:3: {field}: {reason}"


def test_a_bad_value_is_quoted_shortened_and_on_one_line(school: School) -> None:
    row = 'Ada,Ratio,"long\nago ' + "x" * 100 + '",1,,,,'
    (problem,) = school.take_rows(HEADER, GOOD, row, row).problems[:1]
    assert problem.line == 3
    assert problem.reason == f"“long ago {'x' * 30}…” is no time such as 2024-02-16 05:34:51"


def test_lines_are_counted_through_line_breaks_in_fields(school: School) -> None:
    two_lines = GOOD.replace("Ratio", '"Ratio\nand more"')
    outcome = school.take_rows(HEADER, two_lines, "Ada,Ratio,soon,1,,,,")
    assert [problem.line for problem in outcome.problems] == [4]


def test_an_unclosed_quotation_mark_is_a_bad_row(school: School) -> None:
    outcome = school.take_rows(HEADER, GOOD, 'Ada,"Ratio,2026-01-05,1,,,,', GOOD)
    assert [problem.line for problem in outcome.problems] == [3]
    assert outcome.new == 1


def test_the_first_problems_are_told_and_all_are_counted(school: School) -> None:
    outcome = school.take_rows(HEADER, GOOD, *["Ada,Ratio,soon,1,,,,"] * (PROBLEMS_KEPT + 5))
    assert (len(outcome.problems), outcome.problems_total) == (PROBLEMS_KEPT, PROBLEMS_KEPT + 5)
    assert outcome.problems[0].severity is Severity.ERROR


def test_a_strict_import_of_a_bad_file_writes_nothing(school: School) -> None:
    phases: list[str] = []
    outcome = school.take_rows(
        HEADER, GOOD, "Ada,Ratio,soon,1,,,,", strict=True, class_title="Maths",
        progress=lambda done, total, phase: phases.append(phase),
    )  # fmt: skip
    assert (outcome.stopped, outcome.rows, outcome.new, outcome.refused) == (True, 2, 0, 1)
    assert (school.answers(), school.totals(), phases) == ([], {}, ["checking"])


def test_a_strict_import_of_a_good_file_is_an_import(school: School) -> None:
    outcome = school.take_rows(HEADER, GOOD, strict=True)
    assert (outcome.stopped, outcome.new) == (False, 1)
    assert len(school.totals()) == 1


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_utf8_is_read_with_and_without_a_mark(school: School, mark: bytes, ends: str) -> None:
    path = school.folder / "given.csv"
    path.write_bytes(mark + ends.join((HEADER, GOOD.replace("Ada", "Zoë"), "")).encode())
    assert school.take(path).new == 1
    assert [student for student, _ in school.totals()] == ["Zoë"]


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_datashop_exports_are_read_with_and_without_a_mark(school: School, mark: bytes) -> None:
    path = school.folder / "export.txt"
    write_datashop(path, [Transaction(1, "2026-01-05 15:00:00")])
    path.write_bytes(mark + path.read_bytes().replace(b"\n", b"\r\n"))
    assert school.take(path).new == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ((f"{HEADER}\n" + GOOD.replace("Ada", "Zoë")).encode("latin-1"), r"not UTF-8 \(line 2\)"),
        (f"{HEADER}\n{GOOD}".encode("utf-16"), "is UTF-16"),
        (f"{HEADER}\n{GOOD}".encode("utf-16-le"), "is not a text file"),
        (f"{HEADER}\n{GOOD}\nZo".encode() + b"\xc3", r"not UTF-8 \(line 3\)"),
        (b"", "is empty"),
    ],
)
def test_another_encoding_is_named(school: School, content: bytes, message: str) -> None:
    path = school.folder / "given.csv"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=message):
        school.take(path)
    assert school.answers() == []


def test_long_files_are_checked_in_blocks(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("school.imports.files.BLOCK", 7)
    assert school.take_rows(HEADER, GOOD.replace("Ada", "Zoë 愛")).new == 1


def test_a_file_that_is_not_there_is_said_so(school: School) -> None:
    with pytest.raises(InvalidInput, match=r"nowhere\.csv cannot be read: No such file"):
        school.take(Path("nowhere.csv"))


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("student_id,skill,answered_at", "The column correct is missing"),
        ("student_id,skill,answered_at,correct,correct", "The column correct is there more"),
        ("name,age", "neither a DataShop transaction export nor a practice file"),
        ("Anon Student Id\tTime", "The column Outcome is missing"),
        ("Anon Student Id\tTime\tTime\tOutcome", "The column Time is there more than once"),
        (
            "student_id,skill,started_at,questions,correct",
            "The column duration_seconds is missing",
        ),
    ],
)
def test_a_header_that_cannot_be_used_is_explained(
    school: School, header: str, message: str
) -> None:
    with pytest.raises(InvalidInput, match=message):
        school.take_rows(header)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("student_id;skill;answered_at;correct\n", "separated by semicolons; save with commas"),
        ("student_id\tskill\tanswered_at\tcorrect\n", "separated by tabs; save with commas"),
        ("student_id,skill,answered_at,correct\rAda,x,2026-01-05,1\r", "The lines end in CR alone"),
        ("x" * 140_000 + ",student_id\n", "field larger than field limit"),
    ],
)
def test_a_first_line_that_is_no_header_is_refused_in_words(
    school: School, content: str, message: str
) -> None:
    path = school.folder / "practice.csv"
    path.write_bytes(content.encode())
    with pytest.raises(InvalidInput, match=message) as refused:
        school.take(path)
    assert refused.value.field == "file"


def test_columns_may_come_in_any_order_and_case(school: School) -> None:
    school.take_rows(
        "Correct, Item ,note,answered_at,SKILL,student_id", "true,a,-,2026-01-05,S,Ada"
    )
    (answer,) = school.answers()
    assert (answer.outcome, answer.item, answer.seconds, answer.xp) == (1, "a", None, None)


def test_times_without_an_offset_are_in_the_schools_zone(school: School) -> None:
    row = "Ada,Ratio,{},1,,,,"
    times = ("2026-01-05T09:00:00", "2026-07-05 09:00", "2026-01-05T09:00:00+01:00")
    assert school.take_rows(HEADER, *(row.format(time) for time in times[::2])).new == 2
    assert [one.answered_at.isoformat() for one in school.answers()] == [
        "2026-01-05T08:00:00+00:00",
        "2026-01-05T14:00:00+00:00",
    ]


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("GMT", "15:00"),
        ("US/Eastern", "20:00"),
        ("EDT", "19:00"),
        ("Europe/Berlin", "14:00"),
        ("", "20:00"),
    ],
)
def test_the_time_zone_column_is_honoured(school: School, zone: str, utc: str) -> None:
    school.take_transactions(Transaction(1, "2026-01-05 15:00:00.0", zone=zone))
    assert f"{school.answers()[0].answered_at:%H:%M}" == utc


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"zone": "Mars/Olympus"}, "Time Zone"),
        ({"time": "yesterday"}, "Time"),
        ({"outcome": "MAYBE"}, "Outcome"),
        ({"student": ""}, "Anon Student Id"),
        ({"duration": "long"}, "Duration (sec)"),
        ({"row": "x"}, "Row"),
        ({"step": "a\tb"}, "row"),
    ],
)
def test_a_bad_transaction_is_reported_and_stops_nothing_else(
    school: School, changed: dict[str, Any], field: str
) -> None:
    bad: dict[str, Any] = {"row": 2, "time": "2026-01-05 15:00:00", "transaction": "b"} | changed
    good = Transaction(1, "2026-01-05 15:00:00")
    outcome = school.take_transactions(good, Transaction(**bad))
    assert [(problem.line, problem.field) for problem in outcome.problems] == [(3, field)]
    assert outcome.new == 1


def test_the_kc_model_is_chosen_by_name(school: School) -> None:
    given = Transaction(1, "2026-01-05 15:00:00", kcs=("Ratio", "Area"), single="One")
    school.take_transactions(given, kc="Single-KC")
    assert [skill for _, skill, _ in school.skills()] == ["One"]


def test_all_repeated_kc_columns_and_joined_names_count(school: School) -> None:
    school.take_transactions(Transaction(1, "2026-01-05 15:00:00", kcs=("Ratio", "Area~~Ratio")))
    assert sorted(skill for _, skill, _ in school.skills()) == ["Area", "Ratio"]


def test_an_unknown_kc_model_names_those_there_are(school: School) -> None:
    with pytest.raises(
        InvalidInput, match=r"no KC model “Fine” in the file\. It has: Default, Sin"
    ):
        school.take_transactions(Transaction(1, "2026-01-05 15:00:00"), kc="Fine")


def test_a_file_without_kc_models_says_so(school: School) -> None:
    header = "\t".join(name for name in DATASHOP if not name.startswith("KC"))
    with pytest.raises(InvalidInput, match="It has: none"):
        school.take_rows(header)


def test_blank_lines_are_nothing(school: School) -> None:
    path = school.folder / "export.txt"
    write_datashop(path, [Transaction(1, "2026-01-05 15:00:00")])
    path.write_text(path.read_text() + "\n\n", encoding="utf-8")
    outcome = school.take(path)
    assert (outcome.rows, outcome.refused) == (1, 0)


def test_quotation_marks_in_exports_are_text(school: School) -> None:
    school.take_transactions(
        Transaction(1, "2026-01-05 15:00:00", problem='"one', step="a"),
        Transaction(2, "2026-01-05 15:00:01", problem='"one', step="b"),
    )
    assert [one.item for one in school.answers()] == ['"one\ta', '"one\tb']


def test_progress_is_told_in_bytes(school: School) -> None:
    told: list[tuple[int, int, str]] = []
    school.take_rows(HEADER, GOOD, progress=lambda *one: told.append(one))
    size = (school.folder / "practice.csv").stat().st_size
    assert told[0] == (size, size, "reading")
