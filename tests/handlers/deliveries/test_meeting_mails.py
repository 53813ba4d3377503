"""E-mails to who is invited: in their language, naming the child to those alone who may know."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.ical import event_calendar
from bot.links import Pages
from bot.outgoing import Mail, Obsolete
from handlers.deliveries import mails as builders
from handlers.ids import Kind
from interventions.meetings import (
    AttendeeKind,
    Invitee,
    answer_invitation,
    cancel_meeting,
    move_meeting,
    record_outcome,
    restore_meeting,
)
from school.models import (
    Delivery,
    Enrolment,
    Guardian,
    Meeting,
    MeetingAttendee,
    Student,
    User,
    Workspace,
)
from tests.handlers.jobs.firing import send, tick
from tests.interventions.staff import NOW, TUESDAY, Staff, deliveries, utc

DAY_BEFORE, FRIDAY = utc(23, 19, 30), utc(27, 15)
INVITATION, OWN, REMINDER, MOVED, CANCELLED = (
    Kind.MEETING_INVITATION_MAIL,
    Kind.MEETING_OWN_MAIL,
    Kind.MEETING_REMINDER_MAIL,
    Kind.MEETING_MOVED_MAIL,
    Kind.MEETING_CANCELLED_MAIL,
)


@pytest.fixture
def meeting(session: Session, staff: Staff) -> Meeting:
    """All four kinds of people are invited."""
    invited = [
        staff.mum,
        Invitee(AttendeeKind.STUDENT, staff.leo),
        Invitee(AttendeeKind.COLLEAGUE, staff.moss),
        Invitee(AttendeeKind.ADDRESS, email="pat@other.test"),
    ]
    return staff.schedule(session, attendees=invited, location="Room 1", notes="Secret notes.")


def build(session: Session, delivery: Delivery, now: datetime = DAY_BEFORE) -> Mail:
    return builders(None)[delivery.kind](session, delivery, now)


def mails(session: Session, kind: str = REMINDER, now: datetime = DAY_BEFORE) -> dict[str, Mail]:
    """The mails of a kind that wait, by address."""
    built = [build(session, one, now) for one in deliveries(session, kind)]
    return {one.to: one for one in built}


def event(mail: Mail) -> Any:
    """The event that comes with a mail, as its calendar reads it."""
    (found,) = Calendar.from_ical(calendar(mail)).walk("VEVENT")
    return found


def calendar(mail: Mail) -> bytes:
    assert mail.event is not None
    return event_calendar(mail.event, mail.method)


def test_everybody_gets_a_reminder_in_their_language(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, DAY_BEFORE)
    found = mails(session)
    assert set(found) == {
        "ana@home.test",
        "leo@school.test",
        "moss@school.test",
        "pat@other.test",
    }
    assert found["ana@home.test"].subject == (
        "Recordatorio: reunión con Ms Ruiz, mar 24 nov, 14:30"
    )
    assert found["pat@other.test"].subject == "Reminder: meeting with Ms Ruiz, Tue 24 Nov, 2:30 pm"
    assert all("Room 1" in one.text for one in found.values())
    assert all(one.reply_to == "ruiz@school.test" for one in found.values())


def test_the_child_is_named_to_guardians_and_colleagues_alone_and_in_no_subject(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    found = mails(session, INVITATION, NOW)
    naming = {to for to, one in found.items() if "Leo Park" in one.text}
    # To Leo himself it is his own name, in the greeting.
    assert naming == {"ana@home.test", "moss@school.test", "leo@school.test"}
    assert "about Leo" not in found["leo@school.test"].text
    pat = found["pat@other.test"]
    everything = f"{pat.text}{pat.html}{calendar(pat)!r}"
    assert "Leo" not in everything
    assert "Park" not in everything
    for one in found.values():
        assert "Leo" not in one.subject
        assert b"Leo" not in calendar(one).replace(b'CN="Leo', b"")
        assert "Secret" not in f"{one.text}{one.html}{calendar(one)!r}"


def test_the_event_has_one_uid_and_grows_with_each_change(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    first = event(mails(session, INVITATION, NOW)["pat@other.test"])
    send(session, DAY_BEFORE)
    move_meeting(staff.ruiz, meeting.id, 1, FRIDAY, session=session, now=DAY_BEFORE)
    moved = event(mails(session, MOVED)["pat@other.test"])
    assert first["UID"] == moved["UID"] == meeting.calendar_uid
    assert (first["SEQUENCE"], moved["SEQUENCE"]) == (0, 1)
    assert moved["DTSTART"].dt == FRIDAY
    assert moved["DTEND"].dt == FRIDAY + timedelta(minutes=30)
    assert moved["ORGANIZER"].params["CN"] == "Ms Ruiz"
    assert moved["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert moved["ATTENDEE"].params["RSVP"] == "TRUE"


def test_a_move_says_before_and_now(session: Session, staff: Staff, meeting: Meeting) -> None:
    tick(session, DAY_BEFORE)
    send(session, DAY_BEFORE)
    move_meeting(staff.ruiz, meeting.id, 1, FRIDAY, session=session, now=DAY_BEFORE)
    mail = mails(session, MOVED)["pat@other.test"]
    assert "Before: Tuesday 24 November 2026, 2:30 pm" in mail.text
    assert "Now: Friday 27 November 2026, 10:00 am" in mail.text
    assert mail.method == "REQUEST"


def test_a_change_of_place_alone_is_told_without_a_former_time(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, DAY_BEFORE)
    send(session, DAY_BEFORE)
    move_meeting(
        staff.ruiz, meeting.id, 1, TUESDAY, session=session, now=DAY_BEFORE, location="Hall"
    )
    mail = mails(session, MOVED)["pat@other.test"]
    assert "Hall" in mail.text
    assert "Before:" not in mail.text


def test_a_cancel_takes_the_event_away_and_a_restore_brings_it_back(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, DAY_BEFORE)
    send(session, DAY_BEFORE)
    cancel_meeting(staff.ruiz, meeting.id, 1, session=session, now=DAY_BEFORE)
    cancelled = mails(session, CANCELLED)["ana@home.test"]
    assert cancelled.subject.startswith("Cancelada: ")
    assert cancelled.method == "CANCEL"
    assert event(cancelled)["STATUS"] == "CANCELLED"
    send(session, DAY_BEFORE + timedelta(seconds=30))
    restore_meeting(staff.ruiz, meeting.id, 2, session=session, now=DAY_BEFORE)
    restored = mails(session, MOVED)["ana@home.test"]
    assert "Finalmente sí tendrá lugar" in restored.text
    assert "Antes" not in restored.text
    assert event(restored)["STATUS"] == "CONFIRMED"


def only(session: Session, kind: str, staff: Staff) -> Delivery:
    """The mail of that kind to the mother."""
    mother = select(MeetingAttendee.id).where(MeetingAttendee.guardian_id == staff.mother)
    attendee = session.scalars(mother).one()
    return next(one for one in deliveries(session, kind) if one.payload["attendee"] == attendee)


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


def test_a_teacher_without_a_sound_address_is_not_answered(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, DAY_BEFORE)
    session.get_one(User, staff.ruiz).email = "ruíz@school.test"
    mail = mails(session)["pat@other.test"]
    assert mail.reply_to is None
    assert "reply" not in mail.text


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


def test_a_late_mail_says_so_in_its_language(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, DAY_BEFORE)
    late = build(session, only(session, REMINDER, staff)).late
    assert late is not None
    assert "lun 23 nov" in late


def test_an_invitation_leads_to_its_page_or_asks_for_a_reply(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    pages = Pages("https://pages.test", b"k" * 32)
    (first, *_) = deliveries(session, INVITATION)
    mail = builders(pages)[INVITATION](session, first, NOW)
    assert "https://pages.test/m/" in mail.text
    assert mail.html is not None
    assert 'class="button" href="https://pages.test/m/' in mail.html
    assert b"https://pages.test/m/" in calendar(mail).replace(b"\r\n ", b"")
    plain = build(session, first, NOW)
    assert "¿Puede venir? Responda a este correo." in plain.text
    assert "http" not in plain.text
    assert "DESCRIPTION" not in calendar(plain).decode()


def test_who_has_answered_is_reminded_of_that_and_who_cannot_come_of_nothing(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    pages = Pages("https://pages.test", b"k" * 32)
    send(session, NOW + timedelta(seconds=30))
    tick(session, DAY_BEFORE)
    (reminder, *_) = deliveries(session, REMINDER)
    attendee = reminder.payload["attendee"]
    answer_invitation(attendee, "accepted", "", 0, session=session, now=DAY_BEFORE)
    mail = builders(pages)[REMINDER](session, reminder, DAY_BEFORE)
    assert "Usted ha dicho que vendrá." in mail.text
    assert mail.event is None
    answer_invitation(attendee, "declined", "", 0, session=session, now=DAY_BEFORE)
    with pytest.raises(Obsolete, match="declined"):
        build(session, reminder)


def test_an_event_bears_the_answer_that_holds(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    send(session, NOW + timedelta(seconds=30))
    first = deliveries(session, INVITATION)[0].payload["attendee"]
    answer_invitation(first, "accepted", "", 0, session=session, now=NOW)
    move_meeting(staff.ruiz, meeting.id, 1, TUESDAY, session=session, now=NOW, location="Hall")
    moved = event(mails(session, MOVED, NOW)["ana@home.test"])
    assert moved["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    move_meeting(staff.ruiz, meeting.id, 2, FRIDAY, session=session, now=NOW)
    moved = event(build(session, deliveries(session, MOVED)[-4], NOW))
    assert moved["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"


def test_the_teachers_own_mail_follows_the_meeting(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    def own() -> Mail:
        send(session, NOW + timedelta(seconds=30))
        return build(session, deliveries(session, OWN)[-1], NOW)

    made = own()
    assert (made.to, made.reply_to) == ("ruiz@school.test", None)
    assert made.subject == "Your parent conference, Tue 24 Nov, 2:30 pm"
    assert "with Leo Park is scheduled" in made.text
    found = event(made)
    assert (found["SUMMARY"], found["ATTENDEE"].params["PARTSTAT"]) == (
        "Parent conference",
        "ACCEPTED",
    )
    assert found["ATTENDEE"].params["RSVP"] == "FALSE"
    move_meeting(staff.ruiz, meeting.id, 1, FRIDAY, session=session, now=NOW)
    moved = own()
    assert moved.subject.startswith("New time: parent conference")
    assert "Before: Tuesday 24 November" in moved.text
    cancel_meeting(staff.ruiz, meeting.id, 2, session=session, now=NOW)
    gone = own()
    assert (gone.method, gone.subject[:10]) == ("CANCEL", "Cancelled:")
    restore_meeting(staff.ruiz, meeting.id, 3, session=session, now=NOW)
    assert "It takes place after all." in own().text
    session.get_one(User, staff.ruiz).is_active = False
    with pytest.raises(Obsolete, match="no_address"):
        own()


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
