"""Asking a student to tutor another one."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.queries.mastery import skill_states
from analytics.targeted import evidence_for
from analytics.wording import skill_words
from interventions.given import check_id
from interventions.once import Once
from interventions.opening import acting
from interventions.record import NO_REASON, Reason, record
from interventions.students import TAKE_BACK
from interventions.tutoring.candidates import of_one_school
from interventions.tutoring.queries import pair_of
from interventions.tutoring.rules import LIVE, MOST_PAIRS, PURPOSE, barred_from, loads
from interventions.tutoring.telling import ask_tutor
from school.access import Viewer, open_student
from school.errors import InvalidInput
from school.mastery import Mastery
from school.models import Intervention, InterventionType, PairState, Skill, Student, TutoringPair

OF_THEMSELVES = "A student cannot tutor themselves. Choose somebody else."
OPTED_OUT = "{who} has asked not to be asked. Choose somebody else."
ELSEWHERE = "{who} is in no class or school of this student's. Choose somebody else."
BARRED = "These two are not to be put together. Choose somebody else."
NOT_MASTERED = "{who} has not mastered {skill}. Choose somebody else."
AT_THE_CAP = "{who} has no room for another student just now. Choose somebody else."
ALREADY = "{who} is asked to help with {skill} already, or helps. Choose somebody else."
NO_SKILL = "Nothing stands out as hard just now that this tutor has mastered. Choose the skill."
UNKNOWN_SKILL = "That skill is not practised here. Choose again."


def assign_peer_tutor(
    teacher_id: int,
    student_id: int,
    tutor_id: int,
    *,
    session: Session,
    now: datetime,
    skill_id: int | None = None,
    class_id: int | None = None,
    key: str | None = None,
    reason: Reason = NO_REASON,
    take_back: timedelta = TAKE_BACK,
) -> TutoringPair:
    """Ask a student to help another one with a skill, else the weakest; audited, once for a `key`.

    Raises NotFound where one of the two is none of the teacher's, and InvalidInput on `tutor_id` or
    `skill_id` where it cannot be. Of two who ask for a tutor's last free place one gets it.
    """
    check_id(skill_id, "skill_id", may_be_none=True)
    viewer, student, tutor = _both(teacher_id, student_id, tutor_id, session=session, now=now)
    once = Once.under(viewer, key, "tutor", student_id, tutor_id, skill_id)
    before = once.before(session=session)
    if before is not None and (first := pair_of(before.id, session=session)) is not None:
        return first
    skill = _skill(viewer, student, tutor, skill_id, session=session, now=now)
    _check(viewer, student, tutor, skill, session=session)
    done = record(
        viewer,
        student,
        InterventionType.PEER_TUTORING,
        f"Peer tutoring: {skill_words(skill.name)}",
        session=session,
        now=now,
        reason=replace(reason, skill_ids=(skill.id,)),
        class_id=class_id,
    )
    once.keep(done)
    pair = _pair(done, tutor, skill, session=session, now=now)
    ask_tutor(pair, session=session, now=now, take_back=take_back)
    return pair


def _both(
    teacher_id: int, student_id: int, tutor_id: int, *, session: Session, now: datetime
) -> tuple[Viewer, Student, Student]:
    """The two students, audited, and the tutor's row locked: whoever asks the same tutor waits
    here, and counts what they have to do after that. Raises NotFound, InvalidInput.
    """
    check_id(student_id, "student_id")
    check_id(tutor_id, "tutor_id")
    viewer = acting(teacher_id, session=session, now=now)
    student = open_student(session, viewer, student_id, PURPOSE, now=now)
    if tutor_id == student.id:
        raise InvalidInput("tutor_id", OF_THEMSELVES)
    tutor = open_student(session, viewer, tutor_id, PURPOSE, now=now)
    session.flush()
    session.refresh(tutor, with_for_update={"key_share": True})
    return viewer, student, tutor


def _pair(
    done: Intervention, tutor: Student, skill: Skill, *, session: Session, now: datetime
) -> TutoringPair:
    """The pair that an intervention is; flushed, so that it has its id."""
    pair = TutoringPair(tutor_id=tutor.id, student_id=done.student_id, skill_id=skill.id)
    pair.workspace_id, pair.teacher_id = done.workspace_id, done.teacher_id
    pair.intervention_id, pair.class_id, pair.version = done.id, done.class_id, 1
    pair.state, pair.created_at = PairState.ASKED.value, now
    session.add(pair)
    session.flush()
    return pair


def mastered_by(viewer: Viewer, student: Student, *, session: Session) -> set[int]:
    """The skills that a student has mastered now."""
    states = skill_states(session, viewer.workspace_id, [student.id], viewer.today)
    return {one.skill_id for one in states if one.label == Mastery.MASTERED.value}


def _skill(
    viewer: Viewer,
    student: Student,
    tutor: Student,
    skill_id: int | None,
    *,
    session: Session,
    now: datetime,
) -> Skill:
    """The skill that is meant. Raises InvalidInput on `skill_id`."""
    if skill_id is None:
        own = evidence_for(student.id, session=session, now=now).skills
        mastered = mastered_by(viewer, tutor, session=session)
        weak = [one.skill_id for one in own if one.struggling and one.skill_id in mastered]
        if not weak:
            raise InvalidInput("skill_id", NO_SKILL)
        skill_id = weak[0]
    skill = session.get(Skill, skill_id)
    if skill is None or skill.workspace_id != viewer.workspace_id:
        raise InvalidInput("skill_id", UNKNOWN_SKILL)
    return skill


def _check(
    viewer: Viewer, student: Student, tutor: Student, skill: Skill, *, session: Session
) -> None:
    """Raises InvalidInput on `tutor_id` where this tutor is not to be asked."""
    words = {"who": tutor.name, "skill": skill_words(skill.name)}
    if not tutor.may_tutor:
        raise InvalidInput("tutor_id", OPTED_OUT.format(**words))
    if not of_one_school(session, viewer, student.id, tutor.id):
        raise InvalidInput("tutor_id", ELSEWHERE.format(**words))
    if tutor.id in barred_from(session, student.id):
        raise InvalidInput("tutor_id", BARRED)
    if skill.id not in mastered_by(viewer, tutor, session=session):
        raise InvalidInput("tutor_id", NOT_MASTERED.format(**words))
    if _together(student, tutor, skill, session=session):
        raise InvalidInput("tutor_id", ALREADY.format(**words))
    if loads(session, [tutor.id]).get(tutor.id, 0) >= MOST_PAIRS:
        raise InvalidInput("tutor_id", AT_THE_CAP.format(**words))


def _together(student: Student, tutor: Student, skill: Skill, *, session: Session) -> bool:
    query = select(TutoringPair.id).where(
        TutoringPair.tutor_id == tutor.id,
        TutoringPair.student_id == student.id,
        TutoringPair.skill_id == skill.id,
        TutoringPair.state.in_(LIVE),
    )
    return session.scalars(query).first() is not None
