"""A class's numbers, row by row."""

from collections.abc import Iterable, Iterator

from analytics.exports.rows.columns import Cells, accuracy, minutes, percentage, period, span
from analytics.reports.data import AssignmentLine, ClassOverall, ClassReport, StudentLine


def class_rows(report: ClassReport) -> Iterator[Cells]:
    """The range, the one before, students, each student's skills, periods, assignments."""
    for row in _rows(report):
        yield {"class": report.title, **row}


def _rows(report: ClassReport) -> Iterator[Cells]:
    before = report.range.previous()
    yield {**span("range", report.range), **_of(report.overall), "note": report.finding}
    if report.previous and before:
        yield {**span("range before", before), **_of(report.previous)}
    yield from _students(report)
    yield from _states(report)
    yield from _periods(report)
    yield from map(_assignment, report.assignments)


def _of(overall: ClassOverall) -> Cells:
    return {
        **accuracy(overall.questions, overall.accuracy, overall.interval),
        "pooled_accuracy_percent": percentage(overall.pooled),
        "students": overall.students,
        "active_students": overall.active_students,
        "minutes": minutes(overall.time),
        "engagement_percent": percentage(overall.engagement),
        "days_a_week": overall.days_a_week and round(overall.days_a_week, 2),
        "assigned": overall.assigned,
        "completed": overall.completed,
        "completed_late": overall.completed_late,
        "completion_percent": percentage(overall.completion),
    }


def _students(report: ClassReport) -> Iterable[Cells]:
    """In the ranking's order; beside each the XP, where there is a place for it, and concerns."""
    earned = {one.student_id: one.xp for one in report.leaderboard}
    said = {
        one.student_id: "; ".join(each.reason for each in one.concerns) for one in report.concerns
    }
    for line in report.ranking:
        yield {
            **_student(line),
            "xp": earned.get(line.student_id),
            "note": said.get(line.student_id) or line.reason,
        }


def _student(line: StudentLine) -> Cells:
    return {
        "part": "student",
        "student": line.student,
        **accuracy(line.questions, line.accuracy, None),
        "place": line.place,
        "percentile": None if line.percentile is None else round(line.percentile, 1),
        "skills_mastered": line.skills_mastered,
        "last_practised": line.last_practised,
    }


def _states(report: ClassReport) -> Iterable[Cells]:
    """Each student's state on each skill: the heatmap, cell by cell."""
    heat = report.heatmap
    for student, labels, estimates in zip(heat.students, heat.labels, heat.estimates, strict=True):
        for skill, label, estimate in zip(heat.skills, labels, estimates, strict=True):
            yield {
                "part": "student's skill",
                "student": student,
                "skill": skill,
                "state": label,
                "estimate_percent": percentage(estimate),
            }


def _periods(report: ClassReport) -> Iterable[Cells]:
    for point in report.trends:
        yield {**period(report.trends_by, point), "students": point.students}


def _assignment(line: AssignmentLine) -> Cells:
    return {
        "part": "assignment",
        "assignment": line.title,
        "skill": "; ".join(line.skills),
        **accuracy(line.questions, line.accuracy, None),
        "due": line.due,
        "assigned": line.assigned,
        "completed": line.completed,
        "completed_late": line.late,
    }
