"""Finding Leo a tutor in Slack: Maya and Sam have mastered Fractions, and Maya is in Slack."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from handlers.codec import Ref
from handlers.ids import Action
from sandbox import Message, View
from school.mastery import Mastery
from school.models import DailySkillProgress, Student, TutoringPair
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ

CARD, GIVEN, NEWS = (
    "Something that you did for a student.",
    "Your teacher has something for you.",
    "A student has answered you.",
)
"""What the notifications say."""
LEO, MAYA = "U0LEO", "U0NOBODY"
FRACTIONS = 1


def with_tutors(bot: Bot, *names: str, skill: int = FRACTIONS) -> None:
    """These have mastered Fractions; Maya has a Slack account."""
    ids = [bot.school.students[one] for one in names]
    with bot.session_factory.begin() as session:
        session.execute(
            update(DailySkillProgress)
            .where(DailySkillProgress.student_id.in_(ids), DailySkillProgress.skill_id == skill)
            .values(label=Mastery.MASTERED.value)
        )
        maya = session.get_one(Student, bot.school.students["Maya Okafor"])
        maya.slack_user_id = MAYA


def form(bot: Bot, text: str = "Leo Park", user: str = RUIZ) -> View:
    """The form that `/homeroom tutor` opens, with nothing else on the screen."""
    if bot.slack.modal(user) is not None:
        bot.slack.close(user, everything=True)
    assert bot.slack.command(user, "#general", "/homeroom", f"tutor {text}").ok
    return bot.slack.wait_for_modal(user)


def value_of(bot: Bot, name: str) -> str:
    """What the form's entry of a candidate carries."""
    return Ref(student=bot.school.students[name]).encode()


def field_of(view: View) -> str:
    """The block in which the candidates stand."""
    return next(
        str(block["block_id"])
        for block in view.blocks
        if (block.get("element") or {}).get("action_id") == Action.TUTOR_CANDIDATE
    )


def offered(view: View) -> list[str]:
    """The candidates' names, in the order of the form."""
    block = next(one for one in view.blocks if one.get("block_id") == field_of(view))
    return [one["text"]["text"] for one in block["element"]["options"]]


def ask(bot: Bot, name: str = "Maya Okafor") -> Message:
    """Ask somebody to help Leo with Fractions; the card."""
    before = bot.slack.last_message(RUIZ)
    view = form(bot)
    outcome = bot.slack.submit(RUIZ, view, {Action.TUTOR_CANDIDATE.value: value_of(bot, name)})
    assert outcome.ok, outcome.field_errors
    bot.slack.close(RUIZ)
    return bot.slack.wait_for_message(RUIZ, "", CARD, after=before.ts if before else "")


def asked(bot: Bot) -> Message:
    """Let the half minute go by in which it can be taken back; what Maya reads."""
    bot.clock.ahead += timedelta(seconds=40)
    return bot.slack.wait_for_message(MAYA, "", GIVEN)


def pairs(bot: Bot) -> list[TutoringPair]:
    """All pairs on record."""
    with bot.session_factory() as session:
        return list(session.scalars(select(TutoringPair).order_by(TutoringPair.id)))


def click(bot: Bot, message: Message, words: str, user: str = RUIZ) -> Any:
    """Click the button with these words."""
    for block in message.blocks:
        for one in block.get("elements", []):
            if one.get("type") == "button" and one["text"]["text"] == words:
                return bot.slack.click(user, message, one["action_id"])
    raise AssertionError(words)
