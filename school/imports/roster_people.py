"""Who a OneRoster folder says there is: users, students, guardians, and whose guardian one is.

What somebody is stands in `users.csv` (1.1) or in `roles.csv` (1.2), where one may be several.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from school.imports.outcome import shown
from school.imports.roster_files import RosterProblems, Row
from school.imports.roster_records import (
    Families,
    Known,
    Roster,
    RosterGuardian,
    RosterStudent,
    RosterUser,
)
from school.imports.roster_values import BadRow, day, grade, name, names, needed, several
from school.models import Role
from school.people import EMAIL

STUDENT, TEACHER, GUARDIAN = "student", "teacher", "guardian"
ADMINISTRATORS = {
    "administrator",
    "principal",
    "siteadministrator",
    "districtadministrator",
    "systemadministrator",
}
GUARDIANS = {GUARDIAN, "parent", "relative"}
AGENTS = ("agentSourcedIds", "agentSourceIds", "agents")
"""How versions and vendors call the column that joins students and guardians."""


class People:
    """Reads `users.csv` with `roles.csv`; `today` decides which roles are over."""

    def __init__(
        self,
        files: Mapping[str, dict[str, Row]],
        known: Known,
        problems: RosterProblems,
        today: date,
    ) -> None:
        self._files, self._known, self._problems, self._today = files, known, problems, today
        self._emails: dict[str, Row] = {}
        self._roles: dict[str, set[str]] = {}

    def role(self, row: Row) -> str:
        """One row of `roles.csv`; it counts unless it is over. Raises BadRow."""
        key, role = row["userSourcedId"], needed(row, "role").lower()
        if key not in self._files["users"] and not self._known_as(key):
            raise BadRow("userSourcedId", f"there is no person {shown(key)}")
        self._check_schools(row, "orgSourcedId")
        last = day(row, "endDate")
        if last is None or last >= self._today:
            self._roles.setdefault(key, set()).add(role)
        return role

    def user(self, row: Row) -> RosterUser | None:
        """A teacher or administrator; None where the row is neither. Raises BadRow."""
        roles = self._roles_of(row)
        if not roles:
            self._problems.warn(row, "role", "the person has no role; the row is left out")
        if not roles & (ADMINISTRATORS | {TEACHER}):
            return None
        self._check_person(row)
        role = Role.ADMINISTRATOR if roles & ADMINISTRATORS else Role.TEACHER
        key, email = row["sourcedId"], self._teacher_email(row)
        return RosterUser(key, name(row), email, role, _is_active(row), row)

    def student(self, row: Row) -> RosterStudent | None:
        """A student; None where the row is none. Raises BadRow."""
        if STUDENT not in self._roles_of(row):
            return None
        self._check_person(row)
        given, family = names(row)
        email = row["email"].lower() or None
        return RosterStudent(row["sourcedId"], given, family, grade(row), email, _is_active(row))

    def guardian(self, row: Row) -> RosterGuardian | None:
        """A guardian, with an address or without; None where the row is none. Raises BadRow."""
        if not self._roles_of(row) & GUARDIANS:
            return None
        email = row["email"].lower() or None
        if email and not EMAIL.fullmatch(email):
            self._problems.warn(row, "email", "is no e-mail address; it is left out")
            email = None
        return RosterGuardian(row["sourcedId"], name(row), email, _is_active(row))

    def families(self, made: Roster) -> Families:
        """Who is whose guardian, which either's row may say."""
        families = Families()
        links: dict[tuple[str, str], None] = {}
        for key, row in self._files["users"].items():
            agents = _agents(row)
            if row.is_deleted or not agents:
                continue
            families.told.add(key)
            for other in agents:
                self._check_agent(row, other)
                links |= dict.fromkeys(self._linked(made, key, other))
        families.links = list(links)
        families.shared = self._shared(made, families.links)
        return families

    def _linked(self, made: Roster, key: str, other: str) -> Iterable[tuple[str, str]]:
        students = (made.students, self._known.students)
        guardians = (made.guardians, self._known.guardians)
        for student, guardian in ((key, other), (other, key)):
            if _is_in(student, students) and _is_in(guardian, guardians):
                yield student, guardian

    def _check_agent(self, row: Row, key: str) -> None:
        if key not in self._files["users"] and not self._known_as(key):
            column = next(one for one in AGENTS if row[one])
            self._problems.warn(row, column, f"there is no person {shown(key)}")

    def _shared(self, made: Roster, links: list[tuple[str, str]]) -> set[tuple[str, str]]:
        """Links whose guardian's address an earlier one of the same student has."""
        first: dict[tuple[str, str], str] = {}
        shared = set()
        for student, guardian in links:
            found = made.guardians.get(guardian)
            if not (found and found.email):
                continue
            if first.setdefault((student, found.email), guardian) != guardian:
                shared.add((student, guardian))
                row = self._files["users"][guardian]
                self._problems.warn(
                    row, "email", f"another guardian of {shown(student)} has this address already"
                )
        return shared

    def _roles_of(self, row: Row) -> set[str]:
        key = row["sourcedId"]
        said = self._roles.get(key) or ({row["role"].lower()} if row["role"] else set())
        # A file of changes need not say again what somebody is.
        return said or self._known_as(key)

    def _known_as(self, key: str) -> set[str]:
        known = self._known
        places = ((TEACHER, known.users), (STUDENT, known.students), (GUARDIAN, known.guardians))
        return {role for role, people in places if key in people}

    def _check_person(self, row: Row) -> None:
        self._check_schools(row, "orgSourcedIds")
        self._check_schools(row, "primaryOrgSourcedId")

    def _check_schools(self, row: Row, column: str) -> None:
        for key in several(row[column]):
            if key not in self._files["orgs"] and key not in self._known.schools:
                self._problems.warn(row, column, f"there is no school {shown(key)}")

    def _teacher_email(self, row: Row) -> str:
        """A teacher's address: by it the teacher is linked to Slack."""
        email = next((one for one in (row["email"], row["username"]) if "@" in one), "").lower()
        if not email:
            raise BadRow("email", "a teacher needs an e-mail address")
        first = self._emails.setdefault(email, row)
        if first is not row:
            raise BadRow("email", f"the address stands on line {first.line} too")
        if email in self._known.emails:
            self._check_holder(row, self._known.emails[email])
        return email

    def _check_holder(self, row: Row, holder: str | None) -> None:
        """Whether a stored user with this address may be the one in the row."""
        is_other = holder != row["sourcedId"]
        both_known = row["sourcedId"] in self._known.users or holder in self._files["users"]
        if is_other and both_known:
            raise BadRow("email", "another user already has this address")


def _agents(row: Row) -> list[str]:
    return [key for column in AGENTS for key in several(row[column])]


def _is_active(row: Row) -> bool:
    return row["enabledUser"].lower() != "false"


def _is_in(key: str, places: Iterable[Collection[str]]) -> bool:
    return any(key in place for place in places)
