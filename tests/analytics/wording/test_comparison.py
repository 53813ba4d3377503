"""What comparisons say, in every case that their rules know."""

from dataclasses import replace

import pytest

from analytics.reports.data import ABOVE, BELOW, NOT_CLEAR, Interval, Measure, StudentComparison
from analytics.wording.comparison import (
    average_words,
    class_comparison_alt_text,
    class_comparison_finding,
    figure_words,
    gap_side,
    gap_words,
    p_words,
    place_words,
    points_span,
    student_comparison_alt_text,
    student_comparison_finding,
)
from tests.analytics.charts.comparisons import (
    alone,
    beside,
    class_comparison,
    compared,
    student_comparison,
)


def with_accuracy(side: str) -> StudentComparison:
    """A student whose accuracy stands on this side of the class's."""
    found = student_comparison()
    return replace(found, measures=(replace(found.accuracy, side=side), *found.measures[1:]))


def test_noise_is_not_read_as_a_difference() -> None:
    assert student_comparison_finding(student_comparison(), "Maya").startswith(
        "Maya gets 68 % right, not clearly different from the class’s 66 %, on more questions "
        "(277; class 240); "
    )


def test_days_long_past_are_told_in_the_past() -> None:
    assert student_comparison_finding(student_comparison(), "Maya", past=True).startswith(
        "Maya got 68 % right, not clearly different"
    )
    then = class_comparison_finding(class_comparison(4), past=True)
    assert then.startswith("Grade 5 Maths got 68 % right (63 to 73 %): ")


@pytest.mark.parametrize(
    ("side", "words"),
    [
        (ABOVE, " 66 %, on more questions (277; class 240); "),
        (BELOW, " 66 %, on fewer questions (277; class 240); "),
        (NOT_CLEAR, " 66 %; "),
    ],
)
def test_how_much_was_practised_is_said_where_it_differs(side: str, words: str) -> None:
    found = student_comparison()
    accuracy, questions, *rest = found.measures
    changed = replace(found, measures=(accuracy, replace(questions, side=side), *rest))
    assert words in student_comparison_finding(changed)


@pytest.mark.parametrize("side", [ABOVE, BELOW])
def test_a_clear_difference_is_named(side: str) -> None:
    words = student_comparison_finding(with_accuracy(side))
    assert words.startswith(f"Maya Okafor gets 68 % right, {side} the class’s 66 %, on more")


def test_strengths_and_weaknesses_are_called_relative() -> None:
    words = student_comparison_finding(student_comparison(), "Maya")
    assert words.endswith(
        "; relatively strong on Multiplication, relatively weak on Equivalent fractions."
    )


def test_only_two_skills_are_named_of_many() -> None:
    strong = compared()[1] * 4
    words = student_comparison_finding(replace(student_comparison(), strengths=strong))
    assert "strong on Multiplication, Multiplication and 2 more skills, relatively" in words


def test_that_no_skill_stands_apart_is_said() -> None:
    none = replace(student_comparison(), strengths=(), weaknesses=())
    assert student_comparison_finding(none).endswith("; no single skill stands clearly apart.")
    few = replace(none, gaps=())
    assert student_comparison_finding(few).endswith(
        "; too little practice on any one skill to compare."
    )


def test_the_place_is_said_unless_there_is_none() -> None:
    found = student_comparison()
    assert place_words(found) == "place 3 of 22 by XP"
    assert place_words(replace(found, place=1, placed=1)) == "the only one with XP"
    assert place_words(replace(found, place=None)) == "no place: no XP in these days"
    assert place_words(replace(found, left_out=True, place=None)) == "left out"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("accuracy", 0.684, "68 %"),
        ("questions", 1240.4, "1,240"),
        ("time", 22_200.0, "6 h 10 min"),
        ("skills_mastered", 8, "8"),
        ("skills_mastered", 6.25, "6.2"),
        ("active_days", 13.0, "13"),
        ("xp", 2060.0, "2,060"),
        ("xp", None, "–"),
    ],
)
def test_a_figure_is_written_as_its_kind_is(name: str, value: float | None, words: str) -> None:
    assert figure_words(name, value) == words


def test_averages_carry_their_intervals() -> None:
    accuracy, questions = student_comparison().measures[:2]
    assert average_words(accuracy) == "66 % (61 to 71 %)"
    assert average_words(questions) == "240 (208 to 273)"
    assert average_words(Measure("time", 60.0, 120.0, 1)) == "2 min"


def test_gaps_are_written_in_points() -> None:
    strong, weak = compared()[1][0], compared()[2][0]
    assert gap_words(0.124) == "+12 points"
    assert (gap_side(strong), gap_side(weak)) == ("strength", "weakness")
    assert gap_side(replace(strong, interval=Interval(-0.05, 0.1))) == "not clear"
    assert points_span(Interval(-0.05, 0.1)) == "−5 to +10"
    assert points_span(Interval(0.01, 0.1)) == "+1 to +10"


def test_each_other_class_is_called_what_it_can_be() -> None:
    assert class_comparison_finding(class_comparison(4)) == (
        "Grade 5 Maths gets 68 % right (63 to 73 %): "
        "above Grade 6 Science, the second group of… (55 %); below Grade 6 Maths (81 %); "
        "not clearly different from Grade 4 Maths (66 %); too little to tell about Chess."
    )


def test_of_many_classes_two_are_named() -> None:
    lines = tuple(beside(n, f"Class {n}", 0.5, ABOVE) for n in range(2, 7))
    words = class_comparison_finding(replace(class_comparison(), others=lines))
    assert words.endswith(": above Class 2 (50 %), Class 3 (50 %) and 3 more.")


@pytest.mark.parametrize(
    ("p", "words"),
    [(None, "–"), (0.0004, "p under .001"), (0.012, "p .012"), (0.3, "p .3"), (1.0, "p 1")],
)
def test_how_sure_it_is_is_written_short(p: float | None, words: str) -> None:
    assert p_words(p) == words


def test_who_does_not_see_the_picture_reads_the_same() -> None:
    words = student_comparison_alt_text(student_comparison())
    assert words == (
        "Maya gets 68 % right, not clearly different from the class’s 66 %. "
        "Accuracy 68 % (class 66 %), Questions 277 (class 240), Time 6 h 10 min (class 5 h 40 min)."
    )
    assert "(class –)" in student_comparison_alt_text(alone())
    assert class_comparison_alt_text(class_comparison(4)).endswith(
        " Accuracy: Grade 5 Maths 68 % (63 to 73 %), Grade 6 Maths 81 % (76 to 86 %), "
        "Grade 4 Maths 66 % (61 to 71 %), Grade 6 Science, the second group of… 55 % "
        "(50 to 60 %), Chess –."
    )
