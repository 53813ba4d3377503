"""Reports as PDF (docs/exports.md)."""

from datetime import datetime

from analytics.exports.blocks import Sheet
from analytics.exports.sheets.classes import class_sheet
from analytics.exports.sheets.parent import parent_sheet
from analytics.exports.sheets.skill import skill_sheet
from analytics.exports.sheets.student import student_sheet
from analytics.exports.typesetting import typeset
from analytics.reports.data import ClassReport, SkillReport, StudentReport
from analytics.wording.printed import PRINTED
from school.languages import ENGLISH

Report = StudentReport | ClassReport | SkillReport


def export_report_pdf(
    report_data: Report,
    report_type: str,
    *,
    paper: str = "a4",
    now: datetime,
    language: str = ENGLISH,
) -> bytes:
    """A report as a tagged PDF (PDF/UA-1) on `paper`, `a4` or `letter`.

    `report_type` is `student`, `parent` (both of a student's report), `class` or `skill`; the
    parents' may be in their `language`, the others are in English. Its metadata names nobody.
    Raises ValueError for another type, paper or language, or where the report is not of that type.
    """
    title, sheet = _sheet(report_data, report_type, now, language)
    return typeset(sheet, title, paper=paper, now=now)


def _sheet(report: Report, report_type: str, now: datetime, language: str) -> tuple[str, Sheet]:
    """The PDF's title and its sheet."""
    if language not in (PRINTED if report_type == "parent" else (ENGLISH,)):
        raise ValueError(f"there is no {report_type} report in {language}")
    match report_type, report:
        case "student", StudentReport():
            return "Student report", student_sheet(report, now)
        case "parent", StudentReport():
            words = PRINTED[language]
            return words.around.title, parent_sheet(report, now, words)
        case "class", ClassReport():
            return "Class report", class_sheet(report, now)
        case "skill", SkillReport():
            return "Skill report", skill_sheet(report, now)
    raise ValueError(f"no {report_type} report can be made of a {type(report).__name__}")
