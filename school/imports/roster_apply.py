"""Making the records as a roster says: those first that others refer to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from school.imports.roster_guardians import apply_guardians
from school.imports.roster_people import STUDENT, TEACHER
from school.imports.roster_records import Roster, RosterEnrolment, RosterUser
from school.imports.store import Store, Values
from school.models import Base, Class, ClassTeacher, Enrolment, Role, School, Student, Term, User
from school.progress import mark_classmates_stale

PRIMARY, CO_TEACHER = "primary", "co-teacher"


@dataclass(slots=True)
class Applying:
    """One roster on its way into one workspace, on the local day `today`."""

    store: Store
    roster: Roster
    now: datetime
    today: date
    classes: dict[str, int] = field(default_factory=dict)
    people: dict[str, dict[str, int]] = field(default_factory=dict)

    def apply(self) -> None:
        """Add and change whatever differs."""
        self._places()
        self._classes()
        self._users()
        self._students()
        self.classes = self.store.ids(Class)
        self.people = {TEACHER: self.store.ids(User), STUDENT: self.store.ids(Student)}
        apply_guardians(self.store, self.roster)
        self._retire()
        self._teaching()
        self._enrolments()
        self._end()

    def _places(self) -> None:
        store, roster = self.store, self.roster
        store.sync(
            School,
            ("source_id",),
            ({"source_id": one.source_id, "name": one.name} for one in roster.schools.values()),
        )
        store.sync(
            Term,
            ("source_id",),
            (
                {
                    "source_id": one.source_id,
                    "title": one.title,
                    "starts_on": one.starts_on,
                    "ends_on": one.ends_on,
                }
                for one in roster.terms.values()
            ),
        )

    def _classes(self) -> None:
        schools, terms = self.store.ids(School), self.store.ids(Term)
        wanted = (
            {
                "source_id": one.source_id,
                "title": one.title,
                "grade": one.grade,
                "school_id": schools.get(one.school or ""),
                "term_id": terms.get(one.term or ""),
                "is_active": True,
            }
            for one in self.roster.classes.values()
        )
        self.store.sync(Class, ("source_id",), wanted, fresh={"created_at": self.now})

    def _users(self) -> None:
        """Users by source id; one who was linked before any roster, by e-mail."""
        known = {one["source_id"]: one for one in self.store.stored(User, ("source_id", "role"))}
        by_email = {one["email"]: one for one in self.store.stored(User, ("email", "role"))}
        for key, found in (("source_id", known), ("email", by_email)):
            wanted = [
                _user(one, found.get(getattr(one, key)))
                for one in self.roster.users.values()
                if (one.source_id in known) == (key == "source_id")
            ]
            self.store.sync(User, (key,), wanted, fresh={"created_at": self.now})

    def _students(self) -> None:
        emails = {
            one["source_id"]: one["email"]
            for one in self.store.stored(Student, ("source_id", "email"))
        }
        # An address may have come by contacts: a roster without addresses leaves it.
        wanted = (
            {
                "source_id": one.source_id,
                "given_name": one.given_name,
                "family_name": one.family_name,
                "grade": one.grade,
                "email": one.email or emails.get(one.source_id),
                "is_active": one.is_active,
            }
            for one in self.roster.students.values()
        )
        self.store.sync(Student, ("source_id",), wanted, fresh={"created_at": self.now})

    def _retire(self) -> None:
        self._end_terms()
        for model, gone in (
            (Class, self.roster.gone_classes),
            (User, self.roster.gone_people),
            (Student, self.roster.gone_people),
        ):
            there = self.store.stored(model, ("source_id", "is_active"))
            self.store.change(
                model,
                [
                    {"id": one["id"], "is_active": False}
                    for one in there
                    if one["source_id"] in gone and one["is_active"]
                ],
            )

    def _end_terms(self) -> None:
        """A session that is no more is nobody's term; nothing else refers to it."""
        gone = [id_ for key, id_ in self.store.ids(Term).items() if key in self.roster.gone_terms]
        classes = self.store.stored(Class, ("term_id",))
        without = [{"id": one["id"], "term_id": None} for one in classes if one["term_id"] in gone]
        self.store.change(Class, without)
        self.store.remove(Term, gone)

    def _teaching(self) -> None:
        rows = (
            {
                "class_id": class_id,
                "user_id": user_id,
                "role": PRIMARY if any(one.is_primary for one in several) else CO_TEACHER,
                **_span(several),
            }
            for (class_id, user_id), several in self._pairs(TEACHER)
        )
        self.store.sync(ClassTeacher, ("class_id", "user_id"), rows)

    def _enrolments(self) -> None:
        rows = (
            {
                "class_id": class_id,
                "student_id": student_id,
                "source_id": several[-1].source_id,
                **_span(several),
            }
            for (class_id, student_id), several in self._pairs(STUDENT)
        )
        self.store.sync(Enrolment, ("class_id", "student_id"), rows, also=_mark)

    def _pairs(self, role: str) -> Iterator[tuple[tuple[int, int], list[RosterEnrolment]]]:
        """Class and person with all rows that join them: somebody may leave and come back."""
        pairs: dict[tuple[int, int], list[RosterEnrolment]] = {}
        for one in self.roster.enrolments.values():
            class_id = self.classes.get(one.class_source)
            person_id = self.people[role].get(one.person_source)
            # Both may be missing where the file deletes a class or person that never was here.
            if one.role == role and class_id is not None and person_id is not None:
                pairs.setdefault((class_id, person_id), []).append(one)
        yield from pairs.items()

    def _end(self) -> None:
        """End what the file calls deleted, yesterday at the latest; an end that is past stays."""
        self._end_rows(Enrolment, "student_id", STUDENT)
        self._end_rows(ClassTeacher, "user_id", TEACHER)

    def _end_rows(self, model: type[Base], person: str, role: str) -> None:
        yesterday = self.today - timedelta(days=1)
        last_days = {
            (self.classes.get(one.class_source), self.people[role].get(one.person_source)): min(
                one.last_day or yesterday, yesterday
            )
            for one in self.roster.ended
        }
        going_on = {pair for pair, _ in self._pairs(role)}
        changes = []
        for stored in self.store.stored(model, ("class_id", person, "ends_on")):
            pair = (stored["class_id"], stored[person])
            is_open = stored["ends_on"] is None or stored["ends_on"] >= self.today
            if pair in last_days and pair not in going_on and is_open:
                changes.append({"id": stored["id"], "ends_on": last_days[pair]})
        self.store.change(model, changes)


def _user(one: RosterUser, found: Values | None) -> Values:
    """A user's values; whom somebody made an administrator stays one."""
    is_administrator = one.role is Role.ADMINISTRATOR or (
        found is not None and found["role"] == Role.ADMINISTRATOR
    )
    return {
        "source_id": one.source_id,
        "email": one.email,
        "name": one.name,
        "role": (Role.ADMINISTRATOR if is_administrator else Role.TEACHER).value,
        "is_active": one.is_active,
    }


def _span(several: Iterable[RosterEnrolment]) -> dict[str, date | None]:
    """From the first day to the last of all of them; open where one is open."""
    starts = [one.starts_on for one in several]
    ends = [one.ends_on for one in several]
    return {
        "starts_on": min((day for day in starts if day), default=None) if all(starts) else None,
        "ends_on": max((day for day in ends if day), default=None) if all(ends) else None,
    }


def _mark(connection: Connection, rows: list[dict[str, Any]]) -> None:
    mark_classmates_stale(connection, [row["student_id"] for row in rows])
