"""What a pair may be, in numbers and words."""

from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from school.models import PairState, Student, TutoringBar, TutoringPair

PURPOSE = "tutor"
MOST_PAIRS = 3
"""So many students one tutor is asked to help or helps at a time."""
LIVE = (PairState.ASKED.value, PairState.ACTIVE.value)
NOT_AGAIN = timedelta(days=14)
"""Who said no is not offered again for the same student and skill for so long."""
NO_SUCH_PAIR = "None of your requests is that one."


def said_name(student: Student) -> str:
    """What students are told of one another: `Leo P.`"""
    initial = f" {student.family_name[:1]}." if student.family_name else ""
    return f"{student.given_name}{initial}"


def loads(session: Session, tutor_ids: list[int]) -> dict[int, int]:
    """How many each is asked to help, or helps; who has none is left out."""
    query = (
        select(TutoringPair.tutor_id, func.count())
        .where(TutoringPair.tutor_id.in_(tutor_ids), TutoringPair.state.in_(LIVE))
        .group_by(TutoringPair.tutor_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def barred_from(session: Session, student_id: int) -> set[int]:
    """Those who are not to be put together with a student."""
    bar = TutoringBar
    query = select(bar.student_id, bar.other_id).where(
        or_(bar.student_id == student_id, bar.other_id == student_id)
    )
    return {one for row in session.execute(query) for one in row} - {student_id}
