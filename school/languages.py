"""The languages in which we write to families, and what records call them."""

import re

ENGLISH, SPANISH = "en", "es"
OURS = (ENGLISH, SPANISH)
_NAMES = {
    "spanish": SPANISH,
    "español": SPANISH,
    "espanol": SPANISH,
    "castellano": SPANISH,
    "spa": SPANISH,
    "english": ENGLISH,
    "eng": ENGLISH,
    "inglés": ENGLISH,
}


def own_code(language: str | None) -> str | None:
    """The code of one of our languages, as a record names it (`es-MX`, `Spanish`); else None."""
    known = (language or "").strip().lower()
    code = code_of_name(known) or re.split(r"[-_]", known)[0]
    return code if code in OURS else None


def code_of_name(name: str) -> str | None:
    """The code of one of our languages by its name (`Spanish`, `español`); else None."""
    return _NAMES.get(name.strip().lower())


def language_of(language: str | None) -> str:
    """The language that we have for one that a record names, else English."""
    return own_code(language) or ENGLISH
