"""What holds for every text of every picture: large enough, on the page, not over another."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from itertools import combinations
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.font_manager import get_font

from analytics.charts import fonts
from analytics.charts.classes import class_figure
from analytics.charts.comparison import class_comparison_figure, student_comparison_figure
from analytics.charts.page import TEXT, new_page, write
from analytics.charts.skill import skill_figure
from analytics.charts.student import student_figure
from analytics.charts.trends import trend_figure
from tests.analytics.charts.comparisons import alone, class_comparison, student_comparison
from tests.analytics.charts.reading import places, texts
from tests.analytics.charts.samples import (
    STEADY,
    class_report,
    empty_student,
    student_report,
    weeks,
)
from tests.analytics.skill_by_hand import SENTENCE, skill_report
from tests.analytics.trends_by_hand import trends

LEAST = 30


def student(**changes: Any) -> Figure:
    return student_figure(replace(student_report(), **changes))


PAGES: dict[str, Callable[[], Figure]] = {
    "student": student,
    "student without a class": lambda: student(progress=weeks(STEADY, None)),
    "student with half a year": lambda: student(progress=weeks(STEADY * 3)),
    "student beside the class": lambda: student(progress=weeks([(2, 3), (20, 30)])),
    "student all right": lambda: student(progress=weeks([(9, 9)] * 4, 1.0)),
    "student with thousands": lambda: student(progress=weeks([(1000, 1900), (1200, 2000)] * 8)),
    "empty student": lambda: student_figure(empty_student()),
    "long names": lambda: student(
        student="Maximiliana Wolfeschlegelsteinhausenbergerdorff",
        skills=tuple(replace(s, skill=s.skill * 4) for s in student_report().skills),
    ),
    "class": lambda: class_figure(class_report()),
    "large class": lambda: class_figure(class_report(60, 12)),
    "small class": lambda: class_figure(class_report(2, 2)),
    "student compared": lambda: student_comparison_figure(student_comparison(30)),
    "long name compared": lambda: student_comparison_figure(
        replace(student_comparison(), student="Maximiliana Wolfeschlegelsteinhausenbergerdorff")
    ),
    "student alone": lambda: student_comparison_figure(alone()),
    "classes compared": lambda: class_comparison_figure(class_comparison(4)),
    "skill": lambda: skill_figure(skill_report()),
    "skill of many": lambda: skill_figure(skill_report(40, 40, 40, 9, skill=SENTENCE)),
    "skill of one": lambda: skill_figure(skill_report(0, 0, 0, 1, trends=())),
    **{f"trend {name}": partial(trend_figure, report) for name, report in trends().items()},
}


@cache
def page(name: str) -> Figure:
    return PAGES[name]()


def test_capitals_of_the_smallest_text_are_thirty_pixels_high() -> None:
    for bold in (False, True):
        font = get_font(fonts.path_of(fonts.MAIN, bold=bold))
        font.set_size(TEXT, 72)
        font.set_text("HEIGHT 0123")
        assert font.get_width_height()[1] / 64 >= LEAST


@pytest.mark.parametrize("name", PAGES)
def test_no_text_is_smaller_than_the_smallest(name: str) -> None:
    assert {text.get_fontsize() for text in texts(page(name))} <= {42, 46, 58}
    assert all(box.height >= LEAST for box in places(page(name)).values())


@pytest.mark.parametrize("name", PAGES)
def test_every_text_lies_within_the_page(name: str) -> None:
    width, height = page(name).get_size_inches() * 72
    for text, box in places(page(name)).items():
        assert box.x0 >= 20, text
        assert box.x1 <= width - 20, text
        assert box.y0 >= 10, text
        assert box.y1 <= height - 10, text


@pytest.mark.parametrize("name", PAGES)
def test_no_text_stands_over_another(name: str) -> None:
    # Boxes hold the room for tall letters and tails; a few pixels of that may be shared.
    boxes = [(text, box.padded(-4)) for text, box in places(page(name)).items()]
    over = [
        (one.get_text(), other.get_text())
        for (one, a), (other, b) in combinations(boxes, 2)
        if a.overlaps(b)
    ]
    assert not over


@pytest.mark.parametrize("name", PAGES)
def test_no_text_is_read_as_mathematics(name: str) -> None:
    assert not any(text.get_parse_math() for text in texts(page(name)))


def test_texts_over_one_another_would_be_found() -> None:
    figure, ax = new_page(200)
    write(ax, (100, 100), "one")
    write(ax, (130, 110), "other")
    one, other = (box.padded(-4) for box in places(figure).values())
    assert one.overlaps(other)
