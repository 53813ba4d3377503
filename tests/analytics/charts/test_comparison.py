"""The pictures of comparisons: what they say, and that every dot stands where it belongs."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

from analytics.charts.comparison import (
    class_comparison_figure,
    draw_class_comparison,
    draw_student_comparison,
    gaps_shown,
    student_comparison_figure,
)
from analytics.charts.dots import Scale
from analytics.charts.pictures import class_comparison_picture, student_comparison_picture
from tests.analytics.charts.comparisons import (
    alone,
    beside,
    class_comparison,
    compared,
    student_comparison,
)
from tests.analytics.charts.reading import image, words


def marks(figure: Figure, *, hollow: bool) -> int:
    """How many dots are hollow, or filled; those of the key are among them."""
    lines = [line for ax in figure.axes for line in ax.lines if line.get_marker() == "o"]
    paper = [line for line in lines if line.get_markerfacecolor() != line.get_markeredgecolor()]
    chosen = paper if hollow else [line for line in lines if line not in paper]
    return sum(len(np.atleast_1d(line.get_xdata())) for line in chosen)


def test_a_student_s_picture_says_every_figure_beside_the_class_s() -> None:
    said = words(student_comparison_figure(student_comparison()))
    for expected in ("Maya Okafor", "Accuracy", "68 %", " class 66 %", "277", " class 240"):
        assert expected in said
    for expected in ("6 h 10 min", " class 5 h 40 min", "8", " class 6.3", " class 13.2"):
        assert expected in said


def test_each_skill_says_whether_its_gap_is_clear_of_chance() -> None:
    figure = student_comparison_figure(student_comparison())
    said = words(figure)
    assert said.count(" strength") == 1
    assert said.count(" weakness") == 1
    assert said.count(" not clear") == 6
    assert marks(figure, hollow=True) == 6 + 1
    assert "overall gap removed" in said


def test_of_many_skills_those_clear_of_chance_and_the_widest_are_shown_in_their_order() -> None:
    everything, strong, weak = compared(30)
    shown = gaps_shown(everything)
    assert len(shown) == 8
    assert {one.skill for one in (*strong, *weak)} <= {one.skill for one in shown}
    assert [one.gap for one in shown] == sorted((one.gap for one in shown), reverse=True)
    said = words(student_comparison_figure(student_comparison(30)))
    assert "8 of 30, overall gap removed" in said


def test_one_without_classmates_has_a_picture_too() -> None:
    said = words(student_comparison_figure(alone()))
    assert "Too little practice on any one skill" in said
    assert not any("class " in one for one in said if one.startswith(" "))


def test_one_without_any_practice_has_a_picture_too() -> None:
    accuracy, *counts = alone().measures
    nothing = (replace(accuracy, own=None), *(replace(one, own=0.0) for one in counts))
    assert "–" in words(student_comparison_figure(replace(alone(), measures=nothing)))


def test_a_class_s_picture_says_of_each_class_what_can_be_said() -> None:
    figure = class_comparison_figure(class_comparison(4))
    said = words(figure)
    assert " 24 students" in said
    for expected in ("clearly higher", "clearly lower", "not clearly different"):
        assert f" {expected}" in said
    assert " too little to tell" in said
    assert "–" in said
    assert marks(figure, hollow=True) == 1
    assert marks(figure, hollow=False) == 3


@pytest.mark.parametrize(("share", "first"), [(0.7, "50 %"), (0.4, "25 %"), (0.1, "0 %")])
def test_the_scale_of_classes_leaves_nobody_out(share: float, first: str) -> None:
    found = replace(class_comparison(0), own=beside(1, "Grade 5 Maths", share))
    assert first in words(class_comparison_figure(found))


def test_a_class_of_nobody_judged_has_a_picture_too() -> None:
    found = replace(class_comparison(0), own=beside(1, "Grade 5 Maths", None))
    assert "0 %" in words(class_comparison_figure(found))


def test_a_value_beyond_a_scale_stands_at_its_end() -> None:
    scale = Scale(0, 10, 100, 200)
    assert [scale.at(value) for value in (-5, 0, 5, 10, 99)] == [100, 100, 150, 200, 200]


def test_pictures_are_portrait_and_ordered_by_name() -> None:
    for found in (student_comparison(), alone()):
        drawn = student_comparison_picture(found)
        assert drawn == draw_student_comparison(found)
        assert image(drawn).width == 1200 <= image(drawn).height
    classes = class_comparison(4)
    assert class_comparison_picture(classes) == draw_class_comparison(classes)
    assert image(draw_class_comparison(classes)).width == 1200
