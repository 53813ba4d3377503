"""Making a meeting: what it is, whom it may be about, what is refused and where, and who comes."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from interventions.meetings import (
    AttendeeKind,
    Invitee,
    MeetingStatus,
    possible_attendees,
    schedule_meeting,
)
from interventions.meetings.telling import CARD, attendees_of
from school.access import viewer_of
from school.errors import Conflict, InvalidInput, NotAllowed, NotFound
from school.models import AuditEntry, CardCopy, Guardian, Meeting, Student, User
from school.preferences import MEETING_REMINDERS, set_preference
from tests.interventions.staff import (
    NOW,
    TUESDAY,
    Staff,
    deliveries,
    pause,
    timers,
    utc,
)


def address(email: str) -> Invitee:
    return Invitee(AttendeeKind.ADDRESS, email=email)


def refused(session: Session, staff: Staff, at: datetime = TUESDAY, **more: Any) -> tuple[str, str]:
    """On which field, and in which words."""
    with pytest.raises(InvalidInput) as found:
        staff.schedule(session, at, **more)
    assert session.scalar(select(func.count()).select_from(Meeting)) in (0, 1)
    return found.value.field, str(found.value)


def test_a_meeting_is_kept_as_it_was_asked_for(session: Session, staff: Staff) -> None:
    meeting = schedule_meeting(
        staff.ruiz,
        staff.leo,
        "one_on_one",
        TUESDAY + timedelta(seconds=20),
        session=session,
        now=NOW,
        duration_minutes=45,
        location="  Room\n 12 ",
        notes="About fractions.\n",
    )
    assert (meeting.teacher_id, meeting.student_id) == (staff.ruiz, staff.leo)
    assert (meeting.meeting_type, meeting.status) == ("one_on_one", MeetingStatus.SCHEDULED)
    assert (meeting.scheduled_at, meeting.duration_minutes) == (TUESDAY, 45)
    assert (meeting.location, meeting.notes) == ("Room 12", "About fractions.")
    assert (meeting.version, meeting.sequence, meeting.class_id) == (1, 0, staff.maths)
    assert meeting.calendar_uid


def test_opening_the_student_is_audited(session: Session, staff: Staff) -> None:
    staff.schedule(session)
    rows = session.scalars(select(AuditEntry)).all()
    assert {(row.user_id, row.student_id, row.purpose) for row in rows} == {
        (staff.ruiz, staff.leo, "meeting")
    }


def test_its_teacher_gets_a_card(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session)
    (card,) = deliveries(session, CARD)
    assert card.recipient_id == staff.ruiz
    copy = session.get_one(CardCopy, card.payload["copy"])
    assert (copy.subject_id, copy.user_id) == (meeting.id, staff.ruiz)


def test_the_same_draft_twice_is_one_meeting(session: Session, staff: Staff) -> None:
    first = staff.schedule(session, key="draft")
    again = staff.schedule(session, key="draft")
    assert again.id == first.id
    with pytest.raises(Conflict):
        staff.schedule(session, key="draft", location="Room 4")
    other = schedule_meeting(
        staff.moss, staff.leo, "group", TUESDAY, session=session, now=NOW, key="draft"
    )
    assert other.id != first.id


@pytest.mark.parametrize("who", ["gray", "head"])
def test_only_whoever_may_see_the_student_can_meet_about_them(
    session: Session, staff: Staff, who: str
) -> None:
    teacher = getattr(staff, who)
    if who == "head":
        meeting = schedule_meeting(teacher, staff.leo, "group", TUESDAY, session=session, now=NOW)
        assert meeting.class_id == staff.maths
        return
    with pytest.raises(NotFound, match="None of your students is that one"):
        schedule_meeting(teacher, staff.leo, "group", TUESDAY, session=session, now=NOW)
    with pytest.raises(NotFound, match="None of your students is that one"):
        schedule_meeting(teacher, 999, "group", TUESDAY, session=session, now=NOW)


def test_nobody_and_who_is_switched_off_can_make_none(session: Session, staff: Staff) -> None:
    session.get_one(User, staff.ruiz).is_active = False
    with pytest.raises(NotAllowed):
        staff.schedule(session)
    with pytest.raises(NotAllowed, match="Only teachers can do that"):
        schedule_meeting(999, staff.leo, "group", TUESDAY, session=session, now=NOW)


def test_a_class_must_be_one_that_both_share(session: Session, staff: Staff) -> None:
    assert staff.schedule(session, class_id=staff.maths).class_id == staff.maths
    with pytest.raises(NotFound):
        staff.schedule(session, utc(25, 15), class_id=staff.art)


def test_a_time_must_be_to_come_within_a_year_and_have_a_zone(
    session: Session, staff: Staff
) -> None:
    field, words = refused(session, staff, NOW)
    assert field == "datetime"
    assert words == "That time has passed: it is Mon 16 Nov 10:00. Choose one to come."
    assert "a year ahead" in refused(session, staff, NOW + timedelta(days=400))[1]
    assert "time zone" in refused(session, staff, datetime(2026, 11, 24, 14))[1]  # noqa: DTZ001


@pytest.mark.parametrize("minutes", [4, 481, 0, -30])
def test_a_length_must_be_sensible(session: Session, staff: Staff, minutes: int) -> None:
    field, words = refused(session, staff, duration_minutes=minutes)
    assert (field, "5 minutes to 8 hours" in words) == ("duration_minutes", True)


def test_texts_have_a_limit_and_no_control_characters(session: Session, staff: Staff) -> None:
    assert refused(session, staff, location="x" * 201)[0] == "location"
    assert refused(session, staff, notes="x" * 2001)[0] == "notes"
    assert refused(session, staff, meeting_type="party")[0] == "meeting_type"
    meeting = staff.schedule(session, location="Room\x00 1\ud83d", notes="a\x00b\nc")
    assert (meeting.location, meeting.notes) == ("Room 1", "ab\nc")


def test_another_meeting_at_that_time_is_told_of(session: Session, staff: Staff) -> None:
    staff.schedule(session)
    field, words = refused(session, staff, TUESDAY + timedelta(minutes=29))
    assert field == "datetime"
    assert words == (
        "You have another meeting then: Tue 24 Nov 14:30 to 15:00. Choose another time."
    )
    assert staff.schedule(session, TUESDAY + timedelta(minutes=30)).id
    assert staff.schedule(session, TUESDAY - timedelta(minutes=30)).id
    assert staff.schedule(session, TUESDAY, allow_clash=True).id


def test_reminders_are_set_for_the_teacher_and_each_attendee(
    session: Session, staff: Staff
) -> None:
    meeting = staff.schedule(session, attendees=[staff.mum, address("Pat@Other.test")])
    one, two = attendees_of(meeting, session=session)
    day, quarter = utc(23, 19, 30), utc(24, 19, 15)
    assert timers(session) == {
        f"u{staff.ruiz}:1440:s0": day,
        f"u{staff.ruiz}:15:s0": quarter,
        f"a{one.id}:1440:s0": day,
        f"a{one.id}:15:s0": quarter,
        f"a{two.id}:1440:s0": day,
        f"a{two.id}:15:s0": quarter,
        f"u{staff.ruiz}:s0": utc(24, 20, 10),
    }


def test_reminders_whose_moment_has_passed_are_not_set(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session, NOW + timedelta(hours=20), attendees=[staff.mum])
    (mother,) = attendees_of(meeting, session=session)
    assert set(timers(session)) == {
        f"u{staff.ruiz}:15:s0",
        f"a{mother.id}:15:s0",
        f"u{staff.ruiz}:s0",
    }


def test_attendees_are_reminded_even_where_the_teacher_is_away_or_wants_no_reminder(
    session: Session, staff: Staff
) -> None:
    pause(session, staff, utc(20, 0).date(), utc(23, 0).date())
    set_preference(session, staff.workspace, staff.ruiz, MEETING_REMINDERS, {"minutes": []})
    session.flush()
    meeting = staff.schedule(session, attendees=[staff.mum])
    (mother,) = attendees_of(meeting, session=session)
    assert set(timers(session)) == {
        f"a{mother.id}:1440:s0",
        f"a{mother.id}:15:s0",
        f"u{staff.ruiz}:s0",
    }


def test_who_may_be_invited(session: Session, staff: Staff) -> None:
    viewer = viewer_of(session, session.get_one(User, staff.ruiz), now=NOW)
    found = possible_attendees(viewer, staff.leo, session=session, now=NOW)
    assert [(one.name, one.invitee.kind.value, one.address_hint) for one in found] == [
        ("Ana Park", "guardian", "a***@home.test"),
        ("Joe Park", "guardian", None),
        ("Leo Park", "student", "l***@school.test"),
        ("Mr Moss", "colleague", "m***@school.test"),
    ]
    assert all(Invitee.from_code(one.invitee.code()) == one.invitee for one in found)
    with pytest.raises(NotFound):
        possible_attendees(viewer, staff.ben, session=session, now=NOW)


def test_codes_of_invitees_are_only_what_we_made() -> None:
    with pytest.raises(ValueError, match="no choice"):
        address("a@b.test").code()
    for code in ("guardian-x", "stranger-1", "", "guardian-"):
        with pytest.raises(ValueError):
            Invitee.from_code(code)


def test_guardians_the_student_colleagues_and_others_are_invited(
    session: Session, staff: Staff
) -> None:
    invited = [
        staff.mum,
        Invitee(AttendeeKind.STUDENT, staff.leo),
        Invitee(AttendeeKind.COLLEAGUE, staff.moss),
        address(" Pat@Other.test "),
    ]
    meeting = staff.schedule(session, attendees=invited)
    rows = attendees_of(meeting, session=session)
    assert [(row.name, row.email) for row in rows] == [
        ("Ana Park", "ana@home.test"),
        ("Leo Park", "leo@school.test"),
        ("Mr Moss", "moss@school.test"),
        (None, "pat@other.test"),
    ]
    assert [row.guardian_id for row in rows] == [staff.mother, None, None, None]
    assert [row.student_id for row in rows] == [None, staff.leo, None, None]
    assert [row.user_id for row in rows] == [None, None, staff.moss, None]


def test_a_typed_address_of_somebody_on_record_is_theirs(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session, attendees=[address("ANA@home.test")])
    (row,) = attendees_of(meeting, session=session)
    assert (row.guardian_id, row.name) == (staff.mother, "Ana Park")


@pytest.mark.parametrize(
    ("invited", "said"),
    [
        ([address("no address")], "is no e-mail address"),
        ([address("")], "is no e-mail address"),
        ([address(f"{'x' * 260}@a.test")], "is no e-mail address"),
        ([address(f"{'x' * 65}@a.test")], "is no e-mail address"),
        ([address("josé@a.test")], "is no e-mail address"),
        ([address("a..b@a.test")], "is no e-mail address"),
        ([address("mailto:a@b.test")], "is no e-mail address"),
        ([address("a@b\u202e.test")], "is no e-mail address"),
        ([address("a@b.test"), address("A@b.test")], "a@b.test is there twice"),
        ([address("may@home.test")], "say not to contact may@home.test"),
        ([address("may@ｈome.test")], "say not to contact may@"),
        ([Invitee(AttendeeKind.STUDENT, 999)], "cannot be invited any more"),
        ([address(f"p{n}@b.test") for n in range(21)], "Invite 20 at most"),
    ],
)
def test_who_cannot_be_invited_is_refused_on_its_field(
    session: Session, staff: Staff, invited: list[Invitee], said: str
) -> None:
    field, words = refused(session, staff, attendees=invited)
    assert field == "attendees"
    assert said in words


def test_guardians_without_a_way_or_not_to_be_contacted_are_refused(
    session: Session, staff: Staff
) -> None:
    father = Invitee(AttendeeKind.GUARDIAN, staff.father)
    words = refused(session, staff, attendees=[father])[1]
    assert words == "There is no e-mail address for Joe Park. Leave them out."
    aunt = Invitee(AttendeeKind.GUARDIAN, staff.aunt)
    assert "any more" in refused(session, staff, attendees=[aunt])[1]
    session.get_one(Guardian, staff.mother).is_active = False
    session.flush()
    assert "any more" in refused(session, staff, attendees=[staff.mum])[1]


def test_twice_the_same_by_record_and_by_hand_is_refused(session: Session, staff: Staff) -> None:
    words = refused(session, staff, attendees=[staff.mum, address("ana@home.test")])[1]
    assert words == "ana@home.test is there twice. Leave one out."


def test_a_student_off_the_roster_cannot_be_met(session: Session, staff: Staff) -> None:
    session.get_one(Student, staff.leo).is_active = False
    session.flush()
    with pytest.raises(NotFound):
        staff.schedule(session)
