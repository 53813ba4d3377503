"""What a roster is made of, as the files have it and before it is stored."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from school.imports.roster_files import Row
from school.models import Role


@dataclass(frozen=True, slots=True)
class RosterSchool:
    """A school."""

    source_id: str
    name: str


@dataclass(frozen=True, slots=True)
class RosterTerm:
    """An academic session, both days included."""

    source_id: str
    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class RosterClass:
    """A class, with the source ids of its school and term where they are known."""

    source_id: str
    title: str
    grade: str | None
    school: str | None
    term: str | None


@dataclass(frozen=True, slots=True)
class RosterUser:
    """A teacher or administrator, and the row that said so."""

    source_id: str
    name: str
    email: str
    role: Role
    is_active: bool
    row: Row


@dataclass(frozen=True, slots=True)
class RosterStudent:
    """A student."""

    source_id: str
    given_name: str
    family_name: str
    grade: str | None
    email: str | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class RosterGuardian:
    """A parent, guardian or relative."""

    source_id: str
    name: str
    email: str | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class RosterEnrolment:
    """That somebody learns or teaches in a class. `role` is `student` or `teacher`."""

    source_id: str
    class_source: str
    person_source: str
    role: str
    is_primary: bool
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """The source ids that the database already knows, so that a file may refer to them.

    `terms` have their first and last days. `emails` holds each user's address with the source id,
    None for one who was linked by hand.
    """

    schools: Collection[str] = ()
    terms: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    classes: Collection[str] = ()
    users: Collection[str] = ()
    students: Collection[str] = ()
    guardians: Collection[str] = ()
    emails: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RosterEnd:
    """That an enrolment is over, known by its own id or by its class and person."""

    source_id: str
    class_source: str
    person_source: str
    last_day: date | None


@dataclass(slots=True)
class Families:
    """Whose guardian somebody is.

    `links` are source ids of a student and a guardian. `told` are those, students or guardians,
    of whom the roster says whom all they belong to. `shared` are links whose guardian has the same
    address as another one of that student, who gets the letters.
    """

    links: list[tuple[str, str]] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    shared: set[tuple[str, str]] = field(default_factory=set)


@dataclass(slots=True)
class Roster:
    """A whole roster, each part by source id in the files' order.

    `gone_terms`, `gone_classes` and `gone_people` are source ids of what is no more.
    """

    schools: dict[str, RosterSchool] = field(default_factory=dict)
    terms: dict[str, RosterTerm] = field(default_factory=dict)
    classes: dict[str, RosterClass] = field(default_factory=dict)
    users: dict[str, RosterUser] = field(default_factory=dict)
    students: dict[str, RosterStudent] = field(default_factory=dict)
    guardians: dict[str, RosterGuardian] = field(default_factory=dict)
    families: Families = field(default_factory=Families)
    enrolments: dict[str, RosterEnrolment] = field(default_factory=dict)
    ended: list[RosterEnd] = field(default_factory=list)
    gone_terms: set[str] = field(default_factory=set)
    gone_classes: set[str] = field(default_factory=set)
    gone_people: set[str] = field(default_factory=set)
