"""Using the page in a real Chromium."""

import re

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from sandbox import SandboxServer
from tests.sandbox.chromium import visit
from tests.sandbox.support import GENERAL, PARK, RUIZ, HttpBot, ready_upload
from tests.sandbox.toy import card, option, plain

pytestmark = pytest.mark.browser


def test_a_command_is_completed_sent_and_answered(
    page: Page, slack: SandboxServer, http_bot: HttpBot
) -> None:
    visit(page, slack, GENERAL)
    box = page.get_by_role("combobox", name="Message # general")
    box.press_sequentially("/s")
    expect(page.locator("#commands [role=option]")).to_have_count(2)
    box.press("ArrowDown")
    expect(page.get_by_role("option", name="/slow")).to_have_attribute("aria-selected", "true")
    box.press("ArrowUp")
    box.press("Tab")
    expect(box).to_have_value("/student-report ")
    expect(page.locator(".usage")).to_have_text("/student-report <student> [range]")
    box.press_sequentially("Maya")
    box.press("Enter")
    expect(page.locator(".ephemeral")).to_contain_text("Only visible to you")
    notice = page.locator(".toast-message")
    expect(notice).to_contain_text("A report")
    notice.get_by_role("button").first.click()
    expect(page.locator("#header h1")).to_have_text("Homeroom")
    expect(page.locator(".message")).to_contain_text("Maya is well")


def test_a_failed_command_is_shown(page: Page, slack: SandboxServer, http_bot: HttpBot) -> None:
    visit(page, slack, GENERAL)
    page.locator("#composer-text").fill("/slow")
    page.keyboard.press("Enter")
    words = '/slow failed with the error "operation_timeout"'
    expect(page.locator(".ephemeral")).to_contain_text(words)


def test_messages_arrive_by_themselves_and_are_announced(
    page: Page, slack: SandboxServer, client: WebClient
) -> None:
    visit(page, slack, GENERAL)
    expect(page.locator(".empty")).to_contain_text("No messages yet")
    posted = client.chat_postMessage(channel=GENERAL, text="First *news*")
    expect(page.locator(".message b").last).to_have_text("news")
    expect(page.locator("#announcer")).to_have_text("Homeroom: First news")
    client.chat_update(channel=GENERAL, ts=posted["ts"], text="Second news")
    expect(page.locator(".message")).to_contain_text("Second news(edited)")
    page.locator("#composer-text").fill("Line one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("<b>two</b> & three")
    page.keyboard.press("Enter")
    expect(page.locator(".message").last).to_contain_text("Line one<b>two</b> & three")
    assert slack.messages(RUIZ, GENERAL)[-1].text == "Line one\n&lt;b&gt;two&lt;/b&gt; &amp; three"


def test_menus_and_pickers_act(
    page: Page, slack: SandboxServer, http_bot: HttpBot, client: WebClient
) -> None:
    client.chat_postMessage(channel=RUIZ, text="A report", blocks=card("Maya"))
    visit(page, slack)
    page.get_by_role("combobox", name="Range").select_option("7 days")
    expect(page.locator(".message").first).to_contain_text("Range 7d")
    search = page.get_by_role("combobox", name="Student")
    search.click()
    search.press_sequentially("mi")
    expect(page.locator(".popup [role=option]")).to_have_text(["Mia"])
    search.press("ArrowDown")
    search.press("Enter")
    expect(page.locator(".ephemeral").last).to_contain_text("Chose mia")
    expect(search).to_have_value("Mia")
    page.locator("input[type=date]").fill("2026-06-01")
    expect(page.locator(".ephemeral").last).to_contain_text("Chose 2026-06-01")


def test_a_click_that_is_not_acknowledged_is_marked(
    page: Page, slack: SandboxServer, http_bot: HttpBot, client: WebClient
) -> None:
    client.chat_postMessage(channel=RUIZ, text="A report", blocks=card("Maya"))
    visit(page, slack)
    button = page.get_by_role("button", name="Stuck")
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    expect(page.locator(".toast-failure")).to_contain_text("operation_timeout")
    expect(button).to_have_class(re.compile("failed"))


def test_a_form_keeps_the_focus_shows_errors_and_sends(
    page: Page, slack: SandboxServer, http_bot: HttpBot
) -> None:
    visit(page, slack, GENERAL)
    page.locator("#composer-text").fill("/ask")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="New goal")
    name = dialog.get_by_label("Name")
    expect(name).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
    outside = "document.activeElement.closest('main, nav') !== null"
    assert page.evaluate(outside) is False
    dialog.get_by_role("button", name="Save").click()
    error = dialog.get_by_role("alert")
    expect(error).to_have_text("Please complete this required field.")
    expect(name).to_have_attribute("aria-invalid", "true")
    name.fill("wrong")
    name.press("Enter")
    expect(error).to_have_text("Not that name")
    expect(name).to_have_value("wrong")
    name.fill("half")
    dialog.get_by_role("button", name="Refresh").click()
    expect(page.get_by_role("dialog", name="Newer goal").get_by_label("Name")).to_have_value("half")
    page.get_by_role("button", name="Deeper").click()
    deeper = page.get_by_role("dialog", name="Deeper goal")
    expect(deeper.get_by_role("button", name="Back")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("dialog", name="Newer goal").get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert slack.wait_for_message(RUIZ, matching="Saved half")


def test_home_and_about_have_their_tabs(
    page: Page, slack: SandboxServer, http_bot: HttpBot
) -> None:
    visit(page, slack)
    expect(page.locator(".empty")).to_contain_text("beginning of your messages with Homeroom")
    page.get_by_role("tab", name="Home").click()
    expect(page.locator(".home")).to_contain_text("Good morning")
    expect(page.locator("#composer")).to_be_hidden()
    page.get_by_role("tab", name="About").click()
    expect(page.locator(".about")).to_contain_text("/class-report [class] [range]")


def test_another_person_sees_another_slack(
    page: Page, slack: SandboxServer, client: WebClient
) -> None:
    client.chat_postEphemeral(channel=GENERAL, user=RUIZ, text="For Ms Ruiz alone")
    client.chat_postMessage(channel=GENERAL, text="For all")
    visit(page, slack, GENERAL)
    expect(page.locator(".message")).to_have_count(2)
    page.get_by_role("combobox", name="You are").select_option("Mr Park")
    expect(page.locator("#header h1")).to_have_text("Homeroom")
    page.locator("[data-place=general]").click()
    expect(page.locator(".message")).to_have_count(1)
    expect(page.locator("[data-place=staff-room]")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("combobox", name="You are")).to_have_value(PARK)
    expect(page.locator(".message")).to_have_text(re.compile("For all"))


def test_a_picture_is_shown_and_enlarged(
    page: Page, slack: SandboxServer, client: WebClient
) -> None:
    file_id = ready_upload(slack, client)
    image = {"type": "image", "alt_text": "Maya is improving", "slack_file": {"id": file_id}}
    client.chat_postMessage(channel=RUIZ, text="x", blocks=[image])
    visit(page, slack)
    picture = page.get_by_role("button", name="Enlarge: Maya is improving")
    picture.click()
    expect(page.get_by_role("dialog", name="Picture")).to_contain_text("Maya is improving")
    page.get_by_role("button", name="Full size").click()
    expect(page.get_by_role("button", name="Full size", pressed=True)).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_confirmation_is_asked_for_first(
    page: Page, slack: SandboxServer, http_bot: HttpBot, client: WebClient
) -> None:
    confirm = {
        "title": plain("Sure?"),
        "text": plain("It goes"),
        "confirm": plain("Yes"),
        "deny": plain("No"),
    }
    more = {"type": "button", "action_id": "more", "text": plain("Delete"), "confirm": confirm}
    menu = {"type": "overflow", "action_id": "student", "options": [option("Meeting", "meet")]}
    blocks = [{"type": "actions", "elements": [more, menu]}]
    client.chat_postMessage(channel=RUIZ, text="x", blocks=blocks)
    visit(page, slack)
    page.get_by_role("button", name="More actions").click()
    page.keyboard.press("Enter")
    expect(page.locator(".ephemeral")).to_contain_text("Chose meet")
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="No", exact=True).click()
    assert slack.ledger.acknowledgements("click", "more") == []
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Yes").click()
    expect(page.locator(".message").first).to_contain_text("More of it")
