"""The picture of a skill: every student and state by name, and nothing that is not so."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from analytics.charts import fonts
from analytics.charts.page import INNER, TITLE, PixelArtist
from analytics.charts.pictures import skill_picture
from analytics.charts.skill import MOST_STUDENTS, draw_skill_picture, skill_figure, wrapped
from analytics.charts.states import distribution_height
from tests.analytics.charts.reading import image, words
from tests.analytics.skill_by_hand import SENTENCE, skill_report


def filled(figure: Figure) -> list[float]:
    """How long each student's bar is, as a part of its track."""
    ax = figure.axes[2]
    tracks = next(one for one in ax.collections if isinstance(one, PolyCollection))
    track = float(np.ptp(np.asarray(tracks.get_paths()[0].vertices)[:, 0]))
    return [one.width / track for one in ax.artists if isinstance(one, PixelArtist)]


def test_it_is_a_portrait_of_1200_pixels() -> None:
    width, height = image(skill_picture(skill_report())).size
    assert width == 1200 and height > width
    assert skill_picture(skill_report()) == draw_skill_picture(skill_report())


def test_states_are_counted_in_words_below_the_bar() -> None:
    shown = words(skill_figure(skill_report(8, 6, 12, 1)))
    assert {"8 mastered", "6 in progress", "12 need work", "1 too little practice"} <= set(shown)
    assert "0 in progress" not in words(skill_figure(skill_report(8, 0, 12)))


def test_the_widths_of_the_bar_are_the_students() -> None:
    pixels = np.asarray(image(skill_picture(skill_report(6, 0, 2))).convert("RGB"), dtype=int)
    top = next(
        y for y in range(len(pixels)) if (pixels[y, 44:1156] == (20, 85, 123)).all(1).sum() > 500
    )
    dark = (abs(pixels[top + 10, 44:1156] - (20, 85, 123)).sum(1) < 12).sum()
    assert dark == pytest.approx(INNER * 6 / 8, abs=12)


def test_every_student_stands_with_estimate_and_state() -> None:
    report = skill_report(1, 0, 1, 1)
    report = replace(
        report, students=(replace(report.students[0], estimate=0.25), *report.students[1:])
    )
    figure = skill_figure(report)
    shown = words(figure)
    assert {"Maya Okafor", "25 %", "needs work", "60 %", "mastered", "–", "too little"} <= set(
        shown
    )
    assert filled(figure) == pytest.approx([0.25, 0.6], abs=0.005)


def test_a_large_class_shows_those_who_need_it_most_and_says_of_how_many() -> None:
    shown = words(skill_figure(skill_report(20, 10, 20)))
    assert f"{MOST_STUDENTS} of 50 students" in shown
    assert shown.count("needs work") == 20 and shown.count("in progress") == 10
    assert "mastered" not in shown


def test_weeks_without_enough_practice_say_so() -> None:
    shown = words(skill_figure(skill_report(trends=())))
    assert "Too little to tell" in shown
    assert "mean of students, 95 % interval" not in shown
    assert "Accuracy by month" in words(skill_figure(skill_report(trends_by="month")))


def test_nobody_enrolled_is_said() -> None:
    assert "Nobody is enrolled" in words(skill_figure(skill_report(0, 0, 0)))


def test_a_name_that_is_a_sentence_takes_three_lines_and_is_cut_at_its_end() -> None:
    lines = wrapped(SENTENCE * 2, INNER, TITLE, 3)
    assert len(lines) == 3 and lines[2].endswith("…")
    assert all(fonts.width(line, TITLE, bold=True) <= INNER for line in lines)
    assert wrapped("Fractions", INNER, TITLE, 3) == ["Fractions"]
    assert wrapped("x" * 300, INNER, TITLE, 3)[0].endswith("…")


def test_states_that_do_not_fit_on_a_line_take_another() -> None:
    few = distribution_height((("mastered", 3),), INNER)
    all_four = (
        ("mastered", 10),
        ("in progress", 10),
        ("needs work", 10),
        ("too little practice", 9),
    )
    assert distribution_height(all_four, INNER) > few
    assert distribution_height((), INNER) == few


def test_a_name_in_any_script_is_drawn() -> None:
    names = ("Nguyễn Thị Ánh", "محمد عبد الله", "Ines $x^2$ Costa")
    report = skill_report(0, 0, 3)
    pairs = zip(report.students, names, strict=True)
    everyone = tuple(replace(one, student=name) for one, name in pairs)
    assert set(names) <= set(words(skill_figure(replace(report, students=everyone))))
