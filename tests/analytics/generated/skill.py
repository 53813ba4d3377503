"""A skill's report, figure by figure."""

from datetime import date

from analytics.reports.data import SkillReport
from analytics.reports.skill import get_skill_analytics
from tests.analytics.generated.classes import needing
from tests.analytics.generated.school import Made, between, same, same_span
from tests.independent.raw.graph import depths, later, root_cause
from tests.independent.raw.mastery import GOING, LITTLE, MASTERED, WEAK
from tests.independent.raw.truth import Days, Look, mean_and_interval, starts
from tests.independent.skills import half_there

Counts = list[tuple[int, int]]


def agree_skill(made: Made, course: str, skill: str, days: Days) -> SkillReport:
    """Every figure of the report is what the rows come to."""
    look = made.look(course, days)
    report = get_skill_analytics(
        made.courses[course],
        made.skills[skill],
        session=made.session,
        now=made.raw.now,
        date_range=between(days),
    )
    _totals(look, skill, report)
    _weeks(look, skill, report)
    _students(made, look, skill, report)
    _below(look, skill, report)
    _survival(look, skill, report)
    expected = needing(look)
    order = sorted(expected, key=lambda one: (-expected[one], one))[:5]
    assert [(one.skill, one.score) for one in report.focus] == [(s, expected[s]) for s in order]
    return report


def _judged(counts: Counts, least: int) -> list[float]:
    return [right / asked for right, asked in counts if asked >= least]


def _totals(look: Look, skill: str, report: SkillReport) -> None:
    counts = [look.truth.on_skill(one, skill, look.days) for one in look.students]
    mean, interval = mean_and_interval(_judged(counts, 10))
    same(report.accuracy, mean)
    same_span(report.interval, interval)
    assert report.judged == len(_judged(counts, 10))
    right, asked = sum(one[0] for one in counts), sum(one[1] for one in counts)
    assert report.questions == asked
    same(report.pooled, right / asked if asked else None)


def _weeks(look: Look, skill: str, report: SkillReport) -> None:
    by = "week" if (look.days[1] - look.days[0]).days < 182 else "month"
    shown = look.shown()
    first_days = starts(shown, by)
    assert [point.start for point in report.trends] == first_days
    if shown is None:
        return
    ends = [*first_days[1:], date.max]
    for point, end in zip(report.trends, ends, strict=True):
        inside = max(point.start, shown[0]), min(date.fromordinal(end.toordinal() - 1), shown[1])
        counts = [look.truth.on_skill(one, skill, inside) for one in look.students]
        mean, interval = mean_and_interval(_judged(counts, 5))
        same(point.accuracy, mean if len(_judged(counts, 5)) >= 2 else None)
        same_span(point.interval, interval)
        assert point.questions == sum(one[1] for one in counts)


def _label(look: Look, student: str, skill: str) -> str:
    standing = look.truth.standings(student, look.days[1]).get(skill)
    return standing.label if standing else LITTLE


def _students(made: Made, look: Look, skill: str, report: SkillReport) -> None:
    labels = {one: _label(look, one, skill) for one in look.present}
    counts = {
        state: list(labels.values()).count(state) for state in (MASTERED, GOING, WEAK, LITTLE)
    }
    assert dict(report.distribution) == counts
    lines = {made.by_id[line.student_id]: line for line in report.students}
    assert {one: line.mastery for one, line in lines.items()} == labels
    for student, line in lines.items():
        standing = look.truth.standings(student, look.days[1]).get(skill)
        same(line.estimate, standing.estimate if standing else None)
        assert line.total_questions == (standing.asked if standing else 0)
        right, asked = look.truth.on_skill(student, skill, look.days)
        assert line.questions == asked
        same(line.accuracy, right / asked if asked else None)
    struggling = _struggling(look, skill, labels)
    assert {made.by_id[line.student_id] for line in report.struggling} == struggling
    estimates = [line.estimate or 0 for line in report.struggling]
    assert estimates == sorted(estimates)
    causes = [_cause(look, one, skill) for one, label in labels.items() if label == WEAK]
    expected = {cause: causes.count(cause) for cause in causes if cause}
    assert dict(report.root_causes) == expected


def _struggling(look: Look, skill: str, labels: dict[str, str]) -> set[str]:
    end = min(look.days[1], look.through_day or look.days[1])
    recent = look.raw.back(end, 20), end
    found = {one for one, label in labels.items() if label == WEAK}
    for one in labels:
        right, asked = look.truth.on_skill(one, skill, recent)
        if asked >= 10 and right / asked < 0.7:
            found.add(one)
    return found


def _cause(look: Look, student: str, skill: str) -> str | None:
    return root_cause(look.raw.needs, skill, look.truth.standings(student, look.days[1]))


def _below(look: Look, skill: str, report: SkillReport) -> None:
    expected = depths(look.raw.needs, skill)
    assert {one.skill: one.depth for one in report.prerequisites} == expected
    for one in report.prerequisites:
        labels = [_label(look, student, one.skill) for student in look.present]
        found = {MASTERED: one.mastered, GOING: one.in_progress, WEAK: one.needs_work,
                 LITTLE: one.too_little}  # fmt: skip
        assert found == {state: labels.count(state) for state in found}
    assert set(report.later) == later(look.raw.needs, skill)


def _survival(look: Look, skill: str, report: SkillReport) -> None:
    ways = [_way(look, one, skill) for one in look.students]
    known = [one for one in ways if one]
    found = report.survival
    assert (found.started, found.mastered) == (len(known), sum(one[2] for one in known))
    median, curve = half_there([(asked, there) for asked, _, there in known])
    same(found.median_questions, median)
    expected = [share for share in curve if share < 1]
    assert all(any(abs(share - other) < 1e-9 for other in expected) for _, share in found.curve)
    same(found.median_days, half_there([(days, there) for _, days, there in known])[0])


def _way(look: Look, student: str, skill: str) -> tuple[int, int, bool] | None:
    """Questions and school days until mastered, or so far, and whether it is."""
    standing = look.truth.standings(student, look.days[1]).get(skill)
    if standing is None:
        return None
    way, last = look.truth.ways[student, skill], look.days[1]
    first = way.steps[0].day
    if way.reached and way.reached[1] <= last:
        question, day = way.reached
        return question, look.raw.school_days(first, day), True
    window = look.truth.window(student, look.course, (first.min, last))
    until = max(standing.day, min(window[1] if window else last, look.through_day or last))
    return standing.asked, look.raw.school_days(first, until), False
