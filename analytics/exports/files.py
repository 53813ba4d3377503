"""The files by name, for whoever orders one without making it.

Typst and matplotlib are imported where a file is made, as in `analytics.charts.pictures`: the
process that answers Slack stays small. Every function here can be pickled by its name, and so can
what it takes. `paper` is `a4` or `letter`.
"""

from collections.abc import Sequence
from datetime import datetime

from analytics.reports.data import ClassReport, SkillReport, StudentReport
from school.languages import ENGLISH


def student_pdf(report: StudentReport, paper: str, now: datetime) -> bytes:
    """A student's report for the teacher, by itself or as a part for `pack_pdf` (some 80 kB)."""
    from analytics.exports.pdf import export_report_pdf  # noqa: PLC0415 - see above

    return export_report_pdf(report, "student", paper=paper, now=now)


def parent_pdf(report: StudentReport, paper: str, now: datetime, language: str = ENGLISH) -> bytes:
    """A student's report for the student's parents: nobody else's figures, no rank."""
    from analytics.exports.pdf import export_report_pdf  # noqa: PLC0415 - see above

    return export_report_pdf(report, "parent", paper=paper, now=now, language=language)


def class_pdf(report: ClassReport, paper: str, now: datetime) -> bytes:
    """A class's report."""
    from analytics.exports.pdf import export_report_pdf  # noqa: PLC0415 - see above

    return export_report_pdf(report, "class", paper=paper, now=now)


def skill_pdf(report: SkillReport, paper: str, now: datetime) -> bytes:
    """How a class stands with one skill."""
    from analytics.exports.pdf import export_report_pdf  # noqa: PLC0415 - see above

    return export_report_pdf(report, "skill", paper=paper, now=now)


def pack_pdf(parts: Sequence[bytes], class_title: str, paper: str, now: datetime) -> bytes:
    """A class pack: all parts in one PDF, in the order given, behind a table of contents."""
    from analytics.exports.pack import pack_pdf as make  # noqa: PLC0415 - see above

    return make(parts, class_title, paper=paper, now=now)


def student_csv(report: StudentReport) -> bytes:
    """A student's numbers for a spreadsheet."""
    from analytics.exports.spreadsheet import export_report_csv  # noqa: PLC0415 - see above

    return export_report_csv(report, "student")


def class_csv(report: ClassReport) -> bytes:
    """A class's numbers for a spreadsheet."""
    from analytics.exports.spreadsheet import export_report_csv  # noqa: PLC0415 - see above

    return export_report_csv(report, "class")


def skill_csv(report: SkillReport) -> bytes:
    """A skill's numbers for a spreadsheet."""
    from analytics.exports.spreadsheet import export_report_csv  # noqa: PLC0415 - see above

    return export_report_csv(report, "skill")
