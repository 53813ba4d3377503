"""A class pack: every student's report in one PDF, made in parts and then joined."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from analytics.exports.blocks import Contents, Entry, Sheet
from analytics.exports.joining import PART, Outline, join, outline_of
from analytics.exports.typesetting import typeset
from analytics.wording import plural


def pack_pdf(
    parts: Sequence[bytes], class_title: str, *, paper: str = "a4", now: datetime
) -> bytes:
    """Students' reports in one PDF behind a table of contents, in the order given.

    Each has page numbers of its own; bookmarks and the names in the table lead to it. Memory grows
    with the size of the parts' files alone. PDF/UA-1 where every part is.
    """
    outlines = [outline_of(part) for part in parts]
    sheet = Sheet(
        title=class_title,
        subtitle=f"Class pack · {plural(len(parts), 'report')}",
        footer=f"{class_title} · class pack",
        blocks=(Contents(tuple(_entries(outlines))),),
    )
    accessible = all(one.accessible for one in outlines)
    front = typeset(sheet, "Class pack", paper=paper, now=now, accessible=accessible)
    return join(front, parts)


def _entries(outlines: Sequence[Outline]) -> Iterable[Entry]:
    for number, one in enumerate(outlines):
        yield Entry(one.name, str(one.pages), f"{PART}{number}")
