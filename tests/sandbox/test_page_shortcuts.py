"""Shortcuts on the page."""

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from sandbox import SandboxServer
from tests.sandbox.chromium import visit
from tests.sandbox.support import GENERAL, RUIZ, HttpBot

pytestmark = pytest.mark.browser


def test_shortcuts_are_found_beside_the_composer_and_on_messages(
    page: Page, slack: SandboxServer, http_bot: HttpBot, client: WebClient, width: int
) -> None:
    client.chat_postMessage(channel=GENERAL, text="the news")
    client.chat_postEphemeral(channel=GENERAL, user=RUIZ, text="psst")
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, slack, GENERAL)
    page.locator(".message").first.hover()
    menus = page.get_by_role("button", name="Message shortcuts")
    expect(menus).to_have_count(1)
    menus.click()
    page.get_by_role("menuitem", name="About this").click()
    expect(page.locator(".ephemeral").last).to_contain_text("About the news in general")
    page.get_by_role("button", name="Shortcuts", exact=True).click()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="New goal")).to_be_visible()
