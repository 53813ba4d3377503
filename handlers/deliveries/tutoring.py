"""Tutoring as messages: to the two students in Slack or by e-mail, and to their teacher.

All is looked up anew when it is sent: whether both are still there and the teacher's, the tutor
still may be asked, and the pair still stands as what is said of it.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from analytics.wording import date_words
from bot.outgoing import Mail, Obsolete, Outgoing
from handlers.codec import Ref
from handlers.deliveries.shared import AT_WORK, check_hour, lock_screen, viewer_for
from handlers.deliveries.student_mails import mail_to_student
from handlers.views.limits import shorten
from handlers.views.tutoring.tutoring import (
    ANSWER_TEXT,
    TEXT,
    StudentPair,
    answer_notice,
    match_message,
    over_message,
    request_message,
)
from interventions.assignments import assignment_view
from interventions.students import Way, reach_of
from interventions.tutoring import PairView, pair_view
from interventions.tutoring.rules import PURPOSE, said_name
from school.access import NO_SUCH_STUDENT, open_student, teaches
from school.cards import AGAIN
from school.days import local_day
from school.errors import NotFound
from school.models import Delivery, Intervention, PairState, TutoringPair
from school.zones import zone_of

TEMPLATE = "student_tutoring"
"""A folder of templates/mail."""


def tutor_request(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """Whether a student would help another; shown again, what they said. Raises Obsolete."""
    view = _pair(session, delivery)
    if AGAIN not in delivery.payload:
        _check_asked(session, view, now)
    blocks = request_message(to_tutor(view))
    return Outgoing(TEXT, lambda _file: blocks)


def tutor_request_mail(session: Session, delivery: Delivery, now: datetime) -> Mail:
    """The same by e-mail, to be answered to the teacher. Raises Obsolete."""
    view = _pair(session, delivery)
    _check_asked(session, view, now)
    return _mail(session, delivery, to_tutor(view), "request")


def tutoring_match(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """Who helps them, for the student. Raises Obsolete."""
    blocks = match_message(_matched(session, delivery, now))
    return Outgoing(TEXT, lambda _file: blocks)


def tutoring_match_mail(session: Session, delivery: Delivery, now: datetime) -> Mail:
    """The same by e-mail. Raises Obsolete."""
    return _mail(session, delivery, _matched(session, delivery, now), "match")


def tutoring_over(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """That it is over, for one of the two. Raises Obsolete where it goes on after all."""
    view, is_tutor = _over(session, delivery, now)
    blocks = over_message(view, is_tutor=is_tutor)
    return Outgoing(TEXT, lambda _file: blocks)


def tutoring_over_mail(session: Session, delivery: Delivery, now: datetime) -> Mail:
    """The same by e-mail. Raises Obsolete."""
    view, is_tutor = _over(session, delivery, now)
    return _mail(session, delivery, view, "thanks" if is_tutor else "over")


def tutoring_answer(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """To the teacher, what the tutor said; it comes when they may be disturbed.

    Raises NotFound or NotAllowed for who may not see both any more, NotYet, and Obsolete.
    """
    viewer = viewer_for(session, delivery, now)
    pair = session.get(TutoringPair, int(delivery.payload["pair"]))
    if pair is None or pair.workspace_id != viewer.workspace_id:
        raise NotFound(NO_SUCH_STUDENT)
    student = open_student(session, viewer, pair.student_id, PURPOSE, now=now)
    tutor = open_student(session, viewer, pair.tutor_id, PURPOSE, now=now)
    view = pair_view(pair, session=session)
    if view.state not in (PairState.ACTIVE, PairState.DECLINED):
        raise Obsolete("over")
    if now - pair.created_at > AT_WORK:
        check_hour(session, viewer.user_id, now)
    again = Ref(student=student.id, class_id=pair.class_id, skill=pair.skill_id)
    blocks = answer_notice(
        tutor.name,
        student.name,
        view.skill,
        again,
        state=view.state,
        opted_out=not tutor.may_tutor,
        can_tell=reach_of(session, student).way is not Way.NONE,
    )
    names = [shorten(one.name, "name") for one in (tutor, student)]
    named = f"{names[0]} has answered you about {names[1]}."
    text = lock_screen(session, viewer.user_id, ANSWER_TEXT, named)
    return Outgoing(text, lambda _file: blocks)


def _pair(session: Session, delivery: Delivery) -> PairView:
    pair = session.get(TutoringPair, int(delivery.payload["pair"]))
    if pair is None or pair.workspace_id != delivery.workspace_id:
        raise Obsolete("gone")
    return pair_view(pair, session=session)


def _check_asked(session: Session, view: PairView, now: datetime) -> None:
    """Raises Obsolete where this tutor is not to be asked any more."""
    done = session.get(Intervention, view.pair.intervention_id or 0)
    if view.state is not PairState.ASKED or (done is not None and done.withdrawn_at):
        raise Obsolete("taken_back")
    if not view.tutor.may_tutor or view.is_barred:
        raise Obsolete("not_to_be_asked")
    _check_taught(session, view, now)


def _check_taught(session: Session, view: PairView, now: datetime) -> None:
    """Raises Obsolete where one of the two is not the teacher's any more."""
    for one in (view.tutor, view.student):
        if not teaches(view.teacher, one.id, session=session, now=now):
            raise Obsolete("no_access")


def to_tutor(view: PairView) -> StudentPair:
    """A pair as its tutor reads it."""
    return StudentPair(
        pair_id=view.pair.id,
        state=view.state,
        given=view.tutor.given_name or view.tutor.name,
        other=said_name(view.student),
        teacher=view.teacher.name,
        skill=view.skill,
        asks_no_more=not view.tutor.may_tutor,
    )


def to_student(session: Session, view: PairView, now: datetime) -> StudentPair:
    """A pair as the student who is helped reads it."""
    number = view.pair.assignment_id
    practice = None if number is None else assignment_view(number, session=session)
    today = local_day(now, zone_of(session, view.pair.workspace_id))
    return StudentPair(
        pair_id=view.pair.id,
        state=view.state,
        given=view.student.given_name or view.student.name,
        other=said_name(view.tutor),
        teacher=view.teacher.name,
        skill=view.skill,
        questions=0 if practice is None else practice.question_count,
        due=None if practice is None else date_words(practice.due_on, today),
    )


def _matched(session: Session, delivery: Delivery, now: datetime) -> StudentPair:
    view = _pair(session, delivery)
    if view.state is not PairState.ACTIVE:
        raise Obsolete("over")
    _check_taught(session, view, now)
    return to_student(session, view, now)


def _over(session: Session, delivery: Delivery, now: datetime) -> tuple[StudentPair, bool]:
    view = _pair(session, delivery)
    if view.state is not PairState.ENDED:
        raise Obsolete("goes_on")
    is_tutor = delivery.student_id == view.tutor.id
    reader = view.tutor if is_tutor else view.student
    if not teaches(view.teacher, reader.id, session=session, now=now):
        raise Obsolete("no_access")
    return (to_tutor(view) if is_tutor else to_student(session, view, now)), is_tutor


def _mail(session: Session, delivery: Delivery, view: StudentPair, what: str) -> Mail:
    shown = _pair(session, delivery)
    reader = shown.tutor if what in ("request", "thanks") else shown.student
    values = {
        "what": what,
        "given_name": view.given,
        "other": view.other,
        "skill": view.skill.rstrip(" ."),
        "questions": view.questions,
        "due": view.due,
    }
    people = reader, shown.teacher
    return mail_to_student(TEMPLATE, values, *people, session=session, delivery=delivery)
