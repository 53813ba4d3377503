from dataclasses import replace

import pytest

from analytics.charts.classes import class_figure, draw_class_picture, grid_of
from school.mastery import Mastery
from tests.analytics.charts.reading import image, words
from tests.analytics.charts.samples import NAMES, class_report, student_line, weeks


def test_the_picture_is_a_portrait_1200_pixels_wide_and_opaque() -> None:
    drawn = image(draw_class_picture(class_report()))
    assert drawn.width == 1200
    assert drawn.height > drawn.width
    assert "transparency" not in drawn.info


def test_thirty_students_and_twelve_skills_are_all_named() -> None:
    said = words(class_figure(class_report(30, 12)))
    whole = [name for name in NAMES if name in said]
    cut = [text for text in said if text.endswith("…")]
    assert len(whole) >= 27
    assert len(whole) + len([text for text in cut if text[:3] in {n[:3] for n in NAMES}]) >= 30
    assert "Equivalent fractions" in said
    assert "Negative numbers" in said


def test_the_key_names_every_state() -> None:
    said = words(class_figure(class_report()))
    assert {"mastered", "in progress", "needs work", "too little"} <= {*said}


def test_at_most_twelve_skills_are_shown() -> None:
    report = class_report(3, 12)
    wider = replace(
        report.heatmap,
        skills=(*report.heatmap.skills, "Thirteenth"),
        labels=tuple((*row, Mastery.MASTERED.value) for row in report.heatmap.labels),
    )
    grid = grid_of(replace(report, heatmap=wider))
    assert len(grid.skills) == 12
    assert all(len(row) == 12 for row in grid.labels)


def test_of_a_large_class_those_who_need_attention_come_first_and_the_rest_is_counted() -> None:
    report = class_report(60, 12)
    calm = student_line(0, report.heatmap.students[0], 0.4)
    report = replace(report, struggling=(calm,))
    grid = grid_of(report)
    assert len(grid.students) == 30
    assert grid.students[0] == report.heatmap.students[0]
    needs = [row.count(Mastery.NEEDS_WORK) for row in grid.labels[1:]]
    assert needs == sorted(needs, reverse=True)
    assert "Those who need you most; 30 more in this class" in words(class_figure(report))


def test_up_to_thirty_stand_in_the_rankings_order() -> None:
    report = class_report(30, 4)
    assert tuple(grid_of(report).students) == report.heatmap.students


@pytest.mark.parametrize(("students", "skills"), [(1, 1), (1, 12), (5, 3), (45, 12)])
def test_classes_of_every_size_are_drawn(students: int, skills: int) -> None:
    assert image(draw_class_picture(class_report(students, skills))).width == 1200


def test_a_class_without_skills_says_so() -> None:
    said = words(class_figure(class_report(20, 0)))
    assert "No skill practised yet" in said
    assert "mastered" not in said


def test_a_class_without_students_or_practice_says_so() -> None:
    empty = replace(class_report(0, 0), distribution=(0,) * 10, trends=())
    assert {"Nobody is enrolled", "Too little practice", "Too little to tell"} <= {
        *words(class_figure(empty))
    }


def test_months_are_named_as_months() -> None:
    report = replace(class_report(3, 3), trends_by="month", trends=weeks([(20, 30)], None))
    said = words(class_figure(report))
    assert "Accuracy by month" in said
    assert "Nov" in said


@pytest.mark.parametrize(
    ("counts", "ends"),
    [
        ((0, 0, 0, 0, 1, 0, 3, 11, 10, 2), ["40 %", "70 %", "100 %"]),
        ((0, 0, 0, 0, 0, 0, 0, 0, 0, 9), ["60 %", "80 %", "100 %"]),
        ((1, 0, 0, 0, 0, 0, 0, 0, 0, 9), ["0 %", "50 %", "100 %"]),
    ],
)
def test_the_spread_begins_at_the_lowest_student(counts: tuple[int, ...], ends: list[str]) -> None:
    page = class_figure(replace(class_report(), distribution=counts, trends=()))
    assert [text for text in words(page) if text.endswith("%")] == ends
