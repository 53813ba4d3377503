"""The sentence that opens a report says what matters most and no more than the figures carry."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from analytics.reports.data import (
    DECLINING,
    IMPROVING,
    STEADY,
    TOO_LITTLE,
    ClassReport,
    Comparison,
    Concern,
    ConcernKind,
    Coverage,
    Interval,
    Severity,
    StudentConcerns,
    Trend,
)
from analytics.wording import class_alt_text, class_finding, student_alt_text, student_finding
from school.days import DateRange
from tests.analytics.reports_by_hand import (
    COVERAGE,
    class_overall,
    class_report,
    heatmap,
    overall,
    skill,
    student_line,
    student_report,
)

FRACTIONS = skill("Fractions", "needs work")
RATIO = skill("Ratio", "needs work")
LONG_PAST = date(2024, 5, 15)
BESIDE = ", not clearly different from the class’s 66 %,"


def test_without_any_practice_nothing_is_judged() -> None:
    never = student_report(overall=overall(0, 0), coverage=Coverage(None, None, None))
    assert student_finding(never, "Maya") == "Maya has not practised yet."


def test_without_practice_in_the_range_the_last_day_is_named() -> None:
    report = student_report(overall=overall(0, 0))
    assert student_finding(report, "Maya") == "No practice in these 30 days. Last practice 12 May."
    later = replace(report, range=DateRange(date(2026, 1, 1), date(2026, 1, 1)))
    assert student_finding(later) == "No practice on this day. Last practice 12 May 2024."


@pytest.mark.parametrize(("questions", "words"), [(7, "7 questions"), (1, "1 question")])
def test_little_practice_is_too_little_to_judge(questions: int, words: str) -> None:
    report = student_report(overall=overall(questions, 1), skills=(FRACTIONS,))
    assert student_finding(report, "Maya") == (
        f"Only {words} in these 30 days: too little to judge. Last practice 12 May."
    )


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (Interval(0.62, 0.73), "not clearly different from the class’s 66 %, and"),
        (Interval(0.67, 0.70), "above the class’s 66 %, but"),
        (Interval(0.60, 0.65), "below the class’s 66 %, and"),
    ],
)
def test_a_difference_is_named_only_where_the_interval_is_clear_of_the_class(
    interval: Interval, words: str
) -> None:
    report = student_report(overall=overall(277, 188, interval), skills=(FRACTIONS,))
    assert student_finding(report, "Maya") == (
        f"Maya gets 68 % right, {words} Fractions needs work."
    )


def test_few_classmates_are_not_compared_with() -> None:
    report = student_report(comparison=Comparison(0.2, None, 4, None, False), skills=(RATIO,))
    assert student_finding(report, "Maya") == "Maya gets 68 % right, and Ratio needs work."
    alone = student_report(comparison=Comparison(None, None, 0, None, False))
    assert student_finding(alone) == "Maya Okafor gets 68 % right and has mastered 8 of 15 skills."


def test_two_weak_skills_are_named_and_the_rest_counted() -> None:
    three = (FRACTIONS, RATIO, skill("Decimals", "needs work"))
    assert student_finding(student_report(skills=three[:2]), "Maya").endswith(
        f"{BESIDE} and Fractions and Ratio need work."
    )
    assert student_finding(student_report(skills=three), "Maya").endswith(
        f"{BESIDE} and Fractions, Ratio and 1 more skill need work."
    )


def test_above_the_class_without_a_weak_skill_there_is_no_but() -> None:
    report = student_report(overall=overall(277, 188, Interval(0.67, 0.7)))
    assert student_finding(report, "Maya") == (
        "Maya gets 68 % right, above the class’s 66 %, and has mastered 8 of 15 skills."
    )


def test_with_nothing_mastered_the_standing_is_all() -> None:
    nothing = replace(overall(277, 188), skills_mastered=0)
    assert student_finding(student_report(overall=nothing), "Maya") == (
        "Maya gets 68 % right, not clearly different from the class’s 66 %."
    )


def idle(days: int) -> Concern:
    """No practice for so many school days."""
    return Concern(ConcernKind.INACTIVE, Severity.MEDIUM, "", days=days)


def test_who_has_stopped_is_said_to_have_stopped() -> None:
    report = student_report(concerns=(idle(7),), skills=(FRACTIONS,))
    assert student_finding(report, "Maya") == (
        "Maya has not practised for 7 school days, and Fractions needs work."
    )
    assert student_finding(report, "Maya", as_of=date(2024, 5, 15)) == (
        "Maya had not practised for 7 school days by 15 May, and Fractions needed work."
    )
    assert "not practised" not in student_finding(student_report(missed_school_days=4))


@pytest.mark.parametrize(
    ("trend", "words"),
    [
        (
            Trend(IMPROVING, 8, 8, 0.016, 0.01, 0.61, 0.74),
            "improving: 61 to 74 % in eight weeks, but",
        ),
        (
            Trend(DECLINING, 7, 13, -0.02, 0.01, 0.78, 0.64),
            "declining: 78 to 64 % in 13 weeks, and",
        ),
    ],
)
def test_a_trend_comes_before_the_class(trend: Trend, words: str) -> None:
    report = student_report(trend=trend, skills=(FRACTIONS,))
    assert student_finding(report, "Maya") == f"Maya is {words} Fractions needs work."
    past = student_finding(report, "Maya", as_of=LONG_PAST)
    assert past == f"Maya was {words} Fractions needed work."
    stopped = replace(report, concerns=(idle(5),))
    assert student_finding(stopped, "Maya").startswith("Maya has not practised for 5 school days,")


def test_a_fall_over_the_last_weeks_is_said_where_the_range_has_no_verdict() -> None:
    fall = Concern(
        ConcernKind.DECLINING, Severity.MEDIUM, "", start=0.78, end=0.64, weeks=7, p=0.001
    )
    report = student_report(concerns=(fall,), trend=Trend(TOO_LITTLE, 1))
    assert student_finding(report, "Sam") == (
        "Sam is declining: 78 to 64 % in seven weeks, and has mastered 8 of 15 skills."
    )


def test_days_long_past_are_told_in_the_past() -> None:
    report = student_report(skills=(FRACTIONS, RATIO))
    assert student_finding(report, "Maya", as_of=LONG_PAST) == (
        f"Maya got 68 % right{BESIDE} and Fractions and Ratio needed work."
    )
    assert student_finding(student_report(), "Maya", as_of=LONG_PAST).endswith(
        "and had mastered 8 of 15 skills."
    )
    late = Concern(ConcernKind.OVERDUE, Severity.MEDIUM, "", assignment_id=1, assignment="Homework")
    assert student_finding(student_report(concerns=(late,)), as_of=LONG_PAST).endswith(
        "and had 1 overdue assignment."
    )
    half, some = of_class(13, 27, on_track=4), of_class(3, 27, on_track=24)
    assert class_finding(half, as_of=LONG_PAST).endswith("half the class was stuck on Fractions.")
    assert class_finding(some, as_of=LONG_PAST).endswith("; 3 needed work on Fractions.")
    bare = class_finding(class_report(heatmap=heatmap("mastered")), as_of=LONG_PAST)
    assert bare.startswith("Class accuracy was 66 % (61 to 71 %)")


def test_one_student_is_no_class() -> None:
    alone = class_report(overall=class_overall(students=1, judged=1))
    assert class_finding(alone) == "With 1 student there is no class to judge."
    left = of_class(0, 1, on_track=1)
    assert class_finding(left).startswith("The only student is on track; ")
    worrying = class_finding(replace(left, on_track=0), as_of=LONG_PAST)
    assert worrying.startswith("The only student was not on track by 15 May; ")


def test_a_skill_that_the_student_struggles_with_comes_first() -> None:
    struggle = Concern(ConcernKind.STRUGGLING, Severity.HIGH, "", skill_id=2, skill="Ratio")
    report = student_report(concerns=(struggle,), skills=(FRACTIONS, RATIO))
    assert student_finding(report, "Maya").endswith("and Ratio and Fractions need work.")


def test_overdue_assignments_are_said_where_no_skill_needs_work() -> None:
    late = Concern(ConcernKind.OVERDUE, Severity.MEDIUM, "", assignment_id=1, assignment="Homework")
    assert student_finding(student_report(concerns=(late,)), "Maya").endswith(
        f"{BESIDE} and has 1 overdue assignment."
    )
    weak = student_report(concerns=(late, late), skills=(FRACTIONS,))
    assert "overdue" not in student_finding(weak, "Maya")


def test_without_a_verdict_no_trend_is_named() -> None:
    for direction in (STEADY, TOO_LITTLE):
        report = student_report(trend=Trend(direction, 8, 8, 0.02, 0.2, 0.61, 0.74))
        assert student_finding(report, "Maya").startswith("Maya gets 68 % right")


def test_a_class_without_students_or_practice_says_so() -> None:
    nobody = class_report(overall=class_overall(students=0, questions=0))
    assert class_finding(nobody) == "Nobody is enrolled in these 30 days."
    silent = class_report(overall=class_overall(questions=0, judged=0))
    assert class_finding(silent) == "No practice in these 30 days. Last practice 12 May."
    never = replace(silent, coverage=replace(COVERAGE, last_day=None))
    assert class_finding(never) == "Nobody has practised yet."


def test_a_class_with_fewer_than_two_judged_is_not_judged() -> None:
    report = class_report(overall=class_overall(judged=1))
    assert class_finding(report) == (
        "Only 1 of 27 students answered 10 questions in these 30 days: too little to judge."
    )
    nobody = class_report(overall=class_overall(judged=0))
    assert class_finding(nobody).startswith("None of 27 students answered 10 questions")


def test_a_class_sharing_nothing_is_said_by_its_accuracy() -> None:
    report = class_report(heatmap=heatmap("needs work", "mastered"))
    assert class_finding(report) == "Class accuracy is 66 % (61 to 71 %), over 25 of 27 students."
    bare = class_report(heatmap=replace(heatmap(), skills=(), skill_ids=(), labels=((), ())))
    assert class_finding(bare) == class_finding(report)


def of_class(needing: int, everyone: int, **changes: Any) -> ClassReport:
    """A class of so many students, some of whom need work on Fractions."""
    labels = ["needs work"] * needing + ["mastered"] * (everyone - needing)
    ranking = tuple(student_line(number) for number in range(everyone))
    return class_report(ranking=ranking, heatmap=heatmap(*labels), **changes)


@pytest.mark.parametrize(
    ("needing", "everyone", "words"),
    [
        (13, 27, "half the class is stuck on Fractions"),
        (14, 27, "half the class is stuck on Fractions"),
        (5, 10, "half the class is stuck on Fractions"),
        (15, 27, "most of the class is stuck on Fractions"),
        (6, 10, "most of the class is stuck on Fractions"),
        (12, 27, "12 need work on Fractions"),
        (5, 9, "5 need work on Fractions"),
        (2, 27, "2 need work on Fractions"),
        (1, 27, "class accuracy is 66 % (61 to 71 %)"),
    ],
)
def test_halves_are_said_by_exact_rules(needing: int, everyone: int, words: str) -> None:
    report = of_class(needing, everyone, on_track=4)
    assert class_finding(report) == f"4 of {everyone} are on track; {words}."


@pytest.mark.parametrize(
    ("on_track", "words", "past"),
    [
        (18, "18 of 27 are", "18 of 27 were"),
        (27, "All 27 are", "All 27 were"),
        (1, "1 of 27 is", "1 of 27 was"),
        (0, "None of 27 is", "None of 27 was"),
    ],
)
def test_a_class_s_sentence_begins_with_who_is_on_track(
    on_track: int, words: str, past: str
) -> None:
    report = of_class(0, 27, on_track=on_track)
    assert class_finding(report).startswith(f"{words} on track; class accuracy is 66 %")
    then = class_finding(report, as_of=date(2024, 5, 15))
    assert then.startswith(f"{past} on track by 15 May; ")


def test_more_who_do_not_practise_than_need_work_come_first() -> None:
    concerns = tuple(StudentConcerns(n, f"Student {n}", (idle(5 + n),)) for n in range(3))
    report = of_class(2, 27, on_track=24, concerns=concerns)
    assert class_finding(report) == (
        "24 of 27 are on track; 3 have not practised for 5 school days or more."
    )
    assert class_finding(report, as_of=date(2024, 5, 15)).endswith(
        "; 3 had not practised for 5 school days or more by 15 May."
    )
    assert "need work" in class_finding(replace(report, concerns=concerns[:2]))


def test_alt_texts_give_the_finding_and_three_figures() -> None:
    report = student_report(finding="Maya does well.")
    assert student_alt_text(report) == (
        "Maya does well. Accuracy 68 % (class 66 %), 277 questions, 8 of 15 skills mastered."
    )
    alone = replace(report, comparison=Comparison(None, None, 0, None, False))
    assert "Accuracy 68 %, 277" in student_alt_text(alone)
    assert class_alt_text(class_report(finding="All is well.")) == (
        "All is well. Accuracy 66 % over 25 students, "
        "engagement 3.1 of 5 days a week, 4,000 questions."
    )
