"""Who is told of answers: a teacher who is there, and in Slack."""

from sqlalchemy.orm import Session

from interventions.teachers import tell_teacher
from school.models import Delivery, Lane, User
from tests.interventions.staff import NOW, Staff


def tell(session: Session, staff: Staff) -> Delivery | None:
    what = "student_reply", {"reply": 1}
    return tell_teacher(*what, staff.ruiz, session=session, now=NOW, unique_key="answer 1")


def test_a_teacher_is_told_once_and_when_they_may_be_disturbed(
    session: Session, staff: Staff
) -> None:
    made = tell(session, staff)
    assert made is not None
    assert tell(session, staff) is made
    assert (made.recipient_id, made.lane, made.sender_id) == (
        staff.ruiz,
        Lane.SCHEDULED.value,
        None,
    )


def test_who_is_not_there_or_not_in_slack_is_not_told(session: Session, staff: Staff) -> None:
    ruiz = session.get_one(User, staff.ruiz)
    ruiz.slack_user_id = None
    assert tell(session, staff) is None
    ruiz.slack_user_id, ruiz.is_active = "U0RUIZ", False
    assert tell(session, staff) is None
