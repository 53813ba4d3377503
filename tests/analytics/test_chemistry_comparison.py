"""Comparisons and motivation of a real class agree with a recomputation from the raw file."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import scipy.stats
from sqlalchemy import select

from analytics.ranges import resolve_range
from analytics.reports.comparison import get_student_comparison
from analytics.reports.data import Motivation, StudentComparison
from analytics.reports.student import get_student_performance_report
from analytics.wording.formats import skill_words
from school.models import Student
from tests.analytics.conftest import YEARS_LATER, Imported
from tests.independent.comparisons import Beside, Pleasing, mean_interval

pytestmark = pytest.mark.shared_data

CASES = [
    ("all", YEARS_LATER),
    ("2024-02-16..2024-05-12", YEARS_LATER),
    ("30d", datetime(2024, 4, 10, 2, tzinfo=UTC)),
    # The clocks of New York went forward on 10 March 2024.
    ("7d", datetime(2024, 3, 15, 16, tzinfo=UTC)),
]


class Case:
    """One range, as of one moment."""

    def __init__(self, imported: Imported, word: str, now: datetime) -> None:
        self.session, self.truth, self.class_id, self.zone = imported
        self.now = now
        self.days = resolve_range(word, session=self.session, now=now, class_id=self.class_id)
        self.beside = Beside(self.truth, self.days.start, self.days.end)
        self.students = self.session.scalars(select(Student).order_by(Student.id)).all()

    def compared(self, student: Student) -> StudentComparison:
        return get_student_comparison(
            student.id,
            self.class_id,
            session=self.session,
            now=self.now,
            date_range=self.days,
        )

    def motivation(self, student: Student) -> Motivation:
        report = get_student_performance_report(
            student.id, self.days, session=self.session, now=self.now
        )
        assert report.motivation is not None
        return report.motivation

    @property
    def over(self) -> date:
        """The last day on which practice could be missed."""
        yesterday = self.now.astimezone(ZoneInfo(self.zone)).date() - timedelta(days=1)
        return min(self.days.end, self.truth.chemistry.days()[1], yesterday)


@pytest.fixture(params=CASES, ids=[f"{word}-{now:%Y-%m-%d}" for word, now in CASES])
def case(request: pytest.FixtureRequest, imported: Imported) -> Case:
    return Case(imported, *request.param)


def test_every_figure_beside_the_class_agrees(case: Case) -> None:
    found = [(one.source_id, case.compared(one)) for one in case.students]
    for name in ("questions", "time", "skills_mastered", "xp", "active_days"):
        expected = case.beside.figures(name)
        mean, low, high = mean_interval(list(expected.values()))
        for student, comparison in found:
            one = next(each for each in comparison.measures if each.name == name)
            assert one.own == pytest.approx(expected[student])
            assert one.average == pytest.approx(mean)
            assert one.interval is not None
            assert (one.interval.low, one.interval.high) == pytest.approx((low, high))
            side = "above" if expected[student] > high else "below"
            clear = not low <= expected[student] <= high
            assert one.side == (side if clear else "not clearly different")


def test_the_accuracy_beside_the_class_agrees(case: Case) -> None:
    judged = case.truth.judged(case.days.start, case.days.end)
    mean = sum(judged.values()) / len(judged) if judged else None
    for student in case.students:
        found = case.compared(student)
        assert found.accuracy.average == pytest.approx(mean)
        assert (found.judged, found.own_judged) == (len(judged), student.source_id in judged)
        expected = case.truth.percentile(student.source_id, case.days.start, case.days.end)
        assert found.percentile == pytest.approx(expected)
        if student.source_id in judged and len(judged) >= 5 and mean is not None:
            own = case.truth.overall(case.days.start, case.days.end)[student.source_id]
            ends = scipy.stats.binomtest(own.correct, own.questions).proportion_ci(method="wilson")
            side = "above" if ends.low > mean else "below" if ends.high < mean else ""
            assert found.accuracy.side == (side or "not clearly different")


def test_every_skill_s_gap_agrees(case: Case) -> None:
    compared = 0
    for student in case.students:
        found, expected = case.compared(student), case.beside.gaps(student.source_id)
        assert {one.skill for one in found.gaps} == set(expected)
        for one in found.gaps:
            truth = expected[one.skill]
            assert one.gap == pytest.approx(truth.gap, abs=1e-9)
            assert one.interval.low == pytest.approx(truth.low, abs=1e-9)
            assert one.interval.high == pytest.approx(truth.high, abs=1e-9)
        strong = {skill for skill, one in expected.items() if one.low > 0}
        weak = {skill for skill, one in expected.items() if one.high < 0}
        assert {one.skill for one in found.strengths} == strong
        assert {one.skill for one in found.weaknesses} == weak
        compared += len(expected)
    assert compared or case.days.days <= 7


def test_every_place_agrees(case: Case) -> None:
    places = case.beside.places()
    for student in case.students:
        found = case.compared(student)
        assert (found.place, found.placed) == (places.get(student.source_id), len(places))


def test_streaks_and_achievements_agree(case: Case) -> None:
    expected = Pleasing(case.truth, case.days.end, case.over)
    for student in case.students:
        found, who = case.motivation(student), student.source_id
        assert (found.streak, found.longest_streak) == expected.streaks(who)
        names = {skill_words(skill): skill for skill in case.truth.skills(case.days.end)}
        tail = " brought from needs work to mastered"
        reached = {(_skill(one.name, tail, names), one.day) for one in found.achievements}
        assert reached == expected.achievements(who)
        days = [one.day for one in found.achievements]
        assert days == sorted(days, reverse=True)


def _skill(words: str, tail: str, names: dict[str, str]) -> str:
    """The skill of an achievement that names one, else the words themselves."""
    return names[words.removesuffix(tail)] if words.endswith(tail) else words


def test_xp_agree(case: Case) -> None:
    xp, total = case.beside.figures("xp"), Beside(case.truth, date(1900, 1, 1), case.days.end)
    for student in case.students:
        found = case.motivation(student)
        assert found.xp == pytest.approx(xp[student.source_id])
        assert found.total_xp == pytest.approx(total.figures("xp")[student.source_id])
        assert (found.place, found.placed) == (
            case.beside.places().get(student.source_id),
            len(case.beside.places()),
        )
