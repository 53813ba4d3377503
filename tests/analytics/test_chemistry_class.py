"""The class's report on a real class agrees, figure by figure, with a recomputation."""

import pytest
from sqlalchemy import select

from school.models import Student
from tests.analytics.real import Real, concerns_of

pytestmark = pytest.mark.shared_data


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
