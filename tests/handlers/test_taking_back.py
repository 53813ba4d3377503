"""Taking back what goes to a person, and the message that offered it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.codec import Ref
from handlers.ids import Action
from handlers.taking_back import can_be_taken_back, message_at, show_again
from handlers.views.interventions.taking_back import take_back_button, take_back_words
from sandbox import Message, full_text
from school.deliveries import enqueue
from school.models import Delivery, Lane, Medium, User
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import schedule
from tests.handlers.school import RUIZ
from tests.handlers.test_actions import asked
from tests.handlers.test_failures import MOSS, buttons, forge

WINDOW = timedelta(seconds=30)


def user(session: Session, slack_id: str = RUIZ) -> User:
    return session.scalars(select(User).where(User.slack_user_id == slack_id)).one()


def send_mails(bot: Bot, count: int = 1) -> list[int]:
    """So many e-mails on Ms Ruiz's behalf, saved together; their ids."""
    now = bot.clock()
    with bot.session_factory.begin() as session:
        return [
            enqueue(
                "meeting_moved_mail",
                {},
                session=session,
                workspace_id=bot.school.workspace_id,
                unique_key=f"mail {now} {number}",
                recipient_id=None,
                channel=None,
                queue=f"mail {number}",
                now=now,
                due_at=now + WINDOW,
                lane=Lane.SCHEDULED,
                medium=Medium.MAIL,
                sender_id=user(session).id,
                about="meeting 7",
            ).id
            for number in range(count)
        ]


def offered(bot: Bot, mail: int) -> Message:
    """A message of ours with the button."""
    report = asked(bot)
    bot.slack.wait_until(lambda: is_known(bot, report))
    offer = {"type": "actions", "block_id": "offer", "elements": [take_back_button(mail)]}
    report.blocks.append(offer)
    return report


def is_known(bot: Bot, message: Message) -> bool:
    """Whether the outbox has noted that the message is sent."""
    with bot.session_factory() as session:
        sent = select(Delivery.id).where(Delivery.message_ts == message.ts)
        return session.scalars(sent.where(Delivery.state == "sent")).first() is not None


def states(bot: Bot, mails: list[int]) -> list[str]:
    with bot.session_factory() as session:
        query = select(Delivery.state).where(Delivery.id.in_(mails)).order_by(Delivery.id)
        return list(session.scalars(query))


def change(bot: Bot, mail: int, **values: Any) -> None:
    with bot.session_factory.begin() as session:
        one = session.get_one(Delivery, (bot.school.workspace_id, mail))
        for name, value in values.items():
            setattr(one, name, value)


def take_back(bot: Bot, message: Message, words: str) -> None:
    assert bot.slack.click(RUIZ, message, Action.TAKE_BACK).ok
    bot.slack.wait_for_message(RUIZ, "", words)


def test_what_has_not_gone_is_taken_back_and_the_message_shows_it(bot: Bot) -> None:
    (mail,) = mails = send_mails(bot)
    message = offered(bot, mail)
    take_back(bot, message, r"^Taken back\.")
    assert states(bot, mails) == ["taken_back"]
    bot.slack.wait_until(lambda: Action.TAKE_BACK not in buttons(message))
    assert "Maya Okafor" in full_text(message)


def test_what_has_gone_is_said_to_have(bot: Bot) -> None:
    (mail,) = mails = send_mails(bot)
    message = offered(bot, mail)
    change(bot, mail, state="sent", finished_at=bot.clock(), first_attempt_at=bot.clock())
    take_back(bot, message, "It has gone already.")
    assert states(bot, mails) == ["sent"]


def test_a_second_click_finds_it_taken_back(bot: Bot) -> None:
    (mail,) = send_mails(bot)
    message = offered(bot, mail)
    stale = Message(message.ts, message.channel, "U0BOT", "-", list(message.blocks), from_app=True)
    take_back(bot, message, r"^Taken back\.")
    take_back(bot, stale, "It was taken back already.")


def test_all_that_went_out_together_is_taken_back_together(bot: Bot) -> None:
    mails = send_mails(bot, 3)
    send_mails(bot)
    take_back(bot, offered(bot, mails[1]), r"^Taken back\.")
    assert states(bot, mails) == ["taken_back"] * 3
    with bot.session_factory() as session:
        kept = session.scalars(select(Delivery).where(Delivery.state == "waiting")).all()
    assert [one.kind for one in kept if one.medium == "mail"] == ["meeting_moved_mail"]


def test_where_some_have_gone_the_rest_is_taken_back(bot: Bot) -> None:
    mails = send_mails(bot, 3)
    change(bot, mails[0], state="sending", first_attempt_at=bot.clock(), lease_until=bot.clock())
    take_back(bot, offered(bot, mails[1]), "2 of 3 taken back; 1 has gone already.")
    assert states(bot, mails)[1:] == ["taken_back"] * 2


def test_what_was_withdrawn_meanwhile_is_not_sent_anyway(bot: Bot) -> None:
    (mail,) = send_mails(bot)
    message = offered(bot, mail)
    change(bot, mail, state="closed", finished_at=bot.clock())
    take_back(bot, message, "It is not sent any more.")


@pytest.mark.parametrize("is_there", [True, False])
def test_nobody_takes_back_what_another_sends(bot: Bot, is_there: bool) -> None:
    (mail,) = mails = send_mails(bot)
    forged = forge(bot, MOSS, Action.TAKE_BACK, Ref(delivery=mail if is_there else 12345))
    bot.slack.click(MOSS, forged, Action.TAKE_BACK)
    bot.slack.wait_for_message(MOSS, "", "None of your messages is that one.")
    assert states(bot, mails) == ["waiting"]


def test_when_the_time_is_over_the_button_goes(bot: Bot) -> None:
    (mail,) = send_mails(bot)
    message = offered(bot, mail)
    with bot.session_factory.begin() as session:
        place = bot.school.workspace_id, user(session).id, message.channel, message.ts
        shown = message_at(session, *place)
        assert shown is not None
        sent = session.get_one(Delivery, (bot.school.workspace_id, mail))
        assert can_be_taken_back(sent, bot.clock())
        again = {"due": sent.due_at, "now": bot.clock()}
        first = show_again(session, shown, **again, key="over")
        assert show_again(session, shown, **again, key="over").id == first.id
        assert not can_be_taken_back(sent, sent.due_at)
    bot.clock.ahead += WINDOW
    bot.services.wake()
    bot.slack.wait_until(lambda: Action.TAKE_BACK not in buttons(message))
    reports = [one for one in bot.slack.messages(RUIZ) if "Maya Okafor" in full_text(one)]
    assert reports == [message]


def test_a_message_that_stands_nowhere_is_not_shown_again(bot: Bot) -> None:
    with bot.session_factory.begin() as session:
        now, workspace_id = bot.clock(), bot.school.workspace_id
        never = enqueue(
            "student_report",
            {"student": bot.school.students["Maya Okafor"]},
            session=session,
            workspace_id=workspace_id,
            unique_key="never",
            recipient_id=user(session).id,
            channel=None,
            now=now,
            due_at=now + WINDOW,
        )
        again = show_again(session, never, due=now, now=now, key="again").id
    bot.services.wake()
    bot.slack.wait_until(lambda: states(bot, [again]) == ["closed"])


def test_the_words_say_how_long_there_is() -> None:
    assert take_back_words(WINDOW) == "You can take this back for 30 s."


def test_a_card_is_made_anew_though_its_record_has_not_changed(bot: Bot) -> None:
    card = schedule(bot)
    bot.slack.wait_until(lambda: is_known(bot, card))
    card.blocks.append({"type": "actions", "block_id": "o", "elements": [take_back_button(1)]})
    with bot.session_factory.begin() as session:
        place = bot.school.workspace_id, user(session).id, card.channel, card.ts
        shown = message_at(session, *place)
        assert shown is not None
        show_again(session, shown, due=bot.clock(), now=bot.clock(), key="again")
    bot.services.wake()
    bot.slack.wait_until(lambda: Action.TAKE_BACK not in buttons(card))
    assert "one-on-one with Maya Okafor" in full_text(card)
