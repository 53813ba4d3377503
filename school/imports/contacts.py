"""Importing contacts: how students and their guardians can be reached, a row per guardian.

The file is small and read whole: everything is checked before anything is written. It adds and
changes and takes nothing away: an empty field leaves what is there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from school.bulk import bulk
from school.database import SessionFactory
from school.imports.contact_rows import REQUIRED, ContactRow, read_contact
from school.imports.guardians import COLUMNS, WantedGuardian, changes
from school.imports.outcome import ImportOutcome, Problems, Progress, shown
from school.imports.store import Store, Values, record_run, steps
from school.imports.tables import TableRow, read_table
from school.imports.values import BadValue
from school.models import Guardian, Student, User

KIND = "contacts"
_Made = TypeVar("_Made")
_Line = TypeVar("_Line", TableRow, ContactRow)


def import_contacts(
    path: Path,
    *,
    session_factory: SessionFactory,
    workspace_id: int,
    strict: bool = False,
    now: datetime,
    progress: Progress | None = None,
) -> ImportOutcome:
    """Take in a contacts file; repeating it changes nothing.

    `new` counts the students and guardians that were added or changed. With `strict` one bad row
    refuses the whole, with nothing written. Raises InvalidInput (field `file`) when the file as a
    whole cannot be used.
    """
    problems = Problems(path.name)
    rows = list(read_table(path, REQUIRED, problems))
    total = len(rows) + problems.errors
    with bulk(session_factory) as work:
        store = Store(work, workspace_id, steps(total, progress))
        reading = _Reading(_people(store), problems)
        contacts = reading.contacts(rows)
        guardians = reading.guardians(contacts)
        if strict and problems.errors:
            return problems.outcome(rows=total, new=0, stopped=True)
        store.change(Student, reading.students(contacts))
        added, changed = changes(guardians, store.stored(Guardian, COLUMNS))
        store.change(Guardian, changed)
        store.add(Guardian, added)
        record_run(store, KIND, now, total, problems.errors)
    return problems.outcome(rows=total, new=store.written)


@dataclass(frozen=True, slots=True)
class _People:
    """Who there is: students by the file's ids, and whose a Slack account is."""

    students: dict[str, Values]
    holders: dict[str, str]
    """The file's ids of students by Slack id."""
    teachers: frozenset[str]


def _people(store: Store) -> _People:
    students = store.stored(Student, ("source_id", "email", "slack_user_id"))
    accounts = (one["slack_user_id"] for one in store.stored(User, ("slack_user_id",)))
    return _People(
        {one["source_id"]: one for one in students},
        {one["slack_user_id"]: one["source_id"] for one in students if one["slack_user_id"]},
        frozenset(account for account in accounts if account),
    )


@dataclass(slots=True)
class _Reading:
    """The rows of one file, checked one against another and against who there is."""

    people: _People
    problems: Problems
    said: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    """Addresses and accounts by student and field, with the line that said them."""
    accounts: dict[str, tuple[str, int]] = field(default_factory=dict)
    families: dict[str, list[ContactRow]] = field(default_factory=dict)

    def contacts(self, rows: Iterable[TableRow]) -> list[ContactRow]:
        """The rows of which every part can be used but the guardian."""
        known = self._usable(rows, self._known)
        return self._free(self._usable(known, self._agreeing))

    def students(self, contacts: Iterable[ContactRow]) -> list[Values]:
        """The students whose own address or account changes."""
        changed: dict[str, Values] = {}
        for one in contacts:
            there = changed.get(one.student) or self.people.students[one.student]
            changed[one.student] = {
                "id": there["id"],
                "email": one.email or there["email"],
                "slack_user_id": one.slack_user_id or there["slack_user_id"],
            }
        return [
            values
            for student, values in changed.items()
            if any(self.people.students[student][name] != said for name, said in values.items())
        ]

    def guardians(self, contacts: Iterable[ContactRow]) -> list[WantedGuardian]:
        """The guardians, each once."""
        found = self._usable((one for one in contacts if one.has_guardian), self._guardian)
        return [one for one in found if one is not None]

    def _usable(self, rows: Iterable[_Line], check: Callable[[_Line], _Made]) -> list[_Made]:
        made = []
        for row in rows:
            try:
                made.append(check(row))
            except BadValue as bad:
                self.problems.error(row.line, bad.field, bad.reason)
        return made

    def _known(self, row: TableRow) -> ContactRow:
        contact = read_contact(row)
        if contact.student not in self.people.students:
            raise BadValue("student_id", f"there is no student {shown(contact.student)}")
        if contact.slack_user_id in self.people.teachers:
            raise BadValue("slack_user_id", "the account is that of a teacher")
        return contact

    def _agreeing(self, contact: ContactRow) -> ContactRow:
        """The row, where no row before it says otherwise of its student or account."""
        for name, value in (("email", contact.email), ("slack_user_id", contact.slack_user_id)):
            if value is None:
                continue
            before, line = self.said.setdefault((contact.student, name), (value, contact.line))
            if before != value:
                raise BadValue(name, f"line {line} says another one of the same student")
        if contact.slack_user_id:
            place = (contact.student, contact.line)
            student, line = self.accounts.setdefault(contact.slack_user_id, place)
            if student != contact.student:
                raise BadValue("slack_user_id", f"line {line} says it of another student")
        return contact

    def _free(self, contacts: list[ContactRow]) -> list[ContactRow]:
        """Without rows whose account stays that of another student: two may change theirs."""
        while True:
            given = {one.student for one in contacts if one.slack_user_id}
            taken = {one.line: held for one in contacts if (held := self._holder(one, given))}
            if not taken:
                return contacts
            for line, holder in taken.items():
                reason = f"the account is that of the student {shown(holder)}"
                self.problems.error(line, "slack_user_id", reason)
            contacts = [one for one in contacts if one.line not in taken]

    def _holder(self, contact: ContactRow, given: set[str]) -> str | None:
        """The other student who has the row's account and is not given another one."""
        holder = self.people.holders.get(contact.slack_user_id or "")
        return None if holder == contact.student or holder in given else holder

    def _guardian(self, contact: ContactRow) -> WantedGuardian | None:
        """The row's guardian; none where a row before it said the same."""
        family = self.families.setdefault(contact.student, [])
        for before in family:
            if contact.says_the_same(before):
                return None
            if contact.is_same_guardian(before):
                reason = f"line {before.line} says otherwise of the same guardian"
                raise BadValue("guardian_name", reason)
        sharing = next((one for one in family if one.shares_address(contact)), None)
        if sharing is not None:
            reason = f"line {sharing.line} has this address already; kept without one"
            self.problems.warn(contact.line, "guardian_email", reason)
        family.append(contact)
        return WantedGuardian(
            self.people.students[contact.student]["id"],
            contact.guardian_name,
            None if sharing else contact.guardian_email,
            language=contact.guardian_language,
            do_not_contact=contact.do_not_contact,
        )
