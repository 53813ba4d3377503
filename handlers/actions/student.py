"""What students do with a message in Slack: say that they have read it, and answer it."""

from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.ids import Action
from handlers.quick import open_view
from handlers.services import Services
from handlers.students import AskingStudent, student_saving
from handlers.taking_back import show_again
from handlers.views.messages.student_message import answer_modal, answered_note
from handlers.views.modals import field_value
from interventions.messages import answer_message, read_message
from interventions.messages.replies import CLICK
from school.access import teaches
from school.errors import InvalidInput
from school.models import Delivery, TeacherMessage, User


def message_read_action(ask: Ask, services: Services) -> None:
    """Note that they have read it; the message shows it. A second click changes nothing."""
    with student_saving(ask, services) as (session, asking):
        row = read_message(
            ask.ref.message or 0, asking.student, by=CLICK, session=session, now=asking.now
        )
        show_message_again(row, f"message {row.id} read", asking, session=session)
    ask.ack()
    services.wake()


def answer_message_action(ask: Ask, services: Services) -> None:
    """Open the form for an answer; who does that has read the message."""
    with student_saving(ask, services) as (session, asking):
        row = read_message(
            ask.ref.message or 0, asking.student, by=CLICK, session=session, now=asking.now
        )
        show_message_again(row, f"message {row.id} read", asking, session=session)
        view = answer_modal(row.id, session.get_one(User, row.teacher_id).name)
    ask.ack()
    services.wake()
    open_view(ask, services, view)


def student_answer_submitted(ask: Ask, services: Services) -> None:
    """Pass the answer on, once; errors land on its field."""
    ref = ask.ref
    typed = str(field_value(ask.view, Action.STUDENT_ANSWER, "value") or "")
    with student_saving(ask, services) as (session, asking):
        try:
            answer_message(
                ref.message or 0,
                asking.student,
                typed,
                way="slack",
                key=f"draft {ref.draft}",
                session=session,
                now=asking.now,
            )
        except InvalidInput as refused:
            raise InvalidInput(Action.STUDENT_ANSWER, str(refused)) from refused
        row = session.get_one(TeacherMessage, ref.message)
        show_message_again(row, f"message {row.id} {ref.draft}", asking, session=session)
        teacher = session.get_one(User, row.teacher_id)
        is_taught = teaches(teacher, row.student_id, session=session, now=asking.now)
    ask.ack(response_action="update", view=answered_note(teacher.name, is_taught=is_taught))
    services.wake()


def show_message_again(
    row: TeacherMessage, key: str, asking: AskingStudent, *, session: Session
) -> None:
    """Have the message in the student's direct messages say what was done with it, once a `key`."""
    shown = session.get(Delivery, (row.workspace_id, row.delivery_id or 0))
    if shown is not None and shown.student_id == asking.student.id:
        show_again(session, shown, due=asking.now, now=asking.now, key=key)
