"""What is counted, and on which day: what is rare and hard, one by one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.analytics.generated.conftest import Check
from tests.independent.edges import SKILL, empty, enrol, on, practise, several
from tests.independent.raw.rows import Answer, Whole

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


def test_half_a_year_and_more_by_month(check: Check) -> None:
    raw = several(5)
    for number in range(200):
        day = on(-10 - number)
        if day.isoweekday() in (2, 4, 6):
            practise(raw, "abcde"[number % 5], day, 3 + number % 4, 2)
    found = check(raw, (on(-209), on(27)))
    assert found.of("a").progress_by == found.whole().trends_by == "month"


def test_rows_of_one_moment_in_any_order(check: Check) -> None:
    raw = several()
    at = raw.at(on(6), 10)
    raw.answers += [
        Answer(student, skill, at, right)
        for student in "ba"
        for skill in ("Ratio", "Area")
        for right in (True, False, True)
    ]
    report = check(raw).of("a")
    assert (report.overall.questions, report.overall.correct) == (42 + 6, 42 + 4)
