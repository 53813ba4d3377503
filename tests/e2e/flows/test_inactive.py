"""A student who stopped: a report, a message with words of her own, an answer, the history."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import enter
from tests.e2e.flows.conftest import World, last
from tests.e2e.flows.school import LEO, LEOS, TEACHER
from tests.e2e.running import until

pytestmark = pytest.mark.browser
ASKED = "Hi Leo, I noticed you haven't practiced in 10 days. Is everything okay?"
OWN_WORDS = "We're working on fractions this week - it would be great to see you!"
ANSWER = "Sorry, I was sick. I'll practice today!"


def write_to_leo(desk: Page, shots: Path) -> None:
    """From the report to the card, by the composer."""
    enter(desk, f"/student-report {LEO}")
    report = last(desk, f"{LEO} · ")
    expect(report).to_contain_text("10 school days")
    report.get_by_role("button", name="Message", exact=True).click()
    modal = desk.locator("#modal")
    template = modal.locator("select").first
    expect(template.locator("option:checked")).to_have_text("Inactive - Check In")
    words = modal.locator("textarea")
    expect(words).to_have_value(f"{ASKED} Let me know if you need help!")
    words.fill(f"{words.input_value()} {OWN_WORDS}")
    modal.get_by_role("button", name="Update preview").click()
    expect(modal.locator(".block-rich_text").last).to_contain_text(OWN_WORDS)
    desk.screenshot(path=shots / "composer.png")
    modal.get_by_role("button", name="Send").click()
    expect(modal).to_contain_text("Leo gets your message by Slack")
    modal.get_by_role("button", name="Close").last.click()
    card = last(desk, "Message sent")
    expect(card).to_contain_text(LEO)
    desk.screenshot(path=shots / "sent.png")


def test_a_student_inactive_for_10_days_is_written_to_and_answers(
    world: World, tmp_path: Path
) -> None:
    desk = world.seat(TEACHER)
    write_to_leo(desk, tmp_path)
    until(lambda: world.heard(LEOS, ASKED))
    phone = world.seat(LEOS, width=380)
    told = last(phone, ASKED)
    expect(told).to_contain_text(OWN_WORDS)
    phone.screenshot(path=tmp_path / "student.png")
    enter(phone, ANSWER)
    phone.screenshot(path=tmp_path / "answered.png")

    expect(last(desk, ANSWER)).to_contain_text(LEO)
    desk.reload()
    expect(last(desk, "Message sent")).to_contain_text("answered")
    enter(desk, f"/homeroom history {LEO}")
    history = desk.locator("#modal")
    expect(history).to_contain_text(ANSWER)
    desk.screenshot(path=tmp_path / "history.png")
    assert world.heard(LEOS, ASKED) == 1
    assert world.heard(TEACHER, ANSWER) == 2  # its own message, and the card
