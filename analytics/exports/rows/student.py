"""A student's numbers, row by row."""

from collections.abc import Iterable, Iterator

from analytics.exports.rows.columns import Cells, accuracy, minutes, percentage, period, span
from analytics.reports.data import Overall, OwnAssignment, StudentReport


def student_rows(report: StudentReport) -> Iterator[Cells]:
    """The range, the one before, periods, skills, sessions, assignments, concerns and praise."""
    common: Cells = {"student": report.student, "class": report.class_title}
    for row in _rows(report):
        yield {**common, **row}


def _rows(report: StudentReport) -> Iterator[Cells]:
    yield _total(report)
    before = report.range.previous()
    if report.previous and before:
        yield {**span("range before", before), **_of(report.previous)}
    yield from _periods(report)
    yield from _skills(report)
    yield from _sessions(report)
    yield from _assignments(report)
    yield from _said(report)


def _total(report: StudentReport) -> Cells:
    mates, found = report.comparison, report.motivation
    return {
        **span("range", report.range),
        **_of(report.overall),
        "class_accuracy_percent": percentage(mates.class_average),
        "percentile": None if mates.percentile is None else round(mates.percentile, 1),
        "xp": found.xp if found else None,
        "streak_days": found.streak if found else None,
        "last_practised": report.coverage.last_day,
        "note": report.finding,
    }


def _of(overall: Overall) -> Cells:
    return {
        **accuracy(overall.questions, overall.accuracy, overall.interval),
        "minutes": minutes(overall.time),
        "active_days": overall.active_days,
        "skills_mastered": overall.skills_mastered,
        "skills": overall.skills_total,
    }


def _periods(report: StudentReport) -> Iterable[Cells]:
    for point in report.progress:
        beside = percentage(point.class_accuracy)
        yield {**period(report.progress_by, point), "class_accuracy_percent": beside}


def _skills(report: StudentReport) -> Iterable[Cells]:
    for line in sorted(report.skills, key=lambda one: one.rank):
        yield {
            "part": "skill",
            "skill": line.skill,
            **accuracy(line.questions, line.accuracy, None),
            "state": line.mastery,
            "estimate_percent": percentage(line.estimate),
            "questions_so_far": line.total_questions,
            "last_practised": line.last_practised,
        }


def _sessions(report: StudentReport) -> Iterable[Cells]:
    for one in report.recent:
        yield {
            "part": "session",
            "skill": one.skill,
            "from": one.day,
            "to": one.day,
            **accuracy(one.questions, one.accuracy, None),
            "minutes": round(one.minutes, 1),
        }


def _assignments(report: StudentReport) -> Iterable[Cells]:
    if report.assignments:
        yield from map(_assignment, report.assignments.lines)


def _assignment(line: OwnAssignment) -> Cells:
    return {
        "part": "assignment",
        "assignment": line.title,
        "skill": "; ".join(line.skills),
        **accuracy(line.questions, line.accuracy, None),
        "state": line.state,
        "set_questions": line.question_count,
        "due": line.due,
        "done_on": line.completed_on,
        "score": line.score,
    }


def _said(report: StudentReport) -> Iterable[Cells]:
    for concern in report.concerns:
        yield {"part": "concern", "skill": concern.skill, "note": concern.reason}
    for praise in report.praise:
        yield {"part": "praise", "skill": praise.skill, "note": praise.reason}
    for reached in report.motivation.achievements if report.motivation else ():
        yield {"part": "achievement", "from": reached.day, "note": reached.name}
