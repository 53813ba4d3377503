"""What a OneRoster folder says, row by row, with references checked between its files.

A row that cannot be used is reported and left out, and so is what rests on it; a missing optional
reference is reported and left empty.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TypeVar

from school.imports.outcome import shown
from school.imports.roster_files import RosterProblems, Row
from school.imports.roster_records import (
    Known,
    Roster,
    RosterClass,
    RosterEnd,
    RosterEnrolment,
    RosterSchool,
    RosterStudent,
    RosterTerm,
    RosterUser,
)
from school.models import Role

NO_SCHOOLS = ("department", "district", "local", "state", "national")
"""Types of orgs that are above or within schools."""
GRADING_PERIOD = "gradingperiod"
"""A type of session shorter than a term, which is not kept."""
USER_ROLES = {"teacher": Role.TEACHER, "administrator": Role.ADMINISTRATOR}
STUDENT, TEACHER = "student", "teacher"
LONGEST_GRADE = 50

Record = TypeVar("Record")


class _BadRow(Exception):
    """The row is refused for what stands in a column."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def read_rows(files: Mapping[str, list[Row]], known: Known, problems: RosterProblems) -> Roster:
    """The roster that the rows of the files make, with `problems` added to."""
    return _Reading(files, known, problems).roster()


class _Reading:
    """One pass over the files, those first that others refer to."""

    def __init__(
        self, files: Mapping[str, list[Row]], known: Known, problems: RosterProblems
    ) -> None:
        self.known, self.problems, self.made = known, problems, Roster()
        self.files = {name: self._identified(rows) for name, rows in files.items()}
        self.emails: dict[str, Row] = {}

    def roster(self) -> Roster:
        """All parts; each uses what was read before it."""
        made = self.made
        made.schools = self._each("orgs", self._school)
        made.terms = self._each("academicSessions", self._term)
        made.classes = self._each("classes", self._class)
        made.users = self._each("users", self._user)
        made.students = self._each("users", self._student)
        made.gone_classes = {key for key, row in self.files["classes"].items() if row.is_deleted}
        made.gone_people = {key for key, row in self.files["users"].items() if row.is_deleted}
        made.enrolments = self._each("enrollments", self._enrolment)
        made.ended = [_end(row) for row in self.files["enrollments"].values() if row.is_deleted]
        return made

    def _identified(self, rows: list[Row]) -> dict[str, Row]:
        """The rows by `sourcedId`; a row without one, or with one said before, is refused."""
        found: dict[str, Row] = {}
        for row in rows:
            key = row["sourcedId"]
            if not key:
                self.problems.error(row, "sourcedId", "the row has no id")
            elif key in found:
                line = found[key].line
                self.problems.error(row, "sourcedId", f"{shown(key)} stands on line {line} too")
            else:
                found[key] = row
        return found

    def _each(self, name: str, make: Callable[[Row], Record | None]) -> dict[str, Record]:
        made: dict[str, Record] = {}
        for key, row in self.files[name].items():
            if row.is_deleted:
                continue
            try:
                record = make(row)
            except _BadRow as bad:
                self.problems.error(row, bad.column, bad.reason)
                continue
            if record is not None:
                made[key] = record
        return made

    def _school(self, row: Row) -> RosterSchool | None:
        if row["type"].lower() in NO_SCHOOLS:
            return None
        return RosterSchool(row["sourcedId"], _needed(row, "name"))

    def _term(self, row: Row) -> RosterTerm | None:
        if row["type"].lower() == GRADING_PERIOD:
            return None
        starts, ends = _span(row, "startDate", "endDate")
        if starts is None or ends is None:
            raise _BadRow("endDate" if starts else "startDate", "the field is empty")
        return RosterTerm(row["sourcedId"], row["title"] or row["type"], starts, ends)

    def _class(self, row: Row) -> RosterClass:
        course = self._course(row)
        title = row["title"] or row["classCode"] or (course["title"] if course else "")
        if not title:
            raise _BadRow("title", "the class has no name")
        grade = _grade(row) or (_grade(course) if course else None)
        terms = [self._term_of(row, one) for one in _several(row["termSourcedIds"])]
        return RosterClass(
            row["sourcedId"],
            title,
            grade,
            self._school_of(row, "schoolSourcedId"),
            next((one for one in terms if one), None),
        )

    def _course(self, row: Row) -> Row | None:
        key = row["courseSourcedId"]
        if key and key not in self.files["courses"]:
            self.problems.warn(row, "courseSourcedId", f"there is no course {shown(key)}")
        return self.files["courses"].get(key)

    def _term_of(self, row: Row, key: str) -> str | None:
        if key in self.made.terms or key in self.known.terms:
            return key
        if key not in self.files["academicSessions"]:
            self.problems.warn(row, "termSourcedIds", f"there is no session {shown(key)}")
        return None

    def _school_of(self, row: Row, column: str) -> str | None:
        key = row[column]
        if key in self.made.schools or key in self.known.schools:
            return key
        if key and key not in self.files["orgs"]:
            self.problems.warn(row, column, f"there is no school {shown(key)}")
        return None

    def _user(self, row: Row) -> RosterUser | None:
        role = USER_ROLES.get(row["role"].lower())
        if role is None:
            return None
        self._check_schools(row)
        is_active = row["enabledUser"].lower() != "false"
        return RosterUser(row["sourcedId"], _name(row), self._email(row), role, is_active, row)

    def _student(self, row: Row) -> RosterStudent | None:
        if row["role"].lower() != STUDENT:
            return None
        self._check_schools(row)
        _name(row)
        given, family = row["givenName"], row["familyName"]
        return RosterStudent(
            row["sourcedId"],
            given or family,
            family if given else "",
            _grade(row),
            row["email"].lower() or None,
        )

    def _check_schools(self, row: Row) -> None:
        for key in _several(row["orgSourcedIds"]):
            if key not in self.files["orgs"] and key not in self.known.schools:
                self.problems.warn(row, "orgSourcedIds", f"there is no school {shown(key)}")

    def _email(self, row: Row) -> str:
        """A teacher's address: by it the teacher is linked to Slack."""
        email = next((one for one in (row["email"], row["username"]) if "@" in one), "").lower()
        if not email:
            raise _BadRow("email", "a teacher needs an e-mail address")
        first = self.emails.setdefault(email, row)
        if first is not row:
            raise _BadRow("email", f"the address stands on line {first.line} too")
        if email in self.known.emails:
            self._check_holder(row, self.known.emails[email])
        return email

    def _check_holder(self, row: Row, holder: str | None) -> None:
        """Whether a stored user with this address may be the one in the row."""
        is_other = holder != row["sourcedId"]
        both_known = row["sourcedId"] in self.known.users or holder in self.files["users"]
        if is_other and both_known:
            raise _BadRow("email", "another user already has this address")

    def _enrolment(self, row: Row) -> RosterEnrolment | None:
        role = row["role"].lower()
        if role not in (STUDENT, TEACHER):
            self.problems.warn(row, "role", f"{shown(role)} is not used; the row is left out")
            return None
        self._check_refers(row, role)
        starts, ends = _span(row, "beginDate", "endDate")
        self._school_of(row, "schoolSourcedId")
        return RosterEnrolment(
            row["sourcedId"],
            row["classSourcedId"],
            row["userSourcedId"],
            role,
            row["primary"].lower() != "false",
            starts,
            ends,
        )

    def _check_refers(self, row: Row, role: str) -> None:
        made, known = self.made, self.known
        people = (made.students, known.students) if role == STUDENT else (made.users, known.users)
        classes = (made.classes, known.classes, made.gone_classes)
        _check_there(row, "classSourcedId", "class", classes)
        _check_there(row, "userSourcedId", role, (*people, made.gone_people))


def _check_there(row: Row, column: str, what: str, places: tuple[Collection[str], ...]) -> None:
    key = _needed(row, column)
    if not any(key in place for place in places):
        raise _BadRow(column, f"there is no {what} {shown(key)}")


def _needed(row: Row, column: str) -> str:
    if not row[column]:
        raise _BadRow(column, "the field is empty")
    return row[column]


def _name(row: Row) -> str:
    name = f"{row['givenName']} {row['familyName']}".strip()
    if not name:
        raise _BadRow("familyName", "the person has no name")
    return name


def _grade(row: Row) -> str | None:
    return next((one[:LONGEST_GRADE] for one in _several(row["grades"] or row["grade"])), None)


def _several(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _span(row: Row, start: str, end: str) -> tuple[date | None, date | None]:
    starts, ends = _day(row, start), _day(row, end)
    if starts and ends and ends < starts:
        raise _BadRow(end, "the last day comes before the first")
    return starts, ends


def _day(row: Row, column: str) -> date | None:
    if not row[column]:
        return None
    try:
        return date.fromisoformat(row[column][:10])
    except ValueError:
        text = shown(row[column])
        raise _BadRow(column, f"{text} is no day such as 2026-09-01") from None


def _end(row: Row) -> RosterEnd:
    """What a deleted enrolment ends; days that cannot be read are as good as absent."""
    days = []
    for column in ("endDate", "dateLastModified"):
        try:
            days.append(_day(row, column))
        except _BadRow:
            continue
    last = next((day for day in days if day), None)
    return RosterEnd(row["sourcedId"], row["classSourcedId"], row["userSourcedId"], last)
