"""Documents on the page: opened, kept, and seen to be gone, in a real Chromium."""

import json
import urllib.request

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from sandbox import SandboxServer
from tests.sandbox.chromium import visit
from tests.sandbox.support import RUIZ

pytestmark = pytest.mark.browser


def share(slack: SandboxServer, client: WebClient, name: str, content: bytes) -> str:
    """A document in Ms Ruiz's direct messages; returns its id."""
    reserved = client.files_getUploadURLExternal(filename=name, length=len(content))
    with urllib.request.urlopen(reserved["upload_url"], content) as answer:
        assert answer.status == 200
    files: list[dict[str, str | None]] = [{"id": reserved["file_id"], "title": name}]
    text = {"type": "text", "text": "The report you asked for"}
    section = {"type": "rich_text_section", "elements": [text]}
    blocks = json.dumps([{"type": "rich_text", "elements": [section]}])
    own = slack.where(RUIZ).id
    client.files_completeUploadExternal(files=files, channel_id=own, blocks=blocks)
    slack.wait_for_message(RUIZ, "", "The report you asked for")
    return str(reserved["file_id"])


def test_a_document_opens_at_a_click_and_is_kept_under_its_name(
    page: Page, slack: SandboxServer, client: WebClient, width: int
) -> None:
    share(slack, client, "class-report.csv", b"name,questions\nMaya,12\n")
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, slack)
    card = page.locator("a.file")
    expect(card).to_contain_text("class-report.csv")
    expect(card).to_contain_text("CSV · 1 kB")
    assert card.get_attribute("target") == "_blank"
    with urllib.request.urlopen(f"{slack.url}/{card.get_attribute('href')}") as opened:
        assert opened.headers["Content-Disposition"].startswith("inline")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download class-report.csv").click()
    assert download.value.suggested_filename == "class-report.csv"
    expect(page.locator(".message-body")).to_contain_text("The report you asked for")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_document_that_was_deleted_says_so(
    page: Page, slack: SandboxServer, client: WebClient
) -> None:
    file_id = share(slack, client, "student-report.pdf", b"%PDF-1.7")
    visit(page, slack)
    expect(page.locator("a.file")).to_contain_text("student-report.pdf")
    client.files_delete(file=file_id)
    expect(page.locator(".file-gone")).to_have_text("This file was deleted.")
    expect(page.locator("a.file")).to_have_count(0)


def test_what_arrives_below_is_led_to(page: Page, slack: SandboxServer, client: WebClient) -> None:
    for number in range(40):
        client.chat_postMessage(channel=RUIZ, text=f"Message {number}")
    visit(page, slack)
    pill = page.get_by_role("button", name="New messages ↓")
    expect(page.locator(".message").last).to_be_in_viewport()
    page.locator("#panel").evaluate("panel => { panel.scrollTop = 0; }")
    client.chat_postMessage(channel=RUIZ, text="The newest")
    expect(pill).to_be_visible()
    pill.click()
    expect(page.locator(".message").last).to_be_in_viewport()
    expect(pill).to_be_hidden()
