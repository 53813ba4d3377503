"""Who is taken for a student: by the record alone, on both databases."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.students import student_asking
from school.models import Student
from tests.interventions.staff import NOW, Staff, lay_out

TEAM = "T0HERE"


@pytest.fixture
def staff(session: Session) -> Staff:
    """A school in which Leo is linked to Slack."""
    people = lay_out(session)
    session.get_one(Student, people.leo).slack_user_id = "U0LEO"
    session.flush()
    return people


def found(session: Session, staff: Staff, user: str, **body: Any) -> str | None:
    ask = Ask(body, lambda **_answer: None, TEAM, user)
    asking = student_asking(ask, staff.workspace, session=session, now=NOW)
    return None if asking is None else asking.student.name


def test_a_linked_student_is_and_nobody_else(session: Session, staff: Staff) -> None:
    assert found(session, staff, "U0LEO") == "Leo Park"
    assert found(session, staff, "U0RUIZ") is None
    assert found(session, staff, "U0NOBODY") is None
    assert found(session, staff, "U0LEO", user_team_id="T0FAR") is None
    ask = Ask({}, lambda **_answer: None, TEAM, "U0LEO")
    assert student_asking(ask, None, session=session, now=NOW) is None


@pytest.mark.parametrize("values", [{"is_active": False}, {"slack_user_id": "U0RUIZ"}])
def test_who_is_off_the_roster_or_a_user_too_is_not(
    session: Session, staff: Staff, values: dict[str, Any]
) -> None:
    leo = session.get_one(Student, staff.leo)
    for name, value in values.items():
        setattr(leo, name, value)
    session.flush()
    assert found(session, staff, str(leo.slack_user_id)) is None
