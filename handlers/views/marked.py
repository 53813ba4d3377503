"""What a teacher typed, with Slack's own marks for bold, italic, lists and links alive in it.

Mentions and links with another text than their address stay dead: their signs are escaped.
"""

from handlers.views.blocks import Block, Blocks
from handlers.views.limits import LIMITS

_SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def marked_blocks(text: str) -> Blocks:
    """The text as paragraphs, as many as Slack's limit asks for."""
    return [_paragraph(part) for part in _parts(text.strip())]


def _paragraph(text: str) -> Block:
    words = text.translate(_SIGNS)
    return {"type": "section", "text": {"type": "mrkdwn", "text": words, "verbatim": False}}


def _parts(text: str) -> list[str]:
    """The text in pieces that fit one block each, cut between lines or words where that goes."""
    parts, rest = list[str](), text
    while len(rest.translate(_SIGNS)) > LIMITS["section"]:
        most = _fitting(rest)
        cut = max(rest.rfind("\n", 0, most), 0) or max(rest.rfind(" ", 0, most), 0) or most
        parts.append(rest[:cut])
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def _fitting(text: str) -> int:
    """How many characters fit one block once their signs are escaped."""
    length = 0
    for number, one in enumerate(text):
        length += len(one.translate(_SIGNS))
        if length > LIMITS["section"]:
            return number
    return len(text)
