from collections.abc import Iterable
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from analytics.exports import typesetting
from analytics.exports.pack import pack_pdf
from analytics.exports.pdf import export_report_pdf
from analytics.reports.data import StudentReport
from tests.analytics.charts.samples import NAMES
from tests.analytics.exports.reading import (
    bookmarks,
    elements,
    findings,
    metadata,
    opened,
    pages,
    words,
)
from tests.analytics.exports.samples import NOW, nothing_yet, student_report

REPORTS = [
    student_report("Maya Okafor"),
    nothing_yet(student_report("王小明")),
    student_report("Z"),
]


def pack_of(reports: Iterable[StudentReport], title: str, paper: str = "a4") -> bytes:
    parts = [export_report_pdf(report, "student", paper=paper, now=NOW) for report in reports]
    return pack_pdf(parts, title, paper=paper, now=NOW)


@pytest.fixture(scope="module")
def pack() -> bytes:
    return pack_of(REPORTS, "Grade 5 Maths", "letter")


def test_a_pack_is_as_accessible_as_its_parts(pack: bytes) -> None:
    assert findings(pack) == []
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(pack)


def test_a_pack_of_nobody_is_its_table_of_contents() -> None:
    empty = pack_pdf([], "Grade 5 Maths", now=NOW)
    assert findings(empty) == [] and "Class pack · 0 reports" in words(empty)


def test_the_parts_come_in_order_each_with_its_own_page_numbers(pack: bytes) -> None:
    front, *rest = pages(pack)
    assert "Class pack · 3 reports Student Pages Maya Okafor 2 王小明 1 Z 2" in front
    assert [page[-6:] for page in rest] == ["1 of 2", "2 of 2", "1 of 1", "1 of 2", "2 of 2"]
    assert rest[0].startswith("Maya Okafor") and rest[3].startswith("Z ")


def test_bookmarks_lead_to_each_student(pack: bytes) -> None:
    with opened(pack) as pdf, pdf.open_outline() as outline:
        titles = [one.title for one in outline.root]
        targets = [pdf.pages.index(pikepdf.Page(one.destination[0])) for one in outline.root]  # type: ignore[index]
        below = [one.title for one in outline.root[1].children]
    assert titles == ["Grade 5 Maths", "Maya Okafor", "王小明", "Z"]
    assert targets == [0, 1, 3, 4]
    assert "Accuracy by week" in below


def test_the_names_in_the_table_of_contents_are_links(pack: bytes) -> None:
    with opened(pack) as pdf:
        links = list(pdf.pages[0].obj.Annots)
        targets = [pdf.pages.index(pikepdf.Page(link.Dest[0])) for link in links]
        said = [str(link.Contents) for link in links]
        assert not any("/A" in link for link in links)
    assert targets == [1, 3, 4]
    assert said == ["Maya Okafor", "王小明", "Z"]


def test_every_page_leads_to_its_own_tags(pack: bytes) -> None:
    with opened(pack) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        tree = dict(zip(map(int, list(numbers)[::2]), list(numbers)[1::2], strict=True))
        assert list(tree) == list(range(int(pdf.Root.StructTreeRoot.ParentTreeNextKey)))
        for page in pdf.pages:
            tagged = tree[int(page.obj.StructParents)]
            leads_to: list[Any] = [one.get("/Pg") or one.P.Pg for one in tagged]
            assert {one.objgen for one in leads_to} == {page.obj.objgen}


def test_each_part_of_the_tags_is_of_one_student(pack: bytes) -> None:
    with opened(pack) as pdf:
        assert len(elements(pdf, "Part")) == 3
        assert len(elements(pdf, "H1")) == 4
        ids = [str(one.ID) for one in elements(pdf, "TH")]
        known = [str(one) for one in list(pdf.Root.StructTreeRoot.IDTree.Names)[::2]]
    assert len(set(ids)) == len(ids)
    assert set(known) == set(ids)
    assert all(one < other for one, other in pairwise(known))


def test_nothing_of_the_parts_is_left_unused(pack: bytes) -> None:
    parts = [export_report_pdf(report, "student", paper="letter", now=NOW) for report in REPORTS]
    objects = sum(len(pikepdf.open(BytesIO(part)).objects) for part in parts)
    with opened(pack) as pdf:
        assert len(pdf.objects) < objects + 200
    assert len(pack) < sum(map(len, parts)) * 1.2 + 30_000


def test_the_metadata_names_nobody(pack: bytes) -> None:
    assert "Class pack" in metadata(pack)
    assert "Maya" not in metadata(pack) and "Grade 5" not in metadata(pack)


def test_a_part_that_is_not_accessible_is_not_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "clean", str)
    pack = pack_of([student_report("Maya 🦊"), REPORTS[1]], "Grade 5 Maths")
    assert "pdfuaid" not in metadata(pack)
    assert len(pages(pack)) == 4


def test_names_in_all_scripts_are_listed() -> None:
    reports = [nothing_yet(student_report(name)) for name in NAMES]
    pack = pack_of(reports, "5 <b>")
    assert findings(pack) == []
    with opened(pack) as pdf:
        assert bookmarks(pdf) == ["5 <b>", *NAMES]
