"""A child's figures for the child's family: no other child, no rank, no class (promise 1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.reports.data import DECLINING, ConcernKind, StudentReport
from analytics.thresholds import JUDGED_QUESTIONS
from analytics.wording import count, percent, skill_words
from handlers.families.wording import WORDINGS, Wording
from handlers.mail.times import day_line
from interventions.parents import ConcernType
from school.mastery import Mastery

NAMED = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the summary."""

    label: str
    value: str


def facts_of(report: StudentReport, language: str) -> tuple[Fact, ...]:
    """How a child is doing, in a few lines; what there is nothing to say about is left out."""
    words = WORDINGS[language]
    overall, late = report.overall, report.assignments.overdue if report.assignments else ()
    lines = [
        ("practice", _practice(report, words)),
        ("right", _right(report, words)),
        ("mastered", _mastered(report, words) if overall.skills_mastered else ""),
        ("well", _names(skills_in(report, Mastery.MASTERED), words)),
        ("needs", _names(skills_in(report, Mastery.NEEDS_WORK), words)),
        ("late", _names([one.title for one in late], words)),
        ("last", _last(report.coverage.last_day, language)),
    ]
    return tuple(Fact(words.labels[code], value) for code, value in lines if value)


def reason_of(report: StudentReport, concern: ConcernType, name: str, language: str) -> str:
    """Why the family is written to, by what is known; a plain sentence where nothing is."""
    words = WORDINGS[language]
    known = {
        ConcernType.INACTIVITY: _missed,
        ConcernType.STRUGGLING: _hard,
        ConcernType.OVERDUE_WORK: _late,
        ConcernType.DECLINING: _fell,
    }
    said = known[concern](report, words, name) if concern in known else ""
    return said or words.concerns[concern].format(name=name)


def at_home(concern: ConcernType, name: str, language: str) -> tuple[str, ...]:
    """What a family can do about it."""
    return tuple(one.format(name=name) for one in WORDINGS[language].home[concern])


def skills_in(report: StudentReport, state: Mastery) -> list[str]:
    """The skills in a state, what matters most first."""
    ordered = sorted(report.skills, key=lambda one: one.rank)
    return [skill_words(one.skill) for one in ordered if one.mastery == state]


def _practice(report: StudentReport, words: Wording) -> str:
    asked, active = report.overall.questions, report.overall.active_days
    if not asked:
        return words.no_practice
    days = words.one_day if active == 1 else words.days.format(count=active)
    if asked == 1:
        return words.one_question.format(days=days)
    return words.questions.format(count=count(asked), days=days)


def _right(report: StudentReport, words: Wording) -> str:
    overall = report.overall
    if not overall.questions:
        return ""
    if overall.questions < JUDGED_QUESTIONS or overall.accuracy is None:
        return words.too_few
    return words.right.format(percent=percent(overall.accuracy), count=count(overall.questions))


def _mastered(report: StudentReport, words: Wording) -> str:
    overall = report.overall
    return words.mastered.format(count=overall.skills_mastered, total=overall.skills_total)


def _last(day: date | None, language: str) -> str:
    return day_line(day, language) if day else ""


def _names(names: Sequence[str], words: Wording) -> str:
    """`Fractions, Ratio and 2 more`."""
    shown, left = names[:NAMED], len(names) - NAMED
    if left > 0:
        return words.more.format(names=", ".join(shown), count=left)
    first, last = shown[:-1], shown[-1:]
    return words.joined.join([", ".join(first), *last] if first else last)


def _missed(report: StudentReport, words: Wording, name: str) -> str:
    idle = next((one for one in report.concerns if one.kind is ConcernKind.INACTIVE), None)
    missed = idle.days if idle else report.missed_school_days
    return words.missed.format(name=name, count=missed) if missed and missed > 1 else ""


def _hard(report: StudentReport, words: Wording, name: str) -> str:
    judged = [one.skill for one in report.concerns if one.kind is ConcernKind.STRUGGLING]
    names = [skill_words(one) for one in judged if one] or skills_in(report, Mastery.NEEDS_WORK)
    return words.hard.format(name=name, names=_names(names, words)) if names else ""


def _late(report: StudentReport, words: Wording, _name: str) -> str:
    late = report.assignments.overdue if report.assignments else ()
    return words.late.format(names=_names([one.title for one in late], words)) if late else ""


def _fell(report: StudentReport, words: Wording, name: str) -> str:
    """By the alert rules' own line, else by that of the range."""
    for one in report.concerns:
        if one.kind is ConcernKind.DECLINING:
            return _fall(words, name, one.start, one.end, one.weeks)
    trend = report.trend
    if trend is None or trend.direction != DECLINING:
        return ""
    return _fall(words, name, trend.start, trend.end, trend.span)


def _fall(
    words: Wording, name: str, start: float | None, end: float | None, weeks: int | None
) -> str:
    if start is None or end is None or not weeks:
        return ""
    return words.fell.format(name=name, first=percent(start), last=percent(end), weeks=weeks)
