"""What deserves praise, in words."""

from datetime import date

from analytics.reports.data import Praise, PraiseKind
from analytics.wording.praised import praises

DAY = date(2026, 11, 16)
STREAK = Praise(PraiseKind.STREAK, "10-day streak")


def mastered(skill: str) -> Praise:
    return Praise(PraiseKind.MASTERED, f"mastered {skill}", 3, skill, DAY)


def test_skills_just_mastered_stand_in_one_clause() -> None:
    two = (mastered("Ratio"), STREAK, mastered("Angles"))
    assert praises(two) == ["mastered Ratio and Angles", "10-day streak"]


def test_of_many_skills_three_are_named() -> None:
    five = [mastered(skill) for skill in ("A", "B", "C", "D", "E")]
    assert praises(five) == ["mastered A, B, C and 2 more"]


def test_without_a_skill_the_reason_stands_as_it_is() -> None:
    assert praises((STREAK,)) == ["10-day streak"]
    assert praises(()) == []
