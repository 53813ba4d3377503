"""A parent conference: the report as a PDF, the invitation, the answer, the calendar."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from icalendar import Calendar, Component
from playwright.sync_api import Page, expect

from sandbox.received import ReceivedMail
from tests.e2e.browser import enter
from tests.e2e.flows.conftest import World, last
from tests.e2e.flows.school import LEO, MOTHER_MAIL, TEACHER, TEACHER_MAIL
from tests.e2e.running import until

pytestmark = pytest.mark.browser
SLOT = re.compile(r"^\d+:\d\d$")


def test_a_report_and_its_pdf_lead_to_a_parent_conference(world: World, tmp_path: Path) -> None:
    desk = world.seat(TEACHER)
    enter(desk, f"/student-report {LEO} 60d")
    report = last(desk, "Skills mastered")
    report.get_by_role("button", name="PDF", exact=True).click()
    take_along(desk)
    report.get_by_role("button", name="Meet", exact=True).click()
    invite_the_mother(desk, tmp_path)
    card = last(desk, "parent conference")
    expect(card).to_contain_text("Mina Park")

    until(lambda: len(world.mailbox.mails()) == 2)
    by_person = {mail.to: mail for mail in world.mailbox.mails()}
    assert set(by_person) == {MOTHER_MAIL, TEACHER_MAIL}
    uids = {str(event_of(mail)["UID"]) for mail in by_person.values()}
    assert len(uids) == 1
    until(lambda: len(world.calendar.entries(TEACHER_MAIL)) == 1)
    (entry,) = world.calendar.entries(TEACHER_MAIL).values()
    assert f"UID:{uids.pop()}" in entry

    accept(world, by_person[MOTHER_MAIL], tmp_path)
    expect(last(desk, "parent conference")).to_contain_text("Coming: Mina Park")
    desk.screenshot(path=tmp_path / "card.png")
    assert len(world.mailbox.mails()) == 2
    assert LEO not in str(by_person[MOTHER_MAIL].message["Subject"])


def take_along(desk: Page) -> None:
    """The report's PDF is there, and one."""
    file = desk.locator("#panel a.file").filter(has_text="student-report.pdf").last
    expect(file).to_contain_text("PDF · ")
    opened = desk.request.get(urljoin(desk.url, file.get_attribute("href")))
    assert opened.body().startswith(b"%PDF")


def invite_the_mother(desk: Page, tmp_path: Path) -> None:
    """Fill in the form of a meeting with the first free time that it offers."""
    modal = desk.locator("#modal")
    modal.locator("select").first.select_option(label="Parent conference")
    desk.wait_for_timeout(1000)  # the form is made anew for whom it is with
    modal.get_by_label("Mina Park").check()
    slots = modal.locator("select").nth(1)
    expect(slots.locator("option").filter(has_text=SLOT).first).to_be_attached()
    free = slots.locator("option").filter(has_text=SLOT).first.inner_text()
    slots.select_option(label=free)
    desk.screenshot(path=tmp_path / "form.png")
    modal.locator("button[type=submit]").click()
    modal.get_by_role("button", name="Close").last.click()


def event_of(mail: ReceivedMail) -> Component:
    """The event that an invitation carries, asked for by REQUEST."""
    parts = [one for one in mail.message.walk() if one.get_content_type() == "text/calendar"]
    content = parts[0].get_payload(decode=True)
    assert isinstance(content, bytes)
    calendar = Calendar.from_ical(content)
    assert calendar["METHOD"] == "REQUEST"
    (event,) = calendar.walk("VEVENT")
    return event


def accept(world: World, mail: ReceivedMail, tmp_path: Path) -> None:
    """The mother opens the page of her invitation on her phone, and accepts with one click."""
    body = mail.message.get_body(("plain",))
    assert body is not None
    (address,) = set(re.findall(r"http://\S+/m/\S+", body.get_content()))
    phone = world.browser.new_page(viewport={"width": 380, "height": 800})
    phone.goto(address)
    phone.screenshot(path=tmp_path / "invitation.png", full_page=True)
    phone.get_by_role("button", name="Yes, I am coming").click()
    expect(phone.locator("body")).to_contain_text("coming")
    phone.screenshot(path=tmp_path / "accepted.png", full_page=True)
