"""What the teacher's card says of messages: to one student, and to several at once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from handlers.cards import Part
from handlers.cards.message import message_part
from handlers.codec import OWN_WORDS, Ref
from interventions.messages import answer_message, read_message, send_messages
from interventions.outcomes import State
from school.database import SessionFactory
from school.models import Delivery, Intervention, Student, TeacherMessage
from tests.handlers.school import School

NAMES = ("Leo Park", "Maya Okafor", "Sam O'Neil", "Ana Ruiz", "李 小龙")


def send(session: Session, school: School, *names: str) -> list[TeacherMessage]:
    """Ms Ruiz writes to these students of hers."""
    for name in names:
        student = session.get_one(Student, school.students[name])
        student.email = f"{student.source_id}@school.test"
    session.flush()
    texts = {school.students[name]: f"Hi {name}, *well* done" for name in names}
    return send_messages(1, texts, session=session, now=school.today)


def went(session: Session, row: TeacherMessage, **more: Any) -> None:
    delivery = session.get_one(Delivery, (row.workspace_id, row.delivery_id))
    delivery.state, delivery.finished_at = "sent", delivery.due_at
    for name, value in more.items():
        setattr(delivery, name, value)
    session.flush()


def part(session: Session, row: TeacherMessage, school: School, seconds: int = 60) -> Part:
    made = session.get_one(Intervention, row.intervention_id)
    return message_part(session, made, school.today + timedelta(seconds=seconds))


def labels(shown: Part) -> list[str]:
    return [one["text"]["text"] for one in shown.buttons]


def student(session: Session, row: TeacherMessage) -> Student:
    return session.get_one(Student, row.student_id)


def test_one_can_be_taken_back_and_then_says_how_it_went(
    factory: SessionFactory, school: School
) -> None:
    with factory() as session:
        (row,) = send(session, school, "Leo Park")
        shown = part(session, row, school, seconds=5)
        assert (shown.delivery_id, labels(shown)) == (row.delivery_id, [])
        assert shown.lines == ("In Slack: “Hi Leo Park, well done”",)
        went(session, row)
        shown = part(session, row, school)
        assert (shown.delivery_id, labels(shown)) == (None, ["Write again"])
        ref = Ref.decode(shown.buttons[0]["value"])
        assert (ref.act, ref.student) == ("message", row.student_id)
        answer_message(
            row.id,
            student(session, row),
            "Thanks!",
            way="slack",
            key="1",
            session=session,
            now=school.today,
        )
        shown = part(session, row, school)
        assert [one.state for one in shown.steps] == [State.SENT, State.READ]
        assert shown.outcome.state is State.REPLIED
        assert shown.lines[1:] == ("Answer: “Thanks!”",)
        assert labels(shown) == ["Write back"]
        assert Ref.decode(shown.buttons[0]["value"]).template == OWN_WORDS


@pytest.mark.parametrize(
    ("state", "error", "words"),
    [
        ("closed", "no_access", "you no longer teach this student"),
        ("closed", "no_student", "not on the roster any more"),
        ("failed", "no_slack_user", "no Slack account linked"),
    ],
)
def test_one_that_did_not_go_says_why(
    factory: SessionFactory, school: School, state: str, error: str, words: str
) -> None:
    with factory() as session:
        (row,) = send(session, school, "Leo Park")
        went(session, row, state=state, error=error)
        shown = part(session, row, school)
        assert words in shown.lines[-1]
        assert shown.buttons == ()


def test_several_have_one_card_that_counts(factory: SessionFactory, school: School) -> None:
    with factory() as session:
        rows = send(session, school, *NAMES)
        first = rows[0]
        shown = part(session, first, school, seconds=5)
        assert shown.who == "5 students"
        assert shown.delivery_id == first.delivery_id
        everyone = ", ".join(student(session, one).name for one in rows[:3])
        assert shown.lines == (f"To {everyone} and 2 more",)
        for row in rows[:4]:
            went(session, row)
        went(session, rows[4], state="failed", error="no_address")
        read_message(
            rows[1].id, student(session, rows[1]), by="page", session=session, now=school.today
        )
        answer_message(
            rows[2].id,
            student(session, rows[2]),
            "Yes",
            way="page",
            key="1",
            session=session,
            now=school.today,
        )
        shown = part(session, first, school)
        name = student(session, rows[2]).name
        assert shown.lines[1:] == (
            "So far: 1 answered, 1 opened it.",
            f"{name}: “Yes”",
            f"Not reached: {student(session, rows[4]).name}",
        )
        assert (shown.outcome.state, shown.delivery_id) == (State.SENT, None)
        assert part(session, rows[2], school).outcome.state is State.REPLIED  # in the history


def test_an_intervention_without_its_message_says_that_there_was_no_way(
    factory: SessionFactory, school: School
) -> None:
    with factory() as session:
        (row,) = send(session, school, "Leo Park")
        made = session.get_one(Intervention, row.intervention_id)
        row.intervention_id = None
        session.flush()
        assert message_part(session, made, school.today).outcome.state is State.NO_WAY
