"""Who may be invited: what a refusal says, and what it does not."""

from collections.abc import Sequence

import pytest
from sqlalchemy.orm import Session

from interventions.meetings import AttendeeKind, Invitee
from school.errors import InvalidInput
from school.models import Student
from tests.interventions.staff import Staff


def refused(session: Session, staff: Staff, *, attendees: Sequence[Invitee]) -> str:
    with pytest.raises(InvalidInput) as found:
        staff.schedule(session, attendees=attendees)
    assert found.value.field == "attendees"
    return str(found.value)


def test_no_refusal_tells_an_address_that_nobody_typed(session: Session, staff: Staff) -> None:
    words = refused(session, staff, attendees=[staff.mum, staff.mum])
    assert words == "Ana Park is there twice. Leave one out."
    student = Invitee(AttendeeKind.STUDENT, staff.leo)
    session.get_one(Student, staff.leo).email = "ana@home.test"
    session.flush()
    words = refused(session, staff, attendees=[staff.mum, student])
    assert words == "Ana Park and Leo Park have the same e-mail address. Leave one out."
    session.get_one(Student, staff.leo).email = "may@home.test"
    session.flush()
    words = refused(session, staff, attendees=[student])
    assert words == (
        "The school's records say not to contact the address of Leo Park. Leave them out."
    )
