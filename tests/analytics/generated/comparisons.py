"""Comparisons of students and classes, figure by figure."""

import scipy.stats
from statsmodels.stats.multitest import multipletests

from analytics.reports.class_comparison import get_class_comparison
from analytics.reports.comparison import get_student_comparison
from analytics.reports.data import ClassComparison, Measure, StudentComparison
from tests.analytics.generated.school import Made, between, same, same_span
from tests.analytics.generated.students import agree_gap, own_gaps
from tests.independent.raw.counting import Tally
from tests.independent.raw.statistics import t_interval, wilson
from tests.independent.raw.truth import Days, Look


def agree_student_comparison(
    made: Made, student: str, course: str, days: Days
) -> StudentComparison:
    """Every figure of a student beside the class is what the rows come to."""
    look = made.look(course, days, student)
    report = get_student_comparison(
        made.students[student],
        made.courses[course],
        session=made.session,
        now=made.raw.now,
        date_range=between(days),
    )
    assert report.enrolled == (student in look.students)
    same(report.percentile, look.percentile(student))
    assert report.judged == len(look.accuracies())
    places = look.places()
    assert (report.place, report.placed) == (places.get(student), len(places))
    _accuracy(look, look.tallies[student], report.accuracy)
    for one in report.measures[1:]:
        _measure(look, student, one)
    gaps = own_gaps(look, student)
    assert {one.skill for one in report.gaps} == set(gaps)
    for gap in report.gaps:
        agree_gap(gap, gaps[gap.skill])
    assert {one.skill for one in report.strengths} == {s for s, one in gaps.items() if one[1] > 0}
    assert {one.skill for one in report.weaknesses} == {s for s, one in gaps.items() if one[2] < 0}
    return report


def _accuracy(look: Look, own: Tally, found: Measure) -> None:
    mean, interval = look.accuracy
    ends, judged = wilson(own.right, own.asked), len(look.accuracies())
    same(found.own, own.share)
    same(found.average, mean)
    same_span(found.around, ends)
    same_span(found.interval, interval)
    side = ""
    if own.judged and ends and mean is not None and judged >= 5:
        side = _side(ends[0] > mean, ends[1] < mean)
    assert found.side == side


def _measure(look: Look, student: str, found: Measure) -> None:
    values = {one: _figure(look, one, found.name) for one in look.around}
    mine, everyone = values[student], [values[one] for one in look.students]
    same(found.own, mine)
    same(found.average, sum(everyone) / len(everyone) if everyone else None)
    ends = t_interval(everyone)
    cut = (max(ends[0], 0.0), ends[1]) if ends else None
    same_span(found.interval, cut)
    side = _side(mine > cut[1], mine < cut[0]) if cut and len(everyone) >= 5 else ""
    assert found.side == side


def _figure(look: Look, student: str, name: str) -> float:
    tally = look.tallies[student]
    return {
        "questions": tally.asked,
        "time": tally.seconds,
        "skills_mastered": look.truth.mastered(student, look.days[1]),
        "xp": tally.xp,
        "active_days": len(tally.active),
    }[name]


def _side(above: bool, below: bool) -> str:
    return "above" if above else "below" if below else "not clearly different"


def agree_class_comparison(
    made: Made, course: str, others: list[str], days: Days
) -> ClassComparison:
    """Every figure of a class beside others is what the rows come to."""
    report = get_class_comparison(
        made.courses[course],
        [made.courses[one] for one in others],
        session=made.session,
        now=made.raw.now,
        date_range=between(days),
    )
    own, looks = made.look(course, days), {one: made.look(one, days) for one in others}
    same(report.own.accuracy, own.accuracy[0])
    same_span(report.own.interval, own.accuracy[1])
    tests = {one: _welch(own, look) for one, look in looks.items()}
    known = [one for one in others if tests[one]]
    raw_p = [test[0] for one in known if (test := tests[one])]
    # One p alone is not adjusted, and asking statsmodels takes long.
    adjusted = multipletests(raw_p, method="holm")[1] if len(raw_p) > 1 else raw_p
    p_values = dict(zip(known, adjusted, strict=True))
    for line in report.others:
        look, test = looks[line.title], tests[line.title]
        same(line.accuracy, look.accuracy[0])
        same_span(line.interval, look.accuracy[1])
        assert (line.judged, line.students) == (len(look.accuracies()), len(look.students))
        assert line.shared == len(set(look.students) & set(own.students))
        same(line.p, p_values.get(line.title))
        same_span(line.gap_interval, test[1] if test else None)
        p = p_values.get(line.title)
        above = bool(test and sum(test[1]) > 0)
        clear = p is not None and p < 0.05
        assert line.side == (_side(clear and above, clear and not above) if test else "")
    return report


def _welch(own: Look, other: Look) -> tuple[float, tuple[float, float]] | None:
    """p and the interval of the difference by scipy; None below two judged in either."""
    mine, theirs = own.accuracies(), other.accuracies()
    if len(mine) < 2 or len(theirs) < 2:
        return None
    found = scipy.stats.ttest_ind(mine, theirs, equal_var=False)
    ends = found.confidence_interval(0.95)
    return float(found.pvalue), (float(ends.low), float(ends.high))
