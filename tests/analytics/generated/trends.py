"""Trends of students and classes, period by period."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from statistics import fmean

from analytics.reports.data.trends import SeriesPoint, TrendReport
from analytics.reports.trends import get_class_trend_data, get_student_trend_data
from tests.analytics.generated.school import Made, between, same, same_span
from tests.analytics.generated.students import agree_trend
from tests.independent.raw.assignments import by_period, due_in, of_class, sums
from tests.independent.raw.counting import Tally
from tests.independent.raw.mastery import GOING, LITTLE, MASTERED, WEAK
from tests.independent.raw.rows import each_day, first_of
from tests.independent.raw.statistics import wilson
from tests.independent.raw.truth import EVER, ONE_DAY, Days, Look, both, mean_and_interval, starts

AMOUNTS: dict[str, Callable[[Tally], float]] = {
    "questions": lambda one: float(one.asked),
    "time": lambda one: one.seconds,
    "xp": lambda one: one.xp,
    "active_days": lambda one: float(len(one.active)),
}


def agree_student_trend(
    made: Made, student: str, course: str, days: Days, metric: str, by: str
) -> TrendReport:
    """Every figure of a student's trend is what the rows come to."""
    look = made.look(course, days, student)
    report = get_student_trend_data(
        made.students[student],
        metric,
        between(days),
        session=made.session,
        now=made.raw.now,
        by=by,
        class_id=made.courses[course],
    )
    own = look.tallies[student]
    same(report.total, own.share if metric == "accuracy" else AMOUNTS[metric](own))
    assert (report.questions, report.students) == (own.asked, len(look.students))
    mates = [look.tallies[one] for one in look.students]
    same(report.class_total, _beside(look, metric, mates))
    _student_points(look, student, metric, by, report.points)
    for one in report.beside:
        _student_points(look, student, one.metric.value, one.by, one.points)
    if metric == "accuracy":
        same_span(report.interval, wilson(own.right, own.asked))
        agree_trend(look, student, report)
        _moves(look, student, report)
    return report


def _beside(look: Look, metric: str, mates: list[Tally]) -> float | None:
    values = look.accuracies(mates) if metric == "accuracy" else list(map(AMOUNTS[metric], mates))
    return fmean(values) if len(values) >= 2 else None


@cache
def _inside(shown: Days, by: str) -> dict[date, Days]:
    """By period those of its days that are looked at, the first and the last."""
    found: dict[date, Days] = {}
    for day in each_day(*shown):
        start = first_of(day, by)
        found[start] = found.get(start, (day, day))[0], day
    return found


def _is_part(look: Look, inside: Days, by: str) -> bool:
    """Whether not all of the period's days are looked at, or the day itself still runs."""
    before, after = inside[0] - ONE_DAY, inside[1] + ONE_DAY
    period = first_of(inside[0], by)
    whole = first_of(before, by) != period and first_of(after, by) != period
    return not whole or (by == "day" and inside[1] >= look.raw.today)


def _student_points(
    look: Look, student: str, metric: str, by: str, points: Iterable[SeriesPoint]
) -> None:
    shown = look.shown()
    found = {point.start: point for point in points}
    assert sorted(found) == starts(shown, by)
    if shown is None:
        return
    series = {one: look.truth.by_period(one, shown, by) for one in look.around}
    for start, point in found.items():
        inside, own = _inside(shown, by)[start], series[student][start]
        assert (point.days.start, point.days.end) == inside
        known = _known(look, student, inside)
        value = own.share if metric == "accuracy" else AMOUNTS[metric](own)
        same(point.value, value if known or own.asked else None)
        assert point.questions == own.asked
        assert point.rests_on == (own.asked if metric == "accuracy" else len(own.active))
        same_span(point.interval, wilson(own.right, own.asked) if metric == "accuracy" else None)
        mates = [
            series[one][start]
            for one in look.students
            if metric == "accuracy" or look.truth.window(one, look.course, inside)
        ]
        same(point.class_value, _beside(look, metric, mates))
        if known:
            assert point.partial == (_is_part(look, inside, by) or known != inside)


def _known(look: Look, student: str, inside: Days) -> Days | None:
    """Those of the days on which the student is in the class and data exist of them."""
    if look.first is None:
        return None
    found = look.covered(student, look.truth.window(student, look.course, inside))
    return found if both(found, (look.first, EVER[1])) else None


def _moves(look: Look, student: str, report: TrendReport) -> None:
    before, now = (
        look.truth.standings(student, day) for day in (look.days[0] - ONE_DAY, look.days[1])
    )
    practised = {s for s in now if look.truth.on_skill(student, s, look.days)[1]}
    assert {one.skill for one in report.skills} == practised
    for one in report.skills:
        first = before.get(one.skill)
        same(one.now, now[one.skill].estimate)
        same(one.before, first.estimate if first and first.label != LITTLE else None)
        assert one.mastery == now[one.skill].label
        assert one.mastery_before == (first.label if first else LITTLE)
        assert one.questions == look.truth.on_skill(student, one.skill, look.days)[1]


def agree_class_trend(made: Made, course: str, days: Days, metric: str, by: str) -> TrendReport:
    """Every figure of a class's trend is what the rows come to."""
    look = made.look(course, days)
    report = get_class_trend_data(
        made.courses[course],
        metric,
        between(days),
        session=made.session,
        now=made.raw.now,
        by=by,
    )
    everyone = [look.tallies[one] for one in look.students]
    assert report.students == len(everyone)
    _whole(look, metric, report, everyone)
    _class_points(look, metric, by, report.points)
    for one in report.beside:
        _class_points(look, one.metric.value, one.by, one.points)
    if metric == "accuracy":
        _shares(look, report)
    if metric == "completion":
        points = {one.start: (one.assigned, one.completed, one.late) for one in report.completion}
        assert points == by_period(look, due_in(look, of_class(look)), by)
    return report


def _whole(look: Look, metric: str, report: TrendReport, everyone: list[Tally]) -> None:
    value, interval, rests_on = _value(look, metric, everyone, look.days)
    if metric == "completion":
        assigned, completed, _ = sums(due_in(look, of_class(look)))
        value, rests_on = (completed / assigned if assigned else None), assigned
    same(report.total, value if everyone else None)
    same_span(report.interval, interval)
    assert report.rests_on == rests_on
    assert report.questions == sum(one.asked for one in everyone)


Value = tuple[float | None, tuple[float, float] | None, int]
"""The value, its interval, and what it rests on."""


def _value(look: Look, metric: str, tallies: list[Tally], days: Days) -> Value:
    if metric == "accuracy":
        judged = look.accuracies(tallies)
        return *mean_and_interval(judged), len(judged)
    if metric == "engagement":
        rates = look.rates(days)
        return (fmean(rates) if rates else None), None, len(rates)
    if metric == "active_days":
        values = [float(len(one.active)) for one in tallies]
        return (fmean(values) if values else None), None, len(values)
    if metric == "completion":
        return None, None, 0
    return sum(map(AMOUNTS[metric], tallies)), None, sum(one.asked > 0 for one in tallies)


def _class_points(look: Look, metric: str, by: str, points: Iterable[SeriesPoint]) -> None:
    shown = look.shown()
    found = {point.start: point for point in points}
    if metric == "completion" and look.through is None:
        shown = both(look.days, (EVER[0], look.raw.today))
    assert sorted(found) == starts(shown, by)
    if shown is None:
        return
    series = {one: look.truth.by_period(one, shown, by) for one in look.students}
    due = by_period(look, due_in(look, of_class(look)), by)
    for start, point in found.items():
        inside = _inside(shown, by)[start]
        counted = [
            series[one][start]
            for one in look.students
            if metric != "active_days" or look.truth.window(one, look.course, inside)
        ]
        value, interval, rests_on = _value(look, metric, counted, inside)
        if metric == "completion" and start in due:
            value, rests_on = due[start][1] / due[start][0], due[start][0]
        asked = sum(one.asked for one in counted)
        gap = metric in AMOUNTS and not asked and not (look.first and look.first <= inside[1])
        same(point.value, None if gap else value)
        same_span(point.interval, interval)
        assert (point.rests_on, point.questions) == (rests_on, asked)
        assert point.partial == _is_part(look, inside, by)


def _shares(look: Look, report: TrendReport) -> None:
    practised = {s for one in look.students for s in look.truth.standings(one, look.days[1])}
    assert len(report.shares) == (2 if practised else 0)
    for share, day in zip(report.shares, (look.days[0] - timedelta(days=1), look.days[1]),
                          strict=False):  # fmt: skip
        labels = [
            standing.label if (standing := look.truth.standings(one, day).get(skill)) else LITTLE
            for one in look.students
            for skill in practised
        ]
        expected = {one: labels.count(one) for one in (MASTERED, GOING, WEAK, LITTLE)}
        assert (share.day, dict(share.counts)) == (day, expected)
