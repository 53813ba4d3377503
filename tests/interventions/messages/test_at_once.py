"""What comes twice at the same moment is one: a message, and an answer."""

from sqlalchemy.orm import Session

from interventions.messages import answer_message, send_message
from school.database import SessionFactory
from school.models import Delivery, Intervention, Student, StudentReply, TeacherMessage
from tests.interventions.staff import NOW, lay_out
from tests.interventions.twins import TWINS, at_once, count


def test_twins_send_one_message_and_keep_one_answer(postgres_factory: SessionFactory) -> None:
    factory = postgres_factory
    with factory.begin() as session:
        staff = lay_out(session)
        session.get_one(Student, staff.leo).slack_user_id = "U0LEO"

    def send(session: Session) -> int:
        key = "draft:1"
        return send_message(staff.ruiz, staff.leo, "Hi", session=session, now=NOW, key=key).id

    (message,) = set(at_once(factory, send))
    kept = [count(factory, one) for one in (TeacherMessage, Intervention)]
    assert kept == [1, 1]

    def answer(session: Session) -> bool:
        leo = session.get_one(Student, staff.leo)
        given = answer_message(
            message, leo, "Hi!", way="slack", key="slack 1", session=session, now=NOW
        )
        return given is not None

    assert sorted(at_once(factory, answer)) == [False] * (TWINS - 1) + [True]
    assert count(factory, StudentReply) == 1
    # The message, its card, and the answer on its way to the teacher.
    assert count(factory, Delivery) == 3
