"""A student's assignments and achievements, and a class's assignments and places, line by line."""

from collections.abc import Sequence
from datetime import date

from analytics.reports.data import (
    AssignmentLine,
    ClassReport,
    Motivation,
    OwnAssignment,
    StudentAssignments,
)
from analytics.wording import count, day_words, percent, plural
from handlers.views.blocks import Block
from handlers.views.limits import shorten
from handlers.views.reports.series import titled

MOST_ASSIGNMENTS = 20
MOST_ACHIEVEMENTS = 20
MOST_PLACES = 10


def own_assignments(found: StudentAssignments | None, today: date) -> Sequence[Block]:
    """Each assignment due in the range and then the open ones: state, questions, accuracy."""
    if found is None:
        return ()
    lines = [_own(one, today) for one in found.lines[-MOST_ASSIGNMENTS:]]
    return titled("Assignments", _counted(lines, len(found.lines)))


def _own(one: OwnAssignment, today: date) -> str:
    right = f", {percent(one.accuracy)} right" if one.accuracy is not None else ""
    late = f" by {plural(one.overdue_days, 'school day')}" if one.overdue_days else ""
    done = f" on {day_words(one.completed_on, today)}" if one.completed_on else ""
    asked = f"{_of(one)}{right}"
    title, due = shorten(one.title, "skill"), day_words(one.due, today)
    return f"{title}, due {due}: {one.state}{late}{done} · {asked}"


def _of(one: OwnAssignment) -> str:
    """How many of the questions set; practice may go on beyond them."""
    if one.questions > one.question_count:
        return f"{plural(one.questions, 'question')}, {count(one.question_count)} were set"
    return f"{count(one.questions)} of {plural(one.question_count, 'question')}"


def achievements(found: Motivation | None, today: date) -> Sequence[Block]:
    """All that was achieved so far, the newest first, with XP and the longest streak."""
    if found is None or not found.total_xp:
        return ()
    streak = plural(found.longest_streak, "school day")
    head = f"{count(found.total_xp)} XP so far, longest streak {streak}"
    reached = [
        f"{day_words(one.day, today)}: {shorten(one.name, 'reason')}"
        for one in found.achievements[:MOST_ACHIEVEMENTS]
    ]
    return titled("XP and achievements", [head, *reached])


def class_assignments(report: ClassReport, today: date) -> Sequence[Block]:
    """Each assignment of the class: how many finished, late ones, and how well."""
    lines = [_of_class(one, today) for one in report.assignments[-MOST_ASSIGNMENTS:]]
    return titled("Assignments", _counted(lines, len(report.assignments)))


def _of_class(one: AssignmentLine, today: date) -> str:
    late = f", {one.late} late" if one.late else ""
    right = f", {percent(one.accuracy)} right" if one.accuracy is not None else ""
    done = f"{one.completed} of {one.assigned} done{late}{right}"
    when = f"{'due' if one.is_due else 'open until'} {day_words(one.due, today)}"
    return f"{shorten(one.title, 'skill')}, {when}: {done}"


def leaderboard(report: ClassReport) -> Sequence[Block]:
    """The first places by XP in the range."""
    places = report.leaderboard[:MOST_PLACES]
    lines = [f"{one.place}. {shorten(one.student, 'name')}: {count(one.xp)} XP" for one in places]
    return titled("Leaderboard", lines)


def _counted(lines: Sequence[str], of: int) -> Sequence[str]:
    """The lines, and how many earlier ones are left out."""
    return [f"{of - len(lines)} earlier ones", *lines] if of > len(lines) else lines
