"""Struggling with a skill: sure at one look, or likely at every look while 5 questions come.

Wilson's upper ends by hand: 4 of 10 are at most 76.0 % (99 %) and 68.7 % (95 %), 3 of 10 at most
68.5 % and 60.3 %, 12 of 30 at most 62.5 % and 57.7 %, 16 of 30 at most 73.9 % and 69.8 %.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from analytics.calendar import SchoolCalendar
from analytics.concerns import EARLY, LATE, NORMAL, DayOnSkill, SkillPractice
from analytics.concerns.struggling import struggling
from analytics.reports.data import Concern, Severity
from school.mastery import Mastery, estimate, label_after

FRIDAY = date(2024, 5, 17)
CALENDAR = SchoolCalendar()


def concern(
    *days: tuple[str, int, int], label: str = "needs work", calendar: SchoolCalendar = CALENDAR
) -> Concern | None:
    """The concern about Fractions after these days of 2024, as of Friday the 17th of May."""
    practised = [DayOnSkill(date.fromisoformat(f"2024-{on}"), n, right) for on, n, right in days]
    return struggling(SkillPractice(7, "Fractions", label, practised), FRIDAY, calendar, NORMAL)


def test_one_look_is_sure_where_the_99_percent_end_is_below_70() -> None:
    found = concern(("05-17", 10, 3))
    assert found is not None
    assert (found.reason, found.severity) == ("Fractions 30 % of 10 questions", Severity.MEDIUM)
    assert (found.skill_id, found.skill, found.questions, found.accuracy) == (
        7,
        "Fractions",
        10,
        0.3,
    )
    assert found.interval is not None
    assert found.interval.high == pytest.approx(0.6032, abs=1e-4)
    assert concern(("05-17", 10, 4)) is None


def test_it_is_grave_where_the_95_percent_end_is_below_60() -> None:
    found = concern(("05-16", 30, 12))
    assert found is not None
    assert found.severity == Severity.HIGH


def test_ten_questions_and_the_label_are_needed() -> None:
    assert concern(("05-17", 9, 0)) is None
    for label in ("in progress", "mastered", "too little practice"):
        assert concern(("05-17", 30, 3), label=label) is None


def test_likely_is_enough_once_five_new_questions_agree() -> None:
    # 16 of 30 are likely but not sure; the look of the 16th had 14 of 25: at most 73.3 %.
    assert concern(("05-16", 25, 14), ("05-17", 5, 2)) is None
    # 13 of 25 are at most 69.97 %; five questions later 16 of 30 are at most 69.8 %.
    assert concern(("05-16", 25, 13), ("05-17", 5, 3)) is not None
    # With four new ones it is not confirmed yet.
    assert concern(("05-16", 25, 13), ("05-17", 4, 2)) is None


def test_a_single_look_between_that_disagrees_starts_it_again() -> None:
    # On Wednesday 15 of 27 are at most 72.4 %, so that only the two looks after it agree.
    days = (("05-14", 25, 13), ("05-15", 2, 2), ("05-16", 1, 0), ("05-17", 2, 1))
    assert concern(*days) is None
    assert concern(("05-14", 25, 13), ("05-15", 2, 1), ("05-16", 1, 0), ("05-17", 2, 2)) is not None


def test_twenty_school_days_count_with_the_weekends_between() -> None:
    assert concern(("04-22", 10, 2)) is not None  # Monday, 20 school days with this Friday
    assert concern(("04-21", 10, 2)) is None
    holiday = SchoolCalendar.of([date(2024, 5, 1)])
    for inside in ("04-19", "04-21"):  # the Friday before, and the Sunday after it
        assert concern((inside, 10, 2), calendar=holiday) is not None
    assert concern(("04-18", 10, 2), calendar=holiday) is None


def test_practice_after_the_day_judged_is_not_used() -> None:
    assert concern(("05-18", 10, 2)) is None


def test_bounds_move_with_the_sensitivity() -> None:
    practice = SkillPractice(7, "Fractions", "needs work", (DayOnSkill(FRIDAY, 30, 14),))
    # 14 of 30 are at most 68.8 % at 99 %.
    found = [struggling(practice, FRIDAY, CALENDAR, one) for one in (EARLY, NORMAL, LATE)]
    assert [one is not None for one in found] == [True, True, False]
    assert {one.severity for one in found if one} == {Severity.MEDIUM}


def ever_flagged(chance: float, students: int = 150) -> float:
    """The share of students with a true chance who are ever named in 90 school days of looks."""
    random = np.random.default_rng(7)
    calendar, start = SchoolCalendar(), date(2024, 1, 1)
    school = [start + timedelta(days=n) for n in range(126)]
    looks = [day for day in school if day in calendar]
    return (
        sum(_is_ever_flagged(random.poisson(2, 90), chance, looks, random) for _ in range(students))
        / students
    )


def _is_ever_flagged(
    counts: Iterable[int], chance: float, looks: Sequence[date], random: np.random.Generator
) -> bool:
    days, label, right, weight, total = list[DayOnSkill](), Mastery.TOO_LITTLE, 0.0, 0.0, 0
    for look, count in zip(looks, counts, strict=True):
        answers = random.random(count) < chance
        for answer in answers:
            right, weight, total = 0.9 * right + answer, 0.9 * weight + 1, total + 1
            label = label_after(label, estimate(0.7, right, weight), total)
        if count:
            days.append(DayOnSkill(look, int(count), int(answers.sum())))
        practice = SkillPractice(1, "Ratio", label.value, days[-40:])
        if struggling(practice, look, CALENDAR, NORMAL):
            return True
    return False


def test_looked_at_daily_it_finds_the_weak_and_leaves_the_others() -> None:
    assert ever_flagged(0.50) > 0.95
    assert ever_flagged(0.60) > 0.70
    assert ever_flagged(0.75) < 0.10
    assert ever_flagged(0.80) < 0.04
