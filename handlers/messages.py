"""What people write to the bot in direct messages: a student's answer, or a wish for help."""

import html
import re
from typing import Any

from sqlalchemy.orm import Session

from handlers.actions.student import show_message_again
from handlers.ask import Ask
from handlers.deliveries.student_messages import FILE_ONLY, FILES, LONG
from handlers.ids import Kind
from handlers.people import workspace_of
from handlers.saving import first_time
from handlers.services import Services
from handlers.students import AskingStudent, student_asking
from interventions.messages import LONGEST_REPLY, answer_message, answerable
from interventions.messages.texts import clean, is_empty
from school.deliveries import enqueue
from school.models import TeacherMessage

WRITTEN = (None, "file_share", "thread_broadcast")
"""Kinds of messages that a person has just written; all else is a change, or a machine's."""
_LINK = re.compile(r"<((?:https?|mailto):[^<>|]+)(?:\|([^<>]*))?>")


def message_received(ask: Ask, services: Services) -> None:
    """Pass on what a student answers; to all else a short help, once, through the outbox."""
    event, workspace_id = ask.event, workspace_of(ask.team_id, services)
    from_person = event.get("subtype") in WRITTEN and not event.get("bot_id")
    if not from_person or event.get("channel_type") != "im" or workspace_id is None:
        return
    taken = _is_answer(ask, services, workspace_id)
    # A file may be one that we have sent: nobody is greeted for it.
    if not taken and event.get("subtype") is None:
        greet(ask, services, workspace_id, channel=ask.channel)


def _is_answer(ask: Ask, services: Services, workspace_id: int) -> bool:
    """Take what a student wrote as an answer; False where it is none."""
    now = services.now()
    with services.session_factory.begin() as session:
        asking = student_asking(ask, workspace_id, session=session, now=now)
        if asking is None:
            return False
        thread = ask.event.get("thread_ts")
        answered = answerable(
            session, asking.student, now=now, message_ts=str(thread) if thread else None
        )
        if answered is None:
            return False
        if first_time(workspace_id, ask.key, session=session, now=now):
            _answer(ask, asking, answered, session=session)
    services.wake()
    return True


def _answer(ask: Ask, asking: AskingStudent, answered: TeacherMessage, *, session: Session) -> None:
    """Keep the words as they were written; what cannot be passed on is said."""
    event = ask.event
    text, has_files = as_written(event), bool(event.get("files"))
    mark = f"slack {ask.channel} {event.get('ts') or ask.key}"[:100]
    if is_empty(text):
        _say(ask, asking, answered, FILE_ONLY, mark, session=session)
        return
    if len(text) > LONGEST_REPLY:
        _say(ask, asking, answered, LONG, mark, session=session)
        return
    made = answer_message(
        answered.id,
        asking.student,
        text,
        way="slack",
        key=mark,
        session=session,
        now=asking.now,
    )
    if made is not None:
        show_message_again(answered, f"message {answered.id} {mark}", asking, session=session)
        _say(ask, asking, answered, FILES if has_files else "", mark, session=session)


def as_written(event: dict[str, Any]) -> str:
    """A message's words as the person typed them: Slack marks links and three letters in it."""

    def shown(found: re.Match[str]) -> str:
        address = found[1].removeprefix("mailto:")
        return found[2] if found[2] and found[2] in address else address

    return clean(html.unescape(_LINK.sub(shown, str(event.get("text") or ""))))


def _say(
    ask: Ask,
    asking: AskingStudent,
    answered: TeacherMessage,
    said: str,
    mark: str,
    *,
    session: Session,
) -> None:
    """Tell the student what became of what they wrote; several lines in a minute get one word."""
    minute = f"{asking.now:%Y%m%d%H%M}"
    enqueue(
        Kind.STUDENT_NOTE,
        {"message": answered.id, "said": said},
        session=session,
        workspace_id=asking.student.workspace_id,
        unique_key=f"note {answered.id} {minute}" if not said else f"note {mark}",
        recipient_id=None,
        student_id=asking.student.id,
        channel=None,
        now=asking.now,
    )


def greet(ask: Ask, services: Services, workspace_id: int, *, channel: str | None) -> None:
    """Send the person who asks a short help, once, through the outbox."""
    now = services.now()
    with services.session_factory.begin() as session:
        if not first_time(workspace_id, ask.key, session=session, now=now):
            return
        enqueue(
            Kind.GREETING,
            {"person": ask.user_id},
            session=session,
            workspace_id=workspace_id,
            unique_key=ask.key,
            recipient_id=None,
            channel=channel,
            now=now,
        )
    services.wake()


def greet_instead(ask: Ask, services: Services) -> None:
    """Send the same where what somebody typed or clicked cannot be answered in place."""
    workspace_id = workspace_of(ask.team_id, services)
    if workspace_id is None or not ("command" in ask.body or ask.kind == "block_actions"):
        return
    # To the person's id, by which every Slack finds their messages with us.
    greet(ask, services, workspace_id, channel=ask.user_id)
