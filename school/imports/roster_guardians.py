"""Making guardians as a roster says. Whether one may be written to stays what the school said."""

from collections.abc import Iterator

from school.imports.guardians import COLUMNS, WantedGuardian, changes
from school.imports.roster_records import Roster, RosterGuardian
from school.imports.store import Store, Values
from school.models import Guardian, Student


def apply_guardians(store: Store, roster: Roster) -> None:
    """Add and change the guardians of the students that there are, and end those who are none."""
    students = store.ids(Student)
    stored = store.stored(Guardian, COLUMNS)
    added, changed = changes(_wanted(roster, students, stored), stored)
    store.change(Guardian, changed)
    store.add(Guardian, added)
    _end(store, roster, {student_id: key for key, student_id in students.items()})


def _wanted(
    roster: Roster, students: dict[str, int], stored: list[Values]
) -> Iterator[WantedGuardian]:
    on_record = {one["source_id"]: one for one in stored}
    for link in roster.families.links:
        student, key = link
        person = roster.guardians.get(key) or _as_on_record(key, on_record[key])
        yield WantedGuardian(
            students[student],
            person.name,
            None if link in roster.families.shared else person.email,
            key,
            is_active=person.is_active,
        )


def _as_on_record(key: str, found: Values) -> RosterGuardian:
    """A guardian whose own row is not in the roster, only that of another child."""
    return RosterGuardian(key, found["name"], found["email"], found["is_active"])


def _end(store: Store, roster: Roster, students: dict[int, str]) -> None:
    """Who was a guardian by the roster is none when it says so of the person or of the child."""
    links, told = set(roster.families.links), roster.families.told
    disabled = {key for key, one in roster.guardians.items() if not one.is_active}
    gone = roster.gone_people | disabled
    changed = []
    for one in store.stored(Guardian, ("student_id", "source_id", "is_active")):
        key, student = one["source_id"], students[one["student_id"]]
        is_unlinked = bool({key, student} & told) and (student, key) not in links
        if key is not None and one["is_active"] and (key in gone or is_unlinked):
            changed.append({"id": one["id"], "is_active": False})
    store.change(Guardian, changed)
