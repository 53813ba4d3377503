"""The page of an invitation: opened from the mail, answered in one click, changed, out of date."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlalchemy import select

from handlers.mail.times import when_words
from interventions.meetings import (
    Answer,
    AttendeeKind,
    Guests,
    Invitee,
    cancel_meeting,
    move_meeting,
    schedule_meeting,
)
from sandbox.received import ReceivedMail
from school.models import Delivery, Guardian, Meeting, MeetingAttendee, User
from tests.handlers.pages.conftest import CARMEN, LEO, MIN, Site
from tests.handlers.school import RUIZ

EVIL = '<script>alert(1)</script> & "Room"'


def schedule(site: Site) -> int:
    """Ms Ruiz invites both parents, and a cousin whose address she types."""
    with site.factory.begin() as session:
        teacher = session.scalars(select(User).where(User.slack_user_id == RUIZ)).one()
        parents = session.scalars(select(Guardian).where(Guardian.name.in_([MIN, CARMEN])))
        invited = [Invitee(AttendeeKind.GUARDIAN, one.id) for one in parents]
        made = schedule_meeting(
            teacher.id,
            site.school.students[LEO],
            "parent_conference",
            site.clock() + timedelta(days=3),
            session=session,
            now=site.clock(),
            location=EVIL,
            attendees=[*invited, Invitee(AttendeeKind.ADDRESS, email="cousin@home.test")],
        )
    for _ in range(4):  # one mail of each queue at a time
        site.deliver()
    return made.id


def path_in(mail: ReceivedMail) -> str:
    found = re.search(r"https://pages\.test(/m/\S+)", mail.text)
    assert found is not None
    return found[1]


def path_for(site: Site, name: str) -> str:
    return path_in(site.mail_to(name))


def answer(site: Site, path: str, said: str, note: str = "", sequence: int = 0) -> str:
    """What is shown after an answer."""
    form = {"answer": said, "note": note, "sequence": str(sequence)}
    page = site.http.post(path, data=form, follow_redirects=True)
    assert page.status_code in (200, 422)
    return page.text


def answers(site: Site) -> dict[str | None, tuple[str | None, str | None]]:
    with site.factory() as session:
        rows = session.scalars(select(MeetingAttendee))
        return {one.name: (one.answer, one.answer_note) for one in rows}


def changed(site: Site, act: object, *more: object) -> None:
    with site.factory.begin() as session:
        meeting = session.scalars(select(Meeting)).one()
        given = (meeting.teacher_id, meeting.id, meeting.version, *more)
        act(*given, session=session, now=site.clock())  # type: ignore[operator]


def test_an_invitation_is_answered_in_one_click_and_changed(site: Site) -> None:
    schedule(site)
    mail = site.mail_to(MIN)
    assert "Leo" not in mail.subject
    (event,) = Calendar.from_ical(mail.calendar).walk("VEVENT")
    assert "/m/" in str(event["DESCRIPTION"])
    path = path_in(mail)
    page = site.visit(path).text
    assert "invites you to a meeting about Leo Park" in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "Yes, I am coming" in page
    thanks = answer(site, path, "accepted", "See you <b>there</b>.")
    assert "You have said that you are coming" in thanks
    assert "See you &lt;b&gt;there&lt;/b&gt;." in thanks
    again = answer(site, path, "declined", "We are away.")
    assert "You have said that you cannot come" in again
    assert "Before that you had said that you are coming" in again
    assert answers(site)[MIN] == (Answer.DECLINED, "We are away.")
    assert answers(site)[CARMEN] == (None, None)


def test_each_reads_it_in_their_language_and_learns_what_they_may(site: Site) -> None:
    schedule(site)
    spanish = site.visit(path_for(site, CARMEN)).text
    assert "le invita a una reunión sobre Leo Park" in spanish
    assert '<html lang="es">' in spanish
    assert "quizá venga" in answer(site, path_for(site, CARMEN), "tentative")
    [cousin] = site.mailbox.mails(to="cousin@home.test")
    assert "Leo" not in site.visit(path_in(cousin)).text + cousin.text


def test_looking_answers_nothing_and_the_same_answer_twice_is_one(site: Site) -> None:
    schedule(site)
    path = path_for(site, MIN)
    site.http.head(path)
    site.visit(f"{path}?answer=accepted")
    assert answers(site)[MIN] == (None, None)
    answer(site, path, "declined")
    answer(site, path, "declined")
    with site.factory() as session:
        told = session.scalars(select(Delivery).where(Delivery.kind == "meeting_answer")).all()
    assert len(told) == 1


@pytest.mark.parametrize(
    ("said", "note", "words"),
    [("perhaps not", "", "choose one"), ("accepted", "x" * 1001, "1000 characters at most")],
)
def test_what_cannot_be_taken_comes_back_with_what_was_typed(
    site: Site, said: str, note: str, words: str
) -> None:
    schedule(site)
    page = answer(site, path_for(site, MIN), said, note or "my words")
    assert words in page
    assert (note or "my words") in page
    assert answers(site)[MIN] == (None, None)


def test_a_page_whose_time_is_no_number_is_out_of_date(site: Site) -> None:
    schedule(site)
    path = path_for(site, MIN)
    for sequence in ("9" * 5000, "1e3", "-1", ""):
        form = {"answer": "accepted", "sequence": sequence}
        page = site.http.post(path, data=form)
        assert (page.status_code, "was not sent" in page.text) == (422, True)


def test_after_a_move_the_page_shows_the_new_time_and_asks_again(site: Site) -> None:
    schedule(site)
    path = path_for(site, MIN)
    answer(site, path, "accepted")
    later = site.clock() + timedelta(days=5)
    changed(site, move_meeting, later)
    assert "has a new time since you answered" in site.visit(path).text
    stale = answer(site, path, "accepted", "On my way", sequence=0)
    assert "Your answer was not sent" in stale
    assert "On my way" in stale
    assert "You have said that you are coming" in answer(site, path, "accepted", sequence=1)


def test_what_is_cancelled_or_over_says_so_and_takes_no_answer(site: Site) -> None:
    schedule(site)
    path = path_for(site, MIN)
    site.clock.ahead += timedelta(days=4)
    over = site.visit(path).text
    assert "is over or has begun" in over
    assert "<button" not in over
    assert "is over or has begun" in answer(site, path, "accepted")
    site.clock.ahead -= timedelta(days=4)
    changed(site, cancel_meeting)
    cancelled = site.visit(path).text
    assert "You need not come" in cancelled
    assert "<button" not in cancelled
    assert answers(site)[MIN] == (None, None)


def test_who_is_not_invited_any_more_is_told_so_in_their_language(site: Site) -> None:
    schedule(site)
    paths = {name: path_for(site, name) for name in (MIN, CARMEN)}
    with site.factory.begin() as session:
        meeting = session.scalars(select(Meeting)).one()
        given = {"session": session, "now": site.clock(), "guests": Guests([])}
        act = meeting.teacher_id, meeting.id, meeting.version, meeting.scheduled_at
        move_meeting(*act, **given)  # type: ignore[arg-type]
    shown = {name: site.visit(path).text for name, path in paths.items()}
    assert "You are no longer expected at this meeting. You need not come." in shown[MIN]
    assert "Ya no se le espera en esta reunión." in shown[CARMEN]
    assert not any("<button" in text or "invites you" in text for text in shown.values())
    assert "no longer expected" in answer(site, paths[MIN], "accepted")
    assert answers(site)[MIN] == (None, None)


def test_who_is_not_invited_any_more_learns_neither_the_new_time_nor_the_new_place(
    site: Site,
) -> None:
    schedule(site)
    path = path_for(site, MIN)
    with site.factory.begin() as session:
        meeting = session.scalars(select(Meeting)).one()
        later = meeting.scheduled_at + timedelta(days=1, hours=1)
        given = {"session": session, "now": site.clock(), "guests": Guests([])}
        act = meeting.teacher_id, meeting.id, meeting.version, later
        move_meeting(*act, location="Back door", **given)  # type: ignore[arg-type]
    before = later - timedelta(days=1, hours=1)
    site.deliver()
    last, page = site.mailbox.mails(to="min@home.test")[-1], site.visit(path).text
    [event] = Calendar.from_ical(last.calendar).walk("VEVENT")
    assert event.get("DTSTART").dt == before
    assert "Back door" not in f"{event.get('LOCATION')} {last.text} {last.html} {page}"
    when = when_words(before, 30, ZoneInfo("America/New_York"), "en")
    assert when in last.text and when in page


def test_who_may_not_be_written_to_any_more_sees_nothing(site: Site) -> None:
    schedule(site)
    path = path_for(site, MIN)
    site.change(MIN, do_not_contact=True)
    page = site.http.get(path)
    assert page.status_code == 404
    assert "Leo" not in page.text
    assert site.http.post(path, data={"answer": "accepted"}).status_code == 404
