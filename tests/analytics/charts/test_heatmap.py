from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.charts.heatmap import ROW, Grid, cells, tile
from analytics.charts.page import INNER, MARGIN, new_page, panel, png
from school.mastery import Mastery
from tests.analytics.charts.reading import image


def grey(state: Mastery) -> NDArray[np.float64]:
    shades: NDArray[np.float64] = tile(state, 63, 52)[..., :3].mean(axis=2)
    return shades


@pytest.mark.parametrize(("one", "other"), list(combinations(Mastery, 2)))
def test_the_states_differ_without_any_colour(one: Mastery, other: Mastery) -> None:
    assert np.abs(grey(one) - grey(other)).mean() > 12


def test_mastered_is_solid_and_too_little_is_all_but_blank() -> None:
    assert grey(Mastery.MASTERED)[4:, 4:].std() == 0
    assert np.median(grey(Mastery.TOO_LITTLE)) > 230


@pytest.mark.parametrize("state", [Mastery.IN_PROGRESS, Mastery.NEEDS_WORK])
def test_the_textures_survive_at_phone_width(state: Mastery) -> None:
    shades = grey(state)[4:52, 4:60]
    phone = shades.reshape(16, 3, 56, 1).mean(axis=(1, 3))
    assert phone.std() > 4


def test_the_cells_stand_where_their_labels_do() -> None:
    labels = [[Mastery.MASTERED.value, Mastery.NEEDS_WORK.value], [Mastery.TOO_LITTLE.value] * 2]
    image = cells(labels, 40, 52)
    assert image.shape == (104, 80, 4)
    assert np.array_equal(image[:52, 40:], tile(Mastery.NEEDS_WORK, 40, 52))
    assert np.array_equal(image[52:, :40], tile(Mastery.TOO_LITTLE, 40, 52))


def test_few_skills_do_not_swell_and_many_leave_room_for_names() -> None:
    labels = [[Mastery.MASTERED.value] * 12]
    assert Grid(["Maya"], ["Ratio"], labels).cell == 120
    assert Grid(["Maya"], ["Ratio"] * 12, labels).cell == 67
    assert Grid(["Jürgen Müller-Lüdenscheidt"], ["Ratio"] * 12, labels).cell == 58


def test_the_first_cell_stands_in_the_first_students_row_the_right_way_up() -> None:
    grid = Grid(["Maya", "Leo"], ["Ratio"], [[Mastery.NEEDS_WORK.value], [Mastery.MASTERED.value]])
    figure, _page = new_page(grid.height)
    grid.draw(panel(figure, 0, grid.height, MARGIN, INNER))
    pixels = np.asarray(image(png(figure)).convert("RGB")).astype(int)
    left = MARGIN + grid.left
    top = round(grid.head)
    expected = cells(grid.labels, grid.cell, ROW)[..., :3].astype(int)
    drawn = pixels[top : top + 2 * ROW, left : left + grid.cell]
    # The palette of the PNG may move a colour by a shade; the rounding of the page, by a row.
    shifts = [np.abs(np.roll(drawn, rows, axis=0) - expected)[2:-2].mean() for rows in (-1, 0, 1)]
    assert min(shifts) < 2
