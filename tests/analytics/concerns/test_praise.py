"""Praise is news: of the last school week, or of what goes on now."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from analytics.calendar import SchoolCalendar
from analytics.concerns import OwnEvidence, RecentTrend, SkillPractice, praise_of
from analytics.reports.data import DECLINING, IMPROVING, PraiseKind, Trend

FRIDAY = date(2024, 5, 17)
RISE = Trend(IMPROVING, 8, 8, 0.016, 0.005, 0.61, 0.74)


def reasons(evidence: OwnEvidence) -> list[str]:
    """What is praised, in words."""
    return [one.reason for one in praise_of(evidence, SchoolCalendar())]


@pytest.mark.parametrize(
    ("day", "label", "praised"),
    [
        ("05-13", "mastered", True),
        ("05-17", "mastered", True),
        ("05-12", "mastered", False),
        ("05-18", "mastered", False),
        ("05-15", "in progress", False),
    ],
)
def test_a_skill_is_praised_in_the_school_week_after_it_was_mastered(
    day: str, label: str, praised: bool
) -> None:
    on = date.fromisoformat(f"2024-{day}")
    evidence = OwnEvidence(FRIDAY, skills=(SkillPractice(1, "Ratio", label, (), on),))
    assert reasons(evidence) == (["mastered Ratio"] if praised else [])


def test_the_newest_comes_first_then_the_improvement_and_the_streak() -> None:
    skills = [
        SkillPractice(number, name, "mastered", (), date(2024, 5, day))
        for number, (name, day) in enumerate((("Ratio", 14), ("Time", 15), ("Angles", 15)))
    ]
    evidence = OwnEvidence(FRIDAY, skills=skills, recent=RecentTrend(RISE), streak=5)
    expected = [
        "mastered Angles",
        "mastered Time",
        "mastered Ratio",
        "improving, 61 to 74 % in 8 weeks",
        "5-day streak",
    ]
    assert reasons(evidence) == expected
    assert reasons(replace(evidence, skills=skills[::-1])) == expected
    assert praise_of(evidence, SchoolCalendar())[0].day == date(2024, 5, 15)
    assert praise_of(evidence, SchoolCalendar())[-1].kind == PraiseKind.STREAK


@pytest.mark.parametrize(
    "change", [{"p": 0.01}, {"p": None}, {"weeks": 5}, {"direction": DECLINING}]
)
def test_an_improvement_is_praised_only_where_it_is_sure(change: dict[str, Any]) -> None:
    evidence = OwnEvidence(FRIDAY, recent=RecentTrend(replace(RISE, **change)), streak=4)
    assert reasons(evidence) == []


@pytest.mark.parametrize(
    ("streak", "words"),
    [
        (4, []),
        (5, ["5-day streak"]),
        (20, ["20-day streak"]),
        (21, ["over 20 school days in a row"]),
    ],
)
def test_a_streak_is_said_to_the_day_up_to_four_weeks(streak: int, words: list[str]) -> None:
    assert reasons(OwnEvidence(FRIDAY, streak=streak)) == words
