"""What is rare and hard, one by one: all reports agree, and the figures known by hand do."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.reports.data import ClassReport, StudentReport
from tests.analytics.generated.classes import class_report_of
from tests.analytics.generated.everything import agree_everywhere
from tests.analytics.generated.school import Made, made
from tests.analytics.generated.students import agree_student, report_of
from tests.independent.edges import MARCH, SKILL, empty, enrol, on, practise, several
from tests.independent.raw.rows import Answer, Raw, Whole
from tests.independent.raw.truth import Days


class Checked:
    """A school whose reports agree everywhere over some days."""

    def __init__(self, school: Made, days: Days) -> None:
        self.school, self.days = school, days
        agree_everywhere(school, days)

    def of(self, student: str, course: str = "Maths") -> StudentReport:
        """A student's report."""
        return report_of(self.school, student, course, self.days)

    def whole(self, course: str = "Maths") -> ClassReport:
        """A class's report."""
        return class_report_of(self.school, course, self.days)


Check = Callable[..., Checked]


@pytest.fixture
def check(tmp_path: Path) -> Iterator[Check]:
    """Import a school and compare all of its reports, over March unless said otherwise."""
    with ExitStack() as stack:

        def checked(raw: Raw, days: Days = MARCH) -> Checked:
            folder = tmp_path / str(len(list(tmp_path.iterdir())))
            return Checked(stack.enter_context(made(raw, folder)), days)

        yield checked


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


CLOCKS = [
    ("America/New_York", date(2026, 3, 8), timedelta(hours=23)),
    ("America/New_York", date(2025, 11, 2), timedelta(hours=25)),
    ("Australia/Lord_Howe", date(2026, 4, 5), timedelta(hours=24.5)),
    ("Australia/Lord_Howe", date(2025, 10, 5), timedelta(hours=23.5)),
    ("Asia/Kathmandu", date(2026, 3, 8), timedelta(hours=24)),
]


@pytest.mark.parametrize(("zone", "sunday", "length"), CLOCKS, ids=lambda one: str(one))
def test_a_week_in_which_the_clocks_change(
    check: Check, zone: str, sunday: date, length: timedelta
) -> None:
    raw = empty("a", "b", zone=zone)
    begins, ends = raw.midnight(sunday), raw.midnight(sunday + timedelta(days=1))
    assert ends - begins == length
    second = timedelta(seconds=1)
    for at in (begins - second, begins, ends - second, ends):
        raw.answers.append(Answer("a", SKILL, at, right=True))
    # Every quarter of an hour of the night: an hour that comes twice counts twice, as time does.
    quarters = int(timedelta(hours=4) / timedelta(minutes=15))
    raw.answers += [
        Answer("b", SKILL, begins + timedelta(minutes=15 * number), right=number % 2 == 0)
        for number in range(quarters)
    ]
    raw.now = ends + timedelta(days=3)
    days = (sunday - timedelta(days=6), sunday + timedelta(days=1))
    found = check(raw, days)
    by_day = {point.start: point.questions for point in found.of("a").progress}
    assert list(by_day.values())[-3:] == [1, 2, 1]
    assert found.of("b").overall.time == 300 * (quarters - 1)
    assert len(found.of("b").recent) == 1


def test_a_question_with_several_skills(check: Check) -> None:
    raw = several()
    at = raw.at(on(2), 9)
    for skill, right in (("Ratio", True), ("Area", True), ("Volume", False)):
        raw.answers.append(Answer("a", skill, at, right, item="p1", seconds=40))
    for skill in ("Ratio", "Area"):
        raw.answers.append(Answer("a", skill, at + timedelta(hours=1), True, item="p2", seconds=30))
    report = check(raw).of("a")
    assert (report.overall.questions, report.overall.correct) == (42 + 2, 42 + 1)
    own = {line.skill: (line.questions, line.accuracy) for line in report.skills}
    assert own == {"Ratio": (44, 1.0), "Area": (2, 1.0), "Volume": (1, 0.0)}
    assert report.motivation is not None
    assert report.motivation.xp == 43 * 10 + 2
    assert report.overall.time - report.overall.time_estimated == 70


def test_a_session_row_without_order(check: Check) -> None:
    raw = empty("a", "b")
    raw.wholes.append(Whole("a", SKILL, raw.at(on(0)), 10, 7, 1200.0))
    raw.wholes.append(Whole("a", "Area", raw.at(on(0), 15), 2, 2, 99999.0))
    raw.wholes.append(Whole("a", "Area", raw.at(on(0), 18), 0, 0, 99999.0))
    report = check(raw).of("a")
    kept = 0.9**10
    lines = {line.skill: line for line in report.skills}
    expected = (4 * 0.5 + 10 * (1 - kept) * 0.7) / (4 + 10 * (1 - kept))
    assert lines[SKILL].estimate == pytest.approx(expected)
    assert lines["Area"].questions == 2
    assert report.overall.time == 1200 + 600 + 1800
    assert report.motivation is not None
    assert report.motivation.xp == 9 * 10 + 3 * 2


def test_hints_make_a_question_wrong(check: Check) -> None:
    raw = several()
    enrol(raw, "hinted")
    rows = [Answer("hinted", SKILL, raw.at(on(0), 9, one), right=True) for one in range(10)]
    raw.answers += [replace(one, hints=number % 2) for number, one in enumerate(rows)]
    report = check(raw).of("hinted")
    assert (report.overall.questions, report.overall.correct) == (10, 5)


def test_repeated_attempts_at_an_item_on_a_day(check: Check) -> None:
    raw = several()
    enrol(raw, "again")
    for day, minute, right in ((0, 0, False), (0, 1, True), (0, 2, True), (1, 0, True)):
        raw.answers.append(Answer("again", SKILL, raw.at(on(day), 9, minute), right, item="i1"))
    report = check(raw).of("again")
    assert (report.overall.questions, report.overall.correct) == (2, 1)
    assert report.overall.time == 120


def test_answers_at_local_midnight(check: Check) -> None:
    raw = several()
    enrol(raw, "night")
    at = raw.midnight(on(1))
    for number, moment in enumerate((at - timedelta(seconds=1), at, at)):
        raw.answers.append(Answer("night", SKILL, moment, right=True, item=f"i{number}"))
    report = check(raw, (on(0), on(6))).of("night")
    assert [point.questions for point in report.progress][:2] == [1, 2]
    assert check(raw, (on(1), on(6))).of("night").overall.questions == 2


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


def test_holidays_in_the_range(check: Check) -> None:
    raw = several()
    raw.holidays = {on(2), on(3), on(13), on(16), on(22)}
    found = check(raw)
    # a to f practise on days 0, 1, 4, 8, 10, 15, 22: the last is a holiday now.
    assert found.whole().overall.engagement == pytest.approx(6 / 13)
    motivation = found.of("a").motivation
    assert motivation is not None
    assert (motivation.streak, motivation.longest_streak) == (0, 3)


def test_a_range_beyond_the_data(check: Check) -> None:
    raw = several()
    raw.now = raw.at(on(60))
    found = check(raw, (on(14), on(90)))
    assert found.of("a").coverage.silent_days > 2
    assert found.of("a").missed_school_days == 0  # All practised on the last day there is.
    assert found.of("a").progress[-1].start == on(21)
    nothing = check(raw, (on(40), on(90)))
    assert (nothing.of("a").overall.accuracy, nothing.whole().trends) == (None, ())


def test_a_stopped_feed(check: Check) -> None:
    raw = several()
    enrol(raw, "told")
    for day in (0, 1, 2):
        raw.wholes.append(Whole("told", SKILL, raw.at(on(day)), 8, 6, 600.0))
    found = check(raw)
    assert found.of("told").missed_school_days == 0  # That source said nothing since.
    assert found.of("told").motivation is not None
    assert found.whole().on_track == len(found.whole().ranking) - len(found.whole().struggling)


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
