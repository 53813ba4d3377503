"""Which guardian on record a file means: by e-mail, else by the roster's id, else by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from school.imports.store import Values
from school.names import fold

COLUMNS = ("student_id", "source_id", "name", "email", "language", "do_not_contact", "is_active")
"""What an import has to know of a guardian on record."""


@dataclass(frozen=True, slots=True)
class WantedGuardian:
    """A guardian as a file has them; None where it says nothing of that."""

    student_id: int
    name: str
    email: str | None = None
    source_id: str | None = None
    language: str | None = None
    do_not_contact: bool | None = None
    is_active: bool | None = None

    def values(self, found: Values | None) -> Values:
        """The record's values, what the file does not say as it is in `found`."""
        said = {
            "student_id": self.student_id,
            "source_id": self.source_id,
            "name": self.name or None,
            "email": self.email,
            "language": self.language,
            "do_not_contact": self.do_not_contact,
            "is_active": self.is_active,
        }
        there = found or {"do_not_contact": False, "is_active": True, "name": self.email}
        return {name: there.get(name) if one is None else one for name, one in said.items()}


def changes(
    wanted: Iterable[WantedGuardian], stored: Iterable[Values]
) -> tuple[list[Values], list[Values]]:
    """The guardians to add and those to change (with their `id`), so that all are as `wanted`.

    No two wanted of one student have the same address. An address that somebody of the student has
    is that person's, so no change ever gives one address to two.
    """
    family: dict[int, list[Values]] = {}
    for one in stored:
        family.setdefault(one["student_id"], []).append(one)
    left = list(wanted)
    added: list[Values] = []
    changed: list[Values] = []
    for same in (_same_email, _same_source, _same_name):
        rest = []
        for person in left:
            there = family.get(person.student_id, [])
            found = next((one for one in there if same(person, one)), None)
            if found is None:
                rest.append(person)
                continue
            there.remove(found)
            values = person.values(found)
            if any(found[name] != value for name, value in values.items()):
                changed.append({**values, "id": found["id"]})
        left = rest
    added += [person.values(None) for person in left]
    return added, changed


def _same_email(person: WantedGuardian, stored: Values) -> bool:
    return person.email is not None and person.email == stored["email"]


def _same_source(person: WantedGuardian, stored: Values) -> bool:
    return person.source_id is not None and person.source_id == stored["source_id"]


def _same_name(person: WantedGuardian, stored: Values) -> bool:
    """Whether it is that name, and not somebody whom the roster knows as another person."""
    is_another = person.source_id is not None and stored["source_id"] is not None
    return not is_another and bool(person.name) and fold(person.name) == fold(stored["name"])
