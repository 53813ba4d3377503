"""E-mails to students, whatever they are about: in their teacher's name, answered to them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from bot.outgoing import Mail
from handlers.mail.times import late_line
from handlers.mail.words import ENGLISH, known_address, render_mail
from school.addresses import is_address
from school.models import Delivery, Student, User
from school.zones import zone_of


def mail_to_student(
    template: str,
    values: Mapping[str, Any],
    student: Student,
    teacher: User,
    *,
    session: Session,
    delivery: Delivery,
) -> Mail:
    """The folder `template` of templates/mail, filled in with `values`.

    `teacher_name` and `can_reply`, whether the teacher has an address, are among them anyway.
    Raises Obsolete where the student has no address.
    """
    can_reply = is_address(teacher.email)
    own = {"teacher_name": teacher.name, "can_reply": can_reply}
    words = render_mail(template, ENGLISH, {**own, **values})
    return Mail(
        to=known_address(student.email),
        subject=words.subject,
        text=words.text,
        html=words.html,
        to_name=student.name,
        reply_to=teacher.email if can_reply else None,
        late=late_line(delivery.due_at, zone_of(session, delivery.workspace_id), ENGLISH),
    )
