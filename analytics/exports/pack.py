"""A class pack: every student's report in one PDF, made in parts and then joined."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from analytics.exports.blocks import Contents, Entry, Sheet
from analytics.exports.joining import PART, Outline, join, outline_of
from analytics.exports.pdf import export_report_pdf
from analytics.exports.typesetting import typeset
from analytics.reports.data import StudentReport
from analytics.wording import plural


def export_pack_pdf(
    reports: Iterable[StudentReport], class_title: str, *, paper: str = "a4", now: datetime
) -> bytes:
    """All of these reports in one PDF, in the order given; see `pack_pdf`."""
    parts = [pack_part(report, paper=paper, now=now) for report in reports]
    return pack_pdf(parts, class_title, paper=paper, now=now)


def pack_part(report: StudentReport, *, paper: str = "a4", now: datetime) -> bytes:
    """One student's report, for `pack_pdf` to join with the others."""
    return export_report_pdf(report, "student", paper=paper, now=now)


def pack_pdf(
    parts: Sequence[bytes], class_title: str, *, paper: str = "a4", now: datetime
) -> bytes:
    """The parts in one PDF behind a table of contents, each with page numbers of its own.

    Bookmarks and the names in the table lead to each part. Memory grows with the size of the
    parts' files alone. PDF/UA-1 where every part is.
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
