"""Invitations: who is told what, when, in what order; groups; and a meeting as an intervention."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.kinds import OUTCOMES
from interventions.meetings import (
    AttendeeKind,
    Invitee,
    answer_invitation,
    cancel_meeting,
    meeting_of,
    move_meeting,
    possible_attendees,
    record_outcome,
    restore_meeting,
)
from interventions.meetings.knowing import reached
from interventions.meetings.telling import (
    CANCELLED_MAIL,
    INVITATION_MAIL,
    MOVED_MAIL,
    OWN_MAIL,
    attendees_of,
)
from interventions.outcomes import Outcome, State
from interventions.record import Reason
from interventions.standing import outcomes_of
from school.access import viewer_of
from school.errors import InvalidInput, NotFound
from school.links import PageKind, link_to
from school.models import (
    AuditEntry,
    ClassTeacher,
    Enrolment,
    Guardian,
    Intervention,
    InterventionType,
    Meeting,
    MeetingStudent,
    User,
)
from tests.interventions.staff import NOW, TUESDAY, Staff, deliveries, utc

WINDOW = timedelta(seconds=30)
FRIDAY = utc(27, 15)


def sent(session: Session, *kinds: str) -> None:
    """What waits of these kinds has gone out."""
    for kind in kinds:
        for one in deliveries(session, kind):
            if one.finished_at is None:
                one.state, one.finished_at = "sent", NOW


def open_mails(session: Session) -> list[str]:
    """The kinds of the mails that still wait."""
    kinds = (INVITATION_MAIL, OWN_MAIL, MOVED_MAIL, CANCELLED_MAIL)
    found = [one for kind in kinds for one in deliveries(session, kind)]
    return [one.kind for one in found if one.finished_at is None]


def together(session: Session, staff: Staff) -> None:
    """Ben comes into Leo's class; his father is on record."""
    made = {"workspace_id": staff.workspace, "student_id": staff.ben}
    session.add(Enrolment(**made, class_id=staff.maths))
    session.add(Guardian(**made, name="Bob Stone", email="bob@home.test"))
    session.flush()


def group(session: Session, staff: Staff, *invited: Invitee) -> Meeting:
    together(session, staff)
    return staff.schedule(
        session, meeting_type="group", students=[staff.ben], attendees=[staff.mum, *invited]
    )


def outcome(session: Session, meeting: Meeting, now: object = NOW) -> Outcome:
    one = session.get_one(Intervention, meeting.intervention_id)
    found = OUTCOMES[InterventionType.MEETING](session, [one], now)  # type: ignore[arg-type]
    return found[one.id]


def test_the_invited_and_the_teacher_are_told_after_the_window(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session, attendees=[staff.mum], key="draft:1")
    staff.schedule(session, attendees=[staff.mum], key="draft:1")
    (mother,) = attendees_of(meeting, session=session)
    (mail,), (own,) = deliveries(session, INVITATION_MAIL), deliveries(session, OWN_MAIL)
    assert (mail.due_at, mail.medium, mail.sender_id) == (NOW + WINDOW, "mail", staff.ruiz)
    assert mail.payload == {
        "meeting": meeting.id,
        "sequence": 0,
        "told": None,
        "attendee": mother.id,
    }
    assert (own.due_at, own.recipient_id) == (NOW + WINDOW, None)
    assert mail.expires_at == meeting.scheduled_at
    link = link_to(session, staff.workspace, PageKind.MEETING, mother.id)
    assert link is not None
    assert link.expires_at > meeting.scheduled_at + timedelta(days=29)


def test_cancelled_within_the_window_nobody_hears_and_restored_they_are_invited(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session, attendees=[staff.mum])
    cancel_meeting(staff.ruiz, meeting.id, 1, session=session, now=NOW)
    assert open_mails(session) == []
    restore_meeting(staff.ruiz, meeting.id, 2, session=session, now=NOW)
    assert open_mails(session) == [INVITATION_MAIL, OWN_MAIL]
    sent(session, INVITATION_MAIL, OWN_MAIL)
    far = TUESDAY + timedelta(days=60)
    move_meeting(staff.ruiz, meeting.id, 3, far, session=session, now=NOW)
    assert open_mails(session) == [OWN_MAIL, MOVED_MAIL]
    (mother,) = attendees_of(meeting, session=session)
    link = link_to(session, staff.workspace, PageKind.MEETING, mother.id)
    assert link is not None
    assert link.expires_at > far
    sent(session, MOVED_MAIL, OWN_MAIL)
    cancel_meeting(staff.ruiz, meeting.id, 4, session=session, now=NOW)
    assert open_mails(session) == [OWN_MAIL, CANCELLED_MAIL]
    assert (mother.told_sequence, meeting.told_sequence) == (3, 3)


def test_without_e_mail_nobody_is_written_to(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session, attendees=[staff.mum], by_mail=False)
    assert open_mails(session) == []
    move_meeting(staff.ruiz, meeting.id, 1, FRIDAY, session=session, now=NOW, by_mail=False)
    assert open_mails(session) == []


def test_a_teacher_without_a_sound_address_is_sent_no_event(session: Session, staff: Staff) -> None:
    session.get_one(User, staff.ruiz).email = "ruiz"
    staff.schedule(session)
    assert open_mails(session) == []


def test_a_group_is_of_students_of_the_teacher_each_once_and_no_other_type_is(
    session: Session, staff: Staff
) -> None:
    with pytest.raises(NotFound, match="None of your students"):
        staff.schedule(session, meeting_type="group", students=[staff.ben])
    together(session, staff)
    for students, kind in (([staff.ben], "one_on_one"), (list(range(900, 920)), "group")):
        with pytest.raises(InvalidInput) as found:
            staff.schedule(session, meeting_type=kind, students=students)
        assert found.value.field == "students"
    twice = [staff.ben, staff.leo, staff.ben]
    meeting = staff.schedule(session, meeting_type="group", students=twice)
    assert [one.student_id for one in session.scalars(select(MeetingStudent))] == [staff.ben]
    opened = session.scalars(select(AuditEntry.student_id).where(AuditEntry.purpose == "meeting"))
    assert staff.ben in set(opened)
    assert meeting.student_id == staff.leo


def test_each_student_of_a_group_has_it_in_their_history(session: Session, staff: Staff) -> None:
    together(session, staff)
    reason = Reason("struggling")
    staff.schedule(session, meeting_type="group", students=[staff.ben], reason=reason)
    rows = session.scalars(select(Intervention).order_by(Intervention.id)).all()
    assert [(one.student_id, one.concern) for one in rows] == [
        (staff.leo, "struggling"),
        (staff.ben, "struggling"),
    ]
    assert {one.action_taken for one in rows} == {"Scheduled a group meeting"}
    found = OUTCOMES[InterventionType.MEETING](session, rows, NOW)
    assert [found[one.id].state for one in rows] == [State.RUNNING, State.RUNNING]
    assert deliveries(session, "intervention_card") == []


def test_a_family_of_a_group_is_named_its_own_child_alone(session: Session, staff: Staff) -> None:
    together(session, staff)
    bob = session.scalars(select(Guardian).where(Guardian.name == "Bob Stone")).one()
    moss, ben = (
        Invitee(AttendeeKind.COLLEAGUE, staff.moss),
        Invitee(AttendeeKind.STUDENT, staff.ben),
    )
    viewer = viewer_of(session, session.get_one(User, staff.ruiz), now=NOW)
    possible = possible_attendees(viewer, staff.leo, session=session, now=NOW, students=[staff.ben])
    assert [(one.name, one.of, one.of_id) for one in possible if one.of] == [
        ("Bob Stone", "Ben Stone", staff.ben),
        ("Ben Stone", "Ben Stone", staff.ben),
    ]
    father = Invitee(AttendeeKind.GUARDIAN, bob.id)
    meeting = staff.schedule(
        session, meeting_type="group", students=[staff.ben], attendees=[staff.mum, father, moss]
    )
    known = {
        one.name: reached(one, meeting, session=session, now=NOW).children
        for one in attendees_of(meeting, session=session)
    }
    assert known == {
        "Ana Park": ("Leo Park",),
        "Bob Stone": ("Ben Stone",),
        "Mr Moss": ("Leo Park", "Ben Stone"),
    }
    assert ben.code() == f"student-{staff.ben}"


def test_a_colleague_sees_of_a_group_those_whom_they_may_see(
    session: Session, staff: Staff
) -> None:
    bob = Guardian(
        workspace_id=staff.workspace, student_id=staff.ben, name="Bob", email="bob@home.test"
    )
    session.add(bob)
    session.flush()
    at = {"workspace_id": staff.workspace, "class_id": staff.art}
    session.add(ClassTeacher(**at, user_id=staff.ruiz))
    session.flush()
    invited = [staff.mum, Invitee(AttendeeKind.GUARDIAN, bob.id)]
    meeting = staff.schedule(session, meeting_type="group", students=[staff.ben], attendees=invited)

    def seen(user: int) -> tuple[list[str], list[str]]:
        viewer = viewer_of(session, session.get_one(User, user), now=NOW)
        view = meeting_of(viewer, meeting.id, session=session, now=NOW)
        return [name for _, name in view.further], [one.name for one in view.attendees]

    assert seen(staff.ruiz) == (["Ben Stone"], ["Ana Park", "Bob"])
    assert seen(staff.moss) == ([], ["Ana Park"])


def test_an_intervention_follows_its_meeting(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session, attendees=[staff.mum])
    row = session.get_one(Intervention, meeting.intervention_id)
    assert outcome(session, meeting) == Outcome(State.RUNNING, NOW, "Tue 24 Nov 14:30")
    (mother,) = attendees_of(meeting, session=session)
    for said, expected in (
        ("accepted", Outcome(State.RUNNING, NOW, "Tue 24 Nov 14:30; of 1 invited 1 coming")),
        ("declined", Outcome(State.DECLINED, NOW)),
    ):
        answer_invitation(mother.id, said, "", 0, session=session, now=NOW)
        assert outcome(session, meeting) == expected
    cancel_meeting(staff.ruiz, meeting.id, 1, session=session, now=NOW)
    assert (row.withdrawn_at, outcome(session, meeting)) == (NOW, Outcome(State.CANCELLED, NOW))
    assert outcomes_of(session, [row], NOW)[row.id].state is State.CANCELLED
    restore_meeting(staff.ruiz, meeting.id, 2, session=session, now=NOW)
    assert row.withdrawn_at is None
    assert outcome(session, meeting, utc(24, 21)).state is State.OVERDUE
    record_outcome(staff.ruiz, meeting.id, 3, "held", "Fine.", session=session, now=TUESDAY)
    assert outcome(session, meeting) == Outcome(State.HELD, TUESDAY, "Fine.")


def test_the_family_of_who_left_the_class_is_told_that_it_is_off(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session, attendees=[staff.mum])
    sent(session, INVITATION_MAIL, OWN_MAIL)
    for one in session.query(Enrolment).filter_by(student_id=staff.leo):
        one.ends_on = date(2026, 11, 1)
    session.flush()
    cancel_meeting(staff.ruiz, meeting.id, 1, session=session, now=NOW)
    assert open_mails(session) == [OWN_MAIL, CANCELLED_MAIL]
