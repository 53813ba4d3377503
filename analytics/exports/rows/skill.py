"""The numbers of how a class stands with one skill, row by row."""

from collections.abc import Iterable, Iterator

from analytics.exports.rows.columns import Cells, accuracy, percentage, period, span
from analytics.reports.data import SkillReport


def skill_rows(report: SkillReport) -> Iterator[Cells]:
    """The range, the students, periods, and the skills that come before."""
    for row in _rows(report):
        yield {"class": report.class_title, "skill": report.skill, **row}


def _rows(report: SkillReport) -> Iterator[Cells]:
    yield _total(report)
    yield from _students(report)
    yield from _periods(report)
    yield from _prerequisites(report)


def _total(report: SkillReport) -> Cells:
    standing = {state.replace(" ", "_"): number for state, number in report.distribution}
    return {
        **span("range", report.range),
        **accuracy(report.questions, report.accuracy, report.interval),
        "pooled_accuracy_percent": percentage(report.pooled),
        "students": report.judged,
        **standing,
        "median_questions_to_mastery": report.survival.median_questions,
        "median_school_days_to_mastery": report.survival.median_days,
        "note": report.finding,
    }


def _students(report: SkillReport) -> Iterable[Cells]:
    for one in report.students:
        yield {
            "part": "student",
            "student": one.student,
            **accuracy(one.questions, one.accuracy, one.interval),
            "state": one.mastery,
            "estimate_percent": percentage(one.estimate),
            "questions_so_far": one.total_questions,
            "last_practised": one.last_practised,
            "note": one.root_cause and f"stuck on {one.root_cause}",
        }


def _periods(report: SkillReport) -> Iterable[Cells]:
    for point in report.trends:
        yield {**period(report.trends_by, point), "students": point.students}


def _prerequisites(report: SkillReport) -> Iterable[Cells]:
    for one in report.prerequisites:
        yield {
            "part": "comes before",
            "skill": one.skill,
            "steps_before": one.depth,
            "mastered": one.mastered,
            "in_progress": one.in_progress,
            "needs_work": one.needs_work,
            "too_little_practice": one.too_little,
        }
