"""Which of its sessions is a class's term."""

from pathlib import Path

import pytest
from sqlalchemy import select

from school.models import Class, Term
from tests.school.conftest import SmallSchool
from tests.school.imports.roster.folders import add, edit, take_in

SESSIONS = (
    "y,,Year,schoolYear,2025-09-01,2026-06-30,",
    "s1,,Autumn,semester,2025-09-01,2026-01-31,y",
    "s2,,Spring,semester,2026-02-01,2026-06-30,y",
    "old,,Before,term,2024-09-01,2025-06-30,",
    "older,,Long before,term,2023-09-01,2024-06-30,",
    "next,,Next,term,2026-09-01,2027-06-30,",
    "later,,Later,term,2027-09-01,2028-06-30,",
    "p1,,P1,gradingPeriod,2026-02-01,2026-03-31,s2",
    "p2,,P2,gradingPeriod,2026-02-01,2026-02-28,p1",
    "lost,,Lost,gradingPeriod,2026-02-01,2026-02-28,nowhere",
    "loop,,Loop,gradingPeriod,2026-02-01,2026-02-28,loop",
)
TERMS = {
    "the one of today": ("s1,s2", "Spring"),
    "the shorter of two": ("y,s2", "Spring"),
    "the year alone": ("y", "Year"),
    "that of a grading period": ("p1", "Spring"),
    "that of a period within one": ("p2,y", "Spring"),
    "the next one": ("old,later,next", "Next"),
    "the last one": ("older,old", "Before"),
    "none of a lost period": ("lost,loop", None),
    "none": ("", None),
}


@pytest.fixture
def sessions(folder: Path) -> Path:
    """The roster with a year of sessions; it is 2 March 2026."""
    edit(folder, "academicSessions", "startDate,endDate", "startDate,endDate,parentSourcedId")
    for line in SESSIONS:
        add(folder, "academicSessions", line)
    return folder


def term_of(school: SmallSchool, source_id: str) -> str | None:
    with school.session_factory() as session:
        query = select(Term.title).join(Class, Class.term_id == Term.id)
        return session.scalar(query.where(Class.source_id == source_id))


@pytest.mark.parametrize("case", TERMS)
def test_the_term_of_a_class(lite_school: SmallSchool, sessions: Path, case: str) -> None:
    named, title = TERMS[case]
    add(sessions, "classes", f'k9,,Art,,o1,"{named}",')
    assert take_in(lite_school, sessions).problems == ()
    assert term_of(lite_school, "k9") == title


def test_a_term_on_record_need_not_be_named_again(school: SmallSchool, sessions: Path) -> None:
    take_in(school, sessions)
    (sessions / "academicSessions.csv").unlink()
    add(sessions, "classes", 'k9,,Art,,o1,"s1,s2",')
    assert [one.field for one in take_in(school, sessions).problems] == ["termSourcedIds"]
    assert term_of(school, "k9") == "Spring"
    assert term_of(school, "k1") == "Spring"


def test_a_deleted_session_is_nobodys_term(school: SmallSchool, sessions: Path) -> None:
    add(sessions, "classes", "k9,,Art,,o1,s2,")
    take_in(school, sessions)
    edit(sessions, "academicSessions", "s2,,Spring", "s2,tobedeleted,Spring")
    add(sessions, "classes", 'k8,,Music,,o1,"y,s2",')
    assert take_in(school, sessions).problems == ()
    assert [term_of(school, key) for key in ("k8", "k9")] == ["Year", None]
    with school.session_factory() as session:
        assert "Spring" not in [
            one.title for one in session.scalars(select(Term)) if one.source_id == "s2"
        ]
    assert take_in(school, sessions).new == 0


def test_a_deleted_session_ends_for_classes_that_are_not_named(
    lite_school: SmallSchool, sessions: Path
) -> None:
    add(sessions, "classes", "k9,,Art,,o1,s2,")
    take_in(lite_school, sessions)
    edit(sessions, "classes", "\nk9,,Art,,o1,s2,", "")
    edit(sessions, "academicSessions", "s2,,Spring", "s2,tobedeleted,Spring")
    take_in(lite_school, sessions)
    assert term_of(lite_school, "k9") is None
