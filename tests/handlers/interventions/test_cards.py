"""The card of what was done: sent, taken back, rated and undone where it stands."""

from sqlalchemy import select

from handlers.ids import Action
from handlers.views.interventions.rating import rating_menu
from sandbox import full_text
from school.models import StudentReply, TeacherMessage
from tests.handlers.conftest import Bot
from tests.handlers.interventions.support import card, intervention, labels, send, until
from tests.handlers.meetings.support import press
from tests.handlers.school import RUIZ

LEO = "U0LEO"


def test_a_message_that_is_taken_back_never_goes_and_its_card_says_so(bot: Bot) -> None:
    number = send(bot)
    shown = card(bot)
    assert "Message being sent\n by you" in full_text(shown)  # in two styles
    assert "Leo" not in shown.text
    assert labels(shown)[0] == "Take back"
    assert "You can take this back for 30 s." in full_text(shown)
    for answer in ("Taken back.", "It was taken back already."):
        press(bot, shown, Action.TAKE_BACK)
        bot.slack.wait_for_message(RUIZ, "", answer)
    until(bot, shown, lambda words: "Message taken back" in words)
    assert labels(shown) == []
    assert intervention(bot, number).withdrawn_at is not None
    bot.outbox.drain_once()
    assert bot.slack.messages(LEO) == []


def test_what_has_gone_loses_its_button_by_itself(bot: Bot) -> None:
    send(bot, seconds=0.3)
    shown = card(bot)
    bot.slack.wait_for_message(LEO)
    until(bot, shown, lambda words: "Message sent" in words)
    assert "Take back" not in labels(shown)
    assert "Rate" in labels(shown)


def test_what_cannot_be_sent_is_told_on_the_card(bot: Bot) -> None:
    shown_to = bot.slack.workspace.people.pop(LEO)
    send(bot, seconds=0.1)
    shown = card(bot)
    until(bot, shown, lambda words: "no way to reach them" in words)
    assert not {"Take back", "Rate"} & set(labels(shown))
    assert shown_to.id == LEO


def test_a_rating_is_kept_from_the_card_and_taken_away(bot: Bot) -> None:
    number = send(bot, seconds=0.1)
    shown = card(bot)
    until(bot, shown, lambda words: "Message sent" in words)
    four, clear = (rating_menu(number, 4)["options"][at]["value"] for at in (3, -1))
    for _twice in range(2):
        assert bot.slack.choose(RUIZ, shown, Action.RATE_INTERVENTION, four).ok
    until(bot, shown, lambda words: "Your rating: 4 of 5 (well)" in words)
    assert "Rated 4 of 5" in labels(shown)
    assert intervention(bot, number).effectiveness_rating == 4
    assert bot.slack.choose(RUIZ, shown, Action.RATE_INTERVENTION, clear).ok
    until(bot, shown, lambda words: "Your rating" not in words)
    assert intervention(bot, number).effectiveness_rating is None


def test_a_reply_is_on_the_card_with_its_time(bot: Bot) -> None:
    send(bot, seconds=0.1)
    shown = card(bot)
    bot.slack.wait_for_message(LEO)
    until(bot, shown, lambda words: "Message sent" in words)
    bot.slack.say(LEO, "", "Sorry, I was sick. I'll practice today!")
    until(bot, shown, lambda words: "answered" in words and "I was sick" in words)
    with bot.session_factory() as session:
        assert len(session.scalars(select(StudentReply)).all()) == 1
        assert session.scalars(select(TeacherMessage)).one().is_read
