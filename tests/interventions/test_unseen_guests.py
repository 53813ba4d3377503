"""Who is invited to a group for a student whom the viewer does not see is told to nobody."""

import pytest
from sqlalchemy.orm import Session

from interventions.meetings import AttendeeKind, Guests, Invitee, move_meeting
from school.errors import InvalidInput
from school.models import Guardian
from tests.interventions.staff import NOW, TUESDAY, Staff
from tests.interventions.test_guests import bob, leave
from tests.interventions.test_inviting import together


@pytest.mark.parametrize("typed", [True, False])
def test_nobody_learns_who_is_invited_for_a_student_they_do_not_see(
    session: Session, staff: Staff, typed: bool
) -> None:
    together(session, staff)
    meeting = staff.schedule(
        session, meeting_type="group", students=[staff.ben], attendees=[bob(session, staff)]
    )
    leave(session, staff)
    session.get_one(Guardian, staff.father).email = "bob@home.test"
    joe = Invitee(AttendeeKind.GUARDIAN, staff.father)
    chosen = Invitee(AttendeeKind.ADDRESS, email="bob@home.test") if typed else joe
    given = {"session": session, "now": NOW, "guests": Guests([chosen])}
    with pytest.raises(InvalidInput, match=r"is there twice|of Joe Park is invited") as refused:
        move_meeting(staff.moss, meeting.id, 1, TUESDAY, **given)  # type: ignore[arg-type]
    assert "Bob" not in str(refused.value)
