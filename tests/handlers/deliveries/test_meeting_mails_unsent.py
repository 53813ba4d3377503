"""E-mails about meetings that are not sent any more when their time comes."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.outgoing import Obsolete
from interventions.meetings import (
    AttendeeKind,
    Invitee,
    cancel_meeting,
    move_meeting,
    record_outcome,
    restore_meeting,
)
from school.models import Delivery, Enrolment, Guardian, Meeting, Student, User, Workspace
from tests.handlers.deliveries.meeting_letters import (
    CANCELLED,
    DAY_BEFORE,
    FRIDAY,
    INVITATION,
    MOVED,
    OWN,
    REMINDER,
    build,
    only,
)
from tests.handlers.jobs.firing import send, tick
from tests.interventions.staff import NOW, TUESDAY, Staff, deliveries


def test_mails_in_hand_while_the_meeting_changes_are_not_sent(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, DAY_BEFORE)
    reminder = only(session, REMINDER, staff)
    send(session, DAY_BEFORE)
    move_meeting(staff.ruiz, meeting.id, 1, FRIDAY, session=session, now=DAY_BEFORE)
    moved = only(session, MOVED, staff)
    with pytest.raises(Obsolete, match="moved"):
        build(session, reminder)
    cancel_meeting(staff.ruiz, meeting.id, 2, session=session, now=DAY_BEFORE)
    cancelled = only(session, CANCELLED, staff)
    for one in (reminder, moved):
        with pytest.raises(Obsolete, match="cancelled"):
            build(session, one)
    restore_meeting(staff.ruiz, meeting.id, 3, session=session, now=DAY_BEFORE)
    with pytest.raises(Obsolete, match="restored"):
        build(session, cancelled)
    cancel_meeting(staff.ruiz, meeting.id, 4, session=session, now=DAY_BEFORE)
    with pytest.raises(Obsolete, match="moved"):
        build(session, cancelled)


def test_a_reminder_of_what_has_begun_or_is_answered_is_not_sent(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, DAY_BEFORE)
    reminder = only(session, REMINDER, staff)
    with pytest.raises(Obsolete, match="begun"):
        build(session, reminder, TUESDAY)
    record_outcome(staff.ruiz, meeting.id, 1, "held", session=session, now=TUESDAY)
    with pytest.raises(Obsolete, match="answered"):
        build(session, reminder, TUESDAY)


def test_who_may_not_be_written_to_by_now_is_not(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, DAY_BEFORE)
    reminder, mother = only(session, REMINDER, staff), session.get_one(Guardian, staff.mother)
    mother.do_not_contact = True
    with pytest.raises(Obsolete, match="do_not_contact"):
        build(session, reminder)
    mother.do_not_contact, mother.is_active = False, False
    with pytest.raises(Obsolete, match="guardian_inactive"):
        build(session, reminder)
    mother.is_active, mother.email = True, "ana.new@home.test"
    assert build(session, reminder).to == "ana.new@home.test"


def test_who_is_switched_off_or_has_left_gets_no_mail(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, DAY_BEFORE)
    _, student, colleague, _ = deliveries(session, REMINDER)
    session.get_one(User, staff.moss).is_active = False
    with pytest.raises(Obsolete, match="no_address"):
        build(session, colleague)
    session.get_one(Student, staff.leo).email = None
    with pytest.raises(Obsolete, match="no_address"):
        build(session, student)


def test_without_access_for_the_teacher_nobody_is_reminded(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, DAY_BEFORE)
    session.get_one(User, staff.ruiz).is_active = False
    session.flush()
    with pytest.raises(Obsolete, match="no_access"):
        build(session, only(session, REMINDER, staff))


def test_who_is_not_invited_or_of_another_workspace_gets_nothing(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, DAY_BEFORE)
    reminder = only(session, REMINDER, staff)
    far = Workspace(name="Elsewhere", timezone="UTC", created_at=NOW)
    session.add(far)
    session.flush()
    given = {"kind": REMINDER.value, "due_at": NOW}
    forged = Delivery(workspace_id=far.id, payload=reminder.payload, **given)
    with pytest.raises(Obsolete, match="no_attendee"):
        build(session, forged)
    forged = Delivery(
        workspace_id=staff.workspace, payload={**reminder.payload, "attendee": 999}, **given
    )
    with pytest.raises(Obsolete, match="no_attendee"):
        build(session, forged)


def test_the_teachers_own_mail_of_what_has_changed_since_is_not_sent(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    send(session, NOW + timedelta(seconds=30))
    (made,) = deliveries(session, OWN)
    cancel_meeting(staff.ruiz, meeting.id, 1, session=session, now=NOW)
    cancelled = deliveries(session, OWN)[-1]
    with pytest.raises(Obsolete, match="cancelled"):
        build(session, made, NOW)
    restore_meeting(staff.ruiz, meeting.id, 2, session=session, now=NOW)
    with pytest.raises(Obsolete, match="moved"):
        build(session, cancelled, NOW)
    given = {"kind": OWN.value, "due_at": NOW, "workspace_id": staff.workspace + 1}
    with pytest.raises(Obsolete, match="no_meeting"):
        build(session, Delivery(payload=made.payload, **given), NOW)


def test_of_a_group_the_family_of_who_has_left_is_not_written_to(
    session: Session, staff: Staff
) -> None:
    made = {"workspace_id": staff.workspace, "student_id": staff.ben}
    here, bob = (
        Enrolment(**made, class_id=staff.maths),
        Guardian(**made, name="Bob Stone", email="bob@home.test"),
    )
    session.add_all([here, bob])
    session.flush()
    father = Invitee(AttendeeKind.GUARDIAN, bob.id)
    staff.schedule(
        session, meeting_type="group", students=[staff.ben], attendees=[staff.mum, father]
    )
    mother_mail, father_mail = deliveries(session, INVITATION)
    assert "about Ben Stone" in build(session, father_mail, NOW).text
    here.ends_on = date(2026, 11, 1)
    session.flush()
    assert "Leo Park" in build(session, mother_mail, NOW).text
    with pytest.raises(Obsolete, match="no_access"):
        build(session, father_mail, NOW)
