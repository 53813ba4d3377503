"""Messages to students over a sandbox Slack: sent at once, looked at, answered."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from interventions.messages import send_message
from sandbox import Message, full_text
from sandbox.people.payloads import event_payload
from school.models import Delivery, Intervention, StudentReply, TeacherMessage, User
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ

LEO = "U0LEO"
WORDS = "Hi Leo, *how* are you?"
FOR_STUDENT = "You have a message from your teacher."
FOR_TEACHER = "A student has answered you."


def user_id(bot: Bot, slack_id: str = RUIZ) -> int:
    with bot.session_factory() as session:
        return session.scalars(select(User.id).where(User.slack_user_id == slack_id)).one()


def write(
    bot: Bot, words: str = WORDS, *, student: str = "Leo Park", wait: float = 0, **more: Any
) -> int:
    """Have Ms Ruiz write to a student; goes at once unless it is to `wait` (seconds)."""
    with bot.session_factory.begin() as session:
        sent = send_message(
            user_id(bot),
            bot.school.students[student],
            words,
            session=session,
            now=bot.clock(),
            take_back=timedelta(seconds=wait),
            **more,
        )
        made = sent.id
    bot.outbox.wake()
    return made


def arrived(bot: Bot, *, after: str = "") -> Message:
    """The message in the student's direct messages, once the outbox knows it."""
    message = bot.slack.wait_for_message(LEO, "", FOR_STUDENT, after=after)
    bot.slack.wait_until(lambda: is_known(bot, message))
    return message


def row(bot: Bot, message_id: int) -> TeacherMessage:
    with bot.session_factory() as session:
        return session.get_one(TeacherMessage, message_id)


def intervention(bot: Bot, message_id: int) -> Intervention:
    with bot.session_factory() as session:
        number = session.get_one(TeacherMessage, message_id).intervention_id
        return session.get_one(Intervention, number)


def replies(bot: Bot) -> list[str]:
    with bot.session_factory() as session:
        return list(session.scalars(select(StudentReply.reply).order_by(StudentReply.id)))


def stands(bot: Bot, user: str) -> list[str]:
    """All that stands in a person's direct messages with the bot, the oldest first."""
    channel = bot.slack.workspace.direct_messages(user).id
    return [full_text(one) for one in bot.slack.workspace.visible(user, channel)]


def shows(bot: Bot, user: str, words: str) -> None:
    """Wait until some message there says these words."""
    bot.slack.wait_until(lambda: any(words in one for one in stands(bot, user)))


def in_thread(bot: Bot, message: Message, text: str, **event: Any) -> dict[str, Any]:
    """What Slack sends when Leo answers in the thread of a message."""
    ts = bot.slack.workspace.new_ts()
    said = {
        "type": "message",
        "channel": message.channel,
        "user": LEO,
        "text": text,
        "ts": ts,
        "event_ts": ts,
        "thread_ts": message.ts,
        "channel_type": "im",
        **event,
    }
    payload = event_payload(bot.slack.workspace, said)
    bot.slack.send_event(payload, "message.im", LEO)
    return payload


def is_known(bot: Bot, message: Message) -> bool:
    """Whether the outbox has noted that the message is sent."""
    with bot.session_factory() as session:
        sent = select(Delivery.id).where(Delivery.message_ts == message.ts)
        return session.scalars(sent.where(Delivery.state == "sent")).first() is not None
