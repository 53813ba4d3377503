"""Who comes to a meeting that there is: others are invited, some are not any more, others meet."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.kinds import OUTCOMES
from interventions.meetings import (
    AttendeeKind,
    Guests,
    Invitee,
    Standing,
    Taken,
    answer_invitation,
    cancel_meeting,
    invitation_of,
    meeting_of,
    move_meeting,
    possible_attendees,
    restore_meeting,
    undo_move,
)
from interventions.meetings.calendar import ENTRY
from interventions.meetings.telling import (
    CANCELLED_MAIL,
    INVITATION_MAIL,
    MOVED_MAIL,
    OWN_MAIL,
    attendees_of,
    ever_invited,
)
from interventions.outcomes import State
from school.access import viewer_of
from school.errors import Conflict, InvalidInput, NotFound
from school.models import (
    AuditEntry,
    Delivery,
    Enrolment,
    Intervention,
    InterventionType,
    Meeting,
    MeetingStudent,
    User,
)
from tests.interventions.staff import NOW, TUESDAY, Staff, deliveries, timers, utc
from tests.interventions.test_inviting import group, open_mails, sent, together

FRIDAY = utc(27, 15)
MOSS = "moss@school.test"


def change(session: Session, staff: Staff, meeting: Meeting, *invited: Invitee) -> Meeting:
    """Have these be invited, and nothing else be changed."""
    return invite(session, staff, meeting, Guests(invited))


def invite(session: Session, staff: Staff, meeting: Meeting, guests: Guests) -> Meeting:
    version, at = meeting.version, meeting.scheduled_at
    where = {"session": session, "now": NOW, "guests": guests}
    return move_meeting(staff.ruiz, meeting.id, version, at, **where)  # type: ignore[arg-type]


def moss(staff: Staff) -> Invitee:
    return Invitee(AttendeeKind.COLLEAGUE, staff.moss)


def waiting(session: Session, meeting: Meeting) -> list[tuple[str, str | None]]:
    """The mails to those invited that still wait: of which kind, and to whom."""
    emails = {one.id: one.email for one in ever_invited(meeting, session=session)}
    kinds = (INVITATION_MAIL, MOVED_MAIL, CANCELLED_MAIL)
    found = [one for kind in kinds for one in deliveries(session, kind)]
    open_ones = [one for one in found if one.finished_at is None]
    return [(one.kind, emails[one.payload["attendee"]]) for one in open_ones]


def all_sent(session: Session) -> None:
    sent(session, INVITATION_MAIL, OWN_MAIL, MOVED_MAIL, CANCELLED_MAIL, ENTRY)


def test_who_is_added_is_invited_and_who_stays_is_left_in_peace(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session, attendees=[staff.mum])
    all_sent(session)
    change(session, staff, meeting, staff.mum, moss(staff))
    assert (meeting.sequence, meeting.version) == (1, 2)
    assert waiting(session, meeting) == [(INVITATION_MAIL, MOSS)]
    assert OWN_MAIL not in open_mails(session)
    assert [one.payload["sequence"] for one in deliveries(session, INVITATION_MAIL)] == [0, 1]
    assert [one.finished_at is None for one in deliveries(session, ENTRY)] == [False, True]
    mother, colleague = attendees_of(meeting, session=session)
    assert f"a{colleague.id}:1440:s1" in timers(session)
    assert (mother.told_sequence, colleague.told_sequence) == (1, None)
    view = meeting_of(
        viewer_of(session, session.get_one(User, staff.ruiz), now=NOW),
        meeting.id,
        session=session,
        now=NOW,
    )
    assert [(one.name, one.told, one.news is not None) for one in view.attendees] == [
        ("Ana Park", True, False),
        ("Mr Moss", False, True),
    ]
    assert view.last_change is not None
    assert view.last_change.change == "invited"


def test_who_is_taken_out_is_told_alone_and_once_and_reminded_no_more(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session, attendees=[staff.mum, moss(staff)])
    all_sent(session)
    mother = attendees_of(meeting, session=session)[0]
    change(session, staff, meeting, moss(staff))
    assert waiting(session, meeting) == [(CANCELLED_MAIL, "ana@home.test")]
    assert [one.email for one in attendees_of(meeting, session=session)] == [MOSS]
    assert not any(one.startswith(f"a{mother.id}:") for one in timers(session))
    page = invitation_of(mother.id, session=session, now=NOW)
    assert page.standing is Standing.UNINVITED
    said = "accepted", None, 0
    assert answer_invitation(mother.id, *said, session=session, now=NOW) is Taken.CLOSED
    all_sent(session)
    move_meeting(staff.ruiz, meeting.id, 2, FRIDAY, session=session, now=NOW)
    assert waiting(session, meeting) == [(MOVED_MAIL, MOSS)]
    cancel_meeting(staff.ruiz, meeting.id, 3, session=session, now=NOW)
    assert waiting(session, meeting) == [(CANCELLED_MAIL, MOSS)]
    restore_meeting(staff.ruiz, meeting.id, 4, session=session, now=NOW)
    assert waiting(session, meeting) == [(MOVED_MAIL, MOSS)]


def test_within_the_window_nobody_hears_of_what_is_taken_back(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session, attendees=[staff.mum])
    change(session, staff, meeting)
    assert waiting(session, meeting) == []
    change(session, staff, meeting, staff.mum)
    assert waiting(session, meeting) == [(INVITATION_MAIL, "ana@home.test")]
    all_sent(session)
    change(session, staff, meeting)
    change(session, staff, meeting, staff.mum)
    assert waiting(session, meeting) == []
    assert len(ever_invited(meeting, session=session)) == 1


def test_who_has_heard_that_they_need_not_come_is_invited_anew(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session, attendees=[staff.mum])
    all_sent(session)
    (mother,) = attendees_of(meeting, session=session)
    answer_invitation(mother.id, "accepted", "Yes.", 0, session=session, now=NOW)
    change(session, staff, meeting)
    all_sent(session)
    typed = Invitee(AttendeeKind.ADDRESS, email="ANA@home.test")
    change(session, staff, meeting, typed)
    assert waiting(session, meeting) == [(INVITATION_MAIL, "ana@home.test")]
    assert [one.id for one in attendees_of(meeting, session=session)] == [mother.id]
    assert (mother.answer, mother.guardian_id) == (None, staff.mother)


def test_a_typed_address_stays_by_its_row_and_the_same_is_not_taken_twice(
    session: Session, staff: Staff
) -> None:
    aide = Invitee(AttendeeKind.ADDRESS, email="aide@town.test")
    meeting = staff.schedule(session, attendees=[aide])
    (row,) = attendees_of(meeting, session=session)
    kept = Invitee(AttendeeKind.ADDRESS, row.id)
    change(session, staff, meeting, kept, staff.mum)
    assert [one.email for one in attendees_of(meeting, session=session)] == [
        "aide@town.test",
        "ana@home.test",
    ]
    with pytest.raises(InvalidInput, match=r"aide@town\.test is there twice"):
        change(session, staff, meeting, kept, aide)
    with pytest.raises(InvalidInput, match="Choose again"):
        change(session, staff, meeting, Invitee(AttendeeKind.ADDRESS, row.id + 99))
    many = [Invitee(AttendeeKind.ADDRESS, email=f"a{n}@town.test") for n in range(20)]
    with pytest.raises(InvalidInput, match="You invite 21"):
        change(session, staff, meeting, kept, *many)


def test_a_place_is_told_notes_are_not_and_all_at_once_is_one_mail_each(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session, attendees=[staff.mum], notes="Reading")
    all_sent(session)
    given = {"session": session, "now": NOW}
    move_meeting(staff.ruiz, meeting.id, 1, TUESDAY, notes="Sums", **given)  # type: ignore[arg-type]
    assert (meeting.notes, meeting.version, meeting.sequence) == ("Sums", 2, 0)
    assert open_mails(session) == []
    both = {**given, "location": "Room 9", "guests": Guests([staff.mum, moss(staff)]), "notes": ""}
    move_meeting(staff.ruiz, meeting.id, 2, TUESDAY, **both)  # type: ignore[arg-type]
    assert waiting(session, meeting) == [
        (INVITATION_MAIL, MOSS),
        (MOVED_MAIL, "ana@home.test"),
    ]
    assert (meeting.notes, meeting.sequence) == (None, 1)
    undo_move(staff.ruiz, meeting.id, 3, **given)  # type: ignore[arg-type]
    assert meeting.location is None
    assert len(attendees_of(meeting, session=session)) == 2


def test_asked_for_twice_it_is_done_once(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session)
    guests = Guests([staff.mum])
    invite(session, staff, meeting, guests)
    with pytest.raises(Conflict, match="Already changed by you"):
        move_meeting(staff.ruiz, meeting.id, 1, TUESDAY, session=session, now=NOW, guests=guests)
    invite(session, staff, meeting, guests)
    assert (meeting.version, len(attendees_of(meeting, session=session))) == (2, 1)
    assert waiting(session, meeting) == [(INVITATION_MAIL, "ana@home.test")]


def test_a_student_joins_a_group_and_leaves_it_with_their_family(
    session: Session, staff: Staff
) -> None:
    together(session, staff)
    meeting = staff.schedule(session, meeting_type="group", attendees=[staff.mum])
    all_sent(session)
    invite(session, staff, meeting, Guests(students=[staff.ben]))
    row = session.get_one(MeetingStudent, (meeting.id, staff.ben))
    made = session.get_one(Intervention, row.intervention_id)
    assert (made.student_id, made.action_taken) == (staff.ben, "Scheduled a group meeting")
    assert waiting(session, meeting) == []
    opened = session.scalars(select(AuditEntry.student_id).where(AuditEntry.purpose == "meeting"))
    assert staff.ben in set(opened)
    father = bob(session, staff)
    invite(session, staff, meeting, Guests([staff.mum, father], [staff.ben]))
    all_sent(session)
    invite(session, staff, meeting, Guests([staff.mum, father], []))
    assert waiting(session, meeting) == [(CANCELLED_MAIL, "bob@home.test")]
    stands = OUTCOMES[InterventionType.MEETING](session, [made], NOW)[made.id]
    assert (made.withdrawn_at, stands.state) == (NOW, State.TAKEN_BACK)
    cancel_meeting(staff.ruiz, meeting.id, meeting.version, session=session, now=NOW)
    restore_meeting(staff.ruiz, meeting.id, meeting.version, session=session, now=NOW)
    assert made.withdrawn_at is not None
    invite(session, staff, meeting, Guests(students=[staff.ben]))
    assert {made.withdrawn_at, row.removed_sequence} == {None}
    assert len(list(session.scalars(select(Intervention)))) == 2


def bob(session: Session, staff: Staff) -> Invitee:
    """Ben's father."""
    from_record = possible(session, staff)
    return next(one for one in from_record if one.kind is AttendeeKind.GUARDIAN)


def possible(session: Session, staff: Staff) -> list[Invitee]:
    """Who may be invited for Ben."""
    viewer = viewer_of(session, session.get_one(User, staff.ruiz), now=NOW)
    return [one.invitee for one in possible_attendees(viewer, staff.ben, session=session, now=NOW)]


def test_only_a_group_takes_others_and_only_ones_own(session: Session, staff: Staff) -> None:
    circle = staff.schedule(session, meeting_type="group")
    with pytest.raises(NotFound):
        invite(session, staff, circle, Guests(students=[staff.ben]))
    together(session, staff)
    alone = staff.schedule(session, FRIDAY)
    with pytest.raises(InvalidInput, match="group meeting"):
        invite(session, staff, alone, Guests(students=[staff.ben]))


def test_who_the_viewer_does_not_see_stays(session: Session, staff: Staff) -> None:
    meeting = group(session, staff, moss(staff))
    all_sent(session)
    ben = session.get_one(MeetingStudent, (meeting.id, staff.ben))
    leave(session, staff)
    move_meeting(
        staff.moss, meeting.id, 1, TUESDAY, session=session, now=NOW, guests=Guests([], [])
    )
    assert ben.removed_sequence is None
    assert waiting(session, meeting) == [
        (CANCELLED_MAIL, "ana@home.test"),
        (CANCELLED_MAIL, MOSS),
    ]


def leave(session: Session, staff: Staff) -> None:
    """Ben goes back to Art alone."""
    query = select(Enrolment).where(
        Enrolment.student_id == staff.ben, Enrolment.class_id == staff.maths
    )
    session.delete(session.scalars(query).one())
    session.flush()


def test_nothing_is_sent_twice_for_a_sequence(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session, attendees=[staff.mum])
    for _turn in range(3):
        change(session, staff, meeting, staff.mum, moss(staff))
        change(session, staff, meeting, staff.mum)
    keys = list(session.scalars(select(Delivery.unique_key)))
    assert len(keys) == len(set(keys))
    assert waiting(session, meeting) == [(INVITATION_MAIL, "ana@home.test")]
