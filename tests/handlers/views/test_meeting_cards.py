"""What the card of a meeting and the question after it say, and what they offer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from handlers.views.meetings.meeting_card import meeting_card
from handlers.views.meetings.meeting_outcome import outcome_question
from interventions.meetings import (
    Answer,
    AttendeeKind,
    AttendeeView,
    MeetingStatus,
    MeetingType,
    MeetingView,
)
from interventions.meetings.shapes import News, NewsState
from tests.handlers.views.meetings import (
    LIMA,
    LONDON,
    NEW_YORK,
    NOW,
    changed,
    labels,
    park,
    words_of,
)

TOLD = News(invites=False, state=NewsState.WAITING, at=NOW + timedelta(seconds=60))


def card(view: MeetingView, **more: Any) -> str:
    return words_of(meeting_card(view, **{"viewer_id": 1, "now": NOW, **more}))


def before(minutes: int) -> datetime:
    return park().scheduled_at - timedelta(minutes=minutes)


def test_a_card_says_that_those_invited_are_to_be_told_by_word_of_mouth() -> None:
    view = park()
    assert "get no e-mail before it: please tell them." in card(view, mailed=False)
    told = replace(view, attendees=tuple(replace(one, told=True) for one in view.attendees))
    assert "please tell them" not in card(told, mailed=False)


def test_a_card_says_when_where_with_whom_and_what_will_come() -> None:
    said = card(park(), reminders=[before(1440), before(15)])
    assert said.splitlines()[:4] == [
        "Tue 24 Nov 14:30: parent conference, Leo Park's family · Room 12",
        "30 minutes · Grade 5 Maths",
        "Invited: Lena Park (guardian, l***@home.test)",
        "I remind you Mon 23 Nov 14:30 and 15 minutes before. "
        "Those invited are reminded by e-mail.",
    ]
    assert labels(meeting_card(park(), viewer_id=1, now=NOW)) == [
        "Prep card",
        "Move or change",
        "Cancel meeting",
    ]


def test_hours_before_are_said_as_hours() -> None:
    assert "I remind you 2 hours before and 5 minutes before." in card(
        park(), reminders=[before(120), before(5)]
    )


def test_a_card_without_reminders_or_people_says_so() -> None:
    said = card(park(attendees=()))
    assert "Invited: nobody" in said
    assert "You get no reminder before it." in said
    assert "e-mail" not in said


def test_the_schools_clock_stands_beside_the_teachers_where_they_differ() -> None:
    assert "14:30 (19:30 in London): parent" in card(park(), school_zone=LONDON)
    assert "(" not in card(park(), school_zone=NEW_YORK).splitlines()[0]
    # New York and Lima have the same clock in winter.
    assert "Lima" not in card(park(), school_zone=LIMA)


def test_the_schools_day_stands_there_where_it_is_another() -> None:
    late = park(scheduled_at=datetime(2026, 11, 25, 1, tzinfo=UTC))
    assert "Tue 24 Nov 20:00 (Wed 1:00 in London)" in card(late, school_zone=LONDON)


def test_a_colleagues_card_says_whose_meeting_it_is() -> None:
    assert "with Ms Ruiz" in card(park(), viewer_id=2)


def test_a_moved_card_says_from_when_by_whom_and_offers_to_undo() -> None:
    view = park(last_change=changed("moved", was=timedelta(days=-1)))
    assert "Moved from Mon 23 Nov 14:30 by you, 9:12" in card(view)
    assert "Moved from Mon 23 Nov 14:30 by Ms Ruiz, 9:12" in card(view, viewer_id=2)
    assert "Undo" in labels(meeting_card(view, viewer_id=1, now=NOW))


def test_a_move_from_a_time_that_is_past_cannot_be_undone() -> None:
    view = park(last_change=changed("moved", was=timedelta(days=-30)))
    assert "Undo" not in labels(meeting_card(view, viewer_id=1, now=NOW))


def test_a_cancelled_card_says_who_hears_of_it_and_offers_to_undo() -> None:
    told = tuple(replace(one, told=True, news=TOLD) for one in park().attendees)
    view = park(status=MeetingStatus.CANCELLED, attendees=told, last_change=changed("cancelled"))
    said = card(view)
    assert said.startswith("Cancelled · Tue 24 Nov 14:30: parent conference")
    assert "Cancelled by you, 9:12 · 1 person is told by e-mail at 9:13" in said
    assert "remind" not in said
    assert labels(meeting_card(view, viewer_id=1, now=NOW)) == ["Undo"]
    assert not labels(meeting_card(view, viewer_id=1, now=NOW + timedelta(days=9)))


def test_nobody_is_told_of_a_change_who_was_not_told_of_the_meeting() -> None:
    view = park(status=MeetingStatus.CANCELLED, last_change=changed("cancelled"))
    assert "told" not in card(view)


def test_an_undone_move_says_who_hears_of_it() -> None:
    heard = tuple(replace(one, told=True) for one in park().attendees)
    view = park(attendees=heard, last_change=changed("move_undone"))
    assert "Move undone by you, 9:12\nPrep card" in card(view)
    tells = tuple(replace(one, news=TOLD) for one in heard)
    said = card(replace(view, attendees=tells))
    assert "Move undone by you, 9:12 · 1 person is told by e-mail at 9:13" in said


def test_a_card_says_what_has_become_of_its_e_mails() -> None:
    (lena,) = park().attendees
    states = [
        News(invites=True, state=NewsState.SENT, at=NOW),
        News(invites=True, state=NewsState.SENT, at=NOW),
        News(invites=True, state=NewsState.WAITING, at=NOW),
        News(invites=False, state=NewsState.FAILED, at=NOW),
    ]
    people = tuple(replace(lena, news=one) for one in states)
    gone = (News(invites=False, state=NewsState.SENT, at=NOW),)
    view = park(attendees=people, last_change=changed("invited"), uninvited=gone)
    assert (
        "Changed who is invited by you, 9:12 · 2 people invited by e-mail · "
        "1 person is invited by e-mail at 9:12 · 1 person told by e-mail not to come · "
        "no e-mail has reached Lena Park"
    ) in card(view)
    assert "Notes changed by you, 9:12\n" in card(replace(view, last_change=changed("noted")))


def test_a_change_of_the_place_is_no_move() -> None:
    said = card(park(last_change=changed("moved", was=timedelta())))
    assert "Place or length changed by you, 9:12" in said
    assert "Moved" not in said


def test_an_answered_card_says_how_it_went() -> None:
    view = park(status=MeetingStatus.MISSED, outcome_notes="Nobody came.")
    said = card(view, now=NOW + timedelta(days=9))
    assert said.startswith("Did not take place · Tue 24 Nov 14:30")
    assert "What came of it: Nobody came." in said
    assert labels(meeting_card(view, viewer_id=1, now=NOW)) == []


def test_cancelling_is_asked_about_first() -> None:
    blocks = meeting_card(park(), viewer_id=1, now=NOW)
    cancel = blocks[-1]["elements"][-1]
    asked = cancel["confirm"]["text"]["text"]
    assert asked == "Those invited who have had an e-mail about it will be told by e-mail."
    alone = meeting_card(park(attendees=()), viewer_id=1, now=NOW)[-1]["elements"][-1]
    assert alone["confirm"]["text"]["text"] == "Nobody else is invited."
    told = tuple(replace(one, told=True) for one in park().attendees * 2)
    blocks = meeting_card(park(attendees=told), viewer_id=1, now=NOW)
    asked = blocks[-1]["elements"][-1]["confirm"]["text"]["text"]
    assert asked == "2 people invited will be told by e-mail."


def test_buttons_carry_ids_and_the_version_and_no_name() -> None:
    blocks = meeting_card(park(), viewer_id=1, now=NOW)
    values = {one["value"] for one in blocks[-1]["elements"]}
    assert values == {"meeting=7;version=3", "student=12;meeting=7;version=3"}


def test_many_invited_are_counted() -> None:
    one = AttendeeView("", AttendeeKind.ADDRESS, "a***@b.test")
    assert "a***@b.test, 4 more" in card(park(attendees=(one,) * 10))


def test_the_question_is_asked_answered_and_undone() -> None:
    asked = outcome_question(park(), viewer_id=1, now=NOW)
    assert words_of(asked).startswith(
        "Did the meeting with the family of Leo Park take place?\nParent conference, Tue 24 Nov"
    )
    assert labels(asked) == ["Yes", "It did not", "Add notes"]
    held = park(
        status=MeetingStatus.HELD, outcome_notes="Reads at home.", last_change=changed("outcome")
    )
    answered = outcome_question(held, viewer_id=2, now=NOW)
    assert "took place, noted by Ms Ruiz, 9:12." in words_of(answered)
    assert "Reads at home." in words_of(answered)
    assert labels(answered) == ["Edit notes", "Undo"]
    missed = park(status=MeetingStatus.MISSED, meeting_type=MeetingType.ONE_ON_ONE)
    answered = outcome_question(missed, viewer_id=1, now=NOW)
    assert "The meeting with Leo Park did not take place." in words_of(answered)
    assert labels(answered) == ["Schedule again", "Add notes", "Undo"]
    gone = outcome_question(park(status=MeetingStatus.CANCELLED), viewer_id=1, now=NOW)
    assert "was cancelled" in words_of(gone)
    assert labels(gone) == []


def test_a_group_is_named_by_its_students_of_many_the_first() -> None:
    two = park(meeting_type=MeetingType.GROUP, further=((2, "Ben Stone"),))
    many = replace(two, further=tuple((number, f"Student {number}") for number in range(2, 7)))
    card = words_of(meeting_card(two, viewer_id=1, now=NOW))
    assert "group meeting with Leo Park and Ben Stone" in card
    card = words_of(meeting_card(many, viewer_id=1, now=NOW))
    assert "group meeting with Leo Park, Student 2, Student 3 and 3 others" in card
    asked = words_of(outcome_question(two, viewer_id=1, now=NOW))
    assert "Did the meeting with Leo Park and Ben Stone take place?" in asked


def test_of_many_invited_the_first_of_each_answer_are_named() -> None:
    def guest(number: int, answer: Answer | None) -> AttendeeView:
        hint = "g***@home.test"
        return AttendeeView(f"Guest {number}", AttendeeKind.GUARDIAN, hint, number, answer=answer)

    coming = [guest(number, Answer.ACCEPTED) for number in range(8)]
    view = park(attendees=(*coming, guest(9, Answer.DECLINED), guest(10, None)))
    card = words_of(meeting_card(view, viewer_id=1, now=NOW))
    assert "Guest 4, Guest 5 and 2 more" in card
    assert "Guest 6" not in card
    assert "Those invited who may come are reminded by e-mail." in card
    cancelled = replace(view, status=MeetingStatus.CANCELLED)
    assert "Not coming" not in words_of(meeting_card(cancelled, viewer_id=1, now=NOW))
