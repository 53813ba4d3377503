"""What a tutor answers, and what follows: practice for the student, and the word to them."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from analytics.targeted import evidence_for
from interventions.assignments.creating import set_practice
from interventions.assignments.rules import LONGEST_TITLE, checked, usual_due_day
from interventions.assignments.shapes import AssignmentData
from interventions.record import changed
from interventions.students import TAKE_BACK
from interventions.tutoring.opening import NOT_NEEDED, asked_pair, own_pair
from interventions.tutoring.telling import tell_answer, tell_match
from school.access import classes_shared, teaches, viewer_of
from school.errors import Conflict, InvalidInput
from school.models import PairState, Skill, Student, TutoringPair, User

QUESTIONS = 10
LONGER = timedelta(days=4)
"""The practice has so much longer than other practice: the two have to find a time."""
DESCRIPTION = "Practice to do together with your tutor"
ANSWERED = "That is settled already. If it has changed, please tell your teacher."
SETTLED = "That was settled before, as the card says now."


class Answer(StrEnum):
    """What a tutor says: yes; not now; not now, and do not ask again."""

    YES = "yes"
    NO = "no"
    NEVER = "never"


def answer_request(
    pair_id: int,
    tutor: Student,
    answer: Answer,
    *,
    session: Session,
    now: datetime,
    take_back: timedelta = TAKE_BACK,
) -> TutoringPair:
    """Take a tutor's own answer, once; the teacher is told. The caller has locked the tutor.

    Raises NotFound where they were never asked, and Conflict where they are not asked any more or
    it was answered otherwise.
    """
    pair = asked_pair(pair_id, tutor, session=session)
    wanted = PairState.ACTIVE if answer is Answer.YES else PairState.DECLINED
    if pair.state == PairState.ENDED.value:
        raise Conflict(NOT_NEEDED)
    if answer is Answer.NEVER:
        tutor.may_tutor = False
        changed(pair.intervention_id or 0, session=session, now=now)
    if pair.state != PairState.ASKED.value:
        if pair.state != wanted.value:
            raise Conflict(ANSWERED)
        return pair
    _settle(pair, wanted, session=session, now=now, take_back=take_back)
    tell_answer(pair, session=session, now=now)
    return pair


def mark_answer(
    teacher_id: int,
    pair_id: int,
    answer: Answer,
    *,
    session: Session,
    now: datetime,
    take_back: timedelta = TAKE_BACK,
) -> TutoringPair:
    """Note what a tutor has said to the teacher; audited. Raises NotFound, NotAllowed, Conflict."""
    _, pair = own_pair(teacher_id, pair_id, session=session, now=now)
    wanted = PairState.ACTIVE if answer is Answer.YES else PairState.DECLINED
    if pair.state != PairState.ASKED.value:
        if pair.state != wanted.value:
            raise Conflict(SETTLED)
        return pair
    _settle(pair, wanted, session=session, now=now, take_back=take_back)
    return pair


def _settle(
    pair: TutoringPair,
    state: PairState,
    *,
    session: Session,
    now: datetime,
    take_back: timedelta,
) -> None:
    """Have the pair stand so, with what follows from it."""
    teacher = session.get_one(User, pair.teacher_id)
    if state is PairState.ACTIVE and not teaches(
        teacher, pair.student_id, session=session, now=now
    ):
        state, pair.ended_at = PairState.ENDED, now
    pair.state, pair.answered_at, pair.version = state.value, now, pair.version + 1
    session.flush()
    if state is PairState.ACTIVE:
        pair.assignment_id = _practice(pair, teacher, session=session, now=now)
        tell_match(pair, session=session, now=now, take_back=take_back)
    changed(pair.intervention_id or 0, session=session, now=now)


def _practice(pair: TutoringPair, teacher: User, *, session: Session, now: datetime) -> int | None:
    """Ten questions on the skill, as a part of the tutoring; None where none can be set."""
    viewer = viewer_of(session, teacher, now=now)
    shared = classes_shared(session, viewer, pair.student_id)
    if not shared:
        return None
    class_id = pair.class_id if pair.class_id in shared else shared[0]
    later = now + LONGER
    data = AssignmentData(
        title=f"Tutoring - {session.get_one(Skill, pair.skill_id).name}"[:LONGEST_TITLE],
        description=DESCRIPTION,
        student_ids=(pair.student_id,),
        skill_ids=(pair.skill_id,),
        question_count=QUESTIONS,
        difficulty=evidence_for(pair.student_id, session=session, now=now).difficulty.value,
        due_date=usual_due_day(pair.workspace_id, class_id, session=session, now=later),
    )
    try:
        made = set_practice(
            viewer,
            checked(data),
            session=session,
            now=now,
            class_id=class_id,
            part_of={pair.student_id: pair.intervention_id or 0},
            tell=False,
        )
    except InvalidInput:
        return None  # No school day for months, say: the two can meet all the same.
    return made.id
