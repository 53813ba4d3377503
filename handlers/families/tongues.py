"""In which of our languages a text is written, as far as its commonest words tell."""

import re

from school.languages import ENGLISH, SPANISH

_COMMON = {
    ENGLISH: "the and is are was to of for you your has have had not with that this at please can "
    "could would will be it in on we i he she they his her their my help about class week days",
    SPANISH: "el la los las un una y es está están de del que para por con ha han su sus usted "
    "ustedes le se en al lo como muy más este si puede podría gracias días clase semana hola yo mi",
}
LEAST = 2
"""So many common words more than of the other language have to be there."""


def tongue_of(text: str) -> str | None:
    """`en` or `es`; None where that cannot be told."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    english, spanish = (
        sum(one in _COMMON[language].split() for one in words) for language in (ENGLISH, SPANISH)
    )
    if abs(english - spanish) < LEAST:
        return None
    return ENGLISH if english > spanish else SPANISH
