"""What the page makes of markup and blocks, at desktop and phone width, in a real Chromium."""

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from sandbox import SandboxServer
from tests.sandbox.chromium import visit
from tests.sandbox.support import GENERAL, PARK, RUIZ, ready_upload
from tests.sandbox.toy import card, form, mrkdwn, plain

pytestmark = pytest.mark.browser


TEXTS = {
    "*bold* and _italic_ and ~gone~": "<b>bold</b> and <i>italic</i> and <s>gone</s>",
    "2 * 3 * 4 and snake_case_name": "2 * 3 * 4 and snake_case_name",
    "`*code*`": "<code>*code*</code>",
    "&lt;script&gt;alert(1)&lt;/script&gt;": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<javascript:alert(1)|click>": "<span>click</span>",
    "&lt;!channel&gt;": "&lt;!channel&gt;",
    "*nested _both_*": "<b>nested <i>both</i></b>",
    "a\nb": "a<br>b",
    "O'Neil &amp; Sons": "O'Neil &amp; Sons",
}


def test_markup_is_rendered_and_never_html(
    page: Page, slack: SandboxServer, client: WebClient
) -> None:
    client.chat_postMessage(channel=RUIZ, text="x", blocks=[mrkdwn(t) for t in TEXTS])
    visit(page, slack)
    sections = page.locator(".section-text")
    expect(sections).to_have_count(len(TEXTS))
    assert [s.inner_html() for s in sections.all()] == list(TEXTS.values())


def test_links_people_dates_and_dots_are_rendered(
    page: Page, slack: SandboxServer, client: WebClient
) -> None:
    text = f"<https://example.com|here> <@{PARK}> :red_circle: <!date^0^{{date_num}}|then>"
    client.chat_postMessage(channel=RUIZ, text="x", blocks=[mrkdwn(text), mrkdwn("&gt; said\nno")])
    visit(page, slack)
    expect(page.get_by_role("link", name="here")).to_have_attribute("rel", "noopener noreferrer")
    expect(page.locator(".mention")).to_have_text("@Mr Park")
    expect(page.get_by_role("img", name="red circle")).to_be_visible()
    expect(page.locator(".section-text").first).to_contain_text("31/12/1969")
    expect(page.locator("blockquote")).to_have_text("said")


def everything(file_id: str) -> list[dict[str, object]]:
    """A long message with wide parts."""
    cells = [[{"type": "raw_text", "text": f"A rather long cell {n}"} for n in range(8)]] * 7
    field = {"type": "plain_text_input", "action_id": "t", "placeholder": plain("Type")}
    points = [{"label": f"W{n}", "value": n} for n in range(5)]
    line = {"type": "line", "series": [{"name": "A", "data": points}], "axis_config": {}}
    bold = {"type": "text", "text": "rich", "style": {"bold": True}}
    return [
        {"type": "header", "text": plain("A header of some length, to see it wrap on phones")},
        {"type": "section", "fields": [plain(f"Field {n}") for n in range(6)]},
        {"type": "image", "alt_text": "A chart", "slack_file": {"id": file_id}},
        {"type": "table", "rows": cells},
        {"type": "data_table", "caption": "All", "rows": cells, "page_size": 3},
        {"type": "data_visualization", "title": "Weeks", "chart": line},
        {"type": "context", "elements": [plain("W" * 120)]},
        {"type": "input", "label": plain("A field"), "element": field},
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [bold]}],
        },
        *card("x" * 300),
    ]


def test_nothing_is_wider_than_the_screen(
    page: Page, slack: SandboxServer, client: WebClient, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    blocks = everything(ready_upload(slack, client))
    client.chat_postMessage(channel=RUIZ, text="x", blocks=blocks)
    visit(page, slack)
    expect(page.locator(".block").first).to_be_visible()
    panel = "e => e.scrollWidth - e.clientWidth"
    assert page.locator("#panel").evaluate(panel) <= 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Show all 6 rows").click()
    client.views_open(trigger_id=slack.workspace.new_trigger(RUIZ), view=form())
    expect(page.get_by_role("dialog")).to_be_visible()
    box = page.get_by_role("dialog").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


def test_a_phone_shows_one_pane_at_a_time(
    page: Page, slack: SandboxServer, client: WebClient
) -> None:
    page.set_viewport_size({"width": 380, "height": 800})
    visit(page, slack, GENERAL)
    expect(page.locator("#sidebar")).to_be_hidden()
    page.get_by_role("button", name="All conversations").click()
    expect(page.locator(".main")).to_be_hidden()
    client.chat_postMessage(channel=RUIZ, text="A student needs your attention")
    entry = page.locator("[data-place=Homeroom]")
    expect(entry).to_contain_text("A student needs your attention")
    entry.click()
    expect(page.locator(".message")).to_contain_text("A student needs your attention")
