"""Quick second clicks in the forms of messages and letters: the last one counts, none breaks."""

from collections.abc import Callable

import pytest

from handlers.ids import Action
from sandbox import View, full_text
from tests.handlers.conftest import Bot
from tests.handlers.pages.conftest import family
from tests.handlers.school import RUIZ
from tests.handlers.tutoring.support import form as tutor_form
from tests.handlers.tutoring.support import with_tutors
from tests.handlers.writing.support import (
    block_with,
    composer,
    reached_by,
    says,
    send,
    sent,
    window,
)

__all__ = ["family"]


@pytest.fixture
def bot(start_bot: Callable[..., Bot], family: None) -> Bot:
    """A bot that can send e-mail."""
    return start_bot(smtp_url="smtp://127.0.0.1:9", mail_from="homeroom@school.test")


def twice(bot: Bot, view: View, *actions: tuple[str, str | None]) -> None:
    """Two clicks before Slack shows what the first one has changed."""
    bot.slack.faults.set("views.update", "slow", times=1, seconds=0.5)
    before = len(bot.slack.messages(RUIZ))
    for action, value in actions:
        assert bot.slack.click(RUIZ, view, action, value).ok

    def done() -> bool:
        calls = bot.slack.ledger.calls("views.update")
        return [one.outcome for one in calls][-3:] == ["ok", "hash_conflict", "ok"]

    bot.slack.wait_until(done, what="the second click")
    assert len(bot.slack.messages(RUIZ)) == before
    assert not [one for one in bot.slack.messages(RUIZ) if "broke" in full_text(one)]
    assert bot.slack.modal(RUIZ) is view  # no word of trouble on top of it


def test_in_a_message_the_second_preview_has_all_that_was_typed(bot: Bot) -> None:
    view = composer(bot)
    name = Action.MESSAGE_TEXT.value
    bot.slack.enter(RUIZ, view, {block_with(view, name)["block_id"]: {name: "See you *soon*."}})
    twice(bot, view, (Action.MESSAGE_PREVIEW, None), (Action.MESSAGE_PREVIEW, None))
    assert "See you soon." in says(view).replace("\n", "")


def test_two_who_are_left_out_quickly_both_stay_out(bot: Bot) -> None:
    names = ("Maya Okafor", "Leo Park", "Sam O'Neil")
    for name in names:
        reached_by(bot, name, email=f"{name.split()[0].lower()}@school.test")
    view = window(bot, "message Grade 5 Maths")
    ids = [f"student={bot.school.students[name]}" for name in names]
    block = block_with(view, Action.BULK_STUDENTS)["block_id"]
    text = block_with(view, Action.BULK_TEXT)["block_id"]
    typed = {Action.BULK_TEXT.value: "Hi [Student]"}
    bot.slack.enter(RUIZ, view, {block: {Action.BULK_STUDENTS.value: ids}, text: typed})
    before = view.body
    assert bot.slack.click(RUIZ, view, Action.BULK_PREVIEW, "page=0").ok
    bot.slack.wait_until(lambda: view.body is not before, what="previews")
    outs = [
        (one["accessory"]["action_id"], one["accessory"]["value"])
        for one in view.blocks
        if str(one.get("accessory", {}).get("action_id")).startswith(Action.BULK_LEAVE_OUT)
    ]
    twice(bot, view, *outs[:2])
    assert says(view).count("Hi ") == 1
    assert send(bot).ok
    assert len(sent(bot)) == 1


def test_in_a_letter_and_in_tutoring_too(bot: Bot) -> None:
    letter = window(bot, "parent Leo")
    twice(bot, letter, (Action.PARENT_PREVIEW, None), (Action.PARENT_PREVIEW, None))
    bot.slack.close(RUIZ, everything=True)
    with_tutors(bot, "Maya Okafor", "Sam O'Neil")
    view = tutor_form(bot)
    twice(bot, view, (Action.TUTOR_SKILL, "1"), (Action.TUTOR_SKILL, "1"))


def test_in_the_list_of_templates_too(bot: Bot) -> None:
    view = window(bot, "templates")
    new = next(
        (one["action_id"], one["value"])
        for block in view.blocks
        for one in [*block.get("elements", []), block.get("accessory", {})]
        if str(one.get("action_id")).startswith(Action.TEMPLATE)
    )
    twice(bot, view, new, new)
