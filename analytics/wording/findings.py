"""The one sentence that opens a report, by the rules of docs/metrics.md, "The first sentence".

It claims no more than the figures carry: little data is called little, a difference from the class
is named only where the interval is clear of it, and a trend only where the verdict is one.
"""

from collections.abc import Sequence
from datetime import date

from analytics.reports.data import (
    DECLINING,
    IMPROVING,
    ClassReport,
    Concern,
    ConcernKind,
    Heatmap,
    StudentReport,
)
from analytics.thresholds import (
    COMPARED_STUDENTS,
    JUDGED_QUESTIONS,
    JUDGED_STUDENTS,
    SHARED_BY,
)
from analytics.wording.formats import (
    day_words,
    interval_words,
    joined,
    number_words,
    percent,
    percent_span,
    period_words,
    plural,
    skill_words,
)
from school.mastery import Mastery

NAMED_SKILLS = 2
"""How many skills a sentence names before it counts the rest."""
SHARES_FROM = 10
"""Students from whom on a class is spoken of in halves."""


def student_finding(
    report: StudentReport, given_name: str | None = None, *, as_of: date | None = None
) -> str:
    """What matters most about a student; `given_name` is what the sentence calls them.

    `as_of` is the day up to which missed days are counted, where that is not about today.
    """
    name = given_name or report.student
    if report.overall.questions < JUDGED_QUESTIONS:
        return _little_practice(report, name)
    head, well = _standing(report, name, as_of)
    weak = _needing_work(report)
    if weak:
        need = f"{_named(weak)} {_need(len(weak), as_of)} work"
        return f"{head.removesuffix(',')}, {'but' if well else 'and'} {need}."
    tail = _own_clause(report, "has" if as_of is None else "had")
    return f"{head} and {tail}." if tail else f"{head.removesuffix(',')}."


def _standing(report: StudentReport, name: str, as_of: date | None) -> tuple[str, bool]:
    """The first clause, and whether it is good news: no practice, trend, beside the class."""
    idle, trend = _first(report, ConcernKind.INACTIVE), report.trend
    if idle is not None and idle.days is not None:
        return f"{name} {_not_practised('has', plural(idle.days, 'school day'), as_of)}", False
    verb = "is" if as_of is None else "was"
    if trend is not None and trend.direction in (IMPROVING, DECLINING):
        moved = _moved(trend.start, trend.end, trend.span)
        return f"{name} {verb} {trend.direction}: {moved},", trend.direction == IMPROVING
    fall = _first(report, ConcernKind.DECLINING)
    if fall is not None and fall.weeks is not None:
        return f"{name} {verb} declining: {_moved(fall.start, fall.end, fall.weeks)},", False
    beside, above = _beside_class(report)
    gets = "gets" if as_of is None else "got"
    return f"{name} {gets} {percent(report.overall.accuracy)} right{beside}", above


def _need(number: int, as_of: date | None) -> str:
    """The verb of so many who need work; of days long past in the past."""
    if as_of is not None:
        return "needed"
    return "needs" if number == 1 else "need"


def said_first(report: StudentReport) -> set[ConcernKind]:
    """The concerns that the first sentence says by its first clause."""
    if report.overall.questions < JUDGED_QUESTIONS:
        return set()
    if _first(report, ConcernKind.INACTIVE) is not None:
        return {ConcernKind.INACTIVE}
    improving = report.trend is not None and report.trend.direction == IMPROVING
    return set() if improving else {ConcernKind.DECLINING}


def _first(report: StudentReport, kind: ConcernKind) -> Concern | None:
    return next((one for one in report.concerns if one.kind == kind), None)


def _moved(start: float | None, end: float | None, weeks: int) -> str:
    """`61 to 74 % in eight weeks`, the ends of the fitted line."""
    return f"{percent_span(start, end)} in {number_words(weeks)} week{'' if weeks == 1 else 's'}"


def _not_practised(has: str, days: str, as_of: date | None) -> str:
    """`has not practised for 7 school days`; where it is past, as of which day."""
    if as_of is None:
        return f"{has} not practised for {days}"
    return f"had not practised for {days} by {day_words(as_of, as_of)}"


def _little_practice(report: StudentReport, name: str) -> str:
    last, period = report.coverage.last_day, period_words(report.range)
    if last is None:
        return f"{name} has not practised yet."
    seen = f"Last practice {day_words(last, report.range.end)}."
    if not report.overall.questions:
        return f"No practice {period}. {seen}"
    questions = plural(report.overall.questions, "question")
    return f"Only {questions} {period}: too little to judge. {seen}"


def _beside_class(report: StudentReport) -> tuple[str, bool]:
    """The accuracy beside the class's, in words, and whether it is clearly above."""
    average, interval = report.comparison.class_average, report.overall.interval
    if average is None or interval is None or report.comparison.students < COMPARED_STUDENTS:
        return "", False
    above, below = interval.low > average, interval.high < average
    side = "above" if above else "below" if below else "not clearly different from"
    return f", {side} the class’s {percent(average)},", above


def _needing_work(report: StudentReport) -> list[str]:
    """The skills that need work: first those that the student struggles with, gravest first."""
    struggling = [
        one.skill for one in report.concerns if one.kind == ConcernKind.STRUGGLING and one.skill
    ]
    weak = [line.skill for line in report.skills if line.mastery == Mastery.NEEDS_WORK]
    return [*struggling, *(one for one in weak if one not in struggling)]


def _own_clause(report: StudentReport, has: str) -> str:
    """What else matters where no skill needs work: what is overdue, else what is mastered."""
    late = sum(one.kind == ConcernKind.OVERDUE for one in report.concerns)
    if late:
        return f"{has} {plural(late, 'overdue assignment')}"
    if report.overall.skills_mastered:
        return f"{has} mastered {report.overall.skills_mastered} of {_total(report)}"
    return ""


def _total(report: StudentReport) -> str:
    return plural(report.overall.skills_total, "skill")


def _named(names: Sequence[str]) -> str:
    shown = [skill_words(name) for name in names[:NAMED_SKILLS]]
    more = len(names) - len(shown)
    return joined([*shown, plural(more, "more skill")] if more else shown)


def class_finding(report: ClassReport, *, as_of: date | None = None) -> str:
    """What matters most about a class. `as_of` as in `student_finding`."""
    overall, period = report.overall, period_words(report.range)
    if not overall.students:
        return f"Nobody is enrolled {period}."
    if not overall.questions:
        return _no_practice(report, period)
    if overall.students == 1:
        return "With 1 student there is no class to judge."
    if overall.judged < JUDGED_STUDENTS:
        few = f"{_few(overall.judged)} of {plural(overall.students, 'student')}"
        return f"{few} answered {JUDGED_QUESTIONS} questions {period}: too little to judge."
    verb = "is" if as_of is None else "was"
    around = interval_words(overall.interval)
    accuracy = f"class accuracy {verb} {percent(overall.accuracy)} ({around})"
    track = _on_track(report, as_of)
    if track:
        return f"{track}; {_shared_need(report, as_of) or accuracy}."
    return f"C{accuracy[1:]}, over {overall.judged} of {plural(overall.students, 'student')}."


def _on_track(report: ClassReport, as_of: date | None) -> str:
    """`18 of 27 are on track`, of today's students; nothing where that cannot be said."""
    good, everyone = report.on_track, len(report.ranking)
    if good is None or not everyone:
        return ""
    who = f"All {everyone}" if good == everyone else f"{good or 'None'} of {everyone}"
    one, fine = good == 1 or not good, "on track"
    if everyone == 1:
        who, fine = "The only student", "on track" if good else "not on track"
    if as_of is None:
        return f"{who} {'is' if one else 'are'} {fine}"
    return f"{who} {'was' if one else 'were'} {fine} by {day_words(as_of, as_of)}"


def _few(number: int) -> str:
    return f"Only {number}" if number else "None"


def _no_practice(report: ClassReport, period: str) -> str:
    last = report.coverage.last_day
    if last is None:
        return "Nobody has practised yet."
    return f"No practice {period}. Last practice {day_words(last, report.range.end)}."


def _shared_need(report: ClassReport, as_of: date | None) -> str:
    """What most students of today's class share: a skill that needs work, or no practice."""
    idle = [
        one.days or 0
        for student in report.concerns
        for one in student.concerns
        if one.kind == ConcernKind.INACTIVE
    ]
    needing = _needing(report.heatmap)
    if max(len(idle), needing) < SHARED_BY:
        return ""
    if len(idle) > needing:
        days = plural(min(idle), "school day")
        return f"{len(idle)} {_not_practised('have', f'{days} or more', as_of)}"
    skill, part = skill_words(report.heatmap.skills[0]), _part(needing, len(report.ranking))
    if part:
        return f"{part} the class {'is' if as_of is None else 'was'} stuck on {skill}"
    return f"{needing} {_need(needing, as_of)} work on {skill}"


def _part(number: int, everyone: int) -> str:
    """`half`, to the nearest student, or `most`, which is more; nothing below that."""
    if everyone < SHARES_FROM or number < everyone // 2:
        return ""
    return "half" if number <= (everyone + 1) // 2 else "most of"


def _needing(heatmap: Heatmap) -> int:
    """How many students need work on the first skill, which is the one that most need."""
    return sum(row[:1] == (Mastery.NEEDS_WORK.value,) for row in heatmap.labels)
