"""The guardians of the demo school: one or two a student, invented, in the languages of a town."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from school.demo.people import DemoStudent

GIVEN_NAMES = (
    "Alex",
    "Bruna",
    "Carlo",
    "Daniel",
    "Eva",
    "Farah",
    "Georg",
    "Helena",
    "Ismail",
    "Julia",
    "Karim",
    "Laura",
    "Martin",
    "Nina",
    "Paul",
    "Rita",
    "Stefan",
    "Teresa",
    "Vera",
    "Walid",
)
_TOLD: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "Maya Okafor": (("Ngozi Okafor", "en", False), ("Chidi Okafor", "en", False)),
    "Leo Park": (("Min-ji Park", "ko", False),),
    "Ana Ruiz": (("Carmen Ruiz", "es", False), ("Jorge Ruiz", "es", False)),
    "Sam O'Neil": (("Fiona O'Neil", "en", False), ("Declan O'Neil", "en", True)),
    "Олена Шевченко": (("Ірина Шевченко", "uk", False),),
}
"""Guardians by their child: name, language, whether they must not be written to."""
LANGUAGES = {
    "Garcia": "es",
    "Vargas": "es",
    "Reyes": "es",
    "Lopez": "es",
    "Delgado": "es",
    "Herrera": "es",
    "Romero": "es",
    "Hussein": "ar",
    "Mansour": "ar",
    "Diallo": "fr",
    "Laurent": "fr",
    "Khan": "ur",
    "Siddiqui": "ur",
    "Demir": "tr",
    "Yilmaz": "tr",
    "Kowalski": "pl",
    "Wojcik": "pl",
    "Ivanov": "ru",
    "Nguyen": "vi",
    "Tran": "vi",
    "Pham": "vi",
    "Zhang": "zh",
    "Lin": "zh",
    "Santos": "pt",
    "Almeida": "pt",
}
"""What is spoken at home, by family name; English elsewhere."""
WITHOUT_ADDRESS = 0.04
"""The share of guardians of whom the school has no address."""


@dataclass(frozen=True, slots=True)
class DemoGuardian:
    """A guardian of one student."""

    name: str
    email: str | None
    language: str
    do_not_contact: bool = False


def guardians(student: DemoStudent, rng: Random) -> Iterator[DemoGuardian]:
    """A student's guardians. Their addresses hold no names."""
    for number, (name, language, do_not_contact) in enumerate(_people(student, rng), 1):
        email = f"family-{student.source_id[1:]}-{number}@families.school.test"
        is_known = student.name in _TOLD or rng.random() >= WITHOUT_ADDRESS
        yield DemoGuardian(name, email if is_known else None, language, do_not_contact)


def _people(student: DemoStudent, rng: Random) -> tuple[tuple[str, str, bool], ...]:
    if student.name in _TOLD:
        return _TOLD[student.name]
    language = LANGUAGES.get(student.family_name, "en")
    return tuple(
        (f"{given} {student.family_name}", language, False)
        for given in rng.sample(GIVEN_NAMES, rng.choice((1, 2, 2)))
    )
