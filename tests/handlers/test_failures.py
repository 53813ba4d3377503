"""What could not be sent: told in words, tried again from a note, and by whom it may be."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from handlers.codec import Ref
from handlers.ids import Action, Kind
from sandbox import Message, full_text
from school.models import Delivery
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ

ADMIN, MOSS = "U0ADMIN", "U0MOSS"


@pytest.fixture
def hasty(start_bot: Callable[..., Bot]) -> Bot:
    """A bot that gives up what fails twice."""
    return start_bot(give_up_after=0)


def refuse_posts(bot: Bot, times: int | None = 2, code: str = "restricted_action") -> None:
    bot.slack.faults.set("chat.postMessage", "error", code=code, times=times)


def note_of_failure(bot: Bot, *, user: str = RUIZ, after: str = "") -> Message:
    """Ask for a report that fails, and wait for the note about it."""
    refuse_posts(bot)
    bot.ask("/student-report", "maya", user=user)
    return bot.slack.wait_for_message(user, "", "could not send", after=after)


def deliveries(bot: Bot, kind: Kind) -> list[Delivery]:
    with bot.session_factory() as session:
        query = select(Delivery).where(Delivery.kind == kind.value).order_by(Delivery.id)
        return list(session.scalars(query))


def buttons(message: Message) -> list[str]:
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return [str(one["action_id"]) for row in rows for one in row["elements"]]


def words_beside(bot: Bot, words: str, user: str = RUIZ) -> Message:
    """What the person alone is told."""
    return bot.slack.wait_for_message(user, "", words)


def test_what_could_not_be_sent_is_told_with_why_and_what_to_do(hasty: Bot) -> None:
    note = note_of_failure(hasty)
    words = full_text(note)
    assert "I could not send the student report about Maya Okafor." in words
    assert "Slack does not give me the right to do this. Ask your administrator." in words
    assert "Reference" in words
    assert note.text == "Something could not be sent."
    assert buttons(note) == [Action.TRY_AGAIN]


def test_trying_again_sends_it_and_the_note_says_so_in_place(hasty: Bot) -> None:
    note = note_of_failure(hasty)
    assert hasty.slack.click(RUIZ, note, Action.TRY_AGAIN).ok
    hasty.report()
    hasty.slack.wait_until(lambda: "Tried again at" in full_text(note))
    assert "by you" in full_text(note)
    assert buttons(note) == []
    hasty.outbox.drain_once()
    assert [one.retried for one in deliveries(hasty, Kind.STUDENT_REPORT)] == [1]


def test_a_double_click_tries_once(hasty: Bot) -> None:
    note = note_of_failure(hasty)
    with ThreadPoolExecutor(2) as clicks:
        list(clicks.map(lambda _: hasty.slack.click(RUIZ, note, Action.TRY_AGAIN), range(2)))
    hasty.report()
    hasty.slack.wait_until(lambda: "Tried again at" in full_text(note))
    hasty.outbox.drain_once()
    reports = [one for one in hasty.slack.messages(RUIZ) if one.text == "Your report is ready."]
    assert len(reports) == 1
    assert [one.retried for one in deliveries(hasty, Kind.STUDENT_REPORT)] == [1]


def stale(note: Message) -> Message:
    """The note as somebody's screen still shows it."""
    return replace(note, blocks=[dict(one) for one in note.blocks])


def test_what_was_sent_meanwhile_is_not_sent_again(hasty: Bot) -> None:
    note = note_of_failure(hasty)
    before = stale(note)
    hasty.slack.click(RUIZ, note, Action.TRY_AGAIN)
    hasty.report()
    hasty.outbox.drain_once()
    hasty.slack.click(RUIZ, before, Action.TRY_AGAIN)
    words_beside(hasty, "It has been sent meanwhile.")
    hasty.slack.wait_until(lambda: "by you, and sent." in full_text(note))
    hasty.outbox.drain_once()
    assert [one.retried for one in deliveries(hasty, Kind.STUDENT_REPORT)] == [1]


def test_what_fails_again_is_told_again_and_an_older_note_tries_nothing(hasty: Bot) -> None:
    note = note_of_failure(hasty)
    before = stale(note)
    refuse_posts(hasty)
    hasty.slack.click(RUIZ, note, Action.TRY_AGAIN)
    second = hasty.slack.wait_for_message(RUIZ, "", "could not send", after=note.ts)
    hasty.slack.click(RUIZ, before, Action.TRY_AGAIN)
    words_beside(hasty, "It was tried again meanwhile, and failed again.")
    hasty.slack.wait_until(lambda: "by you, and failed again." in full_text(note))
    assert hasty.slack.click(RUIZ, second, Action.TRY_AGAIN).ok
    hasty.report()
    hasty.outbox.drain_once()
    assert [one.retried for one in deliveries(hasty, Kind.STUDENT_REPORT)] == [2]


def test_a_click_while_it_is_tried_says_so(hasty: Bot) -> None:
    note = note_of_failure(hasty)
    before = stale(note)
    hasty.slack.faults.set("chat.postMessage", "ratelimited", retry_after=1, times=1)
    hasty.slack.click(RUIZ, note, Action.TRY_AGAIN)
    hasty.slack.click(RUIZ, before, Action.TRY_AGAIN)
    words_beside(hasty, "It is being tried again already.")
    hasty.report()


def test_what_is_past_its_use_is_not_tried_again(hasty: Bot) -> None:
    note = note_of_failure(hasty)
    with hasty.session_factory.begin() as session:
        failed = session.scalars(select(Delivery).where(Delivery.state == "failed")).one()
        failed.expires_at = hasty.clock()
    hasty.slack.click(RUIZ, note, Action.TRY_AGAIN)
    words_beside(hasty, "It is of no use any more, so it is not sent.")
    hasty.slack.wait_until(lambda: buttons(note) == [])


def test_an_administrator_may_try_it_again_and_the_note_says_who_did(hasty: Bot) -> None:
    note = note_of_failure(hasty)
    hasty.slack.open_home(ADMIN)
    home = hasty.slack.wait_for_home(ADMIN)
    assert hasty.slack.click(ADMIN, home, Action.TRY_AGAIN).ok
    hasty.report()
    hasty.slack.wait_until(lambda: "by Ms Head" in full_text(note))


def test_nobody_else_may_and_learns_nothing(hasty: Bot) -> None:
    note_of_failure(hasty)
    failed = deliveries(hasty, Kind.STUDENT_REPORT)[0]
    for delivery_id in (failed.id, 12345):
        ref = Ref(delivery=delivery_id, version=0)
        forged = forge(hasty, MOSS, Action.TRY_AGAIN, ref)
        last = hasty.slack.last_message(MOSS)
        hasty.slack.click(MOSS, forged, Action.TRY_AGAIN)
        after = last.ts if last else ""
        answer = hasty.slack.wait_for_message(MOSS, "", "None of your messages", after=after)
        assert full_text(answer).strip().endswith("None of your messages is that one.")
    assert deliveries(hasty, Kind.STUDENT_REPORT)[0].retried == 0


def forge(bot: Bot, user: str, action: Action, ref: Ref) -> Message:
    """A message in somebody's own messages with a button that we never gave them."""
    element = {
        "type": "button",
        "text": {"type": "plain_text", "text": "Go"},
        "action_id": action.value,
        "value": ref.encode(),
    }
    workspace = bot.slack.workspace
    blocks = [{"type": "actions", "block_id": "b", "elements": [element]}]
    place = bot.slack.where(user).id
    return workspace.post(Message(workspace.new_ts(), place, "U0BOT", "-", blocks, from_app=True))
