"""Promise 1: a parent's report shows no other child, no rank, no figure of a small class."""

import re
from dataclasses import replace

import pytest

from analytics.exports.pdf import export_report_pdf
from analytics.exports.sheets.parent import LEAST_CLASS, alone_of, parent_sheet
from analytics.reports.data import (
    Comparison,
    Concern,
    ConcernKind,
    Interval,
    Overall,
    Severity,
    StudentReport,
    plain,
)
from tests.analytics.exports.reading import elements, metadata, opened, words
from tests.analytics.exports.samples import NOW, nothing_yet, student_report

OTHERS = {
    "class_average": 0.137,
    "percentile": 91.3,
    "quarter": "top quarter",
    "average_questions": 9137.0,
    "average_time": 1_234_567.0,
    "average_skills_mastered": 7.13,
}


def beside(students: int) -> StudentReport:
    """A student beside a class of so many, all of whose figures are unlike the student's own."""
    report = student_report()
    points = tuple(replace(one, class_accuracy=0.139) for one in report.progress)
    compared = Comparison(students=students, rough=False, enrolled=students, **OTHERS)  # type: ignore[arg-type]
    strengths = tuple(replace(one, class_accuracy=0.141, gap=0.143) for one in report.strengths)
    concern = Concern(ConcernKind.DECLINING, Severity.HIGH, "falls, as Leo Park does", shared=True)
    assert report.motivation
    return replace(
        report,
        comparison=compared,
        progress=points,
        trends=points,
        finding="Maya is above the class’s 14 % and better than Leo Park.",
        strengths=strengths,
        weaknesses=strengths,
        concerns=(concern,),
        praise=tuple(replace(one, reason="ahead of Ana Ruiz") for one in report.praise),
        motivation=replace(report.motivation, place=37, placed=39),
    )


def everything(content: bytes) -> str:
    """What anybody can get out of the file: words, alt texts, bookmarks, metadata."""
    with opened(content) as made:
        alts = [str(one.Alt) for one in elements(made, "Figure")]
    return " ".join([words(content), *alts, metadata(content)])


def parents(report: StudentReport) -> str:
    return everything(export_report_pdf(report, "parent", now=NOW))


def test_nothing_of_anybody_else_is_in_the_file() -> None:
    said = parents(beside(9))
    for other in ("Leo Park", "Ana Ruiz", "14 %", "percentile", "quarter", "9,137", "7.1", "342 h"):
        assert other not in said
    assert not re.search(r"\b(37|39|place \d+|rank|leaderboard|classmates?|average)\b", said, re.I)


def test_the_same_marks_would_be_found_in_the_teachers_report() -> None:
    said = everything(export_report_pdf(beside(9), "student", now=NOW))
    for other in (
        "Leo Park",
        "Ana Ruiz",
        "14 %",
        "percentile",
        "9,137",
        "7.1",
        "342 h",
        "Place 37",
    ):
        assert other in said


@pytest.mark.parametrize(("students", "shown"), [(LEAST_CLASS - 1, False), (LEAST_CLASS, True)])
def test_a_class_figure_needs_ten_students(students: int, shown: bool) -> None:
    said = parents(beside(students))
    assert ("class average 14 %" in said) is shown
    assert "percentile" not in said


@pytest.mark.parametrize("students", [None, 9, 10])
def test_a_weeks_class_figure_needs_ten_students_known(students: int | None) -> None:
    report = beside(27)
    points = tuple(replace(one, students=students) for one in report.progress)
    alone = alone_of(replace(report, progress=points, trends=points))
    kept = {one.class_accuracy for one in (*alone.progress, *alone.trends)}
    assert kept == ({0.139} if students == 10 else {None})


def test_what_is_left_of_a_report_says_nothing_of_others() -> None:
    left = str(plain(alone_of(beside(9))))
    for other in ("0.137", "91.3", "0.139", "0.141", "0.143", "9137", "Ana Ruiz", "Leo Park"):
        assert other not in left


def test_parents_read_plain_words() -> None:
    said = parents(student_report())
    assert "Maya Okafor answered 277 questions in these 60 days and got 68 % right." in said
    assert "Right answers went up, from 61 to 74 % in 9 weeks." in said
    assert "Goes well: Multiplication; Place value; Angles; Reading graphs" in said
    assert "Needs more practice: Equivalent fractions; Ratio and proportion" in said
    assert "Not handed in yet: Fractions again" in said
    assert "Mastered: can do this reliably" in said


def first_words(report: StudentReport) -> str:
    return str(plain(parent_sheet(report, NOW))["blocks"][0]["text"])


def test_a_decline_is_said_and_a_steady_course_is_not() -> None:
    report = student_report()
    assert report.trend
    declining = replace(report.trend, direction="declining", start=0.8, end=0.6)
    assert "Right answers went down, from 80 to 60 % in 9 weeks." in first_words(
        replace(report, trend=declining)
    )
    steady = replace(report, trend=replace(report.trend, direction="steady"))
    assert first_words(steady).endswith("68 % right.")


def test_little_practice_is_not_judged() -> None:
    few = replace(student_report(), overall=Overall(0.5, 4, 60, 0, 3, 2, Interval(0.1, 0.9), 0, 1))
    assert first_words(few).endswith("4 questions in these 60 days: too few to say how it goes.")


def test_no_practice_is_said_with_the_last_day() -> None:
    report = nothing_yet(student_report())
    assert first_words(report) == "Maya Okafor has not practised in these 60 days."
    before = replace(report, coverage=student_report().coverage)
    assert first_words(before).endswith("Last practice: 20 Nov.")


def test_days_without_practice_are_counted() -> None:
    idle = Concern(ConcernKind.INACTIVE, Severity.HIGH, "no practice for 10 school days", days=10)
    assert "No practice for: 10 school days" in parents(replace(student_report(), concerns=(idle,)))


def test_many_skills_are_counted_after_the_first() -> None:
    report = student_report()
    skills = tuple(replace(line, mastery="mastered") for line in report.skills)
    assert "; 7 more" in parents(replace(report, skills=skills))
