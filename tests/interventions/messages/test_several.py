"""One message to several students: one each and one card, all or none."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.messages import send_messages, sent_of, sent_with, withdraw_taken_back
from interventions.outcomes import State
from interventions.undoing import undo_intervention
from school.errors import Conflict, InvalidInput
from school.models import Delivery, Intervention, Student
from tests.interventions.messages.sending import LATER, delivery_of, outcome, went
from tests.interventions.staff import NOW, Staff, _student


def classmates(session: Session, staff: Staff) -> list[int]:
    """Leo and two more of Ms Ruiz's class."""
    names = ("Ana Cruz", "Sam Neil")
    more = [
        _student(session, staff.workspace, name, staff.maths, email=f"{name[:3]}@school.test")
        for name in names
    ]
    session.flush()
    return [staff.leo, *(one.id for one in more)]


def test_several_get_one_each_and_one_card(session: Session, seeded: Staff) -> None:
    everyone = classmates(session, seeded)
    texts = {one: f"Hi number {one}" for one in everyone}
    given: dict[str, Any] = {"session": session, "now": NOW, "key": "draft:1"}
    rows = send_messages(seeded.ruiz, texts, **given)
    assert {one.student_id: one.message for one in rows} == texts
    assert len({one.intervention_id for one in rows}) == 3
    assert send_messages(seeded.ruiz, texts, **given) == rows
    for other in ({**texts, everyone[0]: "Bye"}, {everyone[0]: "Hi"}):
        with pytest.raises(Conflict):
            send_messages(seeded.ruiz, other, **given)
    cards = select(Delivery).where(Delivery.kind == "intervention_card")
    assert len(session.scalars(cards).all()) == 1
    sent = sent_of(session, rows[1].id)
    assert sent is not None and sent.lead_id == rows[0].intervention_id
    assert [one.message.id for one in sent_with(session, sent)] == [one.id for one in rows]


def test_one_of_several_that_cannot_go_is_named_and_none_goes(
    session: Session, seeded: Staff
) -> None:
    everyone = classmates(session, seeded)
    with pytest.raises(InvalidInput, match="Sam Neil: Write a message"):
        send_messages(
            seeded.ruiz,
            {everyone[0]: "Hi", everyone[1]: "Hi", everyone[2]: " "},
            session=session,
            now=NOW,
        )
    for wrong in ({}, dict.fromkeys(range(101), "Hi")):
        with pytest.raises(InvalidInput, match="Choose 1 to 100"):
            send_messages(seeded.ruiz, wrong, session=session, now=NOW)
    session.get_one(Student, everyone[2]).email = None
    with pytest.raises(InvalidInput, match="no way to reach Sam Neil"):
        send_messages(seeded.ruiz, {everyone[2]: "Hi"}, session=session, now=NOW)


def test_of_several_those_taken_back_count_for_nothing(session: Session, seeded: Staff) -> None:
    everyone = classmates(session, seeded)
    rows = send_messages(seeded.ruiz, dict.fromkeys(everyone, "Hi"), session=session, now=NOW)
    went(session, rows[0])
    back = [delivery_of(session, one) for one in rows[1:]]
    for one in back:
        one.state, one.finished_at = "taken_back", LATER
    session.flush()
    withdraw_taken_back(session, back, LATER)
    gone = [session.get_one(Intervention, one.intervention_id).withdrawn_at for one in rows]
    assert gone == [None, LATER, LATER]
    assert [outcome(session, one) for one in rows] == [State.SENT] + [State.TAKEN_BACK] * 2


def test_undoing_the_first_of_several_withdraws_those_that_have_not_gone(
    session: Session, seeded: Staff
) -> None:
    everyone = classmates(session, seeded)
    rows = send_messages(seeded.ruiz, dict.fromkeys(everyone, "Hi"), session=session, now=NOW)
    undo_intervention(seeded.ruiz, rows[0].intervention_id or 0, session=session, now=LATER)
    assert {outcome(session, one) for one in rows} == {State.TAKEN_BACK}
