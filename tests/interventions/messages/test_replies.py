"""What students do with a message: read it, and answer it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.messages import answer_message, answerable, read_message, sent_of, steps_of
from interventions.outcomes import State
from interventions.undoing import undo_intervention
from school.errors import InvalidInput, NotFound
from school.models import Delivery, Student, StudentReply, TeacherMessage, User
from tests.interventions.messages.sending import LATER, leo, send, went
from tests.interventions.staff import NOW, Staff


def answer(session: Session, staff: Staff, row: TeacherMessage, words: str, key: str) -> Any:
    student = leo(session, staff)
    given: dict[str, Any] = {"way": "slack", "key": key, "session": session, "now": LATER}
    return answer_message(row.id, student, words, **given)


def test_an_answer_is_kept_once_read_and_told(session: Session, seeded: Staff) -> None:
    row = send(session, seeded)
    went(session, row)
    words = "Sorry, <I> was sick.\nI'll practice today!"
    assert answer(session, seeded, row, words, "slack 1") is not None
    assert answer(session, seeded, row, words, "slack 1") is None
    assert session.scalars(select(StudentReply.reply)).all() == [words]
    assert (row.read_by, row.is_read, row.read_at) == ("reply", True, LATER)
    sent = sent_of(session, row.id)
    assert sent is not None
    assert [one.state for one in steps_of(sent)] == [State.SENT, State.READ, State.REPLIED]
    assert steps_of(sent)[-1].detail == words
    told = session.scalars(select(Delivery).where(Delivery.kind == "student_reply")).one()
    assert (told.recipient_id, list(told.payload)) == (seeded.ruiz, ["reply"])
    for wrong in (" ", "x" * 4001):
        with pytest.raises(InvalidInput):
            answer(session, seeded, row, wrong, "slack 2")


def test_who_is_not_in_slack_is_told_by_the_history_alone(session: Session, seeded: Staff) -> None:
    row = send(session, seeded)
    session.get_one(User, seeded.ruiz).slack_user_id = None
    answer(session, seeded, row, "Hi", "slack 1")
    assert session.scalars(select(Delivery).where(Delivery.kind == "student_reply")).all() == []


def test_all_that_was_answered_is_told_the_first_answer_first(
    session: Session, seeded: Staff
) -> None:
    row = send(session, seeded)
    went(session, row)
    for number, words in enumerate(("I was sick.", "One more thing.")):
        answer(session, seeded, row, words, f"slack {number}")
    sent = sent_of(session, row.id)
    assert sent is not None
    assert steps_of(sent)[-1].detail == "I was sick.\nOne more thing."


def test_reading_is_noted_the_first_time(session: Session, seeded: Staff) -> None:
    row = send(session, seeded)
    student = leo(session, seeded)
    read_message(row.id, student, by="page", session=session, now=NOW)
    read_message(row.id, student, by="click", session=session, now=LATER)
    assert (row.read_at, row.read_by) == (NOW, "click")
    read_message(row.id, student, by="page", session=session, now=LATER)
    assert (row.read_at, row.read_by) == (NOW, "click")


def test_a_student_reaches_their_own_messages_alone(session: Session, seeded: Staff) -> None:
    row = send(session, seeded)
    ben = session.get_one(Student, seeded.ben)
    for message_id, student in ((row.id, ben), (999_999, leo(session, seeded))):
        with pytest.raises(NotFound, match="None of your messages"):
            read_message(message_id, student, by="click", session=session, now=NOW)
    undo_intervention(seeded.ruiz, row.intervention_id or 0, session=session, now=LATER)
    with pytest.raises(NotFound):
        answer(session, seeded, row, "Hi", "slack 1")


def test_what_a_student_answers_is_what_reached_them_last(session: Session, seeded: Staff) -> None:
    student = leo(session, seeded)
    assert answerable(session, student, now=LATER) is None
    first, second = send(session, seeded, "First"), send(session, seeded, "Second")
    assert answerable(session, student, now=LATER) is None  # neither has gone
    went(session, first, message_ts="1.1")
    went(session, second, LATER + timedelta(seconds=1), message_ts="1.2")
    assert answerable(session, student, now=LATER) == second
    assert answerable(session, student, now=LATER, message_ts="1.1") == first
    assert answerable(session, student, now=LATER, message_ts="9.9") is None
    assert answerable(session, student, now=NOW + timedelta(days=61)) is None
