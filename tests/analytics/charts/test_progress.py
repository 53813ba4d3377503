from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection

from analytics.charts.bars import numbered
from analytics.charts.page import INNER, new_page, panel
from analytics.charts.palette import PAPER
from analytics.charts.periods import axis_for, runs
from analytics.charts.progress import draw_accuracy, draw_questions, scale_for
from analytics.reports.data import TrendPoint
from tests.analytics.charts.reading import words
from tests.analytics.charts.samples import STEADY, point, weeks


@pytest.fixture
def ax() -> Axes:
    figure, _page = new_page(400)
    return panel(figure, 0, 400, 44, INNER)


def shapes(ax: Axes) -> list[list[list[float]]]:
    """The corners of all bars and bands, closing points left out."""
    found = [c for c in ax.collections if isinstance(c, PolyCollection)]
    paths = [path for collection in found for path in collection.get_paths()]
    return [np.asarray(path.vertices, dtype=float)[:-1].tolist() for path in paths]


def lines(ax: Axes) -> list[list[list[float]]]:
    """The points of each stretch of the student's line."""
    found = [c for c in ax.collections if isinstance(c, LineCollection)]
    ours = [c for c in found if float(np.asarray(c.get_linewidth()).flat[0]) == 7]
    return [np.asarray(s, dtype=float).tolist() for line in ours for s in line.get_segments()]


def dots(ax: Axes, *, hollow: bool = False) -> list[list[float]]:
    """Where the dots stand."""
    found = [line for line in ax.lines if (line.get_markerfacecolor() == PAPER) == hollow]
    return [point for line in found for point in np.asarray(line.get_xydata(), float).tolist()]


def lengths(ax: Axes) -> list[int]:
    return [len(line) for line in lines(ax)]


def test_a_week_without_questions_breaks_the_line_and_the_band(ax: Axes) -> None:
    draw_accuracy(ax, weeks(STEADY), "week")
    assert lengths(ax) == [5, 3]
    assert [len(shape) for shape in shapes(ax)] == [10, 6]


def test_weeks_left_out_of_the_series_break_it_too(ax: Axes) -> None:
    points = weeks(STEADY)
    draw_accuracy(ax, (*points[:2], *points[4:5]), "week")
    assert lengths(ax) == [2]
    assert len(dots(ax)) == 3


def test_a_gap_is_never_drawn_as_nothing_right(ax: Axes) -> None:
    draw_accuracy(ax, weeks(STEADY), "week")
    bottom = scale_for(weeks(STEADY), 24, 376).bottom
    assert all(y < bottom for line in lines(ax) for _x, y in line)


def test_a_lone_week_has_a_dot_and_an_upright_interval(ax: Axes) -> None:
    draw_accuracy(ax, weeks([(6, 9)], None), "week")
    assert lengths(ax) == []
    assert len(dots(ax)) == 1
    (bar,) = shapes(ax)
    assert max(x for x, _y in bar) - min(x for x, _y in bar) == 18


def test_a_week_with_few_questions_is_a_hollow_dot_and_no_part_of_the_line(ax: Axes) -> None:
    draw_accuracy(ax, weeks([(8, 10), (9, 10), (0, 1), (7, 10), (8, 10)]), "week")
    assert lengths(ax) == [2, 2]
    assert len(dots(ax)) == 4
    assert len(dots(ax, hollow=True)) == 1
    assert len(shapes(ax)) == 3


def test_the_scale_leaves_nothing_out() -> None:
    assert scale_for(weeks([(80, 90)], 0.9), 0, 100).low == 0.5
    assert scale_for(weeks([(45, 90)], 0.9), 0, 100).low == 0.25
    assert scale_for(weeks([(80, 90)], 0.1), 0, 100).low == 0.0
    assert scale_for((), 0, 100).low == 0.0


def test_an_accuracy_without_its_interval_is_on_the_scale() -> None:
    bare = replace(point(date(2026, 11, 16), 8, 10), interval=None, accuracy=0.3)
    assert scale_for((bare,), 0, 100).low == 0.25


def test_labels_that_would_touch_are_moved_apart(ax: Axes) -> None:
    draw_accuracy(ax, weeks([(66, 100)] * 3, 0.66), "week")
    heights = sorted(text.get_position()[1] for text in ax.texts[-2:])
    assert heights[1] - heights[0] >= 49


def test_the_label_of_one_who_stopped_stands_at_the_last_week_with_practice(ax: Axes) -> None:
    draw_accuracy(ax, weeks([*STEADY, (0, 0), (0, 0), (0, 0), (0, 0)]), "week")
    ours, theirs = ax.texts[-2:]
    assert ours.get_text() == "73 %"
    assert ours.get_position()[0] < theirs.get_position()[0] - 130


def test_the_label_of_one_who_stopped_is_off_the_line_of_the_class(ax: Axes) -> None:
    points = weeks([*STEADY, (0, 0), (0, 0), (0, 0), (0, 0)], 0.74)
    draw_accuracy(ax, points, "week")
    of_class = scale_for(points, 24, 376).at(0.74)
    assert abs(ax.texts[-2].get_position()[1] - of_class) >= 30


def test_the_first_value_stands_clear_of_the_band_and_of_both_lines(ax: Axes) -> None:
    draw_accuracy(ax, weeks([(14, 20), (15, 20), (16, 20), (17, 20)], 0.77), "week")
    first = next(text for text in ax.texts if text.get_text() == "70 %")
    x, y = first.get_position()
    (band,) = shapes(ax)
    beside = [height for place, height in band if abs(place - x) < 60]
    assert y > max(beside) + 20 or y < min(beside) - 20


def test_bars_are_as_high_as_their_questions(ax: Axes) -> None:
    draw_questions(ax, weeks([(5, 10), (10, 20), (0, 0)]), "week")
    heights = [abs(bar[2][1] - bar[1][1]) for bar in shapes(ax)]
    assert heights[1] == pytest.approx(2 * heights[0])
    assert len(heights) == 2


def test_a_single_question_is_seen_beside_hundreds(ax: Axes) -> None:
    draw_questions(ax, weeks([(1, 1), (300, 900)]), "week")
    assert min(abs(bar[2][1] - bar[1][1]) for bar in shapes(ax)) == 5


def test_every_bar_has_its_number_where_there_is_room(ax: Axes) -> None:
    assert numbered([30, 0, 28], 90) == [0, 2]


def test_else_the_highest_and_the_last_have_theirs_unless_they_touch() -> None:
    assert numbered([1200, 10, 20, 30], 60) == [0, 3]
    assert numbered([1200, 10, 40, 30], 60) == [0]
    assert numbered([30, 20, 1200, 1100], 60) == [2]
    assert numbered([0, 0, 1200], 60) == [2]


@pytest.mark.parametrize(
    ("by", "starts", "last"),
    [
        ("day", [date(2026, 11, 19), date(2026, 11, 20)], "20 Nov"),
        ("week", [date(2026, 11, 9), date(2026, 11, 16)], "16 Nov"),
        ("month", [date(2025, 12, 1), date(2026, 1, 1)], "Jan 2026"),
    ],
)
def test_periods_are_named_by_their_first_day(
    ax: Axes, by: str, starts: list[date], last: str
) -> None:
    draw_questions(ax, [point(start, 5, 10) for start in starts], by)
    assert last in [text.get_text() for text in ax.texts]


def test_a_trend_of_its_own_carries_the_names_of_its_periods(ax: Axes) -> None:
    draw_accuracy(ax, weeks(STEADY, None), "week", below=56)
    assert "16 Nov" in [text.get_text() for text in ax.texts]


def test_nothing_to_draw_is_said_in_words() -> None:
    figure, page = new_page(300)
    draw_accuracy(page, (), "week")
    draw_questions(page, weeks([(0, 0)]), "week")
    assert words(figure) == ["Too little to tell", "No practice in these days"]


def test_months_of_unequal_length_are_neighbours() -> None:
    points = [TrendPoint(date(2026, month, 1), 0.5, 9) for month in range(1, 8)]
    axis = axis_for(points, "month", 1000)
    assert axis is not None
    assert len(runs([(axis.at(p.start), 1.0) for p in points], axis)) == 1


def test_there_is_no_axis_without_periods() -> None:
    assert axis_for((), "week", 1000) is None
