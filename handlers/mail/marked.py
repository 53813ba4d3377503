"""What a teacher typed with marks, for e-mails and pages: as HTML, and as text without marks."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from handlers.marks import LineKind, MarkedLine, Piece, read_marks


@dataclass(frozen=True, slots=True)
class Marked:
    """A text for templates, which take it as it is: `{{ message.html }}`, `{{ message.text }}`."""

    html: Markup
    text: str

    @classmethod
    def of(cls, text: str) -> "Marked":
        """A text as it was typed."""
        return cls(html_of(text), plain_of(text))


def html_of(text: str) -> Markup:
    """Paragraphs, lists and quotes in HTML, safe as it is."""
    parts: list[Markup] = []
    for kind, group in groupby(read_marks(text), key=lambda one: one.kind):
        own = list(group)
        lines = [Markup("").join(map(_html, one.pieces)) for one in own]
        if kind in (LineKind.BULLET, LineKind.NUMBERED):
            tag, start = ("ul", 0) if kind is LineKind.BULLET else ("ol", own[0].number)
            items = Markup("").join(Markup("<li>{}</li>").format(one) for one in lines)
            first = Markup(' start="{}"').format(start) if start > 1 else Markup("")
            parts.append(Markup("<{0}{2}>{1}</{0}>").format(tag, items, first))
        elif kind is LineKind.QUOTE:
            parts.append(Markup("<blockquote>{}</blockquote>").format(_broken(lines)))
        else:
            parts.extend(Markup("<p>{}</p>").format(one) for one in _paragraphs(lines))
    return Markup("\n").join(parts)


def _paragraphs(lines: list[Markup]) -> Iterator[Markup]:
    for is_text, group in groupby(lines, key=lambda one: bool(one.strip())):
        if is_text:
            yield _broken(list(group))


def _broken(lines: list[Markup]) -> Markup:
    return Markup("<br>").join(lines)


def _html(piece: Piece) -> Markup:
    inside = escape(piece.text)
    for name, tag in (("code", "code"), ("strike", "s"), ("italic", "em"), ("bold", "strong")):
        if getattr(piece, name):
            inside = Markup("<{0}>{1}</{0}>").format(tag, inside)
    if piece.url is None:
        return inside
    return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(
        piece.url, inside
    )


def plain_of(text: str) -> str:
    """Without marks, links with their addresses."""
    return "\n".join(_plain_line(one) for one in read_marks(text))


def _plain_line(line: MarkedLine) -> str:
    words = "".join(map(_plain, line.pieces))
    before = {LineKind.BULLET: "• ", LineKind.NUMBERED: f"{line.number}. ", LineKind.QUOTE: "> "}
    return before.get(line.kind, "") + words


def _plain(piece: Piece) -> str:
    same = piece.url is None or piece.url == piece.text
    return piece.text if same else f"{piece.text} ({piece.url})"
