"""All skills of a student, in pages of a modal, with what else the picture draws."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from analytics.reports.data import Concern, RootCause, SessionLine, SkillLine, StudentReport
from analytics.wording import MISSING, count, day_words, hours, percent, plural, range_words
from handlers.codec import Ref
from handlers.ids import Action, Modal
from handlers.views.blocks import Block, bold, divider, line
from handlers.views.limits import shorten
from handlers.views.lines import at_end
from handlers.views.modals import View, modal
from handlers.views.paging import page_of
from handlers.views.reports.own_lists import achievements, own_assignments
from handlers.views.reports.series import student_series
from school.days import local_day

NAMED_BETWEEN = 4
"""Skills named on the way down to what is stuck, and so many at most: a graph may be deep."""


def skills_modal(report: StudentReport, ref: Ref, page: int, now: datetime) -> View:
    """One page of the skills, what matters most first; on the last one the series and sessions.

    `page` counts from 0.
    """
    lines = sorted(report.skills, key=lambda one: one.rank)
    shown = page_of(lines, page)
    today = local_day(now, ZoneInfo(report.timezone))
    head = line(
        bold(shorten(report.student, "name")),
        f" · {plural(len(lines), 'skill')} · {range_words(report.range, today)}",
        f"\nRight in these days; states as of {at_end(report.range.end, today)}.",
    )
    series = _rest(report, today) if shown.last else ()
    causes = {one.skill_id: one for one in report.root_causes}
    worries = {one.skill_id: one for one in report.concerns if one.skill_id is not None}
    skills = [
        _skill(one, causes.get(one.skill_id), worries.get(one.skill_id), today)
        for one in shown.lines
    ]
    blocks = [head, *skills, *series, *shown.turning(Action.SKILLS_PAGE, ref)]
    return modal(Modal.SKILLS, "All skills", blocks, ref=ref)


def _rest(report: StudentReport, today: date) -> Sequence[Block]:
    """What else there is in numbers: the series, sessions, assignments, achievements."""
    return (
        *student_series(report, today),
        *_recent(report.recent, today),
        *own_assignments(report.assignments, today),
        *achievements(report.motivation, today),
    )


def _skill(one: SkillLine, cause: RootCause | None, worry: Concern | None, today: date) -> Block:
    practised = f"last {day_words(one.last_practised, today)}" if one.last_practised else ""
    parts = [
        one.mastery,
        f"{percent(one.accuracy)} of {plural(one.questions, 'question')} right"
        if one.questions
        else "",
        f"classmates {percent(one.class_accuracy)}" if one.class_accuracy is not None else "",
        f"{count(one.total_questions)} in all, {practised}" if practised else "",
    ]
    said = " · ".join(part for part in parts if part) or MISSING
    return line(bold(shorten(one.skill, "skill")), f"\n{said}{_worrying(worry)}{_stuck(cause)}")


def _worrying(concern: Concern | None) -> str:
    """On what a concern about the skill rests."""
    if concern is None or concern.questions is None:
        return ""
    right = f"{percent(concern.accuracy)} of {plural(concern.questions, 'question')} right"
    return f"\nA concern: {right} in the last 20 school days"


def _stuck(cause: RootCause | None) -> str:
    """Which prerequisite holds the skill up, and the way down to it."""
    if cause is None:
        return ""
    between = [shorten(skill, "skill") for skill in cause.path[1:-1]]
    if len(between) > NAMED_BETWEEN:
        between[NAMED_BETWEEN - 1 :] = [f"{len(between) - NAMED_BETWEEN + 1} more"]
    way = f", by way of {' and '.join(between)}" if between else ""
    return f"\nStuck on {shorten(cause.cause, 'skill')}, a prerequisite{way}"


def _recent(sessions: Sequence[SessionLine], today: date) -> Sequence[Block]:
    """The last sessions of the range: day, skill, questions, accuracy and minutes."""
    if not sessions:
        return ()
    return (divider(), line(bold("Last sessions")), *[_session(one, today) for one in sessions])


def _session(one: SessionLine, today: date) -> Block:
    right = f", {percent(one.accuracy)} right" if one.accuracy is not None else ""
    parts = [
        day_words(one.day, today),
        shorten(one.skill, "skill") if one.skill else "",
        f"{plural(one.questions, 'question')}{right}",
        f"{'about ' if one.estimated else ''}{hours(one.minutes * 60)}",
    ]
    return line(" · ".join(part for part in parts if part))
