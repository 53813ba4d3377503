"""Reports as CSV that a spreadsheet opens with the right characters and runs nothing of.

One flat table: a row says in `part` what it is about, days are ISO 8601, percentages are numbers,
and what cannot be said is an empty cell. docs/exports.md lists the columns.
"""

import csv
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import StringIO

from analytics.exports.rows.classes import class_rows
from analytics.exports.rows.columns import CLASS, SKILL, STUDENT, Value
from analytics.exports.rows.skill import skill_rows
from analytics.exports.rows.student import student_rows
from analytics.reports.data import ClassReport, SkillReport, StudentReport

BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheets take UTF-8 for the machine's own encoding."""
SHIELD = "'"
"""Before what would be a formula: spreadsheets then show it as the text that it is."""

FORMULA = "=+-@\u2212"
"""What a formula begins with, be it as a full-width, small or raised form of these."""
ALSO_CELLS = ";"
"""Where it parts cells, as in much of Europe, a text is several cells."""


def export_report_csv(
    report_data: StudentReport | ClassReport | SkillReport, report_type: str
) -> bytes:
    """A report's numbers as CSV in UTF-8 with a byte order mark and CRLF.

    `report_type` is `student`, `class` or `skill`. Raises ValueError for another one, or where the
    report is not of that type.
    """
    match report_type, report_data:
        case "student", StudentReport():
            return written(STUDENT, student_rows(report_data))
        case "class", ClassReport():
            return written(CLASS, class_rows(report_data))
        case "skill", SkillReport():
            return written(SKILL, skill_rows(report_data))
    raise ValueError(f"no {report_type} report can be made of a {type(report_data).__name__}")


def written(columns: Sequence[str], rows: Iterable[Mapping[str, Value]]) -> bytes:
    """The rows under their header, in the order of `columns`, without those that no row fills."""
    cells = [{name: cell(value) for name, value in row.items()} for row in rows]
    kept = [name for name in columns if any(row.get(name) for row in cells)]
    out = StringIO()
    writer = csv.DictWriter(out, kept, restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(cells)
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def cell(value: Value) -> str:
    """A cell: our own numbers and days as they are, texts on one line and never a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return shielded(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if value == int(value) else str(value)


def shielded(text: str) -> str:
    """A text on one line in which no cell begins with what a formula begins with.

    Blanks, quotes and signs that do not show may stand before it: they are looked through.
    """
    line = " ".join("".join(map(_on_one_line, text)).split())
    return ALSO_CELLS.join(map(_shielded, line.split(ALSO_CELLS)))


def _on_one_line(character: str) -> str:
    """The character; a blank for a line's end, a tab and other controls."""
    return " " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character


def _shielded(text: str) -> str:
    first = next((place for place, one in enumerate(text) if _shows(one)), None)
    if first is None or unicodedata.normalize("NFKC", text[first])[:1] not in FORMULA:
        return text
    return f"{text[:first]}{SHIELD}{text[first:]}"


def _shows(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZM" and character != '"'
