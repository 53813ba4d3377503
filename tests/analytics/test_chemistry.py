"""Every student's report in a real class agrees, figure by figure, with a recomputation from the
raw file (the class's: test_chemistry_class.py).
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import scipy.stats

from analytics.reports.data import Overall
from tests.analytics.real import Real, concerns_of
from tests.independent.chemistry import Figures

pytestmark = pytest.mark.shared_data


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


def test_every_student_s_concerns_agree(real: Real) -> None:
    for student, report in real.student_reports:
        assert concerns_of(report.concerns) == real.concerns.of(student)
        assert report.on_track == (not report.concerns)
