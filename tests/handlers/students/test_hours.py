"""An answer comes when its teacher may be disturbed, or is there anyway."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.outgoing import NotYet
from handlers.deliveries.student_replies import student_reply_delivery
from interventions.messages import answer_message, send_message
from school.database import SessionFactory
from school.errors import NotFound
from school.models import Delivery, Student, User
from tests.handlers.school import RUIZ, School

THURSDAY = datetime(2026, 11, 19, 20, tzinfo=UTC)
"""15:00 in New York."""
NIGHT, MORNING = THURSDAY + timedelta(hours=7), datetime(2026, 11, 20, 12, tzinfo=UTC)
"""22:00, and 7:00 when the usual quiet hours end."""


def answered(session: Session, school: School, at: datetime) -> Delivery:
    """What brings Ms Ruiz the answer that Leo gave at a moment to what she wrote on Thursday."""
    teacher = session.scalars(select(User).where(User.slack_user_id == RUIZ)).one()
    leo = session.get_one(Student, school.students["Leo Park"])
    row = send_message(teacher.id, leo.id, "Hi", session=session, now=THURSDAY)
    answer_message(row.id, leo, "Yes", way="slack", key="1", session=session, now=at)
    return session.scalars(select(Delivery).where(Delivery.kind == "student_reply")).one()


def test_at_night_it_waits_for_the_morning(factory: SessionFactory, school: School) -> None:
    with factory() as session:
        delivery = answered(session, school, NIGHT)
        with pytest.raises(NotYet) as wait:
            student_reply_delivery(session, delivery, NIGHT)
        assert wait.value.until == MORNING
        blocks = student_reply_delivery(session, delivery, MORNING).compose(None)
        assert "Yes" in str(blocks)


def test_who_has_just_written_is_there(factory: SessionFactory, school: School) -> None:
    with factory() as session:
        soon = THURSDAY + timedelta(minutes=30)
        delivery = answered(session, school, soon)
        assert "Yes" in str(student_reply_delivery(session, delivery, soon).compose(None))


def test_an_answer_that_there_is_not_is_none(factory: SessionFactory, school: School) -> None:
    with factory() as session:
        delivery = answered(session, school, THURSDAY)
        delivery.payload = {"reply": 999_999}
        with pytest.raises(NotFound, match="None of your students"):
            student_reply_delivery(session, delivery, THURSDAY)
