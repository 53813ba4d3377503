"""Both reports on a real class agree, figure by figure, with a recomputation from the raw file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import pytest
import scipy.stats
from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.ranges import resolve_range
from analytics.reports.classes import get_class_performance_report
from analytics.reports.data import ClassReport, Concern, Overall, StudentReport
from analytics.reports.student import get_student_performance_report
from school.days import DateRange
from school.models import Student
from tests.analytics.conftest import YEARS_LATER, Imported
from tests.independent.chemistry import Figures
from tests.independent.classroom import Classroom
from tests.independent.concerns import Concerns

pytestmark = pytest.mark.shared_data

CASES = [
    ("all", YEARS_LATER),
    ("2024-02-16..2024-05-12", YEARS_LATER),
    ("30d", datetime(2024, 5, 15, 16, tzinfo=UTC)),
    ("30d", datetime(2024, 4, 10, 2, tzinfo=UTC)),
    ("7d", datetime(2024, 4, 8, 1, tzinfo=UTC)),
]


@dataclass
class Real:
    """The class imported, what it should say, and one question about it."""

    session: Session
    truth: Classroom
    class_id: int
    zone: str
    days: DateRange
    now: datetime

    @cached_property
    def class_report(self) -> ClassReport:
        """The class's report."""
        return get_class_performance_report(
            self.class_id, self.days, session=self.session, now=self.now
        )

    @cached_property
    def student_reports(self) -> list[tuple[str, StudentReport]]:
        """Everyone's report, by the student's id in the file."""
        students = self.session.scalars(select(Student).order_by(Student.id))
        return [(student.source_id, self._report(student)) for student in students]

    def _report(self, student: Student) -> StudentReport:
        return get_student_performance_report(
            student.id, self.days, session=self.session, now=self.now
        )

    @property
    def last(self) -> date:
        """The last day on which practice could be missed: data there, and the day over."""
        yesterday = self.now.astimezone(ZoneInfo(self.zone)).date() - timedelta(days=1)
        return min(self.days.end, self.truth.chemistry.days()[1], yesterday)

    @cached_property
    def concerns(self) -> Concerns:
        """Who is of concern as of the range's end."""
        today = self.now.astimezone(ZoneInfo(self.zone)).date()
        reach = min(self.days.end, self.truth.chemistry.days()[1], today)
        return Concerns(self.truth, self.days.end, reach, self.last)

    def before(self) -> tuple[date, date]:
        """The equally long range before."""
        length = self.days.end - self.days.start + timedelta(days=1)
        return self.days.start - length, self.days.end - length


@pytest.fixture(scope="module", params=CASES, ids=[f"{word}-{now:%Y-%m-%d}" for word, now in CASES])
def real(request: pytest.FixtureRequest, imported: Imported) -> Real:
    """One range, as of one moment."""
    session, truth, class_id, zone = imported
    word, now = request.param
    days = resolve_range(word, session=session, now=now, class_id=class_id)
    return Real(session, truth, class_id, zone, days, now)


def agree(found: Overall, expected: Figures | None) -> None:
    """Totals of a student against the recomputation; nothing recomputed is nothing practised."""
    expected = expected or Figures(0, 0, None, 0.0, 0.0, 0)
    assert (found.questions, found.correct) == (expected.questions, expected.correct)
    assert (found.accuracy, found.active_days) == (expected.accuracy, expected.active_days)
    assert found.time == pytest.approx(expected.seconds, abs=0.5)
    assert found.time_estimated == pytest.approx(expected.estimated_seconds, abs=0.5)
    if expected.questions:
        low, high = scipy.stats.binomtest(found.correct, found.questions).proportion_ci(
            method="wilson"
        )
        assert found.interval is not None
        assert (found.interval.low, found.interval.high) == pytest.approx((low, high))


def test_the_range_is_the_one_meant(real: Real) -> None:
    first, last = real.truth.chemistry.days()
    today = real.now.astimezone(ZoneInfo(real.zone)).date()
    if real.days.kind == "all":
        assert (real.days.start, real.days.end) == (first, last)
    if real.days.kind == "days":
        assert (real.days.end, real.days.days) in [(today, 7), (today, 30)]


def test_every_student_s_totals_agree(real: Real) -> None:
    now = real.truth.chemistry.overall(real.days.start, real.days.end)
    before = real.truth.chemistry.overall(*real.before())
    for student, report in real.student_reports:
        agree(report.overall, now.get(student))
        assert (report.previous is None) == (real.days.kind == "all")
        if report.previous is not None:
            agree(report.previous, before.get(student))


def test_every_student_s_skills_agree(real: Real) -> None:
    start, end = real.days.start, real.days.end
    practised = real.truth.chemistry.by_skill(start, end)
    standings = real.truth.mastery(end)
    for student, report in real.student_reports:
        assert report.overall.skills_total == len(real.truth.skills(end))
        assert report.overall.skills_mastered == real.truth.mastered(student, end)
        own = {skill: one for (who, skill), one in standings.items() if who == student}
        assert {line.skill for line in report.skills} == own.keys()
        for line in report.skills:
            figures = practised.get((student, line.skill))
            assert line.questions == (figures.questions if figures else 0)
            assert line.accuracy == (figures.accuracy if figures else None)
            assert (line.mastery, line.total_questions) == (
                own[line.skill].label,
                own[line.skill].questions,
            )
            assert line.estimate == pytest.approx(own[line.skill].estimate)


def test_skills_mastered_before_agree(real: Real) -> None:
    _, end = real.before()
    for student, report in real.student_reports:
        if report.previous is not None:
            assert report.previous.skills_mastered == real.truth.mastered(student, end)
            assert report.previous.skills_total == len(real.truth.skills(end))


def test_every_student_s_comparison_agrees(real: Real) -> None:
    start, end = real.days.start, real.days.end
    expected = real.truth.figures(start, end)
    for student, report in real.student_reports:
        beside = report.comparison
        assert (beside.students, beside.enrolled) == (expected.judged, 15)
        assert beside.class_average == pytest.approx(expected.accuracy)
        assert beside.percentile == pytest.approx(real.truth.percentile(student, start, end))
        assert beside.average_questions == pytest.approx(expected.questions / 15)
        assert beside.average_time == pytest.approx(expected.seconds / 15)
        mastered = [real.truth.mastered(one, end) for one in real.truth.chemistry.students()]
        assert beside.average_skills_mastered == pytest.approx(sum(mastered) / 15)


def test_every_student_s_series_agree(real: Real) -> None:
    by_day = real.truth.chemistry.by_day(real.days.start, real.days.end)
    by_week = real.truth.chemistry.by_week(real.days.start, real.days.end)
    for student, report in real.student_reports:
        source = by_day if report.progress_by == "day" else by_week
        expected = {
            start: (one.questions, one.accuracy)
            for (who, start), one in source.items()
            if who == student and one.questions
        }
        found = {point.start: (point.questions, point.accuracy) for point in report.progress}
        assert {start: one for start, one in found.items() if one[0]} == expected
        assert all(accuracy is None for questions, accuracy in found.values() if not questions)
        last_days = {
            day: one.accuracy
            for (who, day), one in by_day.items()
            if who == student and one.questions and day > real.days.end - timedelta(days=30)
        }
        trend = {point.start: point.accuracy for point in report.trends}
        assert {day: one for day, one in trend.items() if one is not None} == last_days
        assert len(trend) <= 30


def test_the_class_beside_every_student_s_weeks_agrees(real: Real) -> None:
    weeks = real.truth.weeks(real.days.start, real.days.end)
    for _, report in real.student_reports:
        for point in report.progress if report.progress_by == "week" else ():
            everyone = weeks.get(point.start, [])
            judged = [one.correct / one.questions for one in everyone if one.questions >= 10]
            expected = sum(judged) / len(judged) if len(judged) > 1 else None
            assert point.class_accuracy == pytest.approx(expected)


def test_every_student_s_recent_sessions_agree(real: Real) -> None:
    for student, report in real.student_reports:
        expected = real.truth.sittings(student, real.days.start, real.days.end)
        found = [
            (one.day, one.minutes * 60, one.questions, (one.accuracy or 0) * one.questions)
            for one in report.recent
        ]
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            assert one[0] == other[0]
            assert one[1:] == pytest.approx(other[1:])


def test_every_student_s_trend_agrees(real: Real) -> None:
    for student, report in real.student_reports:
        assert report.trend is not None
        expected = real.truth.trend(student, real.days.start, real.days.end)
        assert report.trend.direction == expected


def test_every_student_s_missed_days_agree(real: Real) -> None:
    for student, report in real.student_reports:
        assert report.missed_school_days == real.truth.missed(student, real.days.end, real.last)


def test_the_class_s_figures_agree(real: Real) -> None:
    report = real.class_report
    for found, days in (
        (report.overall, (real.days.start, real.days.end)),
        (report.previous, real.before()),
    ):
        expected = real.truth.figures(*days)
        if found is None:
            assert real.days.kind == "all"
            continue
        assert (found.students, found.active_students) == (15, expected.active)
        assert (found.judged, found.questions) == (expected.judged, expected.questions)
        assert found.accuracy == pytest.approx(expected.accuracy)
        assert found.pooled == pytest.approx(expected.pooled)
        assert found.time == pytest.approx(expected.seconds, abs=0.5)
        interval = found.interval
        assert (interval.low if interval else None) == pytest.approx(expected.low)
        assert (interval.high if interval else None) == pytest.approx(expected.high)
        assert found.weekend_days == pytest.approx(real.truth.weekend_days(*days))


def test_the_class_s_engagement_agrees(real: Real) -> None:
    found = real.class_report.overall
    expected = real.truth.engagement(real.days.start, real.last)
    assert found.engagement == pytest.approx(expected)
    assert found.days_a_week == pytest.approx(5 * (expected or 0))


def test_the_class_s_weeks_agree(real: Real) -> None:
    report = real.class_report
    weeks = real.truth.weeks(real.days.start, real.days.end)
    assert report.trends_by == "week"
    for point in report.trends:
        judged = [one.accuracy for one in weeks.get(point.start, []) if one.questions >= 10]
        assert point.students == len(judged)
        assert point.questions == sum(one.questions for one in weeks.get(point.start, []))
        mean = sum(one for one in judged if one is not None) / len(judged) if judged else None
        assert point.accuracy == pytest.approx(mean)
    assert weeks.keys() <= {point.start for point in report.trends}


def test_the_class_s_ranking_agrees(real: Real) -> None:
    report = real.class_report
    judged = real.truth.judged(real.days.start, real.days.end)
    by_id = {one.id: one.source_id for one in real.session.scalars(select(Student))}
    placed = [line for line in report.ranking if line.place is not None]
    assert [line.accuracy for line in placed] == sorted(judged.values(), reverse=True)
    for line in placed:
        student = by_id[line.student_id]
        assert line.accuracy == judged[student]
        assert line.place == 1 + sum(other > judged[student] for other in judged.values())
        expected = real.truth.percentile(student, real.days.start, real.days.end)
        assert line.percentile == pytest.approx(expected)
    tenths = [min(int(value * 10 + 1e-9), 9) for value in judged.values()]
    assert report.distribution == tuple(tenths.count(tenth) for tenth in range(10))


def test_the_class_s_heatmap_agrees(real: Real) -> None:
    report = real.class_report
    standings = real.truth.mastery(real.days.end)
    by_id = {one.id: one.source_id for one in real.session.scalars(select(Student))}
    drawn = report.heatmap
    assert set(drawn.skills) == real.truth.skills(real.days.end)
    for row, student_id in enumerate(drawn.student_ids):
        for column, skill in enumerate(drawn.skills):
            expected = standings.get((by_id[student_id], skill))
            label = expected.label if expected else "too little practice"
            assert drawn.labels[row][column] == label


def concerns_of(found: Iterable[Concern]) -> set[tuple[str, str, str]]:
    """Kind, severity and skill of each concern."""
    return {(one.kind.value, one.severity.value, one.skill or "") for one in found}


def test_every_student_s_concerns_agree(real: Real) -> None:
    for student, report in real.student_reports:
        assert concerns_of(report.concerns) == real.concerns.of(student)
        assert report.on_track == (not report.concerns)


def test_the_class_s_concerns_are_those_of_its_students(real: Real) -> None:
    report = real.class_report
    by_id = {one.id: one.source_id for one in real.session.scalars(select(Student))}
    found = {by_id[one.student_id]: concerns_of(one.concerns) for one in report.concerns}
    expected = {student: real.concerns.of(student) for student in real.truth.chemistry.students()}
    for student, concerns in expected.items():
        assert found.get(student, set()) == concerns
    worrying = [student for student, concerns in expected.items() if concerns]
    assert {by_id[line.student_id] for line in report.struggling} == set(worrying)
    assert report.on_track == len(expected) - len(worrying)
