"""Slack's own menus of shortcuts: help a student, from anywhere or from a message of ours."""

from sqlalchemy.orm import Session

from handlers.acts import OPENERS
from handlers.ask import Ask
from handlers.codec import Ref
from handlers.people import Asker, looking
from handlers.quick import show_modal
from handlers.reports import title_of
from handlers.services import Services
from handlers.taking_back import message_at
from handlers.views.interventions.for_whom import for_whom_modal
from school.models import CardCopy, Delivery, Intervention, Meeting


def help_student_shortcut(ask: Ask, services: Services) -> None:
    """Let a student be chosen, and what is to be done; Home's button does the same."""
    with looking(ask, services):
        view = for_whom_modal(Ref(), acts=OPENERS)
    show_modal(ask, services, view)


def what_can_i_do_shortcut(ask: Ask, services: Services) -> None:
    """The same for the student whom a message of ours is about, or for one of its class.

    On any other message it is as if it had been asked for without one. Raises NotFound.
    """
    with looking(ask, services) as (session, asker):
        ref = _about(ask, asker, session=session)
        named = ref.student is not None or ref.class_id is not None
        name = title_of(asker.viewer, ref, session=session) if named else ""
    show_modal(ask, services, for_whom_modal(ref, name, acts=OPENERS))


def _about(ask: Ask, asker: Asker, *, session: Session) -> Ref:
    """Whom a message is about, as the delivery that brought it knows; nobody else's message."""
    ts, channel = str(ask.body.get("message_ts") or ""), ask.channel or ""
    where = asker.viewer.workspace_id, asker.user.id
    found = message_at(session, *where, channel, ts)
    return Ref() if found is None else subject_of(session, found)


def subject_of(session: Session, delivery: Delivery) -> Ref:
    """The student or class that a delivery is about, and the concern where one is known."""
    payload = delivery.payload
    if isinstance(copy_id := payload.get("copy"), int):
        return _of_card(session, copy_id)
    if isinstance(meeting := payload.get("meeting"), int):
        return _of_meeting(session, meeting)
    ref = Ref.from_payload(payload)
    return Ref(student=ref.student, class_id=ref.class_id)


def _of_card(session: Session, copy_id: int) -> Ref:
    copy = session.get(CardCopy, copy_id)
    if copy is None:
        return Ref()
    if copy.card == "meeting_card":
        return _of_meeting(session, copy.subject_id)
    done = session.get(Intervention, copy.subject_id) if "intervention" in copy.card else None
    return Ref() if done is None else Ref(student=done.student_id, concern=done.concern)


def _of_meeting(session: Session, meeting_id: int) -> Ref:
    found = session.get(Meeting, meeting_id)
    return Ref() if found is None else Ref(student=found.student_id)
