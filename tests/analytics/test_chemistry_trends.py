"""Trends of a real class agree, point by point, with a recomputation from the raw file."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
import scipy.stats
from sqlalchemy import select

from analytics.ranges import resolve_range
from analytics.reports.trends import get_class_trend_data, get_student_trend_data
from school.days import DateRange
from school.models import Student
from tests.analytics.conftest import YEARS_LATER, Imported
from tests.independent.chemistry import Figures

pytestmark = pytest.mark.shared_data

CASES = [
    ("all", YEARS_LATER, "week"),
    ("all", YEARS_LATER, "month"),
    ("2024-02-16..2024-05-12", YEARS_LATER, "week"),
    # The clocks of New York went forward on 10 March 2024.
    ("14d", datetime(2024, 3, 15, 16, tzinfo=UTC), "day"),
    ("30d", datetime(2024, 4, 10, 2, tzinfo=UTC), "week"),
]
AMOUNTS: dict[str, Callable[[Figures], float]] = {
    "questions": lambda one: one.questions,
    "time": lambda one: one.seconds,
    "xp": lambda one: 10 * one.correct + 2 * (one.questions - one.correct),
}
NOTHING = Figures(0, 0, None, 0.0, 0.0, 0)


class Case:
    """One range by one kind of period, with each student's totals in each period, added up anew."""

    def __init__(self, imported: Imported, word: str, now: datetime, by: str) -> None:
        self.session, self.truth, self.class_id, zone = imported
        self.now, self.by = now, by
        self.days = resolve_range(word, session=self.session, now=now, class_id=self.class_id)
        today = now.astimezone(ZoneInfo(zone)).date()
        data_end = self.truth.chemistry.days()[1]
        self.known = min(self.days.end, data_end, today)
        self.judged = min(self.days.end, data_end, today - timedelta(days=1))
        self.of = cache(self._of)

    def _of(self, start: date) -> dict[str, Figures]:
        """Everyone's totals in the period that starts on a day."""
        inside = [day for day in self.all_days() if self.first(day) == start]
        return self.truth.overall(inside[0], inside[-1])

    def all_days(self) -> list[date]:
        count = (self.known - self.days.start).days + 1
        return [self.days.start + timedelta(days=number) for number in range(count)]

    def first(self, day: date) -> date:
        """The first day of the period that holds a day."""
        if self.by == "month":
            return date(day.year, day.month, 1)
        return day if self.by == "day" else day - timedelta(days=day.isoweekday() - 1)

    def starts(self) -> list[date]:
        return sorted({self.first(day) for day in self.all_days()})

    def inside(self, start: date) -> tuple[date, date]:
        days = [day for day in self.all_days() if self.first(day) == start]
        return days[0], days[-1]


@pytest.fixture(
    scope="module", params=CASES, ids=[f"{word}-{now:%Y}-{by}" for word, now, by in CASES]
)
def case(request: pytest.FixtureRequest, imported: Imported) -> Case:
    return Case(imported, *request.param)


def judged(everyone: Iterable[Figures]) -> list[float]:
    return [one.correct / one.questions for one in everyone if one.questions >= 10]


def students(case: Case) -> list[Student]:
    return list(case.session.scalars(select(Student).order_by(Student.id)))


def test_every_student_s_accuracy_agrees(case: Case) -> None:
    for student in students(case):
        report = get_student_trend_data(
            student.id, "accuracy", case.days, session=case.session, now=case.now, by=case.by
        )
        assert [point.start for point in report.points] == case.starts()
        for point in report.points:
            everyone = case.of(point.start)
            own, mates = everyone.get(student.source_id, NOTHING), judged(everyone.values())
            assert (point.value, point.questions) == (own.accuracy, own.questions)
            assert point.rests_on == own.questions
            expected = sum(mates) / len(mates) if len(mates) > 1 else None
            assert point.class_value == pytest.approx(expected)
            if own.questions:
                low, high = scipy.stats.binomtest(own.correct, own.questions).proportion_ci(
                    method="wilson"
                )
                assert point.interval is not None
                assert (point.interval.low, point.interval.high) == pytest.approx((low, high))
        assert report.trend is not None
        verdict = case.truth.trend(student.source_id, case.days.start, case.days.end)
        assert report.trend.direction == verdict


@pytest.mark.parametrize("metric", AMOUNTS)
def test_every_student_s_amounts_agree(case: Case, metric: str) -> None:
    amount = AMOUNTS[metric]
    for student in students(case):
        report = get_student_trend_data(
            student.id, metric, case.days, session=case.session, now=case.now, by=case.by
        )
        assert [point.start for point in report.points] == case.starts()
        for point in report.points:
            everyone = case.of(point.start)
            own = everyone.get(student.source_id, NOTHING)
            assert point.value == pytest.approx(amount(own))
            assert point.rests_on == own.active_days
            mean = sum(amount(one) for one in everyone.values()) / 15
            assert point.class_value == pytest.approx(mean)
        whole = case.truth.overall(case.days.start, case.days.end)
        assert report.total == pytest.approx(amount(whole.get(student.source_id, NOTHING)))
        assert report.trend is None


def test_the_class_s_accuracy_agrees(case: Case) -> None:
    report = get_class_trend_data(
        case.class_id, "accuracy", case.days, session=case.session, now=case.now, by=case.by
    )
    for point in report.points:
        accuracies = judged(case.of(point.start).values())
        assert point.rests_on == len(accuracies)
        mean = sum(accuracies) / len(accuracies) if accuracies else None
        assert point.value == pytest.approx(mean)
        if len(accuracies) > 1:
            error = float(scipy.stats.sem(accuracies))
            low, high = scipy.stats.t.interval(0.95, len(accuracies) - 1, mean, error)
            assert point.interval is not None
            assert point.interval.low == pytest.approx(max(low, 0))
            assert point.interval.high == pytest.approx(min(high, 1))
    expected = case.truth.figures(case.days.start, case.days.end)
    assert report.total == pytest.approx(expected.accuracy)
    assert report.rests_on == expected.judged


@pytest.mark.parametrize("metric", AMOUNTS)
def test_the_class_s_amounts_agree(case: Case, metric: str) -> None:
    amount = AMOUNTS[metric]
    report = get_class_trend_data(
        case.class_id, metric, case.days, session=case.session, now=case.now, by=case.by
    )
    assert [point.start for point in report.points] == case.starts()
    for point in report.points:
        everyone = case.of(point.start).values()
        assert point.value == pytest.approx(sum(amount(one) for one in everyone))
        assert point.rests_on == sum(one.questions > 0 for one in everyone)
    whole = case.truth.overall(case.days.start, case.days.end).values()
    assert report.total == pytest.approx(sum(amount(one) for one in whole))


def test_the_class_s_engagement_agrees(case: Case) -> None:
    report = get_class_trend_data(
        case.class_id, "engagement", case.days, session=case.session, now=case.now, by=case.by
    )
    assert [point.start for point in report.points] == case.starts()
    for point in report.points:
        first, last = case.inside(point.start)
        last = min(last, case.judged)
        weekdays = [day for day in case.all_days() if first <= day <= last and day.weekday() < 5]
        expected = case.truth.engagement(first, last) if weekdays else None
        assert point.value == pytest.approx(expected)
    whole = case.truth.engagement(case.days.start, case.judged)
    assert report.total == pytest.approx(whole)


def test_the_class_s_states_agree(case: Case) -> None:
    report = get_class_trend_data(
        case.class_id, "accuracy", case.days, session=case.session, now=case.now, by=case.by
    )
    pairs = 15 * len(case.truth.skills(case.days.end))
    for share in report.shares:
        labels = [one.label for one in case.truth.mastery(share.day).values()]
        counts = dict(share.counts)
        unseen = pairs - len(labels)
        for label, count in counts.items():
            more = unseen if label == "too little practice" else 0
            assert count == labels.count(label) + more


def test_every_student_s_skills_before_and_now_agree(case: Case) -> None:
    before = case.truth.mastery(case.days.start - timedelta(days=1))
    now = case.truth.mastery(case.days.end)
    practised = case.truth.chemistry.by_skill(case.days.start, case.days.end)
    for student in students(case):
        report = get_student_trend_data(
            student.id, "accuracy", case.days, session=case.session, now=case.now
        )
        asked = {
            skill
            for (who, skill), one in practised.items()
            if who == student.source_id and one.questions
        }
        assert {move.skill for move in report.skills} == asked
        for move in report.skills:
            key = (student.source_id, move.skill)
            first = before.get(key)
            known = first is not None and first.label != "too little practice"
            assert move.before == (pytest.approx(first.estimate) if first and known else None)
            assert move.now == pytest.approx(now[key].estimate)
            assert move.mastery == now[key].label


def test_a_number_of_days_ends_today(imported: Imported) -> None:
    session, _, class_id, zone = imported
    now = datetime(2024, 4, 10, 16, tzinfo=UTC)
    report = get_class_trend_data(class_id, "questions", 7, session=session, now=now)
    today = now.astimezone(ZoneInfo(zone)).date()
    assert report.range == DateRange(today - timedelta(days=6), today, "days")
    assert report.by == "day"
