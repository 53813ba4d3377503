"""A teacher walks through the demo in a real Chromium: types, clicks, reads, on a phone too."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import chromium, enter
from tests.e2e.running import Running, demonstrating

pytestmark = pytest.mark.browser
PATIENCE = 30_000
"""Milliseconds that anything on the page may take on a busy machine."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with demonstrating(tmp_path_factory.mktemp("demo")) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def page(browser: Browser, running: Running) -> Iterator[Page]:
    """The demo's page on a desk's screen; an error of the page fails the test."""
    expect.set_options(timeout=PATIENCE)
    errors: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"http://localhost:{running.port - 1}")
    yield page
    page.close()
    assert errors == []


def open_channel(page: Page, name: str) -> None:
    page.locator("#sidebar").get_by_text(name, exact=True).click()
    expect(page.locator("#composer-text")).to_have_attribute("placeholder", re.compile(name))


def last_report(page: Page, words: str) -> Locator:
    """The newest message that says `words`, in the direct messages with the app."""
    return page.locator("#panel article, #panel .message").filter(has_text=words).last


def of_days(page: Page, student: str, days: int) -> Locator:
    """The newest report on a student over so many days, whether or not they are on track."""
    return last_report(page, f"{student} · Grade 5 Maths · ").filter(has_text=f"last {days} days")


def width_of_picture(report: Locator) -> int:
    picture = report.locator("img").first
    expect(picture).to_be_visible()
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    found: int = picture.evaluate("image => image.naturalWidth")
    return found


def test_a_command_leads_to_a_report_with_its_picture(page: Page, tmp_path: Path) -> None:
    open_channel(page, "general")
    enter(page, "/class-report Grade 5")
    pointer = last_report(page, "is in your messages with me")
    expect(pointer).to_contain_text("Only visible to you")
    pointer.get_by_text("Open").click()
    report = last_report(page, "Grade 5 Maths")
    assert width_of_picture(report) == 1200
    expect(report).to_contain_text("Accuracy")
    page.screenshot(path=tmp_path / "class.png")


def test_the_range_menu_changes_the_report_and_its_picture_in_place(
    page: Page, tmp_path: Path
) -> None:
    enter(page, "/student-report Maya 30d")
    report = of_days(page, "Maya Okafor", 30)
    before = report.locator("img").first.get_attribute("src")
    report.locator("select").first.select_option(label="60 days")
    changed = of_days(page, "Maya Okafor", 60)
    expect(changed).to_contain_text("(edited)")
    assert width_of_picture(changed) == 1200
    assert changed.locator("img").first.get_attribute("src") != before
    page.screenshot(path=tmp_path / "range.png")


def test_other_days_are_chosen_by_two_pickers(page: Page, tmp_path: Path) -> None:
    enter(page, "/student-report Ana Ruiz 30d")
    report = of_days(page, "Ana Ruiz", 30)
    report.locator("select").first.select_option(label="Other days…")
    modal = page.locator("#modal")
    expect(modal.locator("input[type=date]")).to_have_count(2)
    page.screenshot(path=tmp_path / "days.png")
    first = modal.locator("input[type=date]").first.input_value()
    today = date.fromisoformat(modal.locator("input[type=date]").last.input_value())
    modal.locator("input[type=date]").last.fill((today + timedelta(days=3)).isoformat())
    modal.locator("button[type=submit], .button-primary").last.click()
    expect(modal).to_contain_text("That day has not come yet.")
    modal.locator("input[type=date]").last.fill(first)
    modal.locator("button[type=submit], .button-primary").last.click()
    expect(modal).not_to_be_visible()
    alone = date.fromisoformat(first)
    expect(last_report(page, "Ana Ruiz · Grade 5 Maths · ")).to_contain_text("(edited)")
    expect(last_report(page, f" · {alone.day} {alone:%b} · data to")).to_contain_text("Ana Ruiz")


def test_all_skills_are_listed_in_a_modal(page: Page, tmp_path: Path) -> None:
    enter(page, "/student-report Sam O'Neil")
    last_report(page, "Sam O'Neil · Grade 5 Maths · ").get_by_role(
        "button", name="All skills"
    ).click()
    modal = page.locator("#modal")
    expect(modal).to_contain_text("Equivalent fractions")
    page.screenshot(path=tmp_path / "skills.png")
    modal.get_by_role("button", name="Close").last.click()
    expect(modal).not_to_be_visible()


def test_a_report_is_taken_along_as_a_pdf(page: Page, tmp_path: Path) -> None:
    enter(page, "/student-report Sam O'Neil 60d")
    report = page.locator("#panel .message").filter(has_text="last 60 days").last
    report.get_by_role("button", name="PDF", exact=True).click()
    file = page.locator("#panel a.file").filter(has_text="student-report.pdf").last
    expect(file).to_contain_text("PDF · ")
    expect(last_report(page, "student report as PDF")).to_contain_text("sent below")
    page.screenshot(path=tmp_path / "file.png")
    opened = page.request.get(f"{page.url.partition('#')[0]}{file.get_attribute('href')}")
    assert opened.headers["content-type"] == "application/pdf"
    assert opened.body().startswith(b"%PDF")


def test_a_class_report_opens_any_of_its_students(page: Page, tmp_path: Path) -> None:
    enter(page, "/class-report Grade 6")
    # The pointer in the same messages names the class too, but has no menu.
    report = page.locator("#panel article, #panel .message").filter(has_text="Grade 6 Maths")
    menu = report.filter(has=page.locator("input")).last.locator("input").first
    menu.click()
    choice = page.locator("#panel [role=option]").first
    name = choice.inner_text().split("\n")[0].split(" · ")[0]
    page.screenshot(path=tmp_path / "students.png")
    choice.click()
    report = last_report(page, f"{name} · Grade 6 Maths")
    assert width_of_picture(report) == 1200


def test_a_class_report_leads_to_a_skill_of_it(page: Page, tmp_path: Path) -> None:
    enter(page, "/class-report Grade 6")
    report = last_report(page, "Grade 6 Maths · 24 students")
    report.locator("input").nth(1).click()
    page.locator("#panel [role=option]").filter(has_text="Fractions").first.click()
    skill = last_report(page, "need work on Equivalent fractions")
    expect(skill).to_contain_text("Time to mastery")
    assert width_of_picture(skill) == 1200
    page.screenshot(path=tmp_path / "skill.png")


def test_the_menus_of_a_trend_change_it_in_place(page: Page, tmp_path: Path) -> None:
    enter(page, "/homeroom trend Maya 60d")
    trend = last_report(page, "Maya is improving")
    before = trend.locator("img").first.get_attribute("src")
    trend.get_by_label("Metric").select_option(label="Questions")
    changed = of_days(page, "Maya Okafor", 60)
    expect(changed).to_contain_text("(edited)")
    expect(changed).to_contain_text("questions")
    expect(changed.get_by_label("Metric").locator("option:checked")).to_have_text("Questions")
    assert width_of_picture(changed) == 1200
    assert changed.locator("img").first.get_attribute("src") != before
    page.screenshot(path=tmp_path / "trend.png")


def test_a_student_is_left_out_of_leaderboards_and_put_back(page: Page, tmp_path: Path) -> None:
    enter(page, "/homeroom compare Ana Ruiz")
    compared = last_report(page, "Ana Ruiz · beside Grade 5 Maths")
    expect(compared).to_contain_text("Leaderboard place ")
    compared.get_by_role("button", name="Leave out of leaderboards").click()
    back = compared.get_by_role("button", name="Put back on leaderboards")
    expect(back).to_be_visible()
    expect(compared).not_to_contain_text("Leaderboard place ")
    page.screenshot(path=tmp_path / "left-out.png")
    back.click()
    expect(compared).to_contain_text("Leaderboard place ")


def test_two_of_one_name_stay_apart_when_one_is_picked_by_keyboard(page: Page) -> None:
    enter(page, "/student-report")
    modal = page.locator("#modal")
    expect(modal.locator("[role=option]").first).to_be_visible()
    page.keyboard.type("emma")
    expect(modal.locator("[role=option]")).to_have_count(2)
    expect(modal.locator("[role=option]").first).to_contain_text("Grade 5 Maths · S")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(modal.locator("input").first).to_have_value(re.compile(r"^Emma Novak \(S\d+\)$"))
    modal.get_by_role("button", name="Cancel").click()
    expect(modal).not_to_be_visible()


def test_home_shows_the_classes_and_leads_to_their_reports(page: Page, tmp_path: Path) -> None:
    page.get_by_role("tab", name="Home", exact=True).click()
    home = page.locator("#panel")
    expect(home).to_contain_text("Grade 6 Maths")
    page.screenshot(path=tmp_path / "home.png")
    home.get_by_role("button", name="Report").last.click()
    page.locator("#modal").get_by_role("button", name="Open").click()
    page.locator("#modal").get_by_role("button", name="Close").last.click()
    expect(last_report(page, "Grade 6 Maths")).to_contain_text("Accuracy")


@pytest.mark.parametrize(
    ("person", "words"),
    [("U0LEO", "Reports are for teachers"), ("U0GUEST", "guests cannot")],
)
def test_students_and_guests_are_told_that_reports_are_not_for_them(
    page: Page, person: str, words: str
) -> None:
    page.locator("#sidebar select").select_option(person)
    expect(page.locator("#composer-text")).to_have_attribute(
        "data-place", re.compile(f"^{person}/")
    )
    enter(page, "/class-report")
    expect(last_report(page, words)).to_contain_text("Only visible to you")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_report_fits_a_phone(
    browser: Browser, running: Running, tmp_path: Path, scheme: str
) -> None:
    phone = browser.new_page(
        viewport={"width": 380, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=True,
    )
    phone.goto(f"http://localhost:{running.port - 1}")
    enter(phone, "/student-report Maya")
    report = last_report(phone, "Maya Okafor")
    assert width_of_picture(report) == 1200
    overflow: int = phone.evaluate("document.documentElement.scrollWidth - innerWidth")
    phone.screenshot(path=tmp_path / f"phone-{scheme}.png")
    phone.close()
    assert overflow <= 0
