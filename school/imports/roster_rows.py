"""What a OneRoster folder says, row by row, with references checked between its files.

A row that cannot be used is reported and left out, and so is what rests on it; a missing optional
reference is reported and left empty.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TypeVar

from school.imports.outcome import shown
from school.imports.roster_files import RosterProblems, Row
from school.imports.roster_people import STUDENT, TEACHER, People
from school.imports.roster_records import (
    Known,
    Roster,
    RosterClass,
    RosterEnd,
    RosterEnrolment,
    RosterSchool,
    RosterTerm,
)
from school.imports.roster_values import BadRow, day, grade, needed, several, span

NO_SCHOOLS = ("department", "district", "local", "state", "national")
"""Types of orgs that are above or within schools."""
GRADING_PERIOD = "gradingperiod"
"""A type of session within a term, which stands for it."""

Record = TypeVar("Record")


def read_rows(
    files: Mapping[str, list[Row]], known: Known, problems: RosterProblems, today: date
) -> Roster:
    """The roster that the rows of the files make on the day `today`; `problems` are added to."""
    return _Reading(files, known, problems, today).roster()


class _Reading:
    """One pass over the files, those first that others refer to."""

    def __init__(
        self,
        files: Mapping[str, list[Row]],
        known: Known,
        problems: RosterProblems,
        today: date,
    ) -> None:
        self.known, self.problems, self.made, self.today = known, problems, Roster(), today
        self.files = {name: self._identified(rows) for name, rows in files.items()}
        self.people = People(self.files, known, problems, today)

    def roster(self) -> Roster:
        """All parts; each uses what was read before it."""
        made, people = self.made, self.people
        made.schools = self._each("orgs", self._school)
        made.terms = self._each("academicSessions", self._term)
        made.classes = self._each("classes", self._class)
        self._each("roles", people.role)
        made.users = self._each("users", people.user)
        made.students = self._each("users", people.student)
        made.guardians = self._each("users", people.guardian)
        made.families = people.families(made)
        made.gone_terms = self._gone("academicSessions")
        made.gone_classes = self._gone("classes")
        made.gone_people = self._gone("users")
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
            except BadRow as bad:
                self.problems.error(row, bad.column, bad.reason)
                continue
            if record is not None:
                made[key] = record
        return made

    def _gone(self, name: str) -> set[str]:
        return {key for key, row in self.files[name].items() if row.is_deleted}

    def _school(self, row: Row) -> RosterSchool | None:
        if row["type"].lower() in NO_SCHOOLS:
            return None
        return RosterSchool(row["sourcedId"], needed(row, "name"))

    def _term(self, row: Row) -> RosterTerm | None:
        if row["type"].lower() == GRADING_PERIOD:
            return None
        starts, ends = span(row, "startDate", "endDate")
        if starts is None or ends is None:
            raise BadRow("endDate" if starts else "startDate", "the field is empty")
        return RosterTerm(row["sourcedId"], row["title"] or row["type"], starts, ends)

    def _class(self, row: Row) -> RosterClass:
        course = self._course(row)
        title = row["title"] or row["classCode"] or (course["title"] if course else "")
        if not title:
            raise BadRow("title", "the class has no name")
        return RosterClass(
            row["sourcedId"],
            title,
            grade(row) or (grade(course) if course else None),
            self._school_of(row, "schoolSourcedId"),
            self._term_of(row),
        )

    def _course(self, row: Row) -> Row | None:
        key = row["courseSourcedId"]
        if key and key not in self.files["courses"]:
            self.problems.warn(row, "courseSourcedId", f"there is no course {shown(key)}")
        return self.files["courses"].get(key)

    def _term_of(self, row: Row) -> str | None:
        """The class's term now: the shortest that holds today, else the next, else the last."""
        found: dict[str, tuple[date, date]] = {}
        for key in several(row["termSourcedIds"]):
            if key not in self.files["academicSessions"] and key not in self.known.terms:
                self.problems.warn(row, "termSourcedIds", f"there is no session {shown(key)}")
            found |= self._kept(key)
        return min(found, key=lambda key: _nearness(*found[key], self.today), default=None)

    def _kept(self, key: str) -> dict[str, tuple[date, date]]:
        """The term that a session is, or that a grading period lies in, with its days."""
        met: set[str] = set()
        while key and key not in met:
            met.add(key)
            if term := self.made.terms.get(key):
                return {key: (term.starts_on, term.ends_on)}
            row = self.files["academicSessions"].get(key)
            if row is not None and row.is_deleted:
                return {}
            if key in self.known.terms:
                return {key: self.known.terms[key]}
            key = row["parentSourcedId"] if row else ""
        return {}

    def _school_of(self, row: Row, column: str) -> str | None:
        key = row[column]
        if key in self.made.schools or key in self.known.schools:
            return key
        if key and key not in self.files["orgs"]:
            self.problems.warn(row, column, f"there is no school {shown(key)}")
        return None

    def _enrolment(self, row: Row) -> RosterEnrolment | None:
        role = row["role"].lower()
        if role not in (STUDENT, TEACHER):
            self.problems.warn(row, "role", f"{shown(role)} is not used; the row is left out")
            return None
        self._check_refers(row, role)
        starts, ends = span(row, "beginDate", "endDate")
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


def _nearness(starts: date, ends: date, today: date) -> tuple[int, int]:
    """A key that sorts terms: those that hold `today`, the shortest first; to come; past."""
    if starts <= today <= ends:
        return 0, (ends - starts).days
    return (1, (starts - today).days) if starts > today else (2, (today - ends).days)


def _check_there(row: Row, column: str, what: str, places: tuple[Collection[str], ...]) -> None:
    key = needed(row, column)
    if not any(key in place for place in places):
        raise BadRow(column, f"there is no {what} {shown(key)}")


def _end(row: Row) -> RosterEnd:
    """What a deleted enrolment ends; days that cannot be read are as good as absent."""
    days = []
    for column in ("endDate", "dateLastModified"):
        try:
            days.append(day(row, column))
        except BadRow:
            continue
    last = next((day for day in days if day), None)
    return RosterEnd(row["sourcedId"], row["classSourcedId"], row["userSourcedId"], last)
