"""Things done for Leo in Slack, and their cards."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.messages import send_message
from interventions.record import record
from sandbox import Message, full_text
from school.access import viewer_of
from school.models import Alert, Intervention, InterventionType, Student, User
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ

CARD = "Something that you did for a student."


def user(session: Session, slack_id: str = RUIZ) -> User:
    return session.scalars(select(User).where(User.slack_user_id == slack_id)).one()


def send(bot: Bot, words: str = "Hi Leo!", *, seconds: float = 30.0) -> int:
    """A message to Leo that can be taken back for so long; its intervention's id."""
    with bot.session_factory.begin() as session:
        sent = send_message(
            user(session).id,
            bot.school.students["Leo Park"],
            words,
            session=session,
            now=bot.clock(),
            take_back=timedelta(seconds=seconds),
        )
        number = sent.intervention_id
    bot.outbox.wake()
    assert number is not None
    return number


def do(bot: Bot, kind: InterventionType, *, days: int = 0, by: str = RUIZ) -> int:
    """Something done for Leo so many days ago, without what it was; no card."""
    with bot.session_factory.begin() as session:
        who, now = user(session, by), bot.clock() - timedelta(days=days)
        leo = session.get_one(Student, bot.school.students["Leo Park"])
        viewer, words = viewer_of(session, who, now=now), f"A {kind.value}"
        made = record(viewer, leo, kind, words, session=session, now=now, card=False)
        return made.id


def raise_alert(bot: Bot, kind: str = "inactive") -> int:
    """An open alert about Leo."""
    with bot.session_factory.begin() as session:
        one = Alert(
            workspace_id=bot.school.workspace_id,
            class_id=bot.school.maths,
            student_id=bot.school.students["Leo Park"],
            kind=kind,
            severity="high",
            state="open",
            evidence={},
            raised_at=bot.clock(),
        )
        session.add(one)
        session.flush()
        return one.id


def card(bot: Bot) -> Message:
    """The card in Ms Ruiz's messages."""
    return bot.slack.wait_for_message(RUIZ, "", CARD)


def until(bot: Bot, message: Message, holds: Callable[[str], bool]) -> None:
    """Wait until a message's words are so."""
    bot.slack.wait_until(lambda: holds(full_text(message)), what="the card")


def labels(message: Message) -> list[str]:
    """What the buttons and menus of a message are called."""
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return [(one.get("text") or one["placeholder"])["text"] for row in rows for one in row]


def intervention(bot: Bot, number: int) -> Intervention:
    with bot.session_factory() as session:
        return session.get_one(Intervention, number)
