"""A trend's one sentence and its alt text claim what the numbers carry, and no more."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.reports.data import (
    DECLINING,
    STEADY,
    TOO_LITTLE,
    Coverage,
    Interval,
    Trend,
)
from analytics.reports.data.trends import Metric, TrendReport
from analytics.wording.trends import trend_alt_text, trend_finding, value_words
from tests.analytics.trends_by_hand import (
    accuracies,
    class_completion,
    class_engagement,
    class_trend,
    student_amount,
    student_trend,
)


def of(report: TrendReport) -> str:
    return trend_finding(report, "Maya")


def test_a_verdict_is_said_with_the_ends_of_its_line() -> None:
    assert of(student_trend()) == "Maya is improving: 61 to 74 % in 8 weeks."
    down = Trend(DECLINING, 8, 8, -0.02, 0.001, 0.8, 0.64)
    assert of(student_trend(trend=down)) == "Maya is declining: 80 to 64 % in 8 weeks."


def test_a_verdict_on_days_long_past_is_in_the_past() -> None:
    past = date(2024, 5, 12)
    assert trend_finding(student_trend(), "Maya", as_of=past) == (
        "Maya was improving: 61 to 74 % in 8 weeks."
    )
    steady = student_trend(trend=Trend(STEADY, 6))
    assert trend_finding(steady, "Maya", as_of=past).startswith("Maya was steady: ")


def test_steady_is_no_rise_and_no_fall() -> None:
    assert of(student_trend(trend=Trend(STEADY, 6))) == (
        "Maya is steady: 71 % right, and no clear rise or fall over 6 weeks."
    )


def test_too_little_says_what_there_is_and_what_it_takes() -> None:
    assert of(student_trend(trend=Trend(TOO_LITTLE, 1))) == (
        "Too little to tell whether Maya is improving or declining: 1 week with 5 questions or "
        "more, and a verdict needs 4."
    )


def test_amounts_are_said_with_their_days_and_the_class_s_mean() -> None:
    assert of(student_amount(Metric.QUESTIONS, [100.0, 128])) == (
        "Maya answered 228 questions in these 60 days, on 26 days; the class’s mean is 240."
    )
    assert of(student_amount(Metric.TIME, [3600.0, 1800], class_total=None)) == (
        "Maya practised 1 h 30 min in these 60 days, on 26 days."
    )
    assert of(student_amount(Metric.XP, [1000.0, 310], class_total=1200.0)) == (
        "Maya earned 1,310 XP in these 60 days, on 26 days; the class’s mean is 1,200 XP."
    )


def test_a_class_s_accuracy_is_its_first_and_last_whole_period_and_no_verdict() -> None:
    words = trend_finding(class_trend())
    # The first and the last of the five weeks are parts.
    assert words == (
        "Class accuracy was 62 % (57 to 67 %) in the week from 26 Oct, "
        "and 66 % (61 to 71 %) in the week from 9 Nov."
    )
    for verdict in ("improv", "declin", "steady", "rose", "fell"):
        assert verdict not in words


def test_weeks_of_a_few_students_say_less_than_those_of_many() -> None:
    points = accuracies([(60 + number, 100) for number in range(7)], mates=None)
    few_first = tuple(replace(one, rests_on=2 if one is points[1] else 25) for one in points)
    assert trend_finding(class_trend(points=few_first)).startswith("Class accuracy was 62 % ")
    all_few = tuple(replace(one, rests_on=3) for one in points)
    assert trend_finding(class_trend(points=all_few)).startswith("Class accuracy was 61 % ")


def test_where_few_periods_are_whole_parts_are_said_too() -> None:
    points = class_trend().points[:1]
    assert trend_finding(class_trend(points=points)) == (
        "Class accuracy was 60 % (55 to 65 %) in the week from 19 Oct."
    )
    by_month = class_trend(points=points, by="month")
    assert "in the month from 19 Oct" in trend_finding(by_month)
    assert "on 19 Oct" in trend_finding(class_trend(points=points, by="day"))


def test_a_class_too_small_to_judge_is_called_so() -> None:
    report = class_trend(points=accuracies([(3, 4)], mates=None), rests_on=1, students=5)
    alone = replace(report, points=tuple(replace(one, interval=None) for one in report.points))
    assert trend_finding(alone) == (
        "Too little to judge: 1 of 5 students answered 10 questions in these 60 days."
    )
    assert trend_finding(replace(alone, rests_on=0)).startswith("Too little to judge: none of 5 ")
    one = replace(alone, students=1)
    assert trend_finding(one) == "With 1 student there is no class to judge."
    asked = replace(one, metric=Metric.QUESTIONS, total=4.0)
    assert trend_finding(asked).endswith(" in these 60 days, all from its only student.")


def test_a_class_judged_over_the_range_alone_is_not_called_unjudged() -> None:
    report = class_trend(points=accuracies([(3, 4)], mates=None), rests_on=15, students=20)
    apart = replace(report, points=tuple(replace(one, interval=None) for one in report.points))
    assert trend_finding(apart) == (
        "Too little to judge by week: in none did 2 students answer 10 questions."
    )


@pytest.mark.parametrize(
    ("metric", "total", "words"),
    [
        (Metric.QUESTIONS, 4630.0, "The class answered 4,630 questions in these 60 days"),
        (Metric.TIME, 36000.0, "The class practised 10 h in these 60 days"),
        (Metric.XP, 12345.0, "The class earned 12,345 XP in these 60 days"),
    ],
)
def test_a_class_s_amounts_are_said_with_how_many_practised(
    metric: Metric, total: float, words: str
) -> None:
    report = class_trend(metric, total=total, rests_on=24)
    assert trend_finding(report) == f"{words}, from 24 of 27 students."


def test_engagement_is_said_in_days_a_week() -> None:
    assert trend_finding(class_engagement()) == (
        "Students practised 2.9 of 5 days a week in these 60 days, the mean of 27."
    )
    none = replace(class_engagement(), total=None)
    assert trend_finding(none) == "There was no school day to judge in these 60 days."


def test_completion_is_said_with_what_was_due() -> None:
    assert trend_finding(class_completion()) == (
        "81 % of what was due in these 60 days has been done: 181 of 243, 16 of them late."
    )
    assert trend_finding(class_completion(0)) == "No assignment was due in these 60 days."


def test_without_practice_the_last_is_named() -> None:
    nothing = student_trend(questions=0, points=(), total=None)
    assert of(nothing) == "No practice in these 60 days. Last practice 20 Nov."
    never = replace(nothing, coverage=Coverage(None, None, None))
    assert of(never) == "Maya has not practised yet."
    of_class = class_trend(questions=0, points=(), total=None, coverage=Coverage(None, None, None))
    assert trend_finding(of_class) == "Nobody has practised yet."
    empty = replace(of_class, students=0)
    assert trend_finding(empty) == "Nobody is enrolled in these 60 days."
    assert trend_finding(replace(class_completion(0), students=0)) == (
        "Nobody is enrolled in these 60 days."
    )


def test_the_alt_text_says_the_finding_and_the_shape_of_the_series() -> None:
    assert trend_alt_text(student_trend()) == (
        "Maya is improving: 61 to 74 % in 8 weeks. Accuracy by week: 60 % in the week from 21 Sep "
        "to 75 % in the week from 16 Nov; between 60 % and 78 %."
    )
    two = student_trend(points=accuracies([(6, 10), (9, 12)]))
    assert trend_alt_text(two).endswith(
        "by week: 60 % in the week from 9 Nov to 75 % in the week from 16 Nov."
    )
    one = student_trend(points=accuracies([(9, 12)]))
    assert trend_alt_text(one).endswith("Accuracy by week: 75 % in the week from 16 Nov.")
    assert trend_alt_text(student_trend(points=())) == student_trend().finding


def test_values_carry_their_unit() -> None:
    assert value_words(Metric.ENGAGEMENT, 0.62) == "3.1 of 5 days a week"
    assert value_words(Metric.ACTIVE_DAYS, 3.0) == "3.0 days"
    assert value_words(Metric.COMPLETION, None) == "–"
    assert value_words(Metric.ACCURACY, Interval(0.5, 0.6).low) == "50 %"
