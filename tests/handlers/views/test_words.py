"""What the reports say about made-up figures, as a reader reads it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from analytics.reports.data import ClassReport, StudentReport
from handlers.codec import Ref
from handlers.views.reports.answers import report_of
from handlers.views.reports.class_report import class_report_message
from handlers.views.reports.skills import skills_modal
from handlers.views.reports.student_report import student_report_message
from tests.analytics.charts.samples import class_report, student_report
from tests.e2e.reading import words_of

TODAY = datetime(2026, 11, 20, 9, tzinfo=UTC)
LATER = datetime(2026, 12, 24, 9, tzinfo=UTC)


def student(now: datetime = TODAY, **changes: Any) -> str:
    report = replace(student_report(), **changes)
    return words_of(student_report_message(report, Ref(student=7), now, (), "F1"))


def school_class(**changes: Any) -> str:
    report = replace(class_report(), **changes)
    return words_of(class_report_message(report, Ref(class_id=1), TODAY, (), "F1"))


def test_where_skills_stand_is_said_to_be_of_now_and_the_first_figure_says_what_it_is() -> None:
    said = student()
    assert "Mastered: Angles 93 % right, Multiplication 90 % and 2 more" in said
    assert "Needs work: Equivalent fractions 52 % right and Ratio and proportion 60 %" in said


def test_after_the_range_has_ended_they_stand_as_of_its_last_day() -> None:
    said = student(LATER)
    assert "Mastered on 20 Nov: Angles 93 % right" in said
    assert "Needed work on 20 Nov: Equivalent fractions 52 % right" in said


def test_a_skill_with_few_questions_in_the_range_has_no_figure() -> None:
    idle, second, *_ = student_report().skills
    for questions, accuracy in ((0, None), (9, 1.0)):
        said = student(skills=(replace(idle, questions=questions, accuracy=accuracy), second))
        assert "Needs work: Equivalent fractions and Ratio and proportion 60 % right" in said


def test_few_questions_all_right_do_not_come_first() -> None:
    few = replace(student_report().skills[4], questions=2, accuracy=1.0)
    said = student(skills=(few, *student_report().skills[5:]))
    assert "Mastered: Angles 93 % right, Place value 86 % and 2 more" in said


@pytest.mark.parametrize(("now", "as_of"), [(TODAY, "today"), (LATER, "20 Nov")])
def test_all_skills_say_which_day_the_states_are_of(now: datetime, as_of: str) -> None:
    modal = skills_modal(student_report(), Ref(student=7), 0, now)
    assert f"Right in these days; states as of {as_of}." in words_of(modal["blocks"])


def test_nothing_is_compared_with_days_that_held_no_practice() -> None:
    report: StudentReport = student_report()
    before = replace(report.overall, questions=0, time=0, skills_mastered=0, accuracy=None)
    assert "Questions 277 · Time 6 h 10 min\n" in student(previous=before)
    assert "Questions 277 (+41)" in student(previous=replace(report.overall, questions=236))


def test_engagement_is_compared_in_days_and_weekends_stand_beside() -> None:
    report: ClassReport = class_report()
    before = replace(report.overall, days_a_week=3.3)
    alone = "Engagement 3.1 of 5 days a week (plus 0.2 weekend days each in these 30 days)"
    assert alone in school_class()
    changed = "a week (−0.2 days; plus 0.2 weekend days each in these 30 days)"
    assert changed in school_class(previous=before)
    quiet = replace(report.overall, weekend_days=0)
    assert "Engagement 3.1 of 5 days a week\n" in school_class(overall=quiet)


def test_the_class_accuracy_says_whose_mean_it_is() -> None:
    mean = "mean of 30 students; all questions together 67 %)"
    assert f"Accuracy 68 % (63 to 73 %; {mean}" in school_class()
    said = "All 30 are on track; class accuracy is 68 % (63 to 73 %)."
    assert f"Accuracy 68 % ({mean}" in school_class(finding=said)


def test_how_many_the_questions_are_from_is_said_where_some_have_not_practised() -> None:
    assert "Questions 4,000\n" in school_class()
    some = replace(class_report().overall, active_students=28)
    assert "Questions 4,000 (from 28 of 30 students)" in school_class(overall=some)


def test_lists_end_as_a_sentence_does() -> None:
    report: ClassReport = class_report()
    said = school_class(struggling=report.ranking[-4:])
    assert said.count(" and 1 more") == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Maya Okafor", "Maya Okafor's report"),
        ("Grade 5 Maths", "The report on Grade 5 Maths"),
        ("Alex Kim (s-6)", "The report on Alex Kim (s-6)"),
    ],
)
def test_whose_report_it_is(name: str, words: str) -> None:
    assert report_of(name) == words
