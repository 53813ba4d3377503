"""A student's report, figure by figure."""

from collections.abc import Iterable
from datetime import timedelta
from statistics import fmean

from analytics.reports.data import Concern, Overall, Strength, StudentReport
from analytics.reports.data.trends import TrendReport
from analytics.reports.student import get_student_performance_report
from analytics.wording.formats import skill_words
from tests.analytics.generated.school import Made, between, same, same_span
from tests.independent.raw.assignments import due_in, of_student, sums
from tests.independent.raw.concerns import Concerns
from tests.independent.raw.counting import Tally
from tests.independent.raw.graph import depths, root_cause, unmet
from tests.independent.raw.motivation import achievements, streaks
from tests.independent.raw.rows import Raw
from tests.independent.raw.statistics import Count, gaps, p_alone, verdict, wilson
from tests.independent.raw.truth import Days, Look, starts


def report_of(made: Made, student: str, course: str, days: Days) -> StudentReport:
    """The report as a teacher of the class gets it."""
    return get_student_performance_report(
        made.students[student],
        between(days),
        session=made.session,
        now=made.raw.now,
        class_id=made.courses[course],
    )


def agree_student(made: Made, student: str, course: str, days: Days) -> StudentReport:
    """Every figure of the report is what the rows come to."""
    look, report = made.look(course, days, student), report_of(made, student, course, days)
    _totals(look, student, report)
    _skills(look, student, report)
    _beside(look, student, report)
    _series(look, student, report)
    _recent(look, student, report)
    agree_trend(look, student, report)
    _concerns(made, look, student, report)
    _assignments(made, look, student, report)
    _motivation(look, student, report)
    _standing_apart(look, student, report)
    _causes(look, student, report)
    return report


def agree_tally(found: Overall, expected: Tally) -> None:
    """Totals."""
    assert (found.questions, found.correct) == (expected.asked, expected.right)
    assert found.active_days == len(expected.active)
    same(found.accuracy, expected.share)
    same_span(found.interval, wilson(expected.right, expected.asked))
    assert abs(found.time - expected.seconds) <= 0.5001
    assert abs(found.time_estimated - expected.estimated) <= 0.5001


def _totals(look: Look, student: str, report: StudentReport) -> None:
    first, last = look.days
    length = last - first + timedelta(days=1)
    agree_tally(report.overall, look.tallies[student])
    assert report.previous is not None
    agree_tally(report.previous, look.truth.tally(student, (first - length, last - length)))
    for found, by in ((report.overall, last), (report.previous, last - length)):
        practised = {s for one in look.around for s in look.truth.standings(one, by)}
        assert found.skills_total == len(practised)
        assert found.skills_mastered == look.truth.mastered(student, by)


def _skills(look: Look, student: str, report: StudentReport) -> None:
    standings = look.truth.standings(student, look.days[1])
    assert {line.skill for line in report.skills} == set(standings)
    for line in report.skills:
        standing = standings[line.skill]
        right, asked = look.truth.on_skill(student, line.skill, look.days)
        assert line.questions == asked
        same(line.accuracy, right / asked if asked else None)
        assert (line.mastery, line.total_questions) == (standing.label, standing.asked)
        assert line.last_practised == standing.day
        same(line.estimate, standing.estimate)
        theirs = mates(look, student).get(line.skill)
        same(line.class_accuracy, theirs[0] / theirs[1] if theirs else None)


def mates(look: Look, student: str) -> dict[str, Count]:
    """Everyone else's answers on each skill, where at least 4 of them have 10 together."""
    found = {}
    for skill in look.raw.skills:
        others = [one for one in look.students if one != student]
        counts = [look.truth.on_skill(one, skill, look.days) for one in others]
        counts = [one for one in counts if one[1]]
        right, asked = sum(one[0] for one in counts), sum(one[1] for one in counts)
        if len(counts) >= 4 and asked >= 10:
            found[skill] = right, asked
    return found


def _beside(look: Look, student: str, report: StudentReport) -> None:
    found, students = report.comparison, look.students
    mean, interval = look.accuracy
    same(found.class_average, mean)
    same_span(found.interval, interval)
    assert (found.students, found.enrolled) == (len(look.accuracies()), len(students))
    same(found.percentile, look.percentile(student))
    assert found.quarter == _quarter(look.percentile(student))
    everyone = [look.tallies[one] for one in students]
    mastered = [look.truth.mastered(one, look.days[1]) for one in students]
    same(found.average_questions, fmean(one.asked for one in everyone) if everyone else None)
    same(found.average_time, fmean(one.seconds for one in everyone) if everyone else None)
    same(found.average_skills_mastered, fmean(mastered) if everyone else None)


def _quarter(percentile: float | None) -> str | None:
    if percentile is None:
        return None
    words = ("bottom quarter", "lower middle", "upper middle", "top quarter")
    return words[sum(percentile >= bound for bound in (25, 50, 75))]


def period_of(days: Days) -> str:
    """How progress is cut."""
    length = (days[1] - days[0]).days + 1
    if length <= 14:
        return "day"
    return "week" if length <= 182 else "month"


def _series(look: Look, student: str, report: StudentReport) -> None:
    by = period_of(look.days)
    assert report.progress_by == by
    for points, period, shown in (
        (report.progress, by, look.shown()),
        (report.trends, "day", look.shown(30)),
    ):
        assert [point.start for point in points] == starts(shown, period)
        if shown is None:
            continue
        own = look.truth.by_period(student, shown, period)
        series = {one: look.truth.by_period(one, shown, period) for one in look.students}
        for point in points:
            tally = own[point.start]
            assert point.questions == tally.asked
            same(point.accuracy, tally.share)
            same_span(point.interval, wilson(tally.right, tally.asked))
            judged = look.accuracies(one[point.start] for one in series.values())
            same(point.class_accuracy, fmean(judged) if len(judged) >= 2 else None)


def _recent(look: Look, student: str, report: StudentReport) -> None:
    sittings = look.truth.counted.sittings[student]
    inside = [one for one in sittings if look.days[0] <= one.day <= look.days[1]]
    if len({one.started for one in inside}) < len(inside):
        return  # Which of two that begin at one moment comes first is not defined.
    expected = sorted(inside, key=lambda one: one.started, reverse=True)[:5]
    assert [one.day for one in report.recent] == [one.day for one in expected]
    for line, sitting in zip(report.recent, expected, strict=True):
        assert line.questions == sitting.tally.asked
        same(line.accuracy, sitting.tally.share)
        assert abs(line.minutes * 60 - sitting.tally.seconds) < 0.51
        assert line.estimated == (sitting.tally.estimated > 0)
        most = max(sitting.skills.values(), default=0)
        if most:
            assert sitting.skills[line.skill] == most


def agree_trend(look: Look, student: str, report: StudentReport | TrendReport) -> None:
    """The verdict; where the class leaves it alone, p is statsmodels' own."""
    everyone = [look.truth.weeks(one, look.days) for one in look.students or [student]]
    expected, found = verdict(look.truth.weeks(student, look.days), everyone), report.trend
    assert found is not None
    assert (found.direction, found.weeks) == (expected.direction, expected.weeks)
    if expected.line is None:
        assert (found.p, found.slope) == (None, None)
        return
    assert expected.p is not None
    assert found.p is not None
    assert abs(found.p - expected.p) < 1e-6
    if not expected.moderated and expected.line.pearson >= expected.line.freedom:
        assert abs(found.p - p_alone(look.truth.weeks(student, look.days))) < 1e-6
    same_rounded(found.slope, expected.line.points)
    same_rounded(found.start, expected.line.ends[0])
    same_rounded(found.end, expected.line.ends[1])


def same_rounded(found: float | None, expected: float) -> None:
    """Equal as far as an iteration brings two fits together."""
    assert found is not None
    assert abs(found - expected) < 1e-6


def kinds(made: Made, found: Iterable[Concern]) -> set[tuple[str, str, str]]:
    """Kind, severity, and the skill or assignment."""
    return {
        (
            one.kind.value,
            one.severity.value,
            one.skill or (made.works[one.assignment_id] if one.assignment_id else ""),
        )
        for one in found
    }


def _concerns(made: Made, look: Look, student: str, report: StudentReport) -> None:
    expected = Concerns(look)
    assert kinds(made, report.concerns) == expected.of(student)
    for one in report.concerns:
        if one.kind.value == "declining":
            assert one.shared == expected.shared(student)
    praise = {(one.kind.value, one.skill or "") for one in report.praise}
    assert praise == expected.praise(student)
    assert report.on_track == ((not report.concerns) if look.is_judged else None)
    inside = student in look.students and look.judged is not None
    missed = look.missed(student) if inside else None
    assert report.missed_school_days == missed


def _assignments(made: Made, look: Look, student: str, report: StudentReport) -> None:
    mine, found = of_student(look, student), report.assignments
    assert found is not None
    assigned, completed, late = sums(due_in(look, mine))
    assert (found.assigned, found.completed, found.late) == (assigned, completed, late)
    same(found.rate, completed / assigned if assigned else None)
    shown = {*due_in(look, mine), *(one for one in mine if not one.is_due)}
    lines = {made.works[line.assignment_id]: line for line in found.lines}
    assert set(lines) == {one.work.key for one in shown}
    for one in shown:
        line = lines[one.work.key]
        assert (line.state, line.questions, line.due) == (one.state, one.asked, one.due)
        same(line.accuracy, one.right / one.asked if one.asked else None)
        assert line.completed_on == (look.raw.day(one.done) if one.done else None)
        assert line.overdue_days == one.late_days


def _motivation(look: Look, student: str, report: StudentReport) -> None:
    found, places = report.motivation, look.places()
    assert found is not None
    same(found.xp, look.tallies[student].xp)
    same(found.total_xp, look.truth.tally(student, (look.days[0].min, look.days[1])).xp)
    assert (found.streak, found.longest_streak) == streaks(look, student)
    assert (found.place, found.placed) == (places.get(student), len(places))
    words = {(one.name, one.day) for one in found.achievements}
    expected = achievements(look, student)
    assert words == {(_in_words(look.raw, name), day) for name, day in expected}


def _in_words(raw: Raw, name: str) -> str:
    for skill in raw.skills:
        if name.startswith(f"{skill} brought"):
            return name.replace(skill, skill_words(skill), 1)
    return name


def agree_gap(found: Strength, expected: tuple[float, float, float]) -> None:
    """A gap with its interval."""
    ends = (found.gap, found.interval.low, found.interval.high)
    assert all(abs(a - b) < 1e-6 for a, b in zip(ends, expected, strict=True))


def _standing_apart(look: Look, student: str, report: StudentReport) -> None:
    expected = own_gaps(look, student)
    strong = {skill for skill, (_, low, _) in expected.items() if low > 0}
    weak = {skill for skill, (_, _, high) in expected.items() if high < 0}
    assert {one.skill for one in report.strengths} == strong
    assert {one.skill for one in report.weaknesses} == weak
    for one in (*report.strengths, *report.weaknesses):
        agree_gap(one, expected[one.skill])


def own_gaps(look: Look, student: str) -> dict[str, tuple[float, float, float]]:
    """The gaps on all skills that can be compared."""
    own = {skill: look.truth.on_skill(student, skill, look.days) for skill in look.raw.skills}
    return gaps(own, mates(look, student))


def _causes(look: Look, student: str, report: StudentReport) -> None:
    standings, needs = look.truth.standings(student, look.days[1]), look.raw.needs
    expected = {
        skill: cause
        for skill in look.truth.weak(student, look.days[1])
        if (cause := root_cause(needs, skill, standings))
    }
    assert {one.skill: one.cause for one in report.root_causes} == expected
    for one in report.root_causes:
        assert set(one.unmet) == unmet(needs, one.skill, standings)
        assert len(one.path) == depths(needs, one.skill)[one.cause] + 1
        assert all(pair[::-1] in needs for pair in zip(one.path, one.path[1:], strict=False))
