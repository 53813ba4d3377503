"""What stands under a student's picture: concerns, skills, assignments, the last practice, XP."""

from collections.abc import Mapping, Sequence
from datetime import date

from analytics.reports.data import (
    IMPROVING,
    Achievement,
    ConcernKind,
    OwnAssignment,
    PraiseKind,
    SkillLine,
    Strength,
    StudentAssignments,
    StudentReport,
)
from analytics.thresholds import JUDGED_QUESTIONS
from analytics.wording import count, day_words, joined, percent, plural, points
from analytics.wording.findings import said_first
from handlers.views.blocks import Block, line
from handlers.views.limits import shorten
from handlers.views.lines import groups
from school.mastery import Mastery

NAMED_SKILLS, NAMED_MASTERED = 3, 2
NAMED_CONCERNS = 3


def standing_lines(report: StudentReport, today: date) -> Block | None:
    """Concerns and praise that the first sentence has not said, then where skills stand.

    States are those at the range's end, which is said as it is not what the range shows.
    """
    end = report.range.end
    when = "" if end >= today else f" on {day_words(end, today)}"
    needed = f"Needed work{when}" if when else "Needs work"
    stuck = {one.skill_id: one.cause for one in report.root_causes}
    return groups(
        (f"Concerns{when}", _concerns(report)),
        ("Worth praising", _praise(report, today)),
        (f"Mastered{when}", _named(_mastered(report), {}, NAMED_MASTERED)),
        (needed, _named(needing_work(report), stuck, NAMED_SKILLS)),
        ("Stands out", _standing_out(report)),
    )


def _concerns(report: StudentReport) -> str:
    """What the first sentence has not said, nor the skills that need work; a shared decline too."""
    said = {ConcernKind.STRUGGLING, *said_first(report)}
    left = [one for one in report.concerns if one.kind not in said or one.shared]
    shown = [shorten(one.reason, "reason") for one in left[:NAMED_CONCERNS]]
    more = len(left) - len(shown)
    return "; ".join([*shown, f"{more} more"] if more else shown)


def _praise(report: StudentReport, today: date) -> str:
    """Skills just mastered, and an improvement that the first sentence does not say."""
    stopped = ConcernKind.INACTIVE in said_first(report)
    said = report.trend is not None and report.trend.direction == IMPROVING and not stopped
    rising = [one.reason for one in report.praise if one.kind == PraiseKind.IMPROVING and not said]
    return "; ".join([*_just_mastered(report, today), *rising])


def _just_mastered(report: StudentReport, today: date) -> list[str]:
    """The skills just mastered in one clause, with the first day of them."""
    new = [one for one in report.praise if one.kind == PraiseKind.MASTERED]
    found = [(one.skill, one.day) for one in new if one.skill and one.day][:NAMED_SKILLS]
    if not found:
        return []
    names = joined([shorten(skill, "skill") for skill, _day in found])
    since = "on" if len(found) == 1 else "since"
    return [f"mastered {names} {since} {day_words(min(day for _skill, day in found), today)}"]


def _named(lines: Sequence[SkillLine], stuck: Mapping[int, str], most: int) -> str:
    """The first `most` skills of a list, and how many more there are.

    An accuracy of the range stands beside those with enough questions to judge; the first says what
    it is. Skills that are stuck on the same prerequisite stand together.
    """
    shown = lines[:most]
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


def needing_work(report: StudentReport) -> list[SkillLine]:
    """The skills that need work: first those that are a concern, then by what matters most."""
    grave = [one.skill_id for one in report.concerns if one.kind == ConcernKind.STRUGGLING]
    weak = [one for one in report.skills if one.mastery == Mastery.NEEDS_WORK]
    order = {skill_id: place for place, skill_id in enumerate(grave)}
    return sorted(weak, key=lambda one: (order.get(one.skill_id, len(grave)), one.rank))


def _is_judged(one: SkillLine) -> bool:
    return one.questions >= JUDGED_QUESTIONS


def _standing_out(report: StudentReport) -> str:
    """Where the student stands out from the classmates by more than chance.

    A strength that is mastered and a weakness that needs work are named as that already.
    """
    said = {one.skill for one in _mastered(report)[:NAMED_MASTERED]}
    said |= {one.skill for one in needing_work(report)[:NAMED_SKILLS]}
    left = [
        (words, [one for one in found if one.skill not in said]) for words, found in _gaps(report)
    ]
    return "; ".join(
        f"{words} on {joined([_gap(one) for one in found[:NAMED_SKILLS]])}"
        for words, found in left
        if found
    )


def _gaps(report: StudentReport) -> tuple[tuple[str, Sequence[Strength]], ...]:
    return (
        ("relatively strong", report.strengths),
        ("relatively weak", report.weaknesses),
    )


def _gap(one: Strength) -> str:
    return f"{shorten(one.skill, 'skill')} ({points(one.gap, 0.0)})"


def assignments_figure(
    found: StudentAssignments | None, today: date
) -> tuple[str, list[str | None]] | None:
    """How many of those due in the range are done, how many of them late, and which one is next."""
    if found is None or not (found.assigned or found.open):
        return None
    late = f"{found.late} late" if found.late else None
    if not found.assigned:
        return f"{len(found.open)} open", [_next(found.open, today)]
    more = f"{len(found.open)} open, {_next(found.open, today)}" if found.open else None
    return f"{found.completed} of {found.assigned} done", [late, more]


def _next(waiting: Sequence[OwnAssignment], today: date) -> str:
    return f"{'next ' if len(waiting) > 1 else ''}due {day_words(waiting[0].due, today)}"


def last_seen(report: StudentReport, today: date) -> Block | None:
    """The last practice, the streak, XP with the place by it, and what was just achieved."""
    said = " · ".join([*_seen(report, today), *_motivation(report, today)])
    return line(said) if said else None


def _seen(report: StudentReport, today: date) -> list[str]:
    if not report.recent:
        return []
    last = report.recent[0]
    day = "today" if last.day == today else day_words(last.day, today)
    on = f" on {shorten(last.skill, 'skill')}" if last.skill else ""
    # In a range that is past somebody may have been seen after it.
    seen = "Last seen" if report.range.end >= today else "Last in these days"
    return [f"{seen} {day}, {plural(last.questions, 'question')}{on}"]


def _motivation(report: StudentReport, today: date) -> list[str]:
    """An achievement of the range is named, unless it is of mastery, which the figures tell."""
    found = report.motivation
    if found is None or not found.xp:
        return []
    then = "" if report.range.end >= today else " then"
    streak = [f"{found.streak}-day streak{then}"] if found.streak > 1 else []
    among = found.place and found.placed > 1
    place = f", place {found.place} of {found.placed}" if among else ""
    new = [_achieved(one, today) for one in found.achievements if _is_news(one, report)]
    return [*streak, f"{count(found.xp)} XP{place}", *new[:1]]


def _is_news(one: Achievement, report: StudentReport) -> bool:
    return one.day in report.range and not one.name.endswith(("mastered", "streak"))


def _achieved(one: Achievement, today: date) -> str:
    return f"{shorten(one.name, 'reason')} ({day_words(one.day, today)})"
