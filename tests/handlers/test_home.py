"""App Home and what people write to the bot."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from sqlalchemy import select

from handlers.acts import OPENERS
from handlers.ids import Act, Action
from sandbox import View, full_text
from school.models import AuditEntry
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ
from tests.handlers.test_actions import words_of

TITLES = {
    Act.MESSAGE: "Message Maya",
    Act.ASSIGN: "Practice for Maya",
    Act.MEET: "Meeting",
    Act.PARENT: "Tell Maya's parents",
    Act.TUTOR: "Tutor for Maya",
    Act.RESOLVE: "Resolve",
    Act.HISTORY: "History",
}


def home(bot: Bot, user: str = RUIZ) -> View:
    """What a person sees when they open Home."""
    bot.slack.open_home(user)
    return bot.slack.wait_for_home(user)


@contextmanager
def held(bot: Bot) -> Iterator[None]:
    """Somebody else's classes are looked at, and take long."""
    over = Event()
    bot.services.homes.begin("another", lambda: {"over": over.wait(10)})
    try:
        yield
    finally:
        over.set()


def test_home_shows_each_class_with_its_sentence(bot: Bot) -> None:
    words = words_of(home(bot))
    assert "Your classes" in words
    assert "Grade 5 Maths\nNone of 7 is on track; 6 need work on Fractions." in words
    assert "Science" not in words
    assert "/student-report Maya" in words


def test_where_sentences_take_long_all_else_is_there_before_them(
    start_bot: Callable[..., Bot],
) -> None:
    bot = start_bot(home_wait=0)
    bot.slack.open_home(RUIZ)
    published = bot.slack.ledger.calls
    bot.slack.wait_until(lambda: len(published("views.publish")) == 2, what="both")
    words = words_of(bot.slack.wait_for_home(RUIZ))
    assert "6 need work on Fractions." in words
    assert "One moment…" not in words


def test_a_home_that_waits_for_its_turn_is_there_without_its_sentences(
    start_bot: Callable[..., Bot],
) -> None:
    bot = start_bot(home_wait=0.05)
    with held(bot):
        words = words_of(home(bot))
        assert "Grade 5 Maths\nOne moment…" in words
        assert "/student-report Maya" in words
    bot.slack.wait_until(
        lambda: "6 need work on Fractions." in words_of(bot.slack.wait_for_home(RUIZ)),
        what="the sentence",
    )


def test_however_many_homes_wait_for_their_turn_commands_are_answered(
    start_bot: Callable[..., Bot],
) -> None:
    bot = start_bot(home_wait=0.05, listener_threads=2)
    with held(bot):
        for _ in range(4):
            bot.slack.open_home(RUIZ)
        assert bot.slack.command(RUIZ, "#general", "/homeroom", "help").ok
        bot.slack.wait_until(
            lambda: len(bot.slack.ledger.calls("views.publish")) == 4, what="all to have begun"
        )
    words = "6 need work on Fractions."
    bot.slack.wait_until(
        lambda: words in words_of(bot.slack.wait_for_home(RUIZ)), what="the sentence"
    )
    with bot.session_factory() as session:
        assert len(session.scalars(select(AuditEntry)).all()) == 1


def test_where_the_sentences_break_later_home_says_so(
    start_bot: Callable[..., Bot], monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = start_bot(home_wait=0)

    def broken(*_given: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("handlers.home.class_report", broken)
    bot.slack.open_home(RUIZ)
    bot.slack.wait_until(
        lambda: "Something broke on my side." in words_of(bot.slack.wait_for_home(RUIZ)),
        what="that it broke",
    )


def test_opening_home_is_in_the_audit_log(bot: Bot) -> None:
    home(bot)
    with bot.session_factory() as session:
        entries = session.scalars(select(AuditEntry)).all()
    assert [(one.purpose, one.class_id) for one in entries] == [("home", bot.school.maths)]


def test_the_report_button_sends_the_report_and_says_where(bot: Bot) -> None:
    view = home(bot)
    for _click in range(2):
        assert bot.slack.click(RUIZ, view, Action.HOME_REPORT).ok
    told = bot.slack.wait_for_modal(RUIZ)
    assert "The report on Grade 5 Maths is in your messages with me." in words_of(told)
    bot.report()
    bot.outbox.drain_once()
    assert len(bot.slack.messages(RUIZ)) == 1


def test_home_leads_to_the_settings(bot: Bot) -> None:
    assert bot.slack.click(RUIZ, home(bot), Action.OPEN_SETTINGS).ok
    assert "Quiet hours" in words_of(bot.slack.wait_for_modal(RUIZ))


def test_home_leads_to_each_act_for_a_student(bot: Bot) -> None:
    for act in OPENERS:
        assert bot.slack.click(RUIZ, home(bot), Action.HELP_STUDENT).ok
        view = bot.slack.wait_for_modal(RUIZ)
        [maya] = bot.slack.suggest(RUIZ, view, Action.CHOOSE_STUDENT, "Maya").options
        chosen: dict[str, Any] = {
            Action.CHOOSE_STUDENT: maya["value"],
            Action.CHOOSE_ACT: act.value,
        }
        outcome = bot.slack.submit(RUIZ, view, chosen)
        assert outcome.ok, (act, outcome.field_errors)
        title = bot.slack.wait_for_modal(RUIZ).body["title"]["text"]
        assert title == TITLES[act]
        bot.slack.close(RUIZ, everything=True)


def test_an_administrator_sees_every_class(bot: Bot) -> None:
    words = words_of(home(bot, "U0ADMIN"))
    assert "Grade 5 Maths\n" in words
    assert "Grade 6 Science\n" in words
    assert "/homeroom usage" in words
    assert "/homeroom usage" not in words_of(home(bot))


def test_a_teacher_without_classes_is_told_what_to_do(bot: Bot) -> None:
    bot.school.leave_all_classes(bot.session_factory)
    words = words_of(home(bot))
    assert "You have no classes here yet." in words
    assert "Help a student" not in words
    assert "What I can do for teachers" in words


def test_somebody_unknown_is_told_how_to_be_linked(bot: Bot) -> None:
    words = words_of(home(bot, "U0NOBODY"))
    assert "I do not know you as a teacher yet." in words
    assert "U0NOBODY" in words


def test_a_report_asked_for_in_a_home_of_yesterday_is_refused(bot: Bot) -> None:
    view = home(bot)
    bot.school.leave_all_classes(bot.session_factory)
    bot.slack.click(RUIZ, view, Action.HOME_REPORT)
    assert "None of your classes is that one." in words_of(bot.slack.wait_for_modal(RUIZ))


def test_the_other_tab_is_left_alone(bot: Bot) -> None:
    bot.slack.open_home(RUIZ, tab="messages")
    bot.slack.wait_until(lambda: bot.slack.ledger.acknowledgements("event"))
    assert bot.slack.home(RUIZ) is None


def test_a_message_is_answered_with_help(bot: Bot) -> None:
    bot.slack.say(RUIZ, "", "hello?")
    answer = bot.slack.wait_for_message(RUIZ, "", "I answer commands;")
    assert "/class-report Grade 5 Maths" in full_text(answer)


def test_a_message_of_somebody_unknown_is_answered_too(bot: Bot) -> None:
    bot.slack.say("U0NOBODY", "", "hello?")
    bot.slack.wait_for_message("U0NOBODY", "", "I do not know you as a teacher yet.")
    bot.slack.say("U0LEO", "", "hello?")
    bot.slack.wait_for_message("U0LEO", "", "Messages from your teachers reach you here.")


def test_a_repeated_event_is_answered_once(bot: Bot) -> None:
    channel = bot.slack.where(RUIZ).id
    event = {
        "type": "message",
        "channel": channel,
        "user": RUIZ,
        "text": "hi",
        "ts": "1.2",
        "channel_type": "im",
    }
    payload = {
        "type": "event_callback",
        "event_id": "Ev1",
        "team_id": "T0SANDBOX",
        "api_app_id": "A0SANDBOX",
        "event": event,
    }
    for _time in range(2):
        bot.slack.send_event(payload, "message.im", RUIZ)
    bot.slack.wait_until(lambda: len(bot.slack.ledger.acknowledgements("event")) == 2)
    bot.slack.wait_for_message(RUIZ, "", "I answer commands;")
    bot.outbox.drain_once()
    assert len(bot.slack.messages(RUIZ)) == 1
