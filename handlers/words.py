"""What a person typed after a command: a name, and perhaps a range at its end."""

import html
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from school.days import looks_like_range, parse_range
from school.errors import InvalidInput

_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:\.{2,3}|…)\s*(\d{4}-\d{2}-\d{2})$")
_DAYS = re.compile(r"(?:\b(?:the\s+)?last\s+)?\b(\d+)\s*(?:d|days?)$", re.IGNORECASE)
_SMART = str.maketrans({"\u201c": '"', "\u201d": '"', "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Typed:
    """The words of a name (perhaps none), and the range's code where one was typed."""

    name: str
    range: str | None


def read_words(text: str) -> Typed:
    """Split what was typed. A range is the last word, `last 60 days`, or two days with dots."""
    text = html.unescape(text).translate(_SMART).strip()
    for pattern, code in ((_SPAN, "{0}..{1}"), (_DAYS, "{0}d")):
        if found := pattern.search(text):
            return Typed(_name(text[: found.start()]), code.format(*map(_western, found.groups())))
    before, _, last = text.rpartition(" ")
    if last and looks_like_range(last):
        return Typed(_name(before), last.lower())
    return Typed(_name(text), None)


def check_range(code: str | None, today: date) -> None:
    """Refuse, with InvalidInput, what looks like a range and is none, and days still to come."""
    if code is not None and parse_range(code, today).start > today:
        raise InvalidInput("range", "Those days have not come yet.")


def _western(text: str) -> str:
    """The same number in the digits 0 to 9, whatever script's it was typed in."""
    return "".join(str(unicodedata.digit(one)) if one.isdecimal() else one for one in text)


def _name(text: str) -> str:
    """The name without the quotes that some people put around it."""
    text = " ".join(text.split())
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].strip()
    return text
