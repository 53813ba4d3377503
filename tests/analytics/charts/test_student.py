from dataclasses import replace

import pytest

from analytics.charts.student import draw_student_picture, student_figure
from analytics.reports.data import StudentReport
from school.mastery import Mastery
from tests.analytics.charts.reading import image, words
from tests.analytics.charts.samples import STEADY, empty_student, student_report, weeks


def test_the_picture_is_a_portrait_1200_pixels_wide_and_opaque() -> None:
    drawn = image(draw_student_picture(student_report()))
    assert drawn.format == "PNG"
    assert drawn.width == 1200
    assert drawn.height > drawn.width
    assert "transparency" not in drawn.info
    assert drawn.mode == "P"


def test_the_picture_says_who_when_and_what_each_panel_shows() -> None:
    said = words(student_figure(student_report()))
    assert {"Maya Okafor", "22 Sep – 20 Nov 2026", "Accuracy by week", "Questions by week"} <= {
        *said
    }


def test_each_skill_bar_carries_its_name_its_value_and_its_state() -> None:
    said = words(student_figure(student_report()))
    for skill in student_report().skills[:6]:
        assert skill.skill in said
        assert f" {skill.mastery}" in said
    assert {"52 %", "60 %", "64 %", "71 %", "90 %", "86 %"} <= {*said}


def test_the_six_skills_of_the_lowest_rank_are_shown_and_counted() -> None:
    report = student_report()
    shuffled = replace(report, skills=report.skills[::-1])
    said = words(student_figure(shuffled))
    assert "6 of 12" in said
    assert "Place value" in said
    assert "Area" not in said


def test_a_skill_without_questions_in_the_range_has_a_dash_and_no_bar() -> None:
    skill = replace(student_report().skills[0], accuracy=None, mastery=Mastery.MASTERED.value)
    said = words(student_figure(replace(student_report(), skills=(skill,))))
    assert "–" in said
    assert " mastered" in said
    assert "0 of 1" not in said


def test_the_lines_are_labelled_directly_with_their_last_values() -> None:
    said = words(student_figure(student_report()))
    assert "73 %" in said
    assert "class 68 %" in said


def test_without_a_class_nothing_is_said_of_one() -> None:
    said = words(student_figure(replace(student_report(), progress=weeks(STEADY, None))))
    assert not [text for text in said if text.startswith("class")]


def test_without_practice_each_panel_says_so_in_words() -> None:
    said = words(student_figure(empty_student()))
    assert {"Too little to tell", "No practice in these days", "No skill practised yet"} <= {*said}


def test_the_same_report_gives_the_same_bytes() -> None:
    assert draw_student_picture(student_report()) == draw_student_picture(student_report())


def thin_reports() -> dict[str, StudentReport]:
    report = student_report()
    perfect = tuple(
        replace(skill, accuracy=1.0, mastery=Mastery.MASTERED.value) for skill in report.skills
    )
    return {
        "one question": replace(report, progress=weeks([(1, 1)]), skills=report.skills[:1]),
        "all gaps": replace(report, progress=weeks([(0, 0)] * 5)),
        "all right": replace(report, progress=weeks([(40, 40)] * 8, 1.0), skills=perfect),
        "all wrong": replace(report, progress=weeks([(0, 12)] * 3, 0.0)),
        "one class": replace(report, progress=weeks([(0, 0), (0, 0), (3, 4)])),
        "gone": replace(report, progress=weeks([*STEADY, (0, 0), (0, 0), (0, 0)])),
    }


@pytest.mark.parametrize("case", thin_reports())
def test_thin_data_is_drawn(case: str) -> None:
    assert image(draw_student_picture(thin_reports()[case])).width == 1200


@pytest.mark.parametrize(
    "name",
    ["$x_1$ \\frac{1}{2}", "a_b^c{", "Tab\tand\nnewline", "😀", "محمد الفارسي", "", "\u202egnirts"],
)
def test_no_name_breaks_the_picture(name: str) -> None:
    report = student_report(name)
    skills = tuple(replace(skill, skill=name) for skill in report.skills)
    assert image(draw_student_picture(replace(report, skills=skills))).width == 1200


def test_the_bars_say_that_figures_are_of_the_range_and_states_of_its_end() -> None:
    key = "Right in these days, and the state at their end"
    assert key in words(student_figure(student_report()))
    assert key not in words(student_figure(empty_student()))
