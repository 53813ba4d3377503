"""Values that no button of ours bears: refused, or harmless."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from handlers.codec import OLDER, Ref
from handlers.ids import Action, Kind
from sandbox import Message, full_text
from school.models import Delivery, User
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ
from tests.handlers.test_modals import custom_range, iso


def forged(bot: Bot, action: Action, ref: Ref) -> Message:
    """A message in Ms Ruiz's direct messages with a button that says what we never said."""
    text = {"type": "plain_text", "text": "Click"}
    button = {"type": "button", "action_id": action.value, "text": text, "value": ref.encode()}
    blocks = [{"type": "actions", "block_id": "row", "elements": [button]}]
    workspace, where = bot.slack.workspace, bot.slack.where(RUIZ)
    return workspace.post(
        Message(workspace.new_ts(), where.id, "U0BOT", "a report", blocks, from_app=True)
    )


def saved(bot: Bot) -> list[Delivery]:
    with bot.session_factory() as session:
        return list(session.scalars(select(Delivery)))


@pytest.mark.parametrize("action", [Action.PICK_REPORT, Action.COMPARE, Action.MORE])
@pytest.mark.parametrize("kind", [Kind.GREETING, Kind.EXPORT_NOTICE, "file_expiry"])
def test_kinds_that_nobody_asks_for_are_refused(bot: Bot, action: Action, kind: str) -> None:
    ref = Ref(kind=str(kind), student=bot.school.students["Maya Okafor"], form="pdf")
    bot.slack.click(RUIZ, forged(bot, action, ref), action)
    answer = bot.slack.wait_for_message(RUIZ, "", OLDER)
    assert answer.ephemeral_for == RUIZ
    assert saved(bot) == []


@pytest.mark.parametrize(
    ("kind", "form"), [(Kind.CLASS_PACK, "csv"), (Kind.EXPORT, "pack"), (Kind.EXPORT, None)]
)
def test_a_form_that_is_not_of_its_kind_is_refused(bot: Bot, kind: Kind, form: str | None) -> None:
    ref = Ref(kind=kind.value, class_id=bot.school.maths, form=form)
    bot.slack.click(RUIZ, forged(bot, Action.EXPORT, ref), Action.EXPORT)
    bot.slack.wait_for_message(RUIZ, "", OLDER)
    assert saved(bot) == []


@pytest.mark.parametrize("channel", ["C0GENERAL", "D0OTHER"])
def test_a_modal_writes_into_the_askers_own_messages_alone(bot: Bot, channel: str) -> None:
    view = custom_range(bot)
    ref = Ref.decode(view.body["private_metadata"])
    before = bot.slack.last_message(RUIZ)
    view.body["private_metadata"] = replace(ref, channel=channel).encode()
    assert bot.slack.submit(RUIZ, view, {"first_day": iso(20), "last_day": iso(10)}).ok
    assert before is not None
    report = bot.report(after=before.ts)
    assert "Maya Okafor" in full_text(report)
    calls = bot.slack.ledger.calls("chat.*", channel)
    assert calls == []
    with bot.session_factory() as session:
        user = session.scalars(select(User).where(User.slack_user_id == RUIZ)).one()
    assert report.channel == user.slack_channel
