"""What a teacher typed with Slack's own marks, read once and shown in three ways
(`handlers.views.marked`, `handlers.mail.marked`).

`*bold*`, `_italic_`, `~struck~`, `` `code` ``, lists (`• `, `- `, `1. `), quotes (`> `) and links
(`https://…`, `<https://…|words>`) are marks; everything else is text, mentions such as `<!channel>`
or `<@U123>` among it. Nothing here can make more of them than text. A link shows where it leads:
one whose words read like another address shows both.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one style; with `url` it leads there."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    url: str | None = None


class LineKind(StrEnum):
    """What a line is."""

    TEXT = "text"
    BULLET = "bullet"
    NUMBERED = "numbered"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One line as it was typed; of a list or quote without its mark. `number`: of a list's item."""

    kind: LineKind
    pieces: tuple[Piece, ...]
    number: int = 0


_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<link>https?://[^\s<>|]+)(?:\|(?P<label>[^<>|\n]+))?>"
    r"|(?P<url>https?://[^\s<>|]+)"
    r"|(?<![\w*])\*(?P<bold>\S|\S[^*\n]*?\S)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic>\S|\S[^\n]*?\S)_(?![\w_])"
    r"|(?<![\w~])~(?P<strike>\S|\S[^~\n]*?\S)~(?![\w~])"
)
_MARKS = (
    (LineKind.BULLET, re.compile(r"\s*[•◦▪*-]\s+(?=\S)")),
    (LineKind.NUMBERED, re.compile(r"\s*(\d{1,3})[.)]\s+(?=\S)")),
    (LineKind.QUOTE, re.compile(r"\s*>\s?")),
)
_ENDS = ".,;:!?'\")]}…"
_ADDRESS_LIKE = re.compile(r"://|\bwww\.|\b[\w-]+\.[a-z]{2,}\b", re.IGNORECASE)


def read_marks(text: str) -> tuple[MarkedLine, ...]:
    """The lines of a text with their marks read."""
    return tuple(_line(one) for one in text.split("\n"))


def _line(text: str) -> MarkedLine:
    for kind, mark in _MARKS:
        if found := mark.match(text):
            number = int(found[1]) if kind is LineKind.NUMBERED else 0
            return MarkedLine(kind, tuple(_pieces(text[found.end() :], Piece(""))), number)
    return MarkedLine(LineKind.TEXT, tuple(_pieces(text, Piece(""))))


def _pieces(text: str, style: Piece) -> Iterator[Piece]:
    """The text in pieces, each with `style` and what its marks add to it."""
    at = 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            yield replace(style, text=text[at : found.start()])
        yield from _marked(found, style)
        at = found.end()
    if at < len(text):
        yield replace(style, text=text[at:])


def _marked(found: re.Match[str], style: Piece) -> Iterator[Piece]:
    kind = found.lastgroup or ""
    if found["code"] is not None:
        yield replace(style, text=found["code"], code=True)
    elif found["link"] is not None:
        yield from _link(found["link"], found["label"], found.group(), style)
    elif found["url"] is not None:
        bare = _without_ends(found["url"])
        yield from _link(bare, None, bare, style)
        if found["url"] != bare:
            yield replace(style, text=found["url"][len(bare) :])
    elif getattr(style, kind):
        yield replace(style, text=found.group())
    else:
        yield from _pieces(found[kind], _styled(style, kind))


def _styled(style: Piece, kind: str) -> Piece:
    return replace(
        style,
        bold=style.bold or kind == "bold",
        italic=style.italic or kind == "italic",
        strike=style.strike or kind == "strike",
    )


def _link(url: str, label: str | None, typed: str, style: Piece) -> Iterator[Piece]:
    """A link; one with a name or letters in it that hide where it leads stays text."""
    parts = _address(url)
    if parts is None:
        yield replace(style, text=typed)
    elif label is None:
        yield replace(style, text=url, url=url)
    elif _reads_like_another(label, parts):
        yield replace(style, text=f"{label} (")
        yield replace(style, text=url, url=url)
        yield replace(style, text=")")
    else:
        yield replace(style, text=label, url=url)


def _address(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    return parts if host and host.isascii() and "@" not in parts.netloc else None


def _reads_like_another(label: str, parts: SplitResult) -> bool:
    if not _ADDRESS_LIKE.search(label):
        return False
    own = label.strip() if "://" in label else f"https://{label.strip()}"
    shown = _address(own)
    return shown is None or shown.hostname != parts.hostname


def _without_ends(url: str) -> str:
    """An address without what ends the sentence after it; a bracket that it opened stays."""
    while url[-1:] in _ENDS and not (url.endswith(")") and url.count("(") >= url.count(")")):
        url = url[:-1]
    return url
