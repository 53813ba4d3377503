"""What a teacher typed with Slack's marks, as rich text."""

from typing import Any

from handlers.views.limits import LIMITS
from handlers.views.marked import rich_blocks
from tests.handlers.views.test_limits import sound


def parts(text: str) -> list[dict[str, Any]]:
    """The paragraphs, lists and quotes of all blocks."""
    blocks = rich_blocks(text)
    sound(blocks)
    return [part for block in blocks for part in block["elements"]]


def test_marks_become_styles_links_lists_and_quotes() -> None:
    text = (
        "Hi *Leo*, see https://a.org/x.\n- _one_\n- two\n> said\n2. b\n3. c\n<https://a.org|here>"
    )
    section, bullets, quote, numbers, link = parts(text)
    assert {"type": "text", "text": "Leo", "style": {"bold": True}} in section["elements"]
    assert {"type": "link", "url": "https://a.org/x"} in section["elements"]
    assert (bullets["style"], len(bullets["elements"])) == ("bullet", 2)
    assert quote["type"] == "rich_text_quote"
    assert (numbers["style"], numbers["offset"]) == ("ordered", 1)
    assert link["elements"] == [{"type": "link", "url": "https://a.org", "text": "here"}]


def test_mentions_and_brackets_stay_dead() -> None:
    [section] = parts("<!channel> & <@U123> <b>")
    assert section["elements"] == [{"type": "text", "text": "<!channel> & <@U123> <b>"}]


def test_nothing_is_no_block_and_blank_lines_stay() -> None:
    assert rich_blocks(" \n\n") == []
    [section] = parts("one\n\ntwo")
    assert "".join(one["text"] for one in section["elements"]) == "one\n\ntwo"


def test_a_long_text_is_cut_between_lines_into_blocks_that_slack_takes() -> None:
    lines = ["x" * 900, "y" * 900, "- " + "z" * 900, "w" * 800]
    blocks = rich_blocks("\n".join(lines))
    sound(blocks)
    assert len(blocks) == 2
    for block in blocks:
        assert len(str(block).translate(str.maketrans("", "", "{}'"))) < LIMITS["rich text"] * 2
