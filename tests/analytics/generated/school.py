"""A made-up school imported by the real importers, beside what its rows come to."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from math import isclose
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.reports.data import Interval
from school.database import SessionFactory, make_engine, make_session_factory
from school.days import DateRange
from school.imports.assignments import import_assignments
from school.imports.holidays import import_holidays
from school.imports.outcome import ImportOutcome, Severity
from school.imports.practice import import_practice
from school.imports.roster import import_roster
from school.imports.skills import import_skills
from school.models import Assignment, Base, Class, Skill, Student
from school.workspaces import ensure_workspace
from tests.independent.raw.files import write_all
from tests.independent.raw.rows import Raw
from tests.independent.raw.truth import Days, Look, Truth


@dataclass
class Made:
    """The school on record, what its rows come to, and who has which id."""

    session: Session
    raw: Raw
    truth: Truth
    students: dict[str, int]
    courses: dict[str, int]
    skills: dict[str, int]
    works: dict[int, str]

    def __post_init__(self) -> None:
        self.by_id = {number: student for student, number in self.students.items()}

    def look(self, course: str, days: Days, whom: str | None = None) -> Look:
        """A class over some days."""
        return Look(self.truth, course, days, whom)


@contextmanager
def made(raw: Raw, folder: Path, address: str = "") -> Iterator[Made]:
    """Import it into the empty database of an address, or into a new SQLite."""
    files = write_all(raw, folder)
    engine = make_engine(address or f"sqlite:///{folder}/homeroom.db")
    Base.metadata.create_all(engine)
    factory = make_session_factory(engine)
    with factory.begin() as session:
        workspace = ensure_workspace(session, zone=raw.zone, now=raw.now).id
    for outcome in _imports(raw, files, factory, workspace):
        bad = [str(one) for one in outcome.problems if one.severity is Severity.ERROR]
        assert not bad, bad[:3]
    with factory() as session:
        yield Made(
            session=session,
            raw=raw,
            truth=Truth(raw),
            students={one.source_id: one.id for one in session.scalars(select(Student))},
            courses={one.source_id: one.id for one in session.scalars(select(Class))},
            skills={one.source_id: one.id for one in session.scalars(select(Skill))},
            works={one.id: one.source_id for one in session.scalars(select(Assignment))},
        )
    engine.dispose()


def _imports(
    raw: Raw, files: dict[str, Path], factory: SessionFactory, workspace: int
) -> Iterable[ImportOutcome]:
    given: dict[str, Any] = {"session_factory": factory, "workspace_id": workspace, "now": raw.now}
    yield import_roster(files["roster"], **given)
    if "standards" in files:
        yield import_skills(files["standards"], files["prerequisites"], **given)
    for name in ("answers", "sessions"):
        if name in files:
            yield import_practice(files[name], **given)
    if "assignments" in files:
        yield import_assignments(files["assignments"], **given)
    if "holidays" in files:
        yield import_holidays(files["holidays"], **given)


def between(days: Days, kind: str = "dates") -> DateRange:
    """The same days as the reports take them."""
    first, last = days
    return DateRange(first, last, kind)


def same(found: float | None, expected: float | None) -> None:
    """Equal but for a float's last bits; None is None alone."""
    if expected is None or found is None:
        assert found == expected
    else:
        assert isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9), (found, expected)


def same_span(found: Interval | None, expected: tuple[float, float] | None) -> None:
    """An interval's ends."""
    if expected is None or found is None:
        assert found is None
        assert expected is None
    else:
        ends = zip((found.low, found.high), expected, strict=True)
        assert all(isclose(*pair, rel_tol=1e-7, abs_tol=1e-9) for pair in ends), (found, expected)


def ranges(raw: Raw) -> dict[str, Days]:
    """Days worth looking at: all, the last to today, some between, and beyond the data."""
    first, last = raw.day(raw.moments[0]), raw.day(raw.moments[-1])
    return {
        "all": (first, last),
        "to today": (raw.today - timedelta(days=29), raw.today),
        "in between": (first + timedelta(days=9), first + timedelta(days=43)),
        "beyond": (last - timedelta(days=8), last + timedelta(days=40)),
    }
