"""Joins tagged PDFs of ours into one that is as accessible: pages, tags, bookmarks and links.

Set as one document, a pack would take memory with every student; joined, it takes that of one.
Other tools that join PDFs drop the tags. What is joined was made by `typesetting`, so that its
structure is known: a flat parent tree, one document element, explicit destinations; and the front
has a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

PART = "https://part.invalid/"
"""What the links of the front to a part, by its number from 0, go to until they are joined."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A part's name, as its first bookmark has it, its pages, and whether it is PDF/UA."""

    name: str
    pages: int
    accessible: bool


def outline_of(part: bytes) -> Outline:
    """What a table of contents says of a part."""
    with Pdf.open(BytesIO(part)) as pdf:
        name, metadata = str(pdf.Root.Outlines.First.Title), pdf.Root.Metadata.read_bytes()
        return Outline(name, len(pdf.pages), b"<pdfuaid:part>" in metadata)


def join(front: bytes, parts: Sequence[bytes]) -> bytes:
    """The parts behind the front, whose title, language and standard hold for all of it."""
    with Pdf.open(BytesIO(front)) as pdf:
        joined = _Joined(pdf)
        firsts = [joined.add(number, part) for number, part in enumerate(parts)]
        joined.point_links(firsts)
        joined.link_bookmarks()
        joined.sort_ids()
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()


class _Joined:
    """The document that grows by one part after the other."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._tags = pdf.Root.StructTreeRoot
        self._document = self._tags.K[0]
        self._bookmarks = _siblings(pdf.Root.Outlines)

    def add(self, number: int, part: bytes) -> Any:
        """Append a part's pages, tags and bookmarks; its first page."""
        first = len(self._pdf.pages)
        with Pdf.open(BytesIO(part)) as source:
            # The pages first: what is copied after them then points to their copies.
            self._pdf.pages.extend(source.pages)
            self._add_tags(number, self._pdf.copy_foreign(source.Root.StructTreeRoot), first)
            outlines = self._pdf.copy_foreign(source.Root.Outlines)
            self._bookmarks += _siblings(outlines)
        return self._pdf.pages[first].obj

    def _add_tags(self, number: int, tags: Any, first: int) -> None:
        """Hang a part's tags under ours, with keys and ids that no other part has."""
        part, offset = tags.K[0], int(self._tags.ParentTreeNextKey)
        part.S, part.P = Name.Part, self._document
        self._document.K.append(part)
        for page in list(self._pdf.pages)[first:]:
            page.obj.StructParents = int(page.obj.StructParents) + offset
        numbers = self._tags.ParentTree.Nums
        for place, entry in enumerate(tags.ParentTree.Nums):
            numbers.append(entry if place % 2 else int(entry) + offset)
        self._tags.ParentTreeNextKey = offset + int(tags.ParentTreeNextKey)
        self._add_ids(f"P{number}", tags)

    def _add_ids(self, prefix: str, tags: Any) -> None:
        """Ids of header cells, which are the same in every part until then."""
        if "/IDTree" not in tags:
            return
        names = self._tags.IDTree.Names
        for element in list(tags.IDTree.Names)[1::2]:
            element.ID = String(f"{prefix}{element.ID}")
            names.extend([element.ID, element])

    def point_links(self, firsts: Sequence[Any]) -> None:
        """Turn the links to parts into links to their first pages, named as their bookmarks are."""
        names = [str(one.Title) for one in self._bookmarks[-len(firsts) :]]
        for page in self._pdf.pages:
            for link in page.obj.get("/Annots", Array()):
                address = str(link.A.get("/URI", "")) if "/A" in link else ""
                if address.startswith(PART):
                    number = int(address.removeprefix(PART))
                    link.Dest = Array([firsts[number], Name.Fit])
                    link.Contents = String(names[number])
                    del link.A

    def sort_ids(self) -> None:
        """A name tree is searched by halving, so that its names have to be in order."""
        entries = list(self._tags.IDTree.Names)
        pairs = sorted(zip(entries[::2], entries[1::2], strict=True), key=lambda one: bytes(one[0]))
        self._tags.IDTree.Names = Array([part for pair in pairs for part in pair])

    def link_bookmarks(self) -> None:
        """One row of bookmarks over all parts."""
        root = self._pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=len(self._bookmarks)))
        for place, one in enumerate(self._bookmarks):
            one.Parent = root
            for neighbour in {"/Prev", "/Next"} & set(one.keys()):
                del one[neighbour]
            if place:
                one.Prev, self._bookmarks[place - 1].Next = self._bookmarks[place - 1], one
        root.First, root.Last = self._bookmarks[0], self._bookmarks[-1]
        self._pdf.Root.Outlines = root


def _siblings(outlines: Any) -> list[Any]:
    """The bookmarks of the first level, those below them folded away."""
    found, one = [], outlines.First
    while one is not None:
        if "/Count" in one:
            one.Count = -abs(int(one.Count))
        found.append(one)
        one = one.get("/Next")
    return found
