"""Praise, focus, assignments and places in the message of a class."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.reports.data import (
    AssignmentLine,
    ConcernKind,
    FocusSkill,
    Place,
    Praise,
    PraiseKind,
    StudentConcerns,
)
from tests.analytics.charts.samples import class_report
from tests.handlers.views.standing import concern, numbers, school_class


def test_a_class_says_who_does_well_with_the_news_first() -> None:
    mastered = Praise(PraiseKind.MASTERED, "mastered Ratio")
    rising = Praise(PraiseKind.IMPROVING, "improving, 61 to 74 % in 8 weeks")
    weak = concern(ConcernKind.STRUGGLING, "Ratio 40 % of 30 questions")
    found = (
        StudentConcerns(900, "Worried", (weak,), (rising,)),
        StudentConcerns(901, "Praised", (), (mastered,)),
        StudentConcerns(902, "Rising", (), (rising, mastered)),
    )
    said = school_class(concerns=found, top=())
    assert (
        "Doing well: Rising (improving, 61 to 74 % in 8 weeks; mastered Ratio) "
        "and Praised (mastered Ratio)\n"
    ) in said
    best = class_report().ranking[:1]
    said = school_class(concerns=found[1:2], top=best)
    assert f"Doing well: Praised (mastered Ratio) and {best[0].student} (" in said


@pytest.mark.parametrize(
    ("opens", "words"),
    [
        (4, "Focus next: Equivalent fractions – would help 13 students and opens 4 later skills"),
        (0, "Focus next: Equivalent fractions – would help 13 students\n"),
    ],
)
def test_a_class_is_told_what_to_focus_on(opens: int, words: str) -> None:
    first = FocusSkill(1, "Equivalent fractions", 13, opens, 13 * (1 + opens))
    assert words in school_class(focus=(first,))
    assert "Focus" not in school_class(focus=())


def test_a_class_says_how_many_assignments_are_done() -> None:
    overall = replace(
        class_report().overall, assigned=81, completed=66, completed_late=3, completion=66 / 81
    )
    said = school_class(overall=overall, previous=None)
    assert "Assignments done 81 % (66 of 81; 3 late)\n" in said
    before = replace(overall, completion=0.76)
    assert "81 % (+5 points; 66 of 81; 3 late)" in school_class(overall=overall, previous=before)


def test_a_classs_numbers_list_concerns_assignments_and_places() -> None:
    first = class_report().ranking[-1]
    weak = concern(ConcernKind.STRUGGLING, "Ratio 40 % of 30 questions")
    praise = Praise(PraiseKind.STREAK, "5-day streak")
    found = StudentConcerns(first.student_id, first.student, (weak,), (praise,))
    due = AssignmentLine(1, "Ratio", (), date(2026, 11, 10), True, 27, 20, 2, 300, 0.7)
    opened = replace(due, is_due=False, late=0, accuracy=None)
    said = numbers(
        concerns=(found,), assignments=(due, opened), leaderboard=(Place(1, "Maya", 1, 2814.0),)
    )
    assert "\nConcerns: Ratio 40 % of 30 questions\nWorth praising: 5-day streak\n" in said
    assert (
        "Assignments\nRatio, due 10 Nov: 20 of 27 done, 2 late, 70 % right\n"
        "Ratio, open until 10 Nov: 20 of 27 done\n"
    ) in said
    assert "Leaderboard\n1. Maya: 2,814 XP" in said
