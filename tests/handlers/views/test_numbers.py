"""What a picture draws can be read in numbers, in the words of the picture."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from analytics.reports.data import Interval, TrendPoint
from handlers.codec import Ref
from handlers.views.reports.numbers import numbers_modal
from handlers.views.reports.skills import skills_modal
from tests.analytics.charts.samples import class_report, student_line, student_report
from tests.e2e.reading import words_of

TODAY = datetime(2026, 11, 20, 9, tzinfo=UTC)
WEEK = TrendPoint(date(2026, 11, 10), 0.74, 66, Interval(0.62, 0.83), 0.76)
IDLE = TrendPoint(date(2026, 11, 3), None, 0, None, None)


def of_class(page: int = 9, **changes: Any) -> str:
    report = replace(class_report(), **changes)
    return words_of(numbers_modal(report, Ref(class_id=1), page, TODAY)["blocks"])


def of_student(page: int = 9, **changes: Any) -> str:
    report = replace(student_report(), **changes)
    return words_of(skills_modal(report, Ref(student=7), page, TODAY)["blocks"])


def test_a_students_weeks_stand_beside_the_class() -> None:
    said = of_student(progress=(IDLE, WEEK))
    assert (
        "Accuracy and questions by week\n3 Nov: –, class –\n"
        "10 Nov: 74 % of 66 questions (95 % interval 62 to 83 %), class 76 %"
    ) in said


def test_without_a_class_none_is_named() -> None:
    said = of_student(progress=(replace(WEEK, class_accuracy=None), IDLE), progress_by="day")
    assert (
        "Accuracy and questions by day\n"
        "10 Nov: 74 % of 66 questions (95 % interval 62 to 83 %)\n3 Nov: –\n"
    ) in said + "\n"


def test_a_students_series_stands_on_the_last_page_only() -> None:
    skills = student_report().skills * 2
    assert "questions by week" not in of_student(0, skills=skills)
    assert "questions by week" in of_student(1, skills=skills)
    assert "questions by week" not in of_student(1, skills=skills, progress=())


def test_a_students_line_holds_what_the_ranking_rests_on() -> None:
    one = replace(student_line(0, "Maya Okafor", 0.68), needs_work=("Ratio", "Area"))
    assert (
        "Maya Okafor\n68 % of 120 questions right · 4 skills mastered · last 20 Nov\n"
        "Needs work: Ratio, Area\n"
    ) in of_class(ranking=(one,))


def test_who_never_practised_has_no_figure() -> None:
    one = replace(student_line(0, "Ana", None), questions=0, skills_mastered=0, last_practised=None)
    assert "Ana\n– · 0 skills mastered · no practice yet\n" in of_class(ranking=(one,))


def test_long_lists_of_skills_end_in_a_count() -> None:
    one = replace(student_line(0, "Ana", 0.4), needs_work=tuple(f"Skill {n}" for n in range(15)))
    assert "Skill 11, 3 more\n" in of_class(ranking=(one,))


def test_students_stand_in_the_rankings_order_twenty_on_a_page() -> None:
    report = class_report(45)
    names = [line.student for line in report.ranking]
    shown = [of_class(page, ranking=report.ranking) for page in range(3)]
    for page, said in enumerate(shown):
        assert [one for one in said.splitlines() if one in names] == names[20 * page :][:20]
    assert ["Students by accuracy" in said for said in shown] == [False, False, True]


def test_a_classs_weeks_have_their_interval_and_students() -> None:
    week = replace(WEEK, accuracy=0.76, interval=Interval(0.72, 0.8), students=27)
    said = of_class(trends=(replace(IDLE, students=0), week))
    assert (
        "Accuracy by week\n3 Nov: –\n10 Nov: 76 %, 95 % interval 72 to 80 %, 27 students\n" in said
    )


def test_the_spread_begins_at_the_lowest_student() -> None:
    said = of_class(distribution=(0, 0, 0, 0, 1, 0, 8, 7, 4, 2))
    assert (
        "Students by accuracy\n40 to 49 %: 1\n50 to 59 %: 0\n60 to 69 %: 8\n70 to 79 %: 7\n"
        "80 to 89 %: 4\n90 to 100 %: 2\n"
    ) in said


def test_charts_that_say_too_little_are_left_out() -> None:
    said = of_class(distribution=(0,) * 10, trends=())
    assert "by accuracy" not in said
    assert "Accuracy by" not in said
