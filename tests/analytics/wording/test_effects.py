"""Effects in words: the verdict with its counts, why there is none, and facts as facts."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.effects.data import (
    Action,
    KindEffect,
    LeftOut,
    Outcome,
    StudentEffect,
    Unsaid,
    Verdict,
    Why,
    Window,
)
from analytics.reports.data import Interval
from analytics.wording.effects import before_and_after, effect_words, student_words
from school.days import DateRange

TODAY = date(2024, 6, 20)
HELPED = KindEffect(
    kind="message",
    outcome=Outcome.ACCURACY,
    class_ids=(1,),
    verdict=Verdict.HELPED,
    why=None,
    students=14,
    treated=12,
    comparable=23,
    waiting=0,
    known_from=None,
    left_out=LeftOut(practice=2),
    gain=0.06,
    interval=Interval(0.01, 0.11),
    before=0.62,
    after=0.70,
    others_before=0.63,
    others_after=0.65,
)
FEW = replace(HELPED, verdict=Verdict.TOO_FEW, gain=None, interval=None)
BEFORE = Window(DateRange(date(2024, 4, 29), date(2024, 5, 12)), 20, 12, 4, True)
AFTER = Window(DateRange(date(2024, 5, 14), date(2024, 5, 27)), 24, 18, 6, True)
STUDENT = StudentEffect(
    action=Action(1, "message", date(2024, 5, 13)),
    outcome=Outcome.ACCURACY,
    before=BEFORE,
    after=AFTER,
    known_from=date(2024, 5, 27),
    comparable=18,
    expected=0.67,
    interval=Interval(0.48, 0.86),
    rise_expected=0.6,
)


def words(effect: KindEffect) -> str:
    return effect_words(effect, "messages", TODAY)


def test_a_verdict_comes_with_its_counts_and_interval() -> None:
    assert words(HELPED) == (
        "After messages: 12 students, +6 points (95 % interval +1 to +11) beyond"
        " 23 comparable classmates: helped."
    )
    fell = replace(HELPED, verdict=Verdict.FELL, gain=-0.12, interval=Interval(-0.2, -0.04))
    assert words(fell) == (
        "After messages: 12 students, −12 points (95 % interval −20 to −4) beside"
        " 23 comparable classmates: fell."
    )
    unclear = replace(
        HELPED, verdict=Verdict.NO_CLEAR_CHANGE, gain=0.01, interval=Interval(-0.04, 0.06)
    )
    assert words(unclear).endswith("classmates: no clear change.")
    assert "+1 point (95 % interval −4 to +6)" in words(unclear)


def test_days_practised_are_said_in_days() -> None:
    days = replace(HELPED, outcome=Outcome.DAYS, gain=1.44, interval=Interval(-0.02, 2.9))
    assert "12 students, +1.4 days of the next 10 (95 % interval ±0.0 to +2.9)" in words(days)
    means = replace(days, before=1.5, after=4.0, others_before=1.25, others_after=3.0)
    assert before_and_after(means) == (
        "Helped: 1.5 of 10 days before, 4.0 of 10 days after."
        " Comparable classmates without help: 1.2 of 10 days before, 3.0 of 10 days after."
    )


def test_what_clouds_an_effect_is_said() -> None:
    clouded = replace(HELPED, together=5, helped_later=3)
    assert words(clouded).endswith(
        "beyond 26 comparable classmates: helped. 5 of them got other help too in these days."
        " 3 of the classmates got help in the days after, which makes a difference look smaller."
    )


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        (
            replace(FEW, why=Why.TREATED, students=3, treated=3, left_out=LeftOut()),
            "too few to tell: 3 students, 5 are needed.",
        ),
        (
            replace(
                FEW,
                why=Why.TREATED,
                students=12,
                treated=1,
                waiting=2,
                left_out=LeftOut(practice=4, before=3, away=1, alone=1),
            ),
            "too few to tell: 1 of 12 students can be counted (4 with too little practice, 3 helped"
            " just before too, 1 not there throughout, 1 with no classmate to compare with and 2"
            " with days still to come), 5 are needed.",
        ),
        (
            replace(FEW, why=Why.COMPARABLE, comparable=14),
            "too few to tell: 12 students, but 14 comparable classmates without help;"
            " 20 are needed.",
        ),
        (
            replace(FEW, why=Why.EARLY, known_from=date(2024, 6, 28)),
            "too early to tell: the data have to reach 28 Jun.",
        ),
        (
            replace(FEW, why=Why.NO_SPREAD),
            "too few to tell: the 12 students cannot be told apart from their classmates.",
        ),
    ],
)
def test_what_cannot_be_told_says_what_lacks(effect: KindEffect, expected: str) -> None:
    assert words(effect) == f"After messages: {expected}"


def test_before_and_after_are_facts() -> None:
    assert before_and_after(HELPED) == (
        "Helped: 62 % before, 70 % after."
        " Comparable classmates without help: 63 % before, 65 % after."
    )


def test_one_student_gets_what_happened_and_what_would_be_expected() -> None:
    assert student_words(STUDENT, TODAY) == (
        "Before: 12 of 20 right (60 %). After: 18 of 24 right (75 %)."
        " Without help, 67 % (48 to 86 %) would be expected, from 18 comparable classmates;"
        " on one student no verdict."
    )


def test_one_student_s_days_are_said_in_days() -> None:
    days = replace(
        STUDENT, outcome=Outcome.DAYS, expected=4.6, interval=Interval(1.2, 8.1), comparable=31
    )
    assert student_words(days, TODAY) == (
        "Before: practised on 4 of 10 school days. After: practised on 6 of 10 school days."
        " Without help, 5 days (1 to 8) would be expected, from 31 absences as long;"
        " on one student no verdict."
    )


@pytest.mark.parametrize(
    ("unsaid", "expected"),
    [
        (Unsaid.EARLY, "The 10 school days after end on 27 May."),
        (Unsaid.PRACTICE, "Too little practice to say what would be expected without help."),
        (Unsaid.AWAY, "Not in the class throughout, so that nothing can be said to be expected."),
        (
            Unsaid.COMPARABLE,
            "Too few to say what would be expected without help: 18 comparable classmates,"
            " 10 are needed.",
        ),
    ],
)
def test_what_cannot_be_expected_says_why(unsaid: Unsaid, expected: str) -> None:
    nothing = replace(AFTER, questions=0, correct=0, whole=False)
    found = replace(STUDENT, after=nothing, expected=None, interval=None, unsaid=unsaid)
    assert student_words(found, TODAY) == (
        f"Before: 12 of 20 right (60 %). After so far: no questions. {expected}"
    )


def test_days_that_are_still_to_come_are_not_counted_as_missed() -> None:
    begun = replace(AFTER, active_days=1, whole=False)
    found = replace(STUDENT, outcome=Outcome.DAYS, after=begun, expected=None, interval=None)
    found = replace(found, unsaid=Unsaid.EARLY)
    assert "After so far: practised on 1 school day. " in student_words(found, TODAY)
