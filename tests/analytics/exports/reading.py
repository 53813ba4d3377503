"""Reading a PDF back: the words of each page, its tags, its bookmarks, its metadata."""

import re
from collections.abc import Iterator
from io import BytesIO
from tempfile import NamedTemporaryFile
from typing import Any

import pikepdf
from pdfua import validate

_HEX = re.compile(r"<([0-9a-fA-F]+)>")


def findings(content: bytes) -> list[str]:
    """What the PDF/UA checker has against a PDF."""
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        return [f"{one.rule_id}: {one.message}" for one in validate(file.name).findings]


def opened(content: bytes) -> pikepdf.Pdf:
    """The PDF."""
    return pikepdf.open(BytesIO(content))


def pages(content: bytes) -> list[str]:
    """The words of each page, in the order in which they are set, runs parted by blanks."""
    with opened(content) as pdf:
        return [" ".join(" ".join(_runs(page)).split()) for page in pdf.pages]


def words(content: bytes) -> str:
    """All words of the PDF."""
    return " ".join(pages(content))


def _runs(page: pikepdf.Page) -> Iterator[str]:
    """Each piece of text that is set; what a part says that it stands for comes instead."""
    fonts = {
        str(name): _unicode(font) for name, font in page.obj.Resources.get("/Font", {}).items()
    }
    table: dict[int, str] = {}
    for step in pikepdf.parse_content_stream(page):
        operands, operator = step.operands, str(step.operator)
        if operator == "Tf":
            table = fonts[str(operands[0])]
        if operator in ("TJ", "Tj"):
            parts: Any = operands[0] if operator == "TJ" else operands
            strings = [bytes(one) for one in parts if isinstance(one, pikepdf.String)]
            yield "".join(_decoded(one, table) for one in strings)


def _decoded(codes: bytes, table: dict[int, str]) -> str:
    pairs = zip(codes[::2], codes[1::2], strict=True)
    return "".join(table.get(high * 256 + low, "") for high, low in pairs)


def _unicode(font: Any) -> dict[int, str]:
    """What each code of a font stands for, from its ToUnicode map."""
    found: dict[int, str] = {}
    for line in font.ToUnicode.read_bytes().decode("ascii").splitlines():
        codes = _HEX.findall(line)
        if len(codes) == 2 and len(codes[0]) == 4 and "beginbf" not in line:
            found[int(codes[0], 16)] = bytes.fromhex(codes[1]).decode("utf-16-be")
        if len(codes) == 3:
            first, last, start = (int(code, 16) for code in codes)
            found |= {code: chr(start + code - first) for code in range(first, last + 1)}
    return found


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """All structure elements of a kind, such as `Figure`, in reading order."""
    return [one for one in _walk(pdf.Root.StructTreeRoot.K) if str(one.S) == f"/{kind}"]


def _walk(part: Any) -> Iterator[Any]:
    if isinstance(part, pikepdf.Array):
        for one in part:
            yield from _walk(one)
    elif isinstance(part, pikepdf.Dictionary) and "/S" in part:
        yield part
        yield from _walk(part.get("/K", pikepdf.Array()))


def bookmarks(pdf: pikepdf.Pdf) -> list[str]:
    """The titles of the bookmarks, those below others after two blanks."""
    with pdf.open_outline() as outline:
        return list(_titles(outline.root, ""))


def _titles(items: list[pikepdf.OutlineItem], indent: str) -> Iterator[str]:
    for one in items:
        yield f"{indent}{one.title}"
        yield from _titles(one.children, f"{indent}  ")


def metadata(content: bytes) -> str:
    """All that a PDF says about itself."""
    with opened(content) as pdf:
        info = [str(value) for value in pdf.docinfo.values()]
        return " ".join([*info, pdf.Root.Metadata.read_bytes().decode()])
