"""The pictures of trends: what they show, in words and in order."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection

from analytics.charts.bars import Bar, draw_bars
from analytics.charts.page import INNER, new_page, panel
from analytics.charts.palette import PAPER
from analytics.charts.pictures import trend_picture
from analytics.charts.rows import Row, draw_rows, rows_height
from analytics.charts.trends import draw_trend_picture, trend_figure
from analytics.reports.data import CompletionPoint
from analytics.reports.data.trends import Metric, MetricSeries, TrendReport
from school.mastery import Mastery
from tests.analytics.charts.reading import image, words
from tests.analytics.trends_by_hand import (
    DAYS,
    amounts,
    class_completion,
    class_trend,
    moves,
    starts,
    student_amount,
    student_trend,
    trends,
)


@pytest.fixture
def ax() -> Axes:
    figure, _page = new_page(400)
    return panel(figure, 0, 400, 44, INNER)


def bars(*values: float | None, beside: float | None = None) -> list[Bar]:
    """Bars of successive weeks."""
    weeks = starts("week", len(values))
    return [Bar(start, value, beside) for start, value in zip(weeks, values, strict=True)]


def said(ax: Axes) -> list[str]:
    return words(ax.figure)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", trends())
def test_every_trend_is_a_portrait_or_short_picture_1200_pixels_wide(name: str) -> None:
    drawn = image(draw_trend_picture(trends()[name]))
    assert (drawn.format, drawn.width) == ("PNG", 1200)


def test_a_student_s_accuracy_has_questions_and_skills_below_it() -> None:
    found = words(trend_figure(student_trend()))
    places = [
        found.index(one)
        for one in ("Accuracy by week", "Questions by week", "Skills that matter most")
    ]
    assert places == sorted(places)
    assert {"Maya Okafor", "24 Sep – 22 Nov 2026", "75 %", "class 66 %", "6 of 8"} <= {*found}


def test_each_skill_says_where_it_was_where_it_is_and_its_state() -> None:
    found = words(trend_figure(student_trend(skills=moves(2))))
    assert {"61 % → 55 %", " needs work", "62 %", "Ratio"} <= {*found}
    assert "6 of 8" not in found


def test_a_class_s_accuracy_has_its_skills_then_and_now() -> None:
    found = words(trend_figure(class_trend()))
    assert {"Skills of all students", "On 23 Sep 2026", "20 %", "On 22 Nov 2026", "37 %"} <= {
        *found
    }
    assert {"mastered", "in progress", "needs work", "too little"} <= {*found}


def test_each_week_due_says_how_many_are_done_and_late() -> None:
    found = words(trend_figure(class_completion(3)))
    assert {"Assignments done, by week due", "50 of 54", " done, 3 late", "27 of 27", " done"} <= {
        *found
    }
    assert {"done in time", "done late", "not done"} <= {*found}


def test_of_many_weeks_due_the_last_twelve_are_drawn() -> None:
    found = words(trend_figure(class_completion(14)))
    assert "last 12 of 14" in found
    assert sum(one.startswith("Week from") for one in found) == 12


def test_months_due_are_named_by_their_month() -> None:
    month = CompletionPoint(DAYS.end.replace(day=1), 10, 5, 0, 0.5)
    report = replace(class_completion(1), by="month", completion=(month,))
    assert {"Nov", "5 of 10"} <= {*words(trend_figure(report))}


def test_short_times_are_in_minutes_and_long_ones_in_hours() -> None:
    short, long = trends()["time in minutes"], trends()["time in hours"]
    assert {"Minutes by week", "34"} <= {*words(trend_figure(short))}
    assert {"Hours by week", "5.7"} <= {*words(trend_figure(long))}


def test_engagement_is_in_days_of_the_school_week() -> None:
    found = words(trend_figure(trends()["engagement"]))
    assert {"Days of 5 practised by week", "3.1", "5.0"} <= {*found}


def test_parts_of_periods_are_outlined_and_said_to_be() -> None:
    report = student_amount(Metric.QUESTIONS, [10.0, 20, 30], beside=())
    assert "outlined: partial week" in words(trend_figure(report))
    whole = tuple(replace(one, partial=False) for one in report.points)
    assert "outlined: partial week" not in words(trend_figure(replace(report, points=whole)))


def test_days_are_not_said_to_be_parts() -> None:
    points = amounts([3.0, 4], "day")
    report = student_trend(
        by="day", beside=(MetricSeries(Metric.QUESTIONS, "day", points),), skills=()
    )
    assert not [one for one in words(trend_figure(report)) if one.startswith("outlined")]


def test_without_practice_words_stand_instead_of_drawings() -> None:
    assert {"Too little to tell", "No practice in these days"} <= {
        *words(trend_figure(trends()["no practice"]))
    }
    nothing = words(trend_figure(trends()["completion of nothing"]))
    assert "No assignment was due in these days" in nothing


def test_the_same_trend_gives_the_same_bytes_by_either_name() -> None:
    report = student_trend()
    assert trend_picture(report) == draw_trend_picture(report)


@pytest.mark.parametrize("name", ["$x_1$ \\frac{1}{2}", "", "محمد الفارسي"])
def test_no_name_breaks_the_picture(name: str) -> None:
    skills = tuple(replace(one, skill=name) for one in moves())
    report: TrendReport = student_trend(student=name, skills=skills)
    assert image(draw_trend_picture(report)).width == 1200


def test_a_gap_has_no_number_and_nothing_done_has_0(ax: Axes) -> None:
    draw_bars(ax, bars(4, None, 0, 3), "week")
    assert said(ax).count("0") == 1
    assert {"4", "3"} <= {*said(ax)}


def test_a_part_without_practice_has_no_outline(ax: Axes) -> None:
    draw_bars(ax, [replace(one, partial=True) for one in bars(0, 3)], "week")
    outlined = [one for one in ax.collections if isinstance(one, PolyCollection)]
    assert sum(len(one.get_paths()) for one in outlined) == 1


def test_day_by_day_the_class_stays_in_the_numbers() -> None:
    points = amounts([3.0, 4, 5], "day", mates=4.0)
    report = student_amount(Metric.QUESTIONS, [], by="day", points=points, beside=())
    assert not [one for one in words(trend_figure(report)) if one.startswith("class")]


def test_without_room_for_all_numbers_there_is_no_0_either(ax: Axes) -> None:
    draw_bars(ax, bars(*[4000.0, 0] * 20), "week")
    assert "0" not in said(ax)


def test_the_class_s_mean_is_a_dashed_line_with_its_last_value(ax: Axes) -> None:
    draw_bars(ax, bars(10, None, 20, beside=15), "week")
    dashed = [one for one in ax.collections if isinstance(one, LineCollection)]
    heights = {
        float(y) for one in dashed for path in one.get_segments() for _x, y in np.asarray(path)
    }
    assert len(heights) == 2
    assert "class 15" in said(ax)


def test_a_bar_of_part_of_a_week_is_filled_with_paper(ax: Axes) -> None:
    part = [replace(one, partial=True) for one in bars(10)]
    draw_bars(ax, part, "week")
    outlined = [
        one for one in ax.collections if isinstance(one, PolyCollection) and one.get_paths()
    ]
    (faces,) = [one.get_facecolor() for one in outlined]
    assert np.allclose(np.asarray(faces, dtype=float)[0, :3], _rgb(PAPER))


def _rgb(color: str) -> list[float]:
    return [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def test_a_scale_with_an_end_of_its_own_keeps_it(ax: Axes) -> None:
    draw_bars(ax, bars(0.5, 0.25), "week", most=1.0)
    shapes = [one for one in ax.collections if isinstance(one, PolyCollection) and one.get_paths()]
    tops = sorted(float(np.asarray(path.vertices)[:, 1].min()) for path in shapes[0].get_paths())
    bottom, line = 400 - 56, 56
    assert tops == pytest.approx([bottom - (bottom - line) / 2, bottom - (bottom - line) / 4])


def test_the_parts_of_a_row_are_as_wide_as_their_shares() -> None:
    figure, _page = new_page(rows_height(1))
    ax = panel(figure, 0, rows_height(1), 0, 1000)
    draw_rows(ax, [Row("One", "50 %", "", ((0.5, Mastery.MASTERED), (0.0, Mastery.NEEDS_WORK)))])
    images = [one for one in ax.artists if hasattr(one, "_pixels")]
    assert [one._pixels.shape[:2] for one in images] == [(30, 500)]
