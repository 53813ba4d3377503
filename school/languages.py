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

_SPOKEN = {
    "am": "Amharic",
    "ar": "Arabic",
    "bn": "Bengali",
    "de": "German",
    "el": "Greek",
    "fa": "Persian",
    "fr": "French",
    "gu": "Gujarati",
    "he": "Hebrew",
    "hi": "Hindi",
    "ht": "Haitian Creole",
    "hy": "Armenian",
    "it": "Italian",
    "ja": "Japanese",
    "km": "Khmer",
    "ko": "Korean",
    "ne": "Nepali",
    "pa": "Punjabi",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "so": "Somali",
    "sw": "Swahili",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "ti": "Tigrinya",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""What families speak beside ours, by the ISO 639-1 code."""


def spoken_name(language: str) -> str:
    """The English name of a language by its code (`ko`, `zh-TW`), else what the record says."""
    return _SPOKEN.get(re.split(r"[-_]", language.strip().lower())[0], language)


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
