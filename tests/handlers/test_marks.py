"""Slack's marks: read once, shown as rich text, HTML and plain text; nothing else comes alive."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.mail.marked import Marked, html_of, plain_of
from handlers.marks import LineKind, read_marks
from handlers.views.marked import rich_blocks

LETTER = """Hi *Leo*, _look_ at <https://khan.test/x|this video> or https://a.test/b_(c).
~No~ `co*de*`, *bold _both_*
- one
- two
3. three
> said <b>

last"""


def elements(text: str) -> list[dict[str, Any]]:
    return [one for block in rich_blocks(text) for part in block["elements"] for one in deep(part)]


def deep(part: dict[str, Any]) -> list[dict[str, Any]]:
    if "elements" not in part:
        return [part]
    return [one for inside in part["elements"] for one in deep(inside)]


def test_a_letter_in_html_and_in_plain_text() -> None:
    html = html_of(LETTER)
    assert "Hi <strong>Leo</strong>, <em>look</em> at" in html
    assert '<a href="https://khan.test/x" rel="noopener noreferrer nofollow">this video</a>' in html
    assert "https://a.test/b_(c)</a>.<br><s>No</s> <code>co*de*</code>" in html
    assert "<strong>bold </strong><strong><em>both</em></strong>" in html
    assert "<ul><li>one</li><li>two</li></ul>" in html
    assert '<ol start="3"><li>three</li></ol>' in html
    assert "<blockquote>said &lt;b&gt;</blockquote>" in html
    assert html.endswith("<p>last</p>")
    assert plain_of(LETTER).splitlines() == [
        "Hi Leo, look at this video (https://khan.test/x) or https://a.test/b_(c).",
        "No co*de*, bold both",
        "• one",
        "• two",
        "3. three",
        "> said <b>",
        "",
        "last",
    ]
    assert Marked.of("*x*") == Marked(html_of("*x*"), "x")


def test_the_same_letter_in_slack() -> None:
    found = elements(LETTER)
    assert {"type": "text", "text": "Leo", "style": {"bold": True}} in found
    assert {"type": "link", "url": "https://khan.test/x", "text": "this video"} in found
    kinds = [part["type"] for block in rich_blocks(LETTER) for part in block["elements"]]
    assert kinds == [
        "rich_text_section",
        "rich_text_list",
        "rich_text_list",
        "rich_text_quote",
        "rich_text_section",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<!channel> <!here> <!everyone>",
        "<@U0LEO> <#C0GENERAL|general> <!subteam^S1>",
        "@channel @here #general",
        "https://bank.test@evil.test/x",
        "<https://bank.test@evil.test|bank>",
        "http://[broken",
        "https://bаnk.test/x",  # one letter of it is Cyrillic
        "<javascript:alert(1)|here>",
        "2*3*4 snake_case_name a~b~c *not bold * _",
    ],
)
def test_what_is_no_mark_stays_text(text: str) -> None:
    assert {one["type"] for one in elements(text)} == {"text"}
    assert "".join(one["text"] for one in elements(text)) == text
    assert "<a " not in html_of(text)
    assert plain_of(text) == text


@pytest.mark.parametrize(
    "disguised",
    ["<https://evil.test/a|https://bank.test>", "<https://evil.test/a|www.bank.test>"],
)
def test_a_link_that_reads_like_another_shows_where_it_leads(disguised: str) -> None:
    links = [one for one in elements(disguised) if one["type"] == "link"]
    assert [one["url"] for one in links] == ["https://evil.test/a"]
    assert "text" not in links[0] or links[0]["text"] == links[0]["url"]
    assert ">https://evil.test/a</a>)" in html_of(disguised)


def test_a_link_may_be_called_by_its_own_address() -> None:
    assert ">a.test/x</a>" in html_of("<https://a.test/x?y=1|a.test/x>")


@given(st.text(st.sampled_from("*_~`<>|!@#Ux \n-1.•/:hts"), max_size=60))
def test_any_text_is_shown_safely_and_within_slacks_limits(text: str) -> None:
    assert json.dumps(rich_blocks(text))
    assert {one["type"] for one in elements(text)} <= {"text", "link"}
    html = html_of(text)
    assert "<script" not in html and "<!" not in html
    assert len(read_marks(text)) == text.count("\n") + 1


def test_a_long_message_comes_in_several_blocks_with_all_its_words() -> None:
    lines = [f"{number} " + "word " * 40 for number in range(16)]
    blocks = rich_blocks("\n".join(lines))
    assert len(blocks) > 1
    text = "".join(one["text"] for one in elements("\n".join(lines)))
    assert all(line.strip() in text for line in lines)
    assert read_marks("1. x")[0].kind is LineKind.NUMBERED
