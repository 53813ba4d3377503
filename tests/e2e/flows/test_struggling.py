"""A student who struggles with two skills: practice made for her, told, done, looked back at."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import enter
from tests.e2e.flows.conftest import World, last
from tests.e2e.flows.school import NIA, NIAS, TEACHER
from tests.e2e.running import until

pytestmark = pytest.mark.browser
TITLE = "Division & Fractions Practice"


def set_practice(desk: Page, world: World, shots: Path) -> None:
    """From the report to the card, by the form of an assignment."""
    enter(desk, f"/student-report {NIA} 60d")
    report = last(desk, f"{NIA} · ")
    expect(report).to_contain_text("Division 60 %")
    expect(report).to_contain_text("Fractions 55 %")
    report.get_by_role("button", name="Assign", exact=False).first.click()
    modal = desk.locator("#modal")
    expect(modal).to_contain_text("Nia")
    title = modal.get_by_role("textbox").first
    expect(title).to_have_value("Targeted Practice - Fractions, Division")
    expect(modal.get_by_role("checkbox", checked=True)).to_have_count(2)
    expect(modal.get_by_role("spinbutton")).to_have_value("15")
    expect(modal.locator("select option:checked")).to_have_text("Easy")
    due = modal.locator("input[type=date]")
    expect(due).to_have_value(in_three_days(world).isoformat())
    title.fill(TITLE)
    desk.screenshot(path=shots / "form.png")
    modal.get_by_role("button", name="Create").click()
    modal.get_by_role("button", name="Close").last.click()
    card = last(desk, TITLE)
    expect(card).to_contain_text("0 of 15")
    desk.screenshot(path=shots / "created.png")


def test_division_60_and_fractions_55_lead_to_practice_that_is_told_and_completed(
    world: World, tmp_path: Path
) -> None:
    desk = world.seat(TEACHER)
    set_practice(desk, world, tmp_path)
    until(lambda: world.heard(NIAS, "Fractions Practice"))
    phone = world.seat(NIAS, width=380)
    told = last(phone, TITLE)
    expect(told).to_contain_text("15 questions")
    expect(told).not_to_contain_text("%")
    phone.screenshot(path=tmp_path / "student.png")

    world.practice(NIA, right=4, wrong=2)
    expect(last(desk, TITLE)).to_contain_text("6 of 15")
    world.practice(NIA, right=8, wrong=1, begun=6)
    expect(last(desk, TITLE)).to_contain_text("ompleted")
    desk.screenshot(path=tmp_path / "completed.png")
    expect(last(desk, TITLE)).to_contain_text("15 questions, 12 right")
    facts = "Before 60 % (20 questions in the 10 school days before), after 80 %."
    expect(last(desk, TITLE)).to_contain_text(facts)
    enter(desk, f"/homeroom history {NIA}")
    expect(desk.locator("#modal")).to_contain_text(TITLE)
    desk.screenshot(path=tmp_path / "history.png")


def in_three_days(world: World) -> date:
    """The third day from now, or the school day after it."""
    day = datetime.now(ZoneInfo(world.zone)).date() + timedelta(days=3)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
