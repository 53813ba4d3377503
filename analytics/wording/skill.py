"""A skill's report in words: its first sentence, its alt text, and what several readers share.

The rules of the sentence are in docs/metrics.md, "A skill's report". It counts students by their
states, which hold for each by themselves, and judges the class only where two are judged.
"""

from collections.abc import Sequence
from datetime import date

from analytics.reports.data import SkillReport, Survival
from analytics.thresholds import JUDGED_STUDENTS, SHARED_BY
from analytics.wording.formats import (
    MISSING,
    day_words,
    interval_words,
    percent,
    period_words,
    plural,
    skill_words,
)
from school.mastery import LABEL_QUESTIONS, Mastery

SHORT_STATES = {
    Mastery.MASTERED: "mastered",
    Mastery.IN_PROGRESS: "in progress",
    Mastery.NEEDS_WORK: "needs work",
    Mastery.TOO_LITTLE: "too little",
}
"""The states where there is little room."""


def skill_finding(report: SkillReport, *, as_of: date | None = None) -> str:
    """What matters most about a skill in a class, as of today or of a day that is past."""
    if not report.students:
        return f"Nobody is enrolled {period_words(report.range)}."
    skill = skill_words(report.skill)
    words = _nothing(report, skill, past=as_of is not None)
    if not words:
        standing = _states(report, skill, past=as_of is not None)
        accuracy = _accuracy(report, past=as_of is not None)
        words = "; ".join(part for part in (standing, accuracy) if part)
    if as_of is None:
        return f"{words}."
    return f"By {day_words(as_of, as_of)}, {words[0].lower()}{words[1:]}."


def _nothing(report: SkillReport, skill: str, *, past: bool) -> str:
    """That nobody, or nobody enough, has practised it; nothing where somebody has."""
    everyone, has = len(report.students), "had" if past else "has"
    who = f"None of {plural(everyone, 'student')} {has}"
    if everyone == 1:
        who = f"The only student {has} not"
    if report.not_practised == everyone:
        return f"{who} practised {skill}{'' if past else ' yet'}"
    if dict(report.distribution)[Mastery.TOO_LITTLE] < everyone:
        return ""
    so_far = "" if past else " so far"
    few = f"{who} answered {LABEL_QUESTIONS} questions on {skill}{so_far}"
    return f"{few}: too little to judge"


def _of(number: int, everyone: int) -> str:
    """So many of all students, as a sentence begins: `13 of 27 students`."""
    return "The only student" if everyone == 1 else f"{number} of {plural(everyone, 'student')}"


def _states(report: SkillReport, skill: str, *, past: bool) -> str:
    """How many stand where: those who need work, where at least two do; else the furthest."""
    states = dict(report.distribution)
    needing, mastered = states[Mastery.NEEDS_WORK], states[Mastery.MASTERED]
    everyone = len(report.students)
    known = everyone - states[Mastery.TOO_LITTLE]
    if needing >= SHARED_BY or needing == known:
        verb = "needed" if past else _verb(needing, "needs", "need")
        cause = _cause(report, needing, past=past)
        return f"{_of(needing, everyone)} {verb} work on {skill}{cause}"
    if mastered:
        verb = "had" if past else _verb(mastered, "has", "have")
        return f"{_of(mastered, everyone)} {verb} mastered {skill}{_unknown(report)}"
    going = states[Mastery.IN_PROGRESS]
    verb = _verb(going, "was", "were") if past else _verb(going, "is", "are")
    return f"{_of(going, everyone)} {verb} in progress with {skill}{_unknown(report)}"


def _cause(report: SkillReport, needing: int, *, past: bool) -> str:
    """The root cause that most of them share, where at least half of them and two do."""
    cause, students = next(iter(report.root_causes), ("", 0))
    if students < SHARED_BY or students * 2 < needing:
        return _unknown(report)
    who = "all of them" if students == needing else f"{students} of them"
    verb = "were" if past else "are"
    return f", and {who} {verb} stuck on {skill_words(cause)}, a prerequisite"


def _unknown(report: SkillReport) -> str:
    """That most cannot be judged, where it is so."""
    little = dict(report.distribution)[Mastery.TOO_LITTLE]
    if little * 2 <= len(report.students):
        return ""
    return f", {little} with too little practice to tell"


def _verb(number: int, singular: str, plural_form: str) -> str:
    return singular if number == 1 else plural_form


def _accuracy(report: SkillReport, *, past: bool) -> str:
    """The class accuracy, or that there is no practice; nothing where the class is not judged."""
    period = period_words(report.range)
    if not report.questions:
        last = report.coverage.last_day
        seen = f", the last {day_words(last, report.range.end)}" if last else ""
        return f"no practice of it {period}{seen}"
    if report.judged < JUDGED_STUDENTS:
        return ""
    verb, around = "was" if past else "is", interval_words(report.interval)
    return f"class accuracy {verb} {percent(report.accuracy)} ({around})"


def states_words(distribution: Sequence[tuple[str, int]]) -> str:
    """How many students are in each state that anyone is in: `8 mastered, 13 need work`."""
    return ", ".join(state_words(label, number) for label, number in distribution if number)


def state_words(label: str, number: int) -> str:
    """How many students are in one state: `8 mastered`, `1 needs work`, `13 need work`."""
    return (
        f"{number} need work"
        if label == Mastery.NEEDS_WORK and number != 1
        else (f"{number} {label}")
    )


def time_to_mastery(survival: Survival) -> str:
    """The medians: `16 questions, 3 school days`; `–` where they are not reached."""
    if survival.median_questions is None:
        return MISSING
    questions = plural(round(survival.median_questions), "question")
    if survival.median_days is None:
        return questions
    return f"{questions}, {plural(round(survival.median_days), 'school day')}"


def there_so_far(survival: Survival) -> str:
    """What the medians rest on: `4 of 15 have reached it so far`, or that nobody has begun."""
    if not survival.started:
        return "nobody has begun"
    verb = _verb(survival.mastered, "has", "have")
    return f"{survival.mastered} of {survival.started} {verb} reached it so far"


def skill_alt_text(report: SkillReport) -> str:
    """The finding, then the states, the accuracy with what it rests on, and the questions."""
    over, judged = plural(report.judged, "student"), report.judged >= JUDGED_STUDENTS
    accuracy = f"Accuracy {percent(report.accuracy)} over {over}" if judged else ""
    asked = plural(report.questions, "question") if report.questions else ""
    parts = [states_words(report.distribution).capitalize(), accuracy, asked]
    return f"{report.finding} {'. '.join(part for part in parts if part)}."


def estimate_words(estimate: float | None, label: str) -> str:
    """An estimate as a percentage; `–` where there is too little practice for one."""
    return percent(None if label == Mastery.TOO_LITTLE else estimate)
