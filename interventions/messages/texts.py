"""What a message may be: 1 to 3,000 characters, with no placeholder left in it."""

import re
import unicodedata
from itertools import compress

from interventions.given import check_text
from school.errors import InvalidInput

LONGEST_MESSAGE = 3000
LONGEST_REPLY = 4000
"""Slack cuts what people type into pieces of so many characters."""
_TURNED = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of writing: with them an address reads as another one."""
_BRACKETED = re.compile(r"\[[^\[\]\n]{1,60}\]")


def clean(text: str) -> str:
    """Text as it was written, without what no database or screen takes and no reader sees."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    taken = (
        one in "\n\t" or (unicodedata.category(one) not in ("Cc", "Cs") and one not in _TURNED)
        for one in lines
    )
    return "".join(compress(lines, taken)).strip()


def is_empty(text: str) -> bool:
    """Whether a text has nothing that a reader would see."""
    return not any(unicodedata.category(one)[0] not in "CZ" for one in text)


def checked_message(message: str) -> str:
    """A message as it will be read. Raises InvalidInput on `message`."""
    return _checked(message, "message", "Write a message.", "The message", LONGEST_MESSAGE)


def checked_reply(reply: str) -> str:
    """An answer as it was written. Raises InvalidInput on `reply`."""
    return _checked(reply, "reply", "Write your answer.", "Your answer", LONGEST_REPLY)


def bracketed(text: str) -> tuple[str, ...]:
    """What stands in square brackets and reads like a placeholder, each once, in order."""
    found = (one.group() for one in _BRACKETED.finditer(text))
    return tuple(dict.fromkeys(one for one in found if any(map(str.isalpha, one))))


def _checked(typed: str, field: str, if_empty: str, what: str, most: int) -> str:
    check_text(typed, field)
    text = clean(typed)
    if is_empty(text):
        raise InvalidInput(field, if_empty)
    if len(text) > most:
        words = f"{what} has {len(text):,} characters. Use {most:,} at most."
        raise InvalidInput(field, words)
    return text
