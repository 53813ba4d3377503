"""All skills of a student, in pages of a modal."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from analytics.reports.data import SessionLine, SkillLine, StudentReport
from analytics.wording import MISSING, count, day_words, hours, percent, plural, range_words
from handlers.codec import Ref
from handlers.ids import Action, Modal
from handlers.views.blocks import Block, Element, actions, bold, button, divider, line
from handlers.views.limits import shorten
from handlers.views.modals import modal
from school.days import local_day

PAGE = 20


def skills_modal(report: StudentReport, ref: Ref, page: int, now: datetime) -> dict[str, Any]:
    """One page of the skills, what matters most first, and on the last one the recent sessions.

    `page` counts from 0.
    """
    lines = sorted(report.skills, key=lambda one: one.rank)
    pages = max(1, -(-len(lines) // PAGE))
    page = min(page, pages - 1)
    today = local_day(now, ZoneInfo(report.timezone))
    shown = lines[page * PAGE : (page + 1) * PAGE]
    head = line(
        bold(shorten(report.student, "name")),
        f" · {plural(len(lines), 'skill')} · {range_words(report.range, today)}",
        f"\nRight in these days; states as of {_at_end(report.range.end, today)}.",
    )
    recent = _recent(report.recent, today) if page == pages - 1 else ()
    blocks = [head, *[_skill(one, today) for one in shown], *recent, *_turning(ref, page, pages)]
    return modal(Modal.SKILLS, "All skills", blocks, ref=ref)


def _at_end(end: date, today: date) -> str:
    return "today" if end >= today else day_words(end, today)


def _skill(one: SkillLine, today: date) -> Block:
    practised = f"last {day_words(one.last_practised, today)}" if one.last_practised else ""
    parts = [
        one.mastery,
        f"{percent(one.accuracy)} of {plural(one.questions, 'question')} right"
        if one.questions
        else "",
        f"{count(one.total_questions)} in all, {practised}" if practised else "",
    ]
    said = " · ".join(part for part in parts if part) or MISSING
    return line(bold(shorten(one.skill, "skill")), f"\n{said}")


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


def _turning(ref: Ref, page: int, pages: int) -> Sequence[Block]:
    """The buttons to the pages before and after, and which page this is."""
    if pages == 1:
        return ()
    turns = [(page - 1, "Previous"), (page + 1, "Next")]
    buttons: list[Element] = [
        button(label, Action.SKILLS_PAGE, _at(ref, to), number=number)
        for number, (to, label) in enumerate(turns)
        if 0 <= to < pages
    ]
    return (line(f"Page {page + 1} of {pages}"), actions(*buttons))


def _at(ref: Ref, page: int) -> str:
    return Ref(ref.student, ref.class_id, ref.range, page=page).encode()
