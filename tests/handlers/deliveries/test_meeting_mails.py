"""E-mails to who is invited: in their language, naming the child to those alone who may know."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from bot.links import Pages
from bot.outgoing import Mail, Obsolete
from handlers.deliveries import mails as builders
from interventions.meetings import answer_invitation, cancel_meeting, move_meeting, restore_meeting
from school.models import Meeting, User
from tests.handlers.deliveries.meeting_letters import (
    CANCELLED,
    DAY_BEFORE,
    FRIDAY,
    INVITATION,
    MOVED,
    OWN,
    REMINDER,
    build,
    calendar,
    event,
    mails,
    only,
)
from tests.handlers.jobs.firing import send, tick
from tests.interventions.staff import NOW, TUESDAY, Staff, deliveries


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


def test_a_teacher_without_a_sound_address_is_not_answered(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, DAY_BEFORE)
    session.get_one(User, staff.ruiz).email = "ruíz@school.test"
    mail = mails(session)["pat@other.test"]
    assert mail.reply_to is None
    assert "reply" not in mail.text


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
    assert "Your parent conference about Leo Park is scheduled" in made.text
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
