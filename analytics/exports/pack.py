"""A class pack: every student's report in one PDF, made in parts."""

import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from analytics.exports.sheets.student import student_sheet
from analytics.exports.typesetting import Document, sheet_data, typeset
from analytics.reports.data import StudentReport


def export_pack_pdf(
    reports: Iterable[StudentReport], class_title: str, *, paper: str = "a4", now: datetime
) -> bytes:
    """All of these reports in one PDF, in the order given; see `pack_pdf`."""
    return pack_pdf(
        [pack_part(report, now) for report in reports], class_title, paper=paper, now=now
    )


def pack_part(report: StudentReport, now: datetime) -> bytes:
    """One student's sheet with its charts drawn, for `pack_pdf` to set."""
    data = json.dumps(sheet_data(student_sheet(report, now)))
    return zlib.compress(data.encode(), level=1)


def pack_pdf(
    parts: Sequence[bytes], class_title: str, *, paper: str = "a4", now: datetime
) -> bytes:
    """The parts in one PDF, each on pages counted by themselves, behind a table of contents."""
    sheets = [json.loads(zlib.decompress(part)) for part in parts]
    document = Document("Class pack", sheets, contents=class_title)
    return typeset(document, paper=paper, now=now)
