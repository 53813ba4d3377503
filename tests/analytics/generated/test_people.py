"""Who is in a class, and how many: what is rare and hard, one by one."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.analytics.generated.comparisons import agree_student_comparison
from tests.analytics.generated.conftest import Check
from tests.analytics.generated.school import made
from tests.analytics.generated.students import agree_student
from tests.independent.edges import MARCH, empty, enrol, on, practise, several


def test_a_student_without_questions(check: Check) -> None:
    raw = several()
    enrol(raw, "nobody")
    report = check(raw).of("nobody")
    assert (report.overall.questions, report.overall.accuracy) == (0, None)
    assert (report.comparison.percentile, report.skills) == (None, ())
    assert report.missed_school_days == 17  # Since the class's first practice, to its last.


def test_a_student_with_one_question(check: Check) -> None:
    raw = several()
    enrol(raw, "once")
    practise(raw, "once", on(3), 1)
    report = check(raw).of("once")
    assert (report.overall.questions, report.overall.accuracy) == (1, 1.0)
    assert report.overall.interval is not None
    assert report.overall.interval.low == pytest.approx(0.2065, abs=1e-4)
    assert report.skills[0].mastery == "too little practice"


def test_ties_in_accuracy_and_xp(check: Check) -> None:
    raw = several(5)
    for twin in ("f", "g"):
        enrol(raw, twin)
        raw.answers += [replace(one, student=twin) for one in raw.answers if one.student == "c"]
    found = check(raw).whole()
    places = {line.student: line.place for line in found.ranking}
    assert places == {"A": 1, "B": 2, "C": 3, "F": 3, "G": 3, "D": 6, "E": 7}
    assert {line.student: line.percentile for line in found.ranking}["F"] == 50.0
    assert [(one.student, one.place) for one in found.leaderboard][2:5] == [
        ("C", 3),
        ("F", 3),
        ("G", 3),
    ]


def test_a_student_who_joined_late(check: Check) -> None:
    raw = several()
    enrol(raw, "late", starts=on(17))
    practise(raw, "late", on(1), 5, 5)  # Before joining: it counts all the same.
    practise(raw, "late", on(17), 5, 5)
    found = check(raw)
    assert found.of("late").overall.questions == 20
    assert found.of("late").missed_school_days == 3  # From Friday to Tuesday, when the data end.
    engaged = found.whole().overall.engagement
    assert engaged == pytest.approx((6 * 7 / 17 + 1 / 4) / 7)


def test_a_student_who_left(check: Check) -> None:
    raw = several()
    enrol(raw, "left", ends=on(9))
    for day in (0, 7, 18):
        practise(raw, "left", on(day), 5)
    found = check(raw)
    assert found.whole().left_since == 1
    assert found.whole().overall.questions == 6 * 7 * 6 + 15
    assert "Left" not in {line.student for line in found.whole().ranking}
    assert found.of("left").missed_school_days == 0  # Practised after leaving.
    last_week = on(21), on(27)
    assert check(raw, last_week).whole().overall.students == 6


def test_a_class_of_one(check: Check) -> None:
    raw = empty("solo")
    for week in range(4):
        practise(raw, "solo", on(7 * week), 4 + week, 6 - week)
    found = check(raw)
    overall, beside = found.whole().overall, found.of("solo").comparison
    assert (overall.accuracy, overall.interval, overall.judged) == (22 / 40, None, 1)
    assert (beside.percentile, beside.students) == (None, 1)
    assert all(point.class_accuracy is None for point in found.of("solo").progress)


def test_two_students_in_two_classes(check: Check) -> None:
    raw = several()
    for student in ("a", "b", "z"):
        enrol(raw, student, "Art")
    practise(raw, "z", on(3), 9, 3, skill="Colour")
    practise(raw, "a", on(5), 2, 8, skill="Colour")
    found = check(raw)
    assert found.of("a").overall.questions == found.of("a", "Art").overall.questions == 52
    assert found.whole("Art").overall.questions == 52 + 42 + 12
    assert found.whole().overall.questions == 6 * 42 + 10


def test_an_empty_class(check: Check) -> None:
    raw = several()
    raw.courses.append("Nobody")
    found = check(raw).whole("Nobody")
    assert (found.overall.students, found.overall.accuracy, found.ranking) == (0, None, ())
    assert (found.overall.engagement, found.on_track) == (None, None)


def test_a_school_without_any_practice(check: Check) -> None:
    found = check(empty("a", "b"))
    assert (found.whole().overall.questions, found.whole().on_track) == (0, None)
    assert found.of("a").on_track is None


def test_days_before_the_class_began_and_after_a_student_left(check: Check) -> None:
    raw = several()
    enrol(raw, "left", ends=on(2))
    practise(raw, "left", on(1), 5)
    enrol(raw, "coming", starts=on(40))
    check(raw, (on(-20), on(-3)))
    check(raw, (on(-10), on(0)))
    check(raw, (on(-10), on(5)))


def test_a_student_asked_about_outside_of_the_class(tmp_path: Path) -> None:
    raw = several()
    enrol(raw, "left", ends=on(2))
    for day in (1, 8, 15):
        practise(raw, "left", on(day), 5, 5)
    with made(raw, tmp_path / "left") as school:
        for days in (MARCH, (on(7), on(27)), (on(30), on(40))):
            agree_student(school, "left", "Maths", days)
            agree_student_comparison(school, "left", "Maths", days)


def test_three_classes_beside_each_other(check: Check) -> None:
    raw = several(4)
    for course, right in (("Art", 9), ("Music", 3)):
        for number in range(4):
            student = f"{course}{number}".lower()
            enrol(raw, student, course)
            practise(raw, student, on(number), right + number % 2, 12 - right, skill=course)
    check(raw)


def test_whoever_changes_the_class(check: Check) -> None:
    raw = several()
    enrol(raw, "moved", "Art", ends=on(9))
    enrol(raw, "moved", starts=on(10))
    enrol(raw, "artist", "Art")
    for day in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 22):
        practise(raw, "moved", on(day), 3, 1)
        practise(raw, "artist", on(day), 2, 2)
    found = check(raw)
    motivation = found.of("moved").motivation
    assert motivation is not None
    assert (motivation.streak, motivation.longest_streak) == (1, 11)
