"""The sentence that opens a skill's report, and what else is said of a skill."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.reports.data import Coverage, Survival
from analytics.wording.skill import (
    estimate_words,
    skill_alt_text,
    skill_finding,
    states_words,
    there_so_far,
    time_to_mastery,
)
from school.mastery import Mastery
from tests.analytics.skill_by_hand import SENTENCE, skill_report

ACCURACY = "class accuracy is 64 % (58 to 70 %)."
CAUSE = "Equivalent fractions"


@pytest.mark.parametrize(
    ("states", "causes", "expected"),
    [
        ((8, 6, 13, 0), (), "13 of 27 students need work on Fractions"),
        (
            (8, 6, 13, 0),
            ((CAUSE, 9), ("Halves", 4)),
            "13 of 27 students need work on Fractions, and 9 of them are stuck on Equivalent "
            "fractions, a prerequisite",
        ),
        (
            (0, 0, 2, 0),
            ((CAUSE, 2),),
            "2 of 2 students need work on Fractions, and all of them are stuck on Equivalent "
            "fractions, a prerequisite",
        ),
        ((8, 6, 13, 0), ((CAUSE, 6), ("Halves", 5)), "13 of 27 students need work on Fractions"),
        ((8, 6, 2, 0), ((CAUSE, 1),), "2 of 16 students need work on Fractions"),
        ((8, 6, 1, 0), (), "8 of 15 students have mastered Fractions"),
        ((1, 6, 1, 0), (), "1 of 8 students has mastered Fractions"),
        ((0, 6, 1, 0), (), "6 of 7 students are in progress with Fractions"),
        ((0, 1, 0, 0), (), "The only student is in progress with Fractions"),
        ((0, 0, 1, 0), (), "The only student needs work on Fractions"),
        (
            (1, 0, 0, 4),
            (),
            "1 of 5 students has mastered Fractions, 4 with too little practice to tell",
        ),
        (
            (0, 0, 2, 9),
            ((CAUSE, 1),),
            "2 of 11 students need work on Fractions, and 1 of them",
        ),
    ],
)
def test_the_sentence_says_how_many_stand_where(
    states: tuple[int, int, int, int], causes: tuple[tuple[str, int], ...], expected: str
) -> None:
    report = skill_report(*states, causes=causes, not_practised=0)
    if expected.endswith("and 1 of them"):  # One alone shares a cause with nobody.
        expected = "2 of 11 students need work on Fractions, 9 with too little practice to tell"
    assert skill_finding(report) == f"{expected}; {ACCURACY}"


def test_where_it_is_past_the_sentence_says_by_which_day() -> None:
    by = date(2024, 5, 17)
    weak = skill_report(causes=((CAUSE, 9),))
    assert skill_finding(weak, as_of=by) == (
        "By 17 May, 13 of 27 students needed work on Fractions, and 9 of them were stuck on "
        "Equivalent fractions, a prerequisite; class accuracy was 64 % (58 to 70 %)."
    )
    assert skill_finding(skill_report(8, 6, 0), as_of=by).startswith(
        "By 17 May, 8 of 14 students had"
    )
    assert "6 of 6 students were in progress" in skill_finding(skill_report(0, 6, 0), as_of=by)


def test_with_nothing_to_judge_it_says_so() -> None:
    nobody = skill_report(0, 0, 0)
    assert skill_finding(nobody) == "Nobody is enrolled in these 30 days."
    assert (
        skill_finding(skill_report(0, 0, 0, 5)) == "None of 5 students has practised Fractions yet."
    )
    few = skill_report(0, 0, 0, 5, not_practised=2)
    assert skill_finding(few) == (
        "None of 5 students has answered 5 questions on Fractions so far: too little to judge."
    )


def test_nobody_s_practice_is_said_as_of_its_day_too() -> None:
    by = date(2024, 5, 17)
    assert skill_finding(skill_report(0, 0, 0, 5), as_of=by) == (
        "By 17 May, none of 5 students had practised Fractions."
    )
    few = skill_report(0, 0, 0, 5, not_practised=2)
    assert skill_finding(few, as_of=by) == (
        "By 17 May, none of 5 students had answered 5 questions on Fractions: too little to judge."
    )


def test_one_student_is_not_counted() -> None:
    assert skill_finding(skill_report(0, 0, 1)).startswith("The only student needs work on")
    assert skill_finding(skill_report(1, 0, 0)).startswith("The only student has mastered")
    assert skill_finding(skill_report(0, 0, 0, 1)) == (
        "The only student has not practised Fractions yet."
    )
    few = skill_report(0, 0, 0, 1, not_practised=0)
    assert skill_finding(few).startswith("The only student has not answered 5 questions")


def test_the_class_is_judged_only_where_two_students_are() -> None:
    assert skill_finding(skill_report(judged=1)) == "13 of 27 students need work on Fractions."


def test_no_practice_in_the_range_is_said_with_the_last_day() -> None:
    idle = skill_report(questions=0, judged=0)
    assert skill_finding(idle).endswith("; no practice of it in these 30 days, the last 12 May.")
    never = replace(idle, coverage=Coverage(None, None, None))
    assert skill_finding(never).endswith("; no practice of it in these 30 days.")


def test_a_skill_that_is_a_sentence_is_quoted_and_shortened() -> None:
    words = skill_finding(skill_report(skill=SENTENCE))
    assert "need work on “Understand a fraction a/b with a > 1 as a sum…”;" in words


def test_the_alt_text_has_the_finding_the_states_and_the_figures() -> None:
    assert skill_alt_text(skill_report()) == (
        "13 of 27 students need work on Fractions. 8 mastered, 6 in progress, 13 need work. "
        "Accuracy 64 % over 20 students. 540 questions."
    )
    unjudged = skill_report(0, 0, 0, 3, judged=0, questions=2, finding="None.")
    assert skill_alt_text(unjudged) == "None. 3 too little practice. 2 questions."


def test_states_are_counted_in_words() -> None:
    assert states_words((("mastered", 2), ("needs work", 1))) == "2 mastered, 1 needs work"
    assert states_words((("mastered", 0), ("needs work", 3))) == "3 need work"


@pytest.mark.parametrize(
    ("survival", "words", "rests_on"),
    [
        (
            Survival(24, 9, 18.0, 6.0),
            "18 questions, 6 school days",
            "9 of 24 have reached it so far",
        ),
        (Survival(15, 1, 16.0, None), "16 questions", "1 of 15 has reached it so far"),
        (Survival(4, 4, 1.0, 1.0), "1 question, 1 school day", "4 of 4 have reached it so far"),
        (Survival(7, 0, None, None), "–", "0 of 7 have reached it so far"),
        (Survival(0, 0, None, None), "–", "nobody has begun"),
    ],
)
def test_time_to_mastery_says_what_it_rests_on(
    survival: Survival, words: str, rests_on: str
) -> None:
    assert (time_to_mastery(survival), there_so_far(survival)) == (words, rests_on)


def test_an_estimate_of_too_little_practice_is_not_said() -> None:
    assert estimate_words(0.6, Mastery.TOO_LITTLE) == "–"
    assert estimate_words(0.604, Mastery.NEEDS_WORK) == "60 %"
