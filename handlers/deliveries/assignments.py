"""Assignments as messages: to their students in Slack or by e-mail, and news to their teacher.

All is looked up anew when it is sent: whether the student is still the teacher's, and the
assignment still stands.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from analytics.wording import date_words
from bot.outgoing import Mail, Obsolete, Outgoing
from handlers.deliveries.shared import lock_screen, viewer_for
from handlers.deliveries.student_mails import mail_to_student
from handlers.mail.times import day_line
from handlers.mail.words import ENGLISH
from handlers.views.assignments.assignment_card import (
    NOTICE_TEXT,
    done_notice,
    due_words,
    name_words,
    overdue_notice,
)
from handlers.views.assignments.student_assignment import (
    TEXT,
    StudentAssignment,
    student_assignment_message,
    withdrawn_message,
)
from interventions.assignments import AssignmentView, PartView, assignment_view
from interventions.assignments.comparing import before_and_after
from school.access import (
    Viewer,
    open_student,
    teaches,
    visible_student_ids,
)
from school.days import local_day
from school.models import AssignmentStudent, Delivery, Student, User
from school.zones import zone_of

PURPOSE = "assignment"
GIVEN, WITHDRAWN = "student_assignment", "student_assignment_withdrawn"
"""Folders of templates/mail."""


def student_assignment(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """That practice is set, for the student. Raises Obsolete where it is not any more."""
    view = given_view(session, delivery, now)
    blocks = student_assignment_message(view)
    return Outgoing(TEXT, lambda _file: blocks)


def student_assignment_mail(session: Session, delivery: Delivery, now: datetime) -> Mail:
    """The same by e-mail. Raises Obsolete."""
    return _mail(session, delivery, given_view(session, delivery, now), GIVEN)


def student_assignment_withdrawn(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """That practice is not needed any more. Raises Obsolete where the student has gone."""
    blocks = withdrawn_message(_view(session, delivery, now))
    return Outgoing(TEXT, lambda _file: blocks)


def student_assignment_withdrawn_mail(session: Session, delivery: Delivery, now: datetime) -> Mail:
    """The same by e-mail. Raises Obsolete."""
    return _mail(session, delivery, _view(session, delivery, now), WITHDRAWN)


def assignment_notice(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """To the teacher: who has completed an assignment, or has not in time. Raises Obsolete.

    Raises NotFound or NotAllowed for who may see none of these students.
    """
    viewer = viewer_for(session, delivery, now)
    named = [int(one) for one in delivery.payload["students"]]
    opened = _opened(viewer, named, session=session, now=now)
    view = assignment_view(int(delivery.payload["assignment"]), session=session)
    if view is None or view.withdrawn_at is not None:
        raise Obsolete("withdrawn")
    parts = [one for one in view.parts if one.student_id in opened]
    if delivery.payload["what"] == "overdue":
        late = [one for one in parts if not one.completed_at]
        return _overdue(session, delivery, view, late, viewer.user_id)
    figures = {
        one.student_id: before_and_after(view, one, delivery.workspace_id, session=session)
        for one in parts[:1]
    }
    done = [one for one in parts if one.completed_at]
    if not done:
        raise Obsolete("not_done")
    blocks = done_notice(view, done, figures)
    return Outgoing(_text(session, viewer.user_id, done), lambda _file: blocks)


def _text(session: Session, user_id: int, parts: Sequence[PartView]) -> str:
    named = f"News of an assignment: {name_words([one.name for one in parts])}."
    return lock_screen(session, user_id, NOTICE_TEXT, named)


def _opened(
    viewer: Viewer, student_ids: Sequence[int], *, session: Session, now: datetime
) -> set[int]:
    """Those of the students whom the teacher may still see, audited. Raises NotFound for none."""
    seen = set(session.scalars(visible_student_ids(viewer).where(Student.id.in_(student_ids))))
    for one in sorted(seen) or student_ids[:1]:
        open_student(session, viewer, one, PURPOSE, now=now)
    return seen


def _overdue(
    session: Session,
    delivery: Delivery,
    view: AssignmentView,
    late: Sequence[PartView],
    user_id: int,
) -> Outgoing:
    if not late:
        raise Obsolete("done")
    zone = zone_of(session, delivery.workspace_id).key
    blocks = overdue_notice(view, late, due_words(view.due_on, delivery.due_at, zone))
    return Outgoing(_text(session, user_id, late), lambda _file: blocks)


def given_view(session: Session, delivery: Delivery, now: datetime) -> StudentAssignment:
    """An assignment for a student who is to do it. Raises Obsolete where it is not any more."""
    key = int(delivery.payload["assignment"]), int(delivery.payload["student"])
    view = assignment_view(key[0], session=session)
    if view is None or view.withdrawn_at is not None or view.due_at <= now:
        raise Obsolete("withdrawn" if view is None or view.withdrawn_at else "past_due")
    if session.get(AssignmentStudent, key) is None:
        raise Obsolete("withdrawn")
    return _view(session, delivery, now)


def _view(session: Session, delivery: Delivery, now: datetime) -> StudentAssignment:
    view = assignment_view(int(delivery.payload["assignment"]), session=session)
    student = session.get(Student, int(delivery.payload["student"]))
    teacher = None if view is None else session.get(User, view.teacher_id or 0)
    if view is None or student is None or teacher is None:
        raise Obsolete("gone")
    if not teaches(teacher, student.id, session=session, now=now):
        raise Obsolete("no_access")
    part = session.get(AssignmentStudent, (view.id, student.id))
    zone = zone_of(session, student.workspace_id)
    return StudentAssignment(
        id=view.id,
        student_id=student.id,
        due_on=view.due_on,
        given_name=student.given_name or student.name,
        teacher_name=teacher.name,
        title=view.title,
        description=view.description,
        skills=tuple(name for _, name in view.skills),
        question_count=view.question_count,
        due=date_words(view.due_on, local_day(now, zone)),
        is_seen=part is not None and part.seen_at is not None,
    )


def _mail(session: Session, delivery: Delivery, view: StudentAssignment, template: str) -> Mail:
    values = {
        "given_name": view.given_name,
        "title": view.title,
        "description": view.description,
        "skills": view.skill_names,
        "questions": view.question_count,
        "due": day_line(view.due_on, ENGLISH),
    }
    student = session.get_one(Student, view.student_id)
    teacher = session.get_one(User, delivery.sender_id)
    return mail_to_student(template, values, student, teacher, session=session, delivery=delivery)
