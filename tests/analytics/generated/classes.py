"""A class's report, figure by figure."""

from datetime import date, timedelta
from statistics import fmean

from analytics.reports.classes import get_class_performance_report
from analytics.reports.data import ClassOverall, ClassReport
from tests.analytics.generated.school import Made, between, same, same_span
from tests.analytics.generated.students import kinds
from tests.independent.raw.assignments import by_period, due_in, of_class, sums
from tests.independent.raw.concerns import Concerns
from tests.independent.raw.graph import later
from tests.independent.raw.mastery import LITTLE
from tests.independent.raw.truth import Look, mean_and_interval, starts

Days = tuple[date, date]


def class_report_of(made: Made, course: str, days: Days) -> ClassReport:
    """The report as a teacher of the class gets it."""
    return get_class_performance_report(
        made.courses[course], between(days), session=made.session, now=made.raw.now
    )


def agree_class(made: Made, course: str, days: Days) -> ClassReport:
    """Every figure of the report is what the rows come to."""
    look, report = made.look(course, days), class_report_of(made, course, days)
    first, last = days
    length = last - first + timedelta(days=1)
    agree_overall(look, report.overall)
    assert report.previous is not None
    agree_overall(made.look(course, (first - length, last - length)), report.previous)
    _ranking(made, look, report)
    _heatmap(made, look, report)
    _focus(look, report)
    _weeks(look, report)
    _concerns(made, look, report)
    _assignments(made, look, report)
    places = look.places()
    board = {made.by_id[one.student_id]: one.place for one in report.leaderboard}
    assert board == {one: place for one, place in places.items() if one in look.present}
    for one in report.leaderboard:
        same(one.xp, look.tallies[made.by_id[one.student_id]].xp)
    return report


def agree_overall(look: Look, found: ClassOverall) -> None:
    """The figures of some days."""
    everyone = [look.tallies[one] for one in look.students]
    asked, right = sum(one.asked for one in everyone), sum(one.right for one in everyone)
    mean, interval = look.accuracy
    same(found.accuracy, mean)
    same_span(found.interval, interval)
    same(found.pooled, right / asked if asked else None)
    assert (found.judged, found.questions) == (len(look.accuracies()), asked)
    assert abs(found.time - sum(one.seconds for one in everyone)) <= 0.5001
    active = sum(one.asked > 0 for one in everyone)
    assert (found.students, found.active_students) == (len(everyone), active)
    rates = look.rates(look.days)
    same(found.engagement, fmean(rates) if rates else None)
    same(found.days_a_week, 5 * fmean(rates) if rates else None)
    same(found.weekend_days, look.weekend_days())
    assigned, completed, late = sums(due_in(look, of_class(look)))
    assert (found.assigned, found.completed, found.completed_late) == (assigned, completed, late)
    same(found.completion, completed / assigned if assigned else None)


def _ranking(made: Made, look: Look, report: ClassReport) -> None:
    judged = {one: t.right / t.asked for one in look.students if (t := look.tallies[one]).judged}
    named = [made.by_id[line.student_id] for line in report.ranking]
    assert sorted(named) == look.present
    assert report.left_since == len(look.students) - len(look.present)
    placed = [one for one in named if one in judged]
    assert placed == named[: len(placed)]
    assert placed == sorted(placed, key=lambda one: -judged[one])
    rest = [look.tallies[one].asked for one in named[len(placed) :]]
    assert rest == sorted(rest, reverse=True)
    for line in report.ranking:
        _ranked(look, made.by_id[line.student_id], judged, line)
    tenths = [min(t.right * 10 // t.asked, 9) for one in judged for t in [look.tallies[one]]]
    assert report.distribution == tuple(tenths.count(tenth) for tenth in range(10))
    top = [made.by_id[line.student_id] for line in report.top]
    worrying = {made.by_id[line.student_id] for line in report.struggling}
    quarter = [one for one in placed if (look.percentile(one) or 0) >= 75 and one not in worrying]
    assert top == quarter[:5]


def _ranked(look: Look, student: str, judged: dict[str, float], line: object) -> None:
    tally, by = look.tallies[student], look.days[1]
    own = judged.get(student)
    place = None if own is None else 1 + sum(one > own for one in judged.values())
    assert getattr(line, "place", 0) == place
    assert getattr(line, "questions", 0) == tally.asked
    same(getattr(line, "accuracy", 0), tally.share)
    same(getattr(line, "percentile", 0), look.percentile(student))
    assert getattr(line, "skills_mastered", 0) == look.truth.mastered(student, by)
    assert set(getattr(line, "needs_work", ())) == look.truth.weak(student, by)
    assert getattr(line, "last_practised", 0) == max(look.truth.active(student, by), default=None)
    assert getattr(line, "missed_school_days", 0) == look.missed(student)


def _heatmap(made: Made, look: Look, report: ClassReport) -> None:
    drawn, by = report.heatmap, look.days[1]
    own = {one: look.truth.standings(one, by) for one in look.present}
    assert set(drawn.skills) == {skill for each in own.values() for skill in each}
    for row, student_id in enumerate(drawn.student_ids):
        for column, skill in enumerate(drawn.skills):
            standing = own[made.by_id[student_id]].get(skill)
            assert drawn.labels[row][column] == (standing.label if standing else LITTLE)
            same(drawn.estimates[row][column], standing.estimate if standing else None)
    weak = [sum(skill in look.truth.weak(one, by) for one in own) for skill in drawn.skills]
    assert weak == sorted(weak, reverse=True)


def needing(look: Look) -> dict[str, int]:
    """By skill, students of today's whom it needs work of x (1 + later skills)."""
    counts = {
        skill: sum(skill in look.truth.weak(one, look.days[1]) for one in look.present)
        for skill in look.raw.skills
    }
    return {
        skill: count * (1 + len(later(look.raw.needs, skill)))
        for skill, count in counts.items()
        if count
    }


def _focus(look: Look, report: ClassReport) -> None:
    expected = needing(look)
    order = sorted(expected, key=lambda skill: (-expected[skill], skill))
    assert [one.skill for one in report.focus] == order[: len(report.focus)]
    assert [one.score for one in report.focus] == [expected[s] for s in order][: len(report.focus)]
    assert len(report.focus) in (len(order), 5)


def _weeks(look: Look, report: ClassReport) -> None:
    by = "week" if (look.days[1] - look.days[0]).days < 182 else "month"
    shown = look.shown()
    assert report.trends_by == by
    assert [point.start for point in report.trends] == starts(shown, by)
    if shown is None:
        return
    series = [look.truth.by_period(one, shown, by) for one in look.students]
    for point in report.trends:
        tallies = [one[point.start] for one in series]
        mean, interval = mean_and_interval(look.accuracies(tallies))
        same(point.accuracy, mean)
        same_span(point.interval, interval)
        assert point.students == len(look.accuracies(tallies))
        assert point.questions == sum(one.asked for one in tallies)


def _concerns(made: Made, look: Look, report: ClassReport) -> None:
    expected = Concerns(look, of_class=True)
    found = {made.by_id[one.student_id]: one for one in report.concerns}
    worrying = set()
    for student in look.present:
        own = expected.of(student)
        one = found.get(student)
        assert (kinds(made, one.concerns) if one else set()) == own, student
        praise = {(each.kind.value, each.skill or "") for each in one.praise} if one else set()
        assert praise == expected.praise(student), student
        worrying |= {student} if own else set()
    assert {made.by_id[line.student_id] for line in report.struggling} == worrying
    on_track = len(look.present) - len(worrying)
    assert report.on_track == (on_track if look.is_judged else None)


def _assignments(made: Made, look: Look, report: ClassReport) -> None:
    everything = of_class(look)
    due = due_in(look, everything)
    shown = {*due, *(one for one in everything if not one.is_due)}
    lines = {made.works[line.assignment_id]: line for line in report.assignments}
    assert set(lines) == {one.work.key for one in shown}
    for key, line in lines.items():
        parts = [one for one in shown if one.work.key == key]
        states = [one.state for one in parts]
        late, asked = states.count("completed late"), sum(one.asked for one in parts)
        done = states.count("completed") + late
        assert (line.assigned, line.completed, line.late) == (len(parts), done, late)
        assert (line.questions, line.due) == (asked, parts[0].due)
        same(line.accuracy, sum(one.right for one in parts) / asked if asked else None)
    points = {one.start: (one.assigned, one.completed, one.late) for one in report.completion}
    assert points == by_period(look, due, report.trends_by)
