"""Contrasts by WCAG 2.2, and what colour-blind readers see by Machado, Oliveira and Fernandes."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from numpy.typing import NDArray

from analytics.charts import palette

Vector = NDArray[np.float64]

MACHADO_2009 = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""Full severity, on linear RGB (IEEE TVCG 15(6), table 1)."""


def linear(color: str) -> Vector:
    rgb = np.array(to_rgb(color))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def luminance(color: str) -> float:
    return float(linear(color) @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lab(rgb: Vector) -> Vector:
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    xyz = to_xyz @ np.clip(rgb, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, sight: str) -> float:
    """CIE 1976 difference of two colours as a reader with that sight sees them."""
    seen = [lab(MACHADO_2009[sight] @ linear(color)) for color in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


@pytest.mark.parametrize("color", [palette.INK, palette.QUIET, palette.STUDENT, palette.CLASS])
def test_text_stands_out_from_the_paper(color: str) -> None:
    assert contrast(color, palette.PAPER) >= 4.5


@pytest.mark.parametrize("color", [*palette.STATE.values(), palette.BARS, palette.CLASS])
def test_marks_stand_out_from_the_paper(color: str) -> None:
    assert contrast(color, palette.PAPER) >= 3


def test_the_students_line_stands_out_from_its_band() -> None:
    assert contrast(palette.STUDENT, palette.BAND) >= 3
    assert contrast(palette.CLASS, palette.BAND) >= 3


@pytest.mark.parametrize("sight", MACHADO_2009)
def test_the_states_differ_for_every_sight(sight: str) -> None:
    for one, other in combinations(palette.STATE.values(), 2):
        assert difference(one, other, sight) >= 20


@pytest.mark.parametrize("slack", ["#ffffff", "#1a1d21", "#222529"])
def test_the_page_has_an_edge_in_light_and_in_dark(slack: str) -> None:
    assert max(contrast(palette.EDGE, slack), contrast(palette.PAPER, slack)) >= 1.5


def test_text_never_depends_on_what_lies_behind_the_picture() -> None:
    assert palette.PAPER.startswith("#")
    assert len(palette.PAPER) == 7
