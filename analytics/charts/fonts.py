"""The bundled fonts: which one a text needs, how wide it is, and how it is shortened to fit.

Only these fonts are used, so that a picture is the same on every machine. A text gets Noto Sans and
just the fallbacks that its characters need; characters that no bundled font has are left out.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

from matplotlib.font_manager import FontEntry, FontProperties, fontManager, get_font
from matplotlib.ft2font import FT2Font

from analytics.wording.formats import MINUS

FOLDER = Path(__file__).parent / "fonts"

MAIN = "Homeroom"
FALLBACKS = (
    "NotoSansArabicUI",
    "NotoSansHebrew",
    "NotoSansDevanagariUI",
    "NotoSansBengaliUI",
    "NotoSansTamilUI",
    "NotoSansThaiUI",
    "NotoSansGujaratiUI",
    "NotoSansGurmukhiUI",
    "NotoSansTeluguUI",
    "NotoSansKannadaUI",
    "NotoSansMalayalamUI",
    "NotoSansSinhalaUI",
    "NotoSansArmenian",
    "NotoSansGeorgian",
    "NotoSansEthiopic",
    "NotoSansKhmerUI",
    "NotoSansLaoUI",
    "NotoSansMyanmarUI",
    "DroidSansFallbackFull",
    "NanumSquareR",
)
"""In the order in which they are asked for a character that Noto Sans lacks.

Nanum comes last: it has empty glyphs for Chinese characters.
"""

_JOINERS = "\u200c\u200d"
_ELLIPSIS = "…"


def path_of(family: str, *, bold: bool = False) -> Path:
    """The file of a bundled font. Only the main one is bold."""
    if family == MAIN:
        return FOLDER / f"NotoSans-{'Bold' if bold else 'Regular'}.ttf"
    return FOLDER / (f"{family}-Regular.ttf" if "Noto" in family else f"{family}.ttf")


def _register() -> None:
    # Entries written down here spare opening each file, as addfont() would; nothing is cached.
    for family in (MAIN, *FALLBACKS):
        for bold in (False, True):
            entry = FontEntry(
                fname=str(path_of(family, bold=bold)),
                name=_prefixed(family),
                weight="bold" if bold else "normal",
                size="scalable",
            )
            fontManager.ttflist.append(entry)


def _prefixed(family: str) -> str:
    """A name of our own, so that a font of the machine never stands in for a bundled one."""
    return family if family == MAIN else f"{MAIN} {family}"


_register()


@lru_cache(maxsize=4096)
def _family_for(character: str) -> str | None:
    """The first bundled font that has a character; None where there is none."""
    for family in (MAIN, *FALLBACKS):
        if _open(family, bold=False).get_char_index(ord(character)):
            return family
    return None


@lru_cache(maxsize=32)
def _open(family: str, *, bold: bool) -> FT2Font:
    return get_font(path_of(family, bold=bold))


@lru_cache(maxsize=1024)
def families(text: str) -> tuple[str, ...]:
    """The bundled fonts that a text needs, the main one first."""
    if text.isascii():
        return (MAIN,)
    needed = {_family_for(character) for character in text}
    return (MAIN, *(family for family in FALLBACKS if family in needed))


@lru_cache(maxsize=1024)
def font(text: str, size: float, *, bold: bool = False) -> FontProperties:
    """The font in which matplotlib draws `text`; `size` in points."""
    return FontProperties(
        family=[_prefixed(family) for family in families(text)],
        weight="bold" if bold else "normal",
        size=size,
    )


def dashed(text: str) -> str:
    """The text with a dash of the same length for each minus.

    Noto Sans as bundled has no minus, and that of another font is never bold.
    """
    return text.replace(MINUS, "–")


def clean(text: str) -> str:
    """A text on one line, without control characters and such as no bundled font has."""
    composed = unicodedata.normalize("NFC", dashed(text))
    kept = "".join(c for c in composed if c.isspace() or _drawable(c))
    return " ".join(kept.split()) or "–"


def _drawable(character: str) -> bool:
    if character.isascii():
        return character.isprintable()
    if unicodedata.category(character)[0] == "C":
        return character in _JOINERS
    return _family_for(character) is not None


@lru_cache(maxsize=4096)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a cleaned text is, in the unit of `size`."""
    loaded = get_font([path_of(family, bold=bold) for family in families(text)])
    loaded.set_size(size, 72)
    loaded.set_text(text)
    return float(loaded.get_width_height()[0]) / 64


ID_END = 6
"""So many characters of a long id are shown: ids differ at their ends."""


def shorten(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The cleaned text, or as much of its start as fits into `room` with an ellipsis."""
    whole = clean(text)
    if width(whole, size, bold=bold) <= room:
        return whole
    # Halving: the longest start that fits.
    fits, over = 0, len(whole)
    while over - fits > 1:
        middle = (fits + over) // 2
        if width(_cut(whole, middle), size, bold=bold) <= room:
            fits = middle
        else:
            over = middle
    return _cut(whole, fits)


def shorten_name(name: str, room: float, size: float) -> str:
    """As `shorten`, but the id in brackets that tells namesakes apart stays, or its end."""
    head, bracket, own_id = clean(name).rpartition(" (")
    if not (bracket and own_id.endswith(")")) or width(clean(name), size) <= room:
        return shorten(name, room, size)
    tail = bracket + own_id
    if width(tail, size) > room / 2:
        tail = f"{bracket}{_ELLIPSIS}{own_id[-ID_END - 1 :]}"
    return shorten(head, room - width(tail, size), size) + tail


def _cut(text: str, length: int) -> str:
    """The first `length` characters, never parting a letter from its marks, and an ellipsis."""
    while 0 < length < len(text) and _belongs_to_previous(text[length]):
        length -= 1
    return text[:length].rstrip() + _ELLIPSIS


def _belongs_to_previous(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or character in _JOINERS
