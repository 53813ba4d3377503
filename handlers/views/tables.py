"""The numbers of a picture as a table, which stands in where there is no picture."""

from collections.abc import Sequence
from datetime import date

from analytics.reports.data import ClassReport, SkillLine, StudentReport
from analytics.wording import count, day_words, percent
from handlers.views.blocks import Block, Element
from handlers.views.limits import LIMITS, shorten

MOST_SKILLS = 12
MOST_PERIODS = 16
NAMED = 2
Row = Sequence[str]


def student_table(report: StudentReport) -> Block:
    """Accuracy and questions by period beside the class, then by skill with its state."""
    head = ("When or what", "Accuracy", "Questions", "Class, or state at the end")
    return table([head, *_periods(report), *_skills(report.skills)])


def class_table(report: ClassReport) -> Block:
    """Each student's accuracy, questions, skills mastered, and what needs work."""
    head = ("Student", "Accuracy", "Questions", "Mastered", "Needs work")
    rows = [
        (
            line.student,
            percent(line.accuracy),
            count(line.questions),
            count(line.skills_mastered),
            ", ".join(line.needs_work[:NAMED]) or "–",
        )
        for line in report.ranking
    ]
    return table([head, *rows])


def table(rows: Sequence[Row]) -> Block:
    """A table within Slack's limits: rows that do not fit are counted in the last one."""
    kept: list[list[Element]] = []
    room = LIMITS["table"] - LIMITS["table cell"]
    for row in rows:
        cells = [shorten(text, "table cell") for text in row]
        room -= sum(map(len, cells))
        if room < 0 or len(kept) == LIMITS["table rows"] - 1:
            kept.append(_cells([f"and {len(rows) - len(kept)} more", *["–"] * (len(row) - 1)]))
            break
        kept.append(_cells(cells))
    columns = [{"is_wrapped": True}, *[{"align": "right"}] * 2]
    return {"type": "table", "rows": kept, "column_settings": columns}


def _cells(texts: Sequence[str]) -> list[Element]:
    return [{"type": "raw_text", "text": text} for text in texts]


def _periods(report: StudentReport) -> list[Row]:
    return [
        (
            _period(point.start, report.progress_by, report.range.end),
            percent(point.accuracy),
            count(point.questions),
            f"class {percent(point.class_accuracy)}",
        )
        for point in report.progress[-MOST_PERIODS:]
    ]


def _period(start: date, by: str, beside: date) -> str:
    words = day_words(start, beside)
    return words if by == "day" else f"{by.capitalize()} from {words}"


def _skills(lines: Sequence[SkillLine]) -> list[Row]:
    first = sorted(lines, key=lambda line: line.rank)[:MOST_SKILLS]
    return [
        (line.skill, percent(line.accuracy), count(line.questions), line.mastery) for line in first
    ]
