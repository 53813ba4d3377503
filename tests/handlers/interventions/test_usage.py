"""How Homeroom is used, in Slack: opened at once, its last figure worked out class by class."""

from collections.abc import Callable
from typing import Any

import pytest

from analytics.effects import Improved
from handlers.modals import usage
from interventions.usage import improved_of
from school.models import InterventionType
from tests.handlers.conftest import Bot
from tests.handlers.interventions.support import do
from tests.handlers.meetings.support import words_in
from tests.handlers.school import RUIZ

ADMIN = "U0ADMIN"
TUTORING = InterventionType.PEER_TUTORING


def open_usage(bot: Bot) -> None:
    assert bot.slack.command(ADMIN, "#general", "/homeroom", "usage").ok


def says(bot: Bot, words: str) -> None:
    bot.slack.wait_until(lambda: words in words_in(bot.slack.modal(ADMIN)), what=words)


def test_administrators_see_how_it_is_used_and_teachers_are_told_for_whom_that_is(bot: Bot) -> None:
    bot.ask("/student-report", "Leo Park")
    bot.slack.wait_for_message(RUIZ, "", "Your report is ready.")
    open_usage(bot)
    says(bot, "Looked at a report, last 7 days")
    assert "1 of " in words_in(bot.slack.modal(ADMIN))
    refused = bot.ask("/homeroom", "usage")
    assert "administrators alone" in refused.text


def test_while_the_last_figure_is_worked_out_the_others_are_there(
    start_bot: Callable[..., Bot], monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = start_bot(progress_every=-1)
    do(bot, TUTORING, days=30)

    def meanwhile(*asked: Any, **more: Any) -> Improved:
        says(bot, "being worked out: 0 of 1 classes so far")
        assert "Looked at a report, last 7 days" in words_in(bot.slack.modal(ADMIN))
        return improved_of(*asked, **more)

    monkeypatch.setattr(usage, "improved_of", meanwhile)
    open_usage(bot)
    says(bot, "too few to tell (0 so far of whom it can be said)")


def test_where_it_cannot_be_worked_out_it_says_so(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_asked: Any, **_more: Any) -> Improved:
        raise RuntimeError

    do(bot, TUTORING, days=30)
    monkeypatch.setattr(usage, "improved_of", broken)
    open_usage(bot)
    says(bot, "Something broke on my side. Reference ")


def test_nobody_goes_on_for_a_modal_that_is_closed(
    start_bot: Callable[..., Bot], monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = start_bot(progress_every=-1)
    do(bot, TUTORING, days=30)
    monkeypatch.setattr(usage, "judged_classes", lambda *_asked, **_more: range(1, 100))
    looked: list[Any] = []

    def closing(_who: int, some: Any, **_more: Any) -> Improved:
        bot.slack.close(ADMIN, everything=True)
        looked.append(some)
        return Improved(0, 0, 0.0)

    monkeypatch.setattr(usage, "improved_of", closing)
    open_usage(bot)
    updates = bot.slack.ledger.calls
    bot.slack.wait_until(
        lambda: any(not one.accepted for one in updates("views.update")), what="a refusal"
    )
    assert len(looked) == 1
    assert bot.slack.modal(ADMIN) is None
    assert bot.slack.messages(ADMIN, "") == []
