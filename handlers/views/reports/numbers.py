"""The numbers of a class's picture, in pages of a modal."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from analytics.reports.data import ClassReport, StudentConcerns, StudentLine
from analytics.wording import MISSING, day_words, percent, plural, range_words
from analytics.wording.praised import praises
from handlers.codec import Ref
from handlers.ids import Action, Modal
from handlers.views.blocks import Block, bold, line
from handlers.views.limits import shorten
from handlers.views.lines import at_end
from handlers.views.modals import View, modal
from handlers.views.paging import page_of
from handlers.views.reports.own_lists import class_assignments, leaderboard
from handlers.views.reports.series import class_series, class_spread
from school.days import local_day

MOST_REASONS = 4
MOST_SKILLS = 12
"""Skills named of one student: as many as the picture has columns."""


def numbers_modal(report: ClassReport, ref: Ref, page: int, now: datetime) -> View:
    """One page of the students in the ranking's order, and on the last one the other charts.

    `page` counts from 0.
    """
    today = local_day(now, ZoneInfo(report.timezone))
    shown = page_of(report.ranking, page)
    said = {one.student_id: one for one in report.concerns}
    students = [_student(one, said.get(one.student_id), today) for one in shown.lines]
    charts = _charts(report, today) if shown.last else ()
    turning = shown.turning(Action.NUMBERS_PAGE, ref)
    blocks = [_head(report, today), *students, *charts, *turning]
    return modal(Modal.NUMBERS, "Numbers", blocks, ref=ref)


def _head(report: ClassReport, today: date) -> Block:
    students = plural(len(report.ranking), "student")
    return line(
        bold(shorten(report.title, "name")),
        f" · {students} · {range_words(report.range, today)}",
        f"\nRight in these days; states as of {at_end(report.range.end, today)}.",
    )


def _charts(report: ClassReport, today: date) -> Sequence[Block]:
    """What else there is in numbers: the series, the spread, assignments, the leaderboard."""
    return (
        *class_series(report, today),
        *class_spread(report),
        *class_assignments(report, today),
        *leaderboard(report),
    )


def _student(one: StudentLine, found: StudentConcerns | None, today: date) -> Block:
    right = f"{percent(one.accuracy)} of {plural(one.questions, 'question')} right"
    practised = f"last {day_words(one.last_practised, today)}" if one.last_practised else ""
    parts = [
        right if one.questions else MISSING,
        f"{plural(one.skills_mastered, 'skill')} mastered",
        practised or "no practice yet",
    ]
    weak = _weak(one.needs_work)
    needs = f"\nNeeds work: {weak}" if weak else ""
    said = _said(found)
    return line(bold(shorten(one.student, "name")), f"\n{' · '.join(parts)}{needs}{said}")


def _said(found: StudentConcerns | None) -> str:
    """All concerns, and praise, in words."""
    if found is None:
        return ""
    words = [("Concerns", [one.reason for one in found.concerns])]
    words.append(("Worth praising", praises(found.praise)))
    return "".join(
        f"\n{name}: {'; '.join(shorten(one, 'reason') for one in reasons[:MOST_REASONS])}"
        for name, reasons in words
        if reasons
    )


def _weak(skills: Sequence[str]) -> str:
    names = [shorten(skill, "skill") for skill in skills[:MOST_SKILLS]]
    more = len(skills) - len(names)
    return ", ".join([*names, f"{more} more"] if more else names)
