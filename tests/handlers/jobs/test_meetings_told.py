"""Who hears of a change of a meeting: who was told before, once, of what holds in the end."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from handlers.ids import Kind
from interventions.meetings import meeting_of, move_meeting, restore_meeting, undo_move
from interventions.meetings.telling import (
    CANCELLED_MAIL,
    INVITATION_MAIL,
    MOVED_MAIL,
    REMINDER_MAIL,
)
from school.access import viewer_of
from school.deliveries import take_back
from school.models import Meeting, User
from tests.handlers.jobs.changing import (
    ASKED,
    DAY_BEFORE,
    FRIDAY,
    QUARTER,
    WINDOW,
    cancel,
    kinds,
    move,
    reminded,
)
from tests.handlers.jobs.firing import tick
from tests.interventions.staff import NOW, TUESDAY, Staff, deliveries, utc


def test_a_moved_meeting_never_reminds_at_the_old_time(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    move(session, staff, meeting, FRIDAY, NOW + WINDOW)
    for now in (DAY_BEFORE, QUARTER, TUESDAY, ASKED):
        tick(session, now)
    assert kinds(session, ASKED) == [MOVED_MAIL]
    tick(session, utc(26, 15))
    assert kinds(session, utc(26, 15)) == [Kind.MEETING_REMINDER, REMINDER_MAIL]


def test_a_reminder_that_waits_to_be_sent_goes_with_the_move(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    tick(session, DAY_BEFORE)
    move(session, staff, meeting, FRIDAY, DAY_BEFORE)
    (own,) = deliveries(session, Kind.MEETING_REMINDER)
    (mail,) = deliveries(session, REMINDER_MAIL)
    assert (own.state, mail.state) == ("closed", "closed")
    assert kinds(session, DAY_BEFORE + WINDOW) == [MOVED_MAIL]


def test_who_has_been_told_hears_of_the_move_once_after_the_window(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    reminded(session, DAY_BEFORE)
    move(session, staff, meeting, FRIDAY, DAY_BEFORE)
    (mail,) = deliveries(session, MOVED_MAIL)
    assert (mail.due_at, mail.sender_id) == (DAY_BEFORE + WINDOW, staff.ruiz)
    assert (mail.payload["sequence"], mail.payload["told"]) == (1, 0)
    assert kinds(session, DAY_BEFORE) == []
    assert kinds(session, DAY_BEFORE + WINDOW) == [MOVED_MAIL]


@pytest.mark.parametrize("state", ["sending", "uncertain"])
def test_who_may_be_reading_the_old_time_just_now_hears_of_the_move(
    session: Session, staff: Staff, unheard: Meeting, state: str
) -> None:
    tick(session, DAY_BEFORE)
    (mail,) = deliveries(session, REMINDER_MAIL)
    mail.state, mail.first_attempt_at = state, DAY_BEFORE
    move(session, staff, unheard, FRIDAY, DAY_BEFORE)
    assert mail in deliveries(session, REMINDER_MAIL)
    assert mail.withdrawn_at == DAY_BEFORE
    assert len(deliveries(session, MOVED_MAIL)) == 1


@pytest.mark.parametrize("state", ["waiting", "claimed", "failed"])
def test_who_may_have_got_a_copy_without_an_answer_hears_of_the_move(
    session: Session, staff: Staff, unheard: Meeting, state: str
) -> None:
    """Handed over once unclearly, and then put off, refused or given up."""
    tick(session, DAY_BEFORE)
    (mail,) = deliveries(session, REMINDER_MAIL)
    mail.state, mail.unclear, mail.first_attempt_at = state, 1, DAY_BEFORE
    mail.finished_at = DAY_BEFORE if state == "failed" else None
    move(session, staff, unheard, FRIDAY, DAY_BEFORE)
    assert [one.payload["told"] for one in deliveries(session, MOVED_MAIL)] == [0]


def test_of_two_moves_within_the_window_the_last_alone_is_told(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    reminded(session, DAY_BEFORE)
    move(session, staff, meeting, FRIDAY, DAY_BEFORE)
    move(session, staff, meeting, utc(30, 15), DAY_BEFORE + timedelta(seconds=10))
    first, second = deliveries(session, MOVED_MAIL)
    assert (first.state, second.state) == ("closed", "waiting")
    assert second.payload["told"] == 0
    assert kinds(session, DAY_BEFORE + 2 * WINDOW) == [MOVED_MAIL]


def test_a_second_move_after_the_first_was_told_is_told_against_it(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    reminded(session, DAY_BEFORE)
    move(session, staff, meeting, FRIDAY, DAY_BEFORE)
    assert kinds(session, DAY_BEFORE + WINDOW) == [MOVED_MAIL]
    move(session, staff, meeting, utc(30, 15), DAY_BEFORE + 2 * WINDOW)
    assert [one.payload["told"] for one in deliveries(session, MOVED_MAIL)] == [0, 1]


def test_what_is_undone_within_the_window_is_told_to_nobody(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    reminded(session, DAY_BEFORE)
    soon = DAY_BEFORE + timedelta(seconds=10)
    move(session, staff, meeting, FRIDAY, DAY_BEFORE)
    undo_move(staff.ruiz, meeting.id, meeting.version, session=session, now=soon)
    cancel(session, staff, meeting, soon)
    restore_meeting(staff.ruiz, meeting.id, meeting.version, session=session, now=soon)
    assert kinds(session, DAY_BEFORE + 2 * WINDOW) == []
    tick(session, QUARTER)
    assert kinds(session, QUARTER) == [Kind.MEETING_REMINDER, REMINDER_MAIL]


def test_a_cancelled_meeting_is_told_once_and_never_reminds(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    reminded(session, DAY_BEFORE)
    cancel(session, staff, meeting, DAY_BEFORE)
    assert kinds(session, DAY_BEFORE + WINDOW) == [CANCELLED_MAIL]
    for now in (QUARTER, TUESDAY, ASKED):
        tick(session, now)
    assert kinds(session, ASKED) == []


def test_what_was_cancelled_for_them_and_takes_place_after_all_is_told(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    reminded(session, DAY_BEFORE)
    cancel(session, staff, meeting, DAY_BEFORE)
    later = DAY_BEFORE + 2 * WINDOW
    assert kinds(session, later) == [CANCELLED_MAIL]
    restore_meeting(staff.ruiz, meeting.id, meeting.version, session=session, now=later)
    assert kinds(session, later + WINDOW) == [MOVED_MAIL]


def test_whoever_was_not_told_yet_is_invited_to_what_it_is_by_then_and_hears_of_no_cancel(
    session: Session, staff: Staff, unheard: Meeting
) -> None:
    move(session, staff, unheard, FRIDAY, NOW)
    cancel(session, staff, unheard, NOW)
    assert kinds(session, NOW + WINDOW) == []
    restore_meeting(staff.ruiz, unheard.id, unheard.version, session=session, now=NOW)
    assert kinds(session, NOW + WINDOW) == [INVITATION_MAIL]


def test_a_taken_back_notice_leaves_them_with_what_they_knew(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    reminded(session, DAY_BEFORE)
    move(session, staff, meeting, FRIDAY, DAY_BEFORE)
    (mail,) = deliveries(session, MOVED_MAIL)
    here = staff.workspace
    assert take_back(session, here, mail.id, sender_id=staff.ruiz, now=DAY_BEFORE)
    cancel(session, staff, meeting, DAY_BEFORE + WINDOW)
    (cancelled,) = deliveries(session, CANCELLED_MAIL)
    assert cancelled.payload["told"] == 0


def test_whoever_moves_it_has_it_told_in_their_name(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    reminded(session, DAY_BEFORE)
    move_meeting(staff.moss, meeting.id, 1, FRIDAY, session=session, now=DAY_BEFORE)
    (mail,) = deliveries(session, MOVED_MAIL)
    assert mail.sender_id == staff.moss


def test_a_meeting_says_who_has_been_told(session: Session, staff: Staff, unheard: Meeting) -> None:
    viewer = viewer_of(session, session.get_one(User, staff.ruiz), now=NOW)

    def told() -> list[bool]:
        view = meeting_of(viewer, unheard.id, session=session, now=NOW)
        return [one.told for one in view.attendees]

    assert told() == [False]
    reminded(session, DAY_BEFORE)
    assert told() == [True]
    move(session, staff, unheard, FRIDAY, DAY_BEFORE)
    assert told() == [True]


def test_a_meeting_says_who_hears_of_its_latest_change(
    session: Session, staff: Staff, meeting: Meeting
) -> None:
    viewer = viewer_of(session, session.get_one(User, staff.ruiz), now=NOW)

    def tells() -> list[bool]:
        view = meeting_of(viewer, meeting.id, session=session, now=NOW)
        return [one.news is not None for one in view.attendees]

    assert tells() == [True]
    reminded(session, DAY_BEFORE)
    move(session, staff, meeting, FRIDAY, DAY_BEFORE)
    assert tells() == [True]
    undo_move(staff.ruiz, meeting.id, meeting.version, session=session, now=DAY_BEFORE)
    assert tells() == [False]
    move(session, staff, meeting, FRIDAY, DAY_BEFORE)
    later = DAY_BEFORE + 2 * WINDOW
    assert kinds(session, later) == [MOVED_MAIL]
    undo_move(staff.ruiz, meeting.id, meeting.version, session=session, now=later)
    assert tells() == [True]
