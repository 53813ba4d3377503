"""A student who stopped: a report, a message with words of her own, an answer, the history."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.flows.conftest import World, enter, last
from tests.e2e.flows.school import LEO, TEACHER

pytestmark = pytest.mark.browser
OWN_WORDS = "We're working on fractions this week - it would be great to see you!"
ANSWER = "Sorry, I was sick. I'll practice today!"


def test_the_report_says_how_long(world: World, tmp_path: Path) -> None:
    page = world.seat(TEACHER)
    enter(page, f"/student-report {LEO}")
    report = last(page, f"{LEO} · ")
    expect(report).to_contain_text("10 school days")
    page.screenshot(path=tmp_path / "report.png", full_page=True)
