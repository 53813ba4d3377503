"""The numbers of a skill's picture, in pages of a modal."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from analytics.reports.data import Prerequisite, SkillReport, SkillStudent
from analytics.wording import (
    count,
    day_words,
    interval_words,
    percent,
    plural,
    range_words,
    skill_words,
)
from analytics.wording.skill import estimate_words, states_words
from handlers.codec import Ref
from handlers.ids import Action, Modal
from handlers.views.blocks import Block, bold, line
from handlers.views.limits import shorten
from handlers.views.lines import at_end
from handlers.views.modals import View, modal
from handlers.views.paging import page_of
from handlers.views.reports.series import class_point, titled
from school.days import local_day
from school.mastery import Mastery


def skill_numbers_modal(report: SkillReport, ref: Ref, page: int, now: datetime) -> View:
    """One page of the students, who needs work first; on the last one the weeks and what is before.

    `page` counts from 0.
    """
    today = local_day(now, ZoneInfo(report.timezone))
    shown = page_of(report.students, page)
    students = [_student(one, today) for one in shown.lines]
    charts = [*_weeks(report, today), *_prerequisites(report)] if shown.last else []
    turning = shown.turning(Action.SKILL_NUMBERS_PAGE, ref)
    blocks = [_head(report, today), *students, *charts, *turning]
    return modal(Modal.NUMBERS, "Numbers", blocks, ref=ref)


def _head(report: SkillReport, today: date) -> Block:
    return line(
        bold(shorten(report.skill, "name")),
        f" · {shorten(report.class_title, 'class')} · {range_words(report.range, today)}",
        f"\n{states_words(report.distribution) or 'Nobody is enrolled'}",
        f"\nRight in these days; states as of {at_end(report.range.end, today)}.",
    )


def _student(one: SkillStudent, today: date) -> Block:
    estimate = estimate_words(one.estimate, one.mastery)
    parts = [
        one.mastery
        if one.mastery == Mastery.TOO_LITTLE
        else f"{one.mastery}, chance of a right answer {estimate}",
        _right(one),
        f"{count(one.total_questions)} in all" if one.total_questions else "",
        f"last {day_words(one.last_practised, today)}" if one.last_practised else "never practised",
    ]
    said = " · ".join(part for part in parts if part)
    stuck = f"\nStuck on {skill_words(one.root_cause)}" if one.root_cause else ""
    return line(bold(shorten(one.student, "name")), f"\n{said}{stuck}")


def _right(one: SkillStudent) -> str:
    if not one.questions:
        return ""
    interval = f" (95 % interval {interval_words(one.interval)})" if one.interval else ""
    return f"{percent(one.accuracy)} of {plural(one.questions, 'question')} right{interval}"


def _weeks(report: SkillReport, today: date) -> Sequence[Block]:
    """The mean accuracy of each week or month, with its interval."""
    lines = [class_point(point, today) for point in report.trends]
    return titled(f"Accuracy by {report.trends_by}", lines)


def _prerequisites(report: SkillReport) -> Sequence[Block]:
    """All that comes before the skill, and how the class stands there; what waits on it."""
    lines = [_prerequisite(one) for one in report.prerequisites]
    later = [shorten(name, "skill") for name in report.later]
    return [*titled("Comes after, the nearest first", lines), *titled("Opens", later)]


def _prerequisite(one: Prerequisite) -> str:
    states = (
        (Mastery.NEEDS_WORK.value, one.needs_work),
        (Mastery.IN_PROGRESS.value, one.in_progress),
        (Mastery.MASTERED.value, one.mastered),
        (Mastery.TOO_LITTLE.value, one.too_little),
    )
    return f"{shorten(one.skill, 'skill')}: {states_words(states)}"
