"""Sending a message to a student, or one of their own to each of several."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.given import check_id, check_text
from interventions.messages.placeholders import left_in, left_words
from interventions.messages.templates import template_of
from interventions.messages.texts import checked_message
from interventions.once import Once
from interventions.opening import acting
from interventions.record import NO_REASON, Reason, about, record
from interventions.students import TAKE_BACK, Reach, Way, reach_of, tell_student
from school.access import Viewer, classes_shared, open_student
from school.errors import InvalidInput
from school.links import PageKind, make_link
from school.models import (
    Assignment,
    AssignmentStudent,
    Class,
    Intervention,
    InterventionType,
    Skill,
    Student,
    TeacherMessage,
    User,
)

MESSAGE = "student_message"
"""The kind of its delivery (handlers/ids.py); by e-mail with `_mail` after it."""
DONE = "Message sent"
QUOTED = 240
"""Characters of a message that its line in the history has."""
MOST_STUDENTS = 100


@dataclass(frozen=True, slots=True)
class _Wish:
    """What one act of sending is, to one student or to several."""

    viewer: Viewer
    template_id: int | None
    reason: Reason
    class_id: int | None
    once: Once
    take_back: timedelta
    now: datetime
    lead: Intervention | None = None


def send_message(
    teacher_id: int,
    student_id: int,
    message: str,
    template_id: int | None = None,
    *,
    session: Session,
    now: datetime,
    reason: Reason = NO_REASON,
    class_id: int | None = None,
    key: str | None = None,
    take_back: timedelta = TAKE_BACK,
) -> TeacherMessage:
    """Send a message to a student in Slack, else by e-mail, once `take_back` is over; audited.

    `message` is the text as the student is to read it, its placeholders filled in (`fill`);
    `template_id` is the template that it came from, if any. Asked for twice under one `key` it is
    sent once, and the first comes back. Raises NotFound where the student, or the template, is none
    of the teacher's, and InvalidInput on `message`, or on `student_id` where there is no way to
    reach them.
    """
    viewer = acting(teacher_id, session=session, now=now)
    check_id(student_id, "student_id")
    check_id(template_id, "template_id", may_be_none=True)
    text = checked_message(message)
    once = Once.under(viewer, key, "message", student_id, text, template_id)
    wish = _Wish(viewer, template_id, reason, class_id, once, take_back, now)
    return _send(wish, student_id, text, session=session)


def send_messages(
    teacher_id: int,
    messages: Mapping[int, str],
    template_id: int | None = None,
    *,
    session: Session,
    now: datetime,
    reason: Reason = NO_REASON,
    class_id: int | None = None,
    key: str | None = None,
    take_back: timedelta = TAKE_BACK,
) -> list[TeacherMessage]:
    """Send each of several students (by id) a message of their own, all or none, in the caller's
    transaction: an intervention and a delivery for each, and one card, that of the first.

    Raises as `send_message` does, with the student named where the text is at fault; and
    InvalidInput on `students` where there are none or too many.
    """
    viewer = acting(teacher_id, session=session, now=now)
    _check_messages(messages)
    check_id(template_id, "template_id", may_be_none=True)
    once = Once.under(viewer, key, "messages", sorted(messages.items()), template_id)
    wish = _Wish(viewer, template_id, reason, class_id, once, take_back, now)
    sent: list[TeacherMessage] = []
    for student_id, message in sorted(messages.items()):
        if sent:  # the first has the key itself, whoever that is
            wish = replace(wish, once=once.part(student_id))
        sent.append(_send_named(wish, student_id, message, session=session))
        if wish.lead is None:
            wish = replace(wish, lead=session.get(Intervention, sent[0].intervention_id))
    return sent


def _check_messages(messages: Mapping[int, str]) -> None:
    """Raises InvalidInput where it is not a text for each of some students."""
    if not isinstance(messages, Mapping) or not 1 <= len(messages) <= MOST_STUDENTS:
        raise InvalidInput("students", f"Choose 1 to {MOST_STUDENTS} students.")
    for student_id, message in messages.items():
        check_id(student_id, "students")
        check_text(message, "message")


def _send_named(wish: _Wish, student_id: int, message: str, *, session: Session) -> TeacherMessage:
    """The same, with the student named in what is refused."""
    try:
        return _send(wish, student_id, message, session=session)
    except InvalidInput as refused:
        if refused.field == "student_id":
            raise
        name = session.get_one(Student, student_id).name
        raise InvalidInput(refused.field, f"{name}: {refused}") from refused


def _send(wish: _Wish, student_id: int, message: str, *, session: Session) -> TeacherMessage:
    viewer = wish.viewer
    student = open_student(session, viewer, student_id, "message", now=wish.now)
    if (first := _sent_before(wish.once, session=session)) is not None:
        return first
    text = checked_message(message)
    if wish.template_id is not None:
        template_of(viewer, wish.template_id, session=session)
    _check_placeholders(text, viewer, student, session=session)
    reach = checked_reach(student, session=session)
    intervention = _recorded(wish, student, text, session=session)
    wish.once.keep(intervention)
    row = TeacherMessage(message=text, template_id=wish.template_id, way=reach.way.value)
    return _saved(wish, row, intervention, student, session=session)


def _recorded(wish: _Wish, student: Student, text: str, *, session: Session) -> Intervention:
    words = " ".join(text.split())
    quoted = words if len(words) <= QUOTED else f"{words[: QUOTED - 1].rstrip()}…"
    return record(
        wish.viewer,
        student,
        InterventionType.MESSAGE,
        f"{DONE}: “{quoted}”",
        session=session,
        now=wish.now,
        reason=wish.reason,
        class_id=wish.class_id,
        card=wish.lead is None,
    )


def checked_reach(student: Student, *, session: Session) -> Reach:
    """By what a student is reached. Raises InvalidInput on `student_id` where by nothing."""
    reach = reach_of(session, student)
    if reach.way is Way.NONE:
        raise InvalidInput(
            "student_id",
            f"There is no way to reach {student.name}: {reach.why_not}. Ask the person who runs "
            "Homeroom to see to it.",
        )
    return reach


def _sent_before(once: Once, *, session: Session) -> TeacherMessage | None:
    """What was sent under the key. Raises Conflict where it was for something else."""
    done = once.before(session=session)
    if done is None:
        return None
    query = select(TeacherMessage).where(TeacherMessage.intervention_id == done.id)
    return session.scalars(query).first()


def _check_placeholders(text: str, viewer: Viewer, student: Student, *, session: Session) -> None:
    """Refuse what was left in brackets, unless a name that was filled in has it so."""
    left = left_in(text)
    if not left:
        return
    names = _names_with_brackets(viewer, student, session=session)
    for written in left:
        if not any(written in name for name in names):
            raise InvalidInput("message", left_words(written))


def _names_with_brackets(viewer: Viewer, student: Student, *, session: Session) -> list[str]:
    classes = classes_shared(session, viewer, student.id)
    skills = select(Skill.name).where(
        Skill.workspace_id == viewer.workspace_id, Skill.name.contains("[", autoescape=True)
    )
    titles = (
        select(Assignment.title)
        .join(AssignmentStudent, AssignmentStudent.assignment_id == Assignment.id)
        .where(AssignmentStudent.student_id == student.id)
        .where(Assignment.title.contains("[", autoescape=True))
    )
    courses = select(Class.title).where(Class.id.in_(classes))
    found = [*session.scalars(skills), *session.scalars(titles), *session.scalars(courses)]
    return [student.given_name, session.get_one(User, viewer.user_id).name, *found]


def _saved(
    wish: _Wish,
    row: TeacherMessage,
    intervention: Intervention,
    student: Student,
    *,
    session: Session,
) -> TeacherMessage:
    """Write the message down with its delivery, and by e-mail its link."""
    row.workspace_id, row.teacher_id = student.workspace_id, intervention.teacher_id
    row.student_id, row.intervention_id = student.id, intervention.id
    row.sent_at, row.is_read = wish.now, False
    session.add(row)
    session.flush()  # its delivery and its link name it
    if row.way == Way.MAIL.value:
        make_link(session, row.workspace_id, PageKind.STUDENT, row.id, now=wish.now)
    lead = wish.lead or intervention
    delivery = tell_student(
        MESSAGE,
        {"message": row.id},
        student,
        session=session,
        now=wish.now,
        sender_id=row.teacher_id,
        unique_key=f"message {row.id}",
        about=about(lead.id),
        take_back=wish.take_back,
    )
    row.delivery_id = delivery.id if delivery is not None else None
    session.flush()
    return row
