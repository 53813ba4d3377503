"""Skill reports on a real class agree, figure by figure, with a recomputation from the raw file."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.ranges import resolve_range
from analytics.reports.data import SkillReport
from analytics.reports.skill import get_skill_analytics
from school.days import DateRange
from school.models import Skill, Student
from tests.analytics.conftest import Imported
from tests.independent.chemistry import Chemistry
from tests.independent.skills import (
    Journey,
    by_week,
    counted,
    half_there,
    journeys,
    mean_accuracy,
    school_days,
    twenty_back,
)

pytestmark = pytest.mark.shared_data

YEARS_LATER = datetime(2026, 11, 22, 15, tzinfo=UTC)
CASES = [
    ("all", YEARS_LATER),
    ("2024-02-16..2024-05-12", YEARS_LATER),
    ("30d", datetime(2024, 4, 10, 2, tzinfo=UTC)),
    ("7d", datetime(2024, 4, 8, 1, tzinfo=UTC)),
]


@dataclass
class Real:
    """The class imported, the raw file, and one range as of one moment."""

    session: Session
    chemistry: Chemistry
    class_id: int
    days: DateRange
    now: datetime

    @cached_property
    def reports(self) -> list[SkillReport]:
        """The report of each skill."""
        skills = self.session.scalars(select(Skill.id).order_by(Skill.id))
        return [
            get_skill_analytics(
                self.class_id, skill, session=self.session, now=self.now, date_range=self.days
            )
            for skill in skills
        ]

    @cached_property
    def names(self) -> dict[int, str]:
        """Ids in the file by our own."""
        return {one.id: one.source_id for one in self.session.scalars(select(Student))}

    @cached_property
    def journeys(self) -> dict[tuple[str, str], Journey]:
        """Everyone's way with every skill, recomputed."""
        return journeys(self.chemistry, self.days.end)

    def on(self, report: SkillReport) -> dict[str, Journey]:
        """Everyone's way with one skill."""
        return {who: one for (who, skill), one in self.journeys.items() if skill == report.skill}

    @property
    def seen(self) -> date:
        """The last day of the range that the data cover."""
        return min(self.days.end, self.chemistry.days()[1])


@pytest.fixture(scope="module", params=CASES, ids=[f"{word}-{now:%Y-%m-%d}" for word, now in CASES])
def real(request: pytest.FixtureRequest, imported: Imported) -> Real:
    session, truth, class_id, _zone = imported
    word, now = request.param
    days = resolve_range(word, session=session, now=now, class_id=class_id)
    return Real(session, truth.chemistry, class_id, days, now)


def test_distributions_and_estimates_agree(real: Real) -> None:
    everyone = len(real.chemistry.students())
    for report in real.reports:
        found = real.on(report)
        counts = Counter(one.label for one in found.values())
        counts["too little practice"] += everyone - len(found)
        assert dict(report.distribution) == {
            label: counts[label]
            for label in ("mastered", "in progress", "needs work", "too little practice")
        }
        for one in report.students:
            own = found.get(real.names[one.student_id])
            assert one.total_questions == (len(own.answers) if own else 0)
            assert one.estimate == (pytest.approx(own.estimate, abs=1e-9) if own else None)
            assert one.last_practised == (own.last if own else None)


def test_accuracies_agree(real: Real) -> None:
    for report in real.reports:
        counts = counted(real.chemistry, report.skill, real.days.start, real.days.end)
        mean, low, high, judged = mean_accuracy(list(counts.values()), 10)
        assert report.judged == judged
        assert report.accuracy == (None if mean is None else pytest.approx(mean))
        ends = report.interval and (report.interval.low, report.interval.high)
        assert ends == (None if low is None else pytest.approx((low, high)))
        asked, right = (sum(column) for column in zip((0, 0), *counts.values(), strict=True))
        assert report.questions == asked
        assert report.pooled == (pytest.approx(right / asked) if asked else None)
        for one in report.students:
            own = counts.get(real.names[one.student_id], (0, 0))
            assert (one.questions, one.accuracy) == (own[0], own[1] / own[0] if own[0] else None)


def test_weeks_agree(real: Real) -> None:
    for report in real.reports:
        weeks = by_week(real.chemistry, report.skill, real.days.start, real.days.end)
        for point in report.trends:
            mean, _, _, judged = mean_accuracy(weeks.get(point.start, []), 5)
            expected = mean if judged >= 2 else None
            assert point.students == judged
            assert point.accuracy == (None if expected is None else pytest.approx(expected))


def test_times_to_mastery_agree_with_statsmodels(real: Real) -> None:
    reached = 0
    for report in real.reports:
        found = real.on(report).values()
        questions = [(one.reached or (len(one.answers), None))[0] for one in found]
        days = [
            school_days(one.first, one.reached[1] if one.reached else real.seen) for one in found
        ]
        there = [one.reached is not None for one in found]
        reached += sum(there)
        median, curve = half_there(list(zip(questions, there, strict=True)))
        assert report.survival.median_questions == median
        assert [share for _, share in report.survival.curve] == pytest.approx(curve)
        assert report.survival.median_days == half_there(list(zip(days, there, strict=True)))[0]
        assert (report.survival.started, report.survival.mastered) == (len(there), sum(there))
    assert reached


def test_the_struggling_agree(real: Real) -> None:
    start = twenty_back(real.seen)
    for report in real.reports:
        lately = counted(real.chemistry, report.skill, start, real.seen)
        low = {who for who, (asked, right) in lately.items() if asked >= 10 and right / asked < 0.7}
        weak = {who for who, one in real.on(report).items() if one.label == "needs work"}
        assert {real.names[one.student_id] for one in report.struggling} == low | weak
        estimates = [one.estimate or 0.0 for one in report.struggling]
        assert estimates == sorted(estimates)


def test_the_focus_is_the_skills_that_most_need_work_on(real: Real) -> None:
    # The file knows no prerequisites, so every skill counts as often as there are students.
    weak = Counter(skill for (_, skill), one in real.journeys.items() if one.label == "needs work")
    expected = sorted(weak.items(), key=lambda pair: (-pair[1], pair[0]))[:5]
    for report in real.reports[:1]:
        assert [(one.skill, one.students) for one in report.focus] == expected
