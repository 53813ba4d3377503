"""What stands under a student's picture: concerns, skills, assignments, the last practice, XP."""

from collections.abc import Mapping, Sequence
from datetime import date

from analytics.reports.data import (
    IMPROVING,
    Achievement,
    ConcernKind,
    Motivation,
    OwnAssignment,
    PraiseKind,
    SkillLine,
    Strength,
    StudentAssignments,
    StudentReport,
)
from analytics.thresholds import JUDGED_QUESTIONS
from analytics.wording import count, day_words, joined, percent, plural, points, skill_words
from handlers.views.blocks import Block, line
from handlers.views.limits import shorten
from handlers.views.lines import groups
from school.mastery import Mastery

NAMED_SKILLS = 3
NAMED_CONCERNS = 3
NAMED_ACHIEVEMENTS = 2


def standing_lines(report: StudentReport, today: date) -> Block | None:
    """Concerns and praise that the first sentence has not said, then where skills stand.

    States are those at the range's end, which is said as it is not what the range shows.
    """
    end = report.range.end
    when = "now" if end >= today else f"on {day_words(end, today)}"
    needed = "Needs work now" if end >= today else f"Needed work {when}"
    stuck = {one.skill_id: one.cause for one in report.root_causes}
    return groups(
        ("Concerns", _concerns(report)),
        ("Worth praising", _praise(report, today)),
        (f"Mastered {when}", _named(_mastered(report), {})),
        (needed, _named(_needing_work(report), stuck)),
        ("Stands out", _standing_out(report)),
    )


def _concerns(report: StudentReport) -> str:
    """What is overdue, and a decline that the classmates share.

    The rest is said: by the first sentence, and by the skills that need work.
    """
    left = [one for one in report.concerns if one.kind == ConcernKind.OVERDUE or one.shared]
    shown = [shorten(one.reason, "reason") for one in left[:NAMED_CONCERNS]]
    more = len(left) - len(shown)
    return "; ".join([*shown, f"{more} more"] if more else shown)


def _praise(report: StudentReport, today: date) -> str:
    """Skills just mastered, and an improvement that the first sentence does not say."""
    said = report.trend is not None and report.trend.direction == IMPROVING
    rising = [one.reason for one in report.praise if one.kind == PraiseKind.IMPROVING and not said]
    mastered = [
        f"{shorten(one.skill, 'skill')} ({day_words(one.day, today)})"
        for one in report.praise
        if one.kind == PraiseKind.MASTERED and one.skill and one.day
    ]
    news = [f"mastered {joined(mastered[:NAMED_SKILLS])}"] if mastered else []
    return "; ".join([*news, *rising])


def _named(lines: Sequence[SkillLine], stuck: Mapping[int, str]) -> str:
    """The first skills of a list, and how many more there are.

    An accuracy of the range stands beside those with enough questions to judge; the first says what
    it is. Skills that are stuck on the same prerequisite stand together.
    """
    shown = lines[:NAMED_SKILLS]
    unit = next((one for one in shown if _is_judged(one)), None)
    together: dict[str | None, list[str]] = {}
    for one in shown:
        right = " right" if one is unit else ""
        words = f" {percent(one.accuracy)}{right}" if _is_judged(one) else ""
        together.setdefault(stuck.get(one.skill_id), []).append(shorten(one.skill, "skill") + words)
    more = len(lines) - len(shown)
    named = [part for cause, names in together.items() for part in _because(names, cause)]
    return joined([*named, f"{more} more"] if more else named)


def _because(names: list[str], cause: str | None) -> list[str]:
    """The skills of one cause, with the cause once."""
    if cause is None:
        return names
    number = {1: "", 2: "both "}.get(len(names), "all ")
    return [f"{', '.join(names)} ({number}stuck on {shorten(cause, 'skill')}, a prerequisite)"]


def _mastered(report: StudentReport) -> list[SkillLine]:
    """The skills mastered, the strongest first."""
    inside = [one for one in report.skills if one.mastery == Mastery.MASTERED]
    return sorted(
        inside, key=lambda one: (-(one.accuracy or 0) if _is_judged(one) else 1, one.rank)
    )


def _needing_work(report: StudentReport) -> list[SkillLine]:
    """The skills that need work: first those that are a concern, then by what matters most."""
    grave = [one.skill_id for one in report.concerns if one.kind == ConcernKind.STRUGGLING]
    weak = [one for one in report.skills if one.mastery == Mastery.NEEDS_WORK]
    order = {skill_id: place for place, skill_id in enumerate(grave)}
    return sorted(weak, key=lambda one: (order.get(one.skill_id, len(grave)), one.rank))


def _is_judged(one: SkillLine) -> bool:
    return one.questions >= JUDGED_QUESTIONS


def _standing_out(report: StudentReport) -> str:
    """Where the student stands out from the classmates by more than chance."""
    return "; ".join(
        f"{words} on {joined([_gap(one) for one in found[:NAMED_SKILLS]])}"
        for words, found in (
            ("relatively strong", report.strengths),
            ("relatively weak", report.weaknesses),
        )
        if found
    )


def _gap(one: Strength) -> str:
    return f"{shorten(one.skill, 'skill')} ({points(one.gap, 0.0)})"


def assignments_figure(found: StudentAssignments | None) -> tuple[str, list[str | None]] | None:
    """How many of those due in the range are done, and how many of them late."""
    if found is None or not found.assigned:
        return None
    return f"{found.completed} of {found.assigned} done", [
        f"{found.late} late" if found.late else None
    ]


def last_seen(report: StudentReport, today: date) -> Block | None:
    """The last practice, the streak, and which assignments are waiting."""
    parts = [_seen(report, today), _streak(report.motivation), *_waiting(report.assignments, today)]
    said = " · ".join(part for part in parts if part)
    return line(said) if said else None


def _seen(report: StudentReport, today: date) -> str:
    if not report.recent:
        return ""
    last = report.recent[0]
    day = "today" if last.day == today else day_words(last.day, today)
    on = f" on {shorten(last.skill, 'skill')}" if last.skill else ""
    right = f", {percent(last.accuracy)} right" if last.accuracy is not None else ""
    return f"Last seen {day}, {plural(last.questions, 'question')}{on}{right}"


def _streak(found: Motivation | None) -> str:
    return "" if found is None or found.streak < 2 else f"{found.streak}-day streak"


def _waiting(found: StudentAssignments | None, today: date) -> list[str]:
    """How many assignments are open, and when the next one is due."""
    return [] if found is None else [_next(found.open, today)]


def _next(waiting: Sequence[OwnAssignment], today: date) -> str:
    if not waiting:
        return ""
    return f"{plural(len(waiting), 'assignment')} open, next due {day_words(waiting[0].due, today)}"


def motivation_line(report: StudentReport, today: date) -> Block | None:
    """XP of the range, the place among the classmates, and what was just achieved."""
    found = report.motivation
    if found is None or not found.xp:
        return None
    place = f", place {found.place} of {found.placed}" if found.place else ""
    praised = [skill_words(one.skill) for one in report.praise if one.skill]
    new = [
        _achieved(one, today)
        for one in found.achievements
        if one.day in report.range and not one.name.startswith(tuple(praised))
    ]
    return line(" · ".join([f"{count(found.xp)} XP{place}", *new[:NAMED_ACHIEVEMENTS]]))


def _achieved(one: Achievement, today: date) -> str:
    return f"{shorten(one.name, 'reason')} ({day_words(one.day, today)})"
