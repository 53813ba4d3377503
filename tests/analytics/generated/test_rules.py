"""What is judged, with outcomes known by hand: verdicts, concerns, strengths, causes, work."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.analytics.generated.conftest import Check
from tests.analytics.generated.school import made
from tests.analytics.generated.students import agree_student
from tests.independent.edges import empty, enrol, on, practise, several
from tests.independent.raw.rows import Raw, Whole, Work


@pytest.mark.parametrize("right", [True, False])
def test_all_right_and_all_wrong(check: Check, right: bool) -> None:
    raw = several()
    enrol(raw, "sure")
    for day in range(0, 28, 2):
        practise(raw, "sure", on(day), 4 * right, 4 * (not right))
    report = check(raw).of("sure")
    assert report.overall.accuracy == float(right)
    assert report.trend is not None
    assert (report.trend.direction, report.trend.p) == ("steady", None)
    assert report.skills[0].mastery == ("mastered" if right else "needs work")
    assert {one.kind.value for one in report.concerns} == (set() if right else {"struggling"})


WEEKS = date(2025, 12, 1)


def eight_weeks(shares: dict[str, list[int]]) -> Raw:
    """So many right of 20 in each of eight weeks, on Tuesdays."""
    raw = empty(*shares)
    for student, weeks in shares.items():
        for number, right in enumerate(weeks):
            day = WEEKS + timedelta(days=7 * number + 1)
            practise(raw, student, day, right, 20 - right)
    raw.now = raw.at(WEEKS + timedelta(days=7 * 7 + 3))
    return raw


EIGHT_WEEKS = (WEEKS, WEEKS + timedelta(days=7 * 7 + 6))


def test_a_trend_that_the_class_leaves_alone(check: Check) -> None:
    # 6 degrees of freedom: the student's own dispersion stands, and p is statsmodels' own.
    found = check(eight_weeks({"a": [5, 12, 7, 14, 9, 18, 19, 15]}), EIGHT_WEEKS).of("a")
    assert found.trend is not None
    assert found.trend.direction == "improving"
    assert found.trend.p == pytest.approx(0.041288, abs=1e-6)


def test_declines_and_improvements_of_a_class(check: Check) -> None:
    falling, rising = [19, 18, 16, 15, 12, 10, 8, 5], [5, 8, 10, 12, 15, 16, 18, 19]
    steady = [14, 12, 13, 14, 12, 13, 14, 13]
    raw = eight_weeks({"a": falling, "b": rising, "c": steady, "d": steady[::-1]})
    found = check(raw, EIGHT_WEEKS)
    assert {("declining", "high")} <= {(one.kind.value, one.severity.value) for one in
                                       found.of("a").concerns}  # fmt: skip
    assert "improving" in {one.kind.value for one in found.of("b").praise}
    assert found.of("c").trend is not None
    assert not any(one.shared for one in found.of("a").concerns)


def test_a_whole_class_that_falls(check: Check) -> None:
    falling = [19, 18, 16, 15, 12, 10, 8, 5]
    raw = eight_weeks({name: [max(one - place, 0) for one in falling]
                       for place, name in enumerate("abcdefg")})  # fmt: skip
    concerns = check(raw, EIGHT_WEEKS).of("a").concerns
    assert any(one.shared for one in concerns if one.kind.value == "declining")


def test_a_verdict_in_a_range_that_ends_within_a_week(check: Check, tmp_path: Path) -> None:
    shares = {name: [9, 12, 10, 13, 12, 15, 13, 17] for name in "abcd"}
    raw = eight_weeks(shares)
    with made(raw, tmp_path / "within") as school:
        for cut in range(1, 7):
            days = (WEEKS + timedelta(days=2), EIGHT_WEEKS[1] - timedelta(days=cut + 7))
            for student in shares:
                agree_student(school, student, "Maths", days)


def test_skills_on_which_a_student_stands_apart(check: Check) -> None:
    raw = empty(*"abcdef")
    for student in raw.students:
        for day, skill in enumerate(("Area", "Ratio", "Volume")):
            apart = {("a", "Area"): 30, ("a", "Ratio"): 4}.get((student, skill), 18)
            practise(raw, student, on(day), apart, 30 - apart, skill=skill)
    report = check(raw).of("a")
    assert [one.skill for one in report.strengths] == ["Area"]
    assert [one.skill for one in report.weaknesses] == ["Ratio"]
    assert report.strengths[0].class_accuracy == 18 / 30


def test_a_root_cause_by_the_longest_way(check: Check) -> None:
    raw = empty("a", "b")
    raw.needs = [("Two", "One"), ("Three", "Two"), ("Four", "Three"), ("Four", "One"),
                 ("Five", "One"), ("Six", "Five")]  # fmt: skip
    for place, skill in enumerate(("One", "Two", "Four", "Five", "Six")):
        practise(raw, "a", on(place), 2, 8, skill=skill)
    practise(raw, "b", on(0), 10, skill="Four")
    report = check(raw).of("a")
    causes = {one.skill: (one.cause, one.path) for one in report.root_causes}
    # Four comes after three steps down, though it is directly before One as well.
    assert causes["One"] == ("Four", ("One", "Two", "Three", "Four"))
    assert causes["Five"] == ("Six", ("Five", "Six"))
    assert "Four" not in causes


def test_time_to_mastery_with_some_not_there_yet(check: Check) -> None:
    raw = empty(*"abcd")
    for place, student in enumerate("abcd"):
        for day in range(0, 4 + 7 * (place == 3), 1 + place % 2):
            practise(raw, student, on(day), 5 if place < 2 else 2, 0 if place < 2 else 3)
    raw.courses.append("Art")
    found = check(raw)
    assert [line.skills_mastered for line in found.whole().ranking] == [1, 1, 0, 0]


def test_assignments_done_early_late_by_import_and_never(check: Check) -> None:
    raw = several(5)
    raw.work.append(
        Work(
            key="w1",
            course="Maths",
            students=("a", "b", "c", "d", "e"),
            skills=("Area", "Volume"),
            count=4,
            assigned=raw.at(on(7), 9),
            due=raw.midnight(on(12)),
            done={"d": raw.at(on(11))},
        )
    )
    practise(raw, "a", on(9), 4, skill="Area")
    practise(raw, "b", on(11), 1, 2, skill="Area")
    practise(raw, "b", on(12), 1, skill="Volume")
    practise(raw, "c", on(7), 3, skill="Area", hour=8)  # Before it was assigned.
    raw.wholes.append(Whole("e", "Area", raw.at(on(11), 23, 50), 4, 3, 1200.0))
    found = check(raw)
    states = {
        student: own.lines[0].state
        for student in "abcde"
        if (own := found.of(student).assignments) is not None
    }
    assert states == {
        "a": "completed",
        "b": "completed late",
        "c": "overdue",
        "d": "completed",
        "e": "completed late",  # Its session began in time and was over after midnight.
    }
    assert found.whole().overall.completion == 4 / 5
