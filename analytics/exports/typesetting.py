"""From a sheet to a PDF, by Typst: only our templates and fonts, nothing fetched, nothing on disk.

Everything is handed over as JSON, so that no name is ever read as markup. The PDF is PDF/UA-1:
tagged, with a title, a language, bookmarks, alt texts and header cells.
"""

import json
import re
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from analytics.charts.fonts import FOLDER, clean
from analytics.exports.blocks import Sheet
from analytics.reports.data import plain

TEMPLATES = Path(__file__).parent.parent.parent / "templates" / "typst"
MAIN = TEMPLATES / "report.typ"
PAPERS = ("a4", "letter")
ACCESSIBLE = "ua-1"

NOT_SET = ("svg", "address")

_LONG_WORD = re.compile(r"\S{20,}")
_BREAKS = re.compile(r"[_/.:+=](?=\w)|[A-Za-z0-9]{14}(?=[A-Za-z0-9])")
"""After what a long word may be broken: names of skills often are words joined by signs."""
_MAY_BREAK = "\u200b"


def typeset(
    sheet: Sheet, title: str, *, paper: str, now: datetime, accessible: bool = True
) -> bytes:
    """The sheet as PDF, made `now`; `title` goes into its metadata and so names nobody.

    It is PDF/UA-1 unless it cannot be, or is not to be called so (`accessible`). Raises ValueError
    for another paper than A4 and Letter.
    """
    if paper not in PAPERS:
        raise ValueError(f"paper is one of {', '.join(PAPERS)}, not {paper}")
    data = {"paper": paper, "title": title, "sheet": _cleaned(plain(sheet))}
    inputs = {"report": json.dumps(data)}
    if accessible:
        # `clean` leaves nothing that no font has. Should some pair of letters still be in no font
        # together, the report comes all the same: tagged, with a box in their place.
        with suppress(typst.TypstError):
            return _compile(inputs, now, [ACCESSIBLE])
    return _compile(inputs, now, [])


def _compile(inputs: dict[str, str], now: datetime, standards: list[Any]) -> bytes:
    made = _compiler().compile(
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=standards,
        timestamp=round(now.timestamp()),
    )
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    return typst.Compiler(MAIN, root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True)


def _fonts() -> typst.Fonts:
    """The bundled fonts and no others."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER]
    )


def _cleaned(value: Any) -> Any:
    """Every text that is set, cleaned; drawings and addresses are none of them."""
    if isinstance(value, dict):
        return {key: one if key in NOT_SET else _cleaned(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, str):
        return _LONG_WORD.sub(_breakable, clean(value))
    return value


def _breakable(found: "re.Match[str]") -> str:
    """A word that may be wider than a column, with places where it can be broken."""
    return _BREAKS.sub(lambda one: one.group() + _MAY_BREAK, found.group())
