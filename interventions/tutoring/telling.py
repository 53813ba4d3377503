"""Telling the two students and the teacher of a pair. What is sent is looked up when it is."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from interventions.record import about
from interventions.students import MAIL_SUFFIX, TAKE_BACK, tell_student
from interventions.teachers import tell_teacher
from school.models import Delivery, DeliveryState, Student, TutoringPair

REQUEST, MATCH, OVER = "tutor_request", "tutoring_match", "tutoring_over"
"""Kinds of deliveries to students (handlers/ids.py)."""
ANSWERED = "tutoring_answer"
"""To the teacher."""
_MAY_HAVE_COME = (
    Delivery.state.not_in((DeliveryState.TAKEN_BACK.value, DeliveryState.CLOSED.value)),
    Delivery.first_attempt_at.is_not(None),
)


def request_key(pair_id: int) -> str:
    """The key of the delivery that asks a tutor."""
    return f"tutoring {pair_id} request"


def match_key(pair_id: int) -> str:
    """The key of the delivery that tells a student who helps them."""
    return f"tutoring {pair_id} match"


def over_key(pair_id: int, student_id: int) -> str:
    """How the keys of those begin that tell one of the two that it is over."""
    return f"tutoring {pair_id} over s{student_id}"


def ask_tutor(
    pair: TutoringPair, *, session: Session, now: datetime, take_back: timedelta = TAKE_BACK
) -> Delivery | None:
    """Have the tutor asked; None where there is no way to."""
    return _tell(REQUEST, pair, pair.tutor_id, request_key(pair.id), session, now, take_back)


def tell_match(
    pair: TutoringPair, *, session: Session, now: datetime, take_back: timedelta = TAKE_BACK
) -> Delivery | None:
    """Have the student told who helps them; None where there is no way to."""
    return _tell(MATCH, pair, pair.student_id, match_key(pair.id), session, now, take_back)


def tell_resumed(pair: TutoringPair, *, session: Session, now: datetime) -> None:
    """Have the student told who helps them, unless that is the last that they have heard of it."""
    keys = match_key(pair.id), over_key(pair.id, pair.student_id)
    query = select(Delivery).where(
        Delivery.workspace_id == pair.workspace_id,
        or_(*(Delivery.unique_key.startswith(one) for one in keys)),
        *_MAY_HAVE_COME,
    )
    last = session.scalars(query.order_by(Delivery.id.desc()).limit(1)).first()
    if last is None or not last.unique_key.startswith(match_key(pair.id)):
        key = f"{match_key(pair.id)} v{pair.version}"
        _tell(MATCH, pair, pair.student_id, key, session, now, TAKE_BACK)


def tell_over(
    pair: TutoringPair, *, session: Session, now: datetime, take_back: timedelta = TAKE_BACK
) -> None:
    """Have those two told that it is over who have heard of it."""
    for student_id, first in (
        (pair.tutor_id, request_key(pair.id)),
        (pair.student_id, match_key(pair.id)),
    ):
        if was_sent(pair, first, session=session):
            key = f"{over_key(pair.id, student_id)} v{pair.version}"
            _tell(OVER, pair, student_id, key, session, now, take_back)


def tell_answer(pair: TutoringPair, *, session: Session, now: datetime) -> None:
    """Have the teacher told what the tutor answered."""
    tell_teacher(
        ANSWERED,
        {"pair": pair.id, "version": pair.version},
        pair.teacher_id,
        session=session,
        now=now,
        unique_key=f"tutoring {pair.id} answer v{pair.version}",
    )


def sent_as(pair: TutoringPair, key: str, *, session: Session) -> Delivery | None:
    """The delivery of a pair under a key."""
    query = select(Delivery).where(
        Delivery.workspace_id == pair.workspace_id, Delivery.unique_key == key
    )
    return session.scalars(query).first()


def was_sent(pair: TutoringPair, key: str, *, session: Session) -> bool:
    """Whether somebody may have got it, at first or when it was resumed."""
    named = or_(Delivery.unique_key == key, Delivery.unique_key.startswith(f"{key} v"))
    query = select(Delivery.id).where(
        Delivery.workspace_id == pair.workspace_id, named, *_MAY_HAVE_COME
    )
    return session.scalars(query.limit(1)).first() is not None


def by_mail(delivery: Delivery) -> bool:
    """Whether it goes by e-mail."""
    return delivery.kind.endswith(MAIL_SUFFIX)


def _tell(
    kind: str,
    pair: TutoringPair,
    student_id: int,
    key: str,
    session: Session,
    now: datetime,
    take_back: timedelta,
) -> Delivery | None:
    return tell_student(
        kind,
        {"pair": pair.id, "student": student_id, "version": pair.version},
        session.get_one(Student, student_id),
        session=session,
        now=now,
        sender_id=pair.teacher_id,
        unique_key=key,
        about=about(pair.intervention_id or 0),
        take_back=take_back,
    )
