"""How deliveries stand, in an administrator's Home and its modal."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from handlers.ids import Action
from sandbox import View
from school.database import SessionFactory
from school.models import AuditEntry, Delivery, DeliveryState, Gate, Timer, User, new_id
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ
from tests.handlers.test_actions import words_of
from tests.handlers.test_home import home

ADMIN = "U0ADMIN"
ALL_SENT = "All is sent."


@pytest.fixture
def quiet(start_bot: Callable[..., Bot]) -> Bot:
    """A bot whose outbox looks once an hour: what is laid out stays as it is."""
    return start_bot(poll_interval=3600)


def lay(bot: Bot, count: int = 1, *, to: str | None = RUIZ, **values: Any) -> None:
    """So many deliveries, due in an hour unless said."""
    now = bot.clock()
    with bot.session_factory.begin() as session:
        user = session.scalar(select(User).where(User.slack_user_id == to)) if to else None
        for _number in range(count):
            key = new_id()
            plain = {
                "kind": "student_report",
                "lane": "interactive",
                "recipient_id": user.id if user else None,
                "queue": f"queue {key}",
                "payload": {"student": bot.school.students["Maya Okafor"]},
                "due_at": now + timedelta(hours=1),
                "created_at": now,
            }
            row = {**plain, **values}
            row.setdefault("next_attempt_at", row["due_at"])
            workspace_id = bot.school.workspace_id
            session.add(Delivery(workspace_id=workspace_id, id=key, unique_key=str(key), **row))


def failed(bot: Bot, count: int = 1, **values: Any) -> None:
    now = bot.clock()
    ended = {"state": DeliveryState.FAILED.value, "finished_at": now, "due_at": now}
    lay(bot, count, **{**ended, "error": "user_disabled", "reference": "7F3K", **values})


def delivery_words(view: View) -> str:
    """What Home says of deliveries, without the help below."""
    return words_of(view).partition("Delivery\n")[2].partition("What I can do")[0]


def labels(view: View) -> list[str]:
    """The labels of all buttons."""
    found: list[str] = []
    for block in view.blocks:
        elements = [*block.get("elements", []), block.get("accessory") or {}]
        found += [str(one["text"]["text"]) for one in elements if one.get("type") == "button"]
    return found


def test_where_all_is_sent_one_sentence_says_so(quiet: Bot) -> None:
    view = home(quiet, ADMIN)
    assert ALL_SENT in delivery_words(view)
    assert "Today: 0 sent" in delivery_words(view)
    assert labels(view)[-1:] == ["Refresh"]


def test_teachers_see_nothing_of_it(quiet: Bot) -> None:
    failed(quiet)
    view = home(quiet)
    assert "Delivery" not in words_of(view)
    assert "Refresh" not in labels(view)


def test_what_failed_is_told_with_reason_and_what_to_do(quiet: Bot) -> None:
    failed(quiet)
    words = delivery_words(home(quiet, ADMIN))
    assert "1 could not be sent in the last 14 days." in words
    assert "Not sent: student report for Ms Ruiz · today" in words
    assert "This person's Slack account is switched off, or I may not see it." in words
    assert "Reference 7F3K" in words
    assert "Maya" not in words


def test_home_shows_the_first_and_the_modal_all_in_pages(quiet: Bot) -> None:
    failed(quiet, 30)
    view = home(quiet, ADMIN)
    assert labels(view).count("Try again") == 3
    assert quiet.slack.click(ADMIN, view, Action.DELIVERIES).ok
    first = quiet.slack.wait_for_modal(ADMIN)
    assert words_of(first).count("Not sent:") == 20
    assert "Page 1 of 2" in words_of(first)
    quiet.slack.click(ADMIN, first, Action.DELIVERIES_PAGE + ":1")
    second = quiet.slack.wait_for_modal(ADMIN, lambda one: "Page 2 of 2" in words_of(one))
    assert words_of(second).count("Not sent:") == 10


def test_more_than_are_listed_are_counted(quiet: Bot) -> None:
    failed(quiet, 203)
    quiet.slack.click(ADMIN, home(quiet, ADMIN), Action.DELIVERIES)
    view = quiet.slack.wait_for_modal(ADMIN)
    for page in range(2, 11):
        quiet.slack.click(ADMIN, view, Action.DELIVERIES_PAGE + ":1")
        view = wait_for_page(quiet, f"Page {page} of 10")
    assert "And 3 more." in words_of(view)


def wait_for_page(bot: Bot, words: str) -> View:
    return bot.slack.wait_for_modal(ADMIN, lambda one: words in words_of(one))


def test_trying_again_in_home_shows_home_anew(quiet: Bot) -> None:
    failed(quiet)
    view = home(quiet, ADMIN)
    assert quiet.slack.click(ADMIN, view, Action.TRY_AGAIN).ok
    quiet.slack.wait_until(lambda: "I am trying it again." in words_of(quiet.slack.home(ADMIN)))
    quiet.slack.wait_until(lambda: is_sent(quiet))
    quiet.slack.click(ADMIN, quiet.slack.wait_for_home(ADMIN), Action.REFRESH_HOME)
    quiet.slack.wait_until(lambda: ALL_SENT in words_of(quiet.slack.home(ADMIN)))


def is_sent(bot: Bot) -> bool:
    with bot.session_factory() as session:
        states = select(Delivery.state).where(Delivery.kind == "student_report")
        return session.scalars(states).all() == ["sent"]


def test_trying_again_in_the_modal_shows_the_page_anew(quiet: Bot) -> None:
    failed(quiet)
    failed(quiet, kind="greeting", error="channel_not_found")
    quiet.slack.click(ADMIN, home(quiet, ADMIN), Action.DELIVERIES)
    shown = quiet.slack.wait_for_modal(ADMIN)
    assert labels(shown).count("Try again") == 1  # Nobody wants a greeting any more.
    quiet.slack.click(ADMIN, shown, Action.TRY_AGAIN)
    told = quiet.slack.wait_for_modal(ADMIN, lambda one: "I am trying" in words_of(one))
    assert labels(told).count("Try again") == 0


def test_of_two_administrators_the_second_learns_that_it_is_under_way(quiet: Bot) -> None:
    failed(quiet)
    quiet.slack.faults.set("chat.postMessage", "ratelimited", retry_after=60, times=1)
    view = home(quiet, ADMIN)
    quiet.slack.click(ADMIN, view, Action.TRY_AGAIN)
    quiet.slack.click(ADMIN, view, Action.TRY_AGAIN)
    said = "It is being tried again already."
    quiet.slack.wait_until(lambda: said in words_of(quiet.slack.home(ADMIN)))


def test_what_waits_and_what_is_planned_is_counted(quiet: Bot) -> None:
    now = quiet.clock()
    lay(quiet, 3, due_at=now - timedelta(seconds=12), next_attempt_at=now + timedelta(hours=1))
    lay(quiet, 2)
    words = delivery_words(home(quiet, ADMIN))
    assert "Nothing is late. 3 are waiting, the oldest for 1" in words
    assert "2 planned for later" in words
    quiet.slack.click(ADMIN, home(quiet, ADMIN), Action.DELIVERIES)
    assert "3 student reports, since today" in words_of(quiet.slack.wait_for_modal(ADMIN))


def late(bot: Bot, **values: Any) -> str:
    """What is said of one that was due 25 minutes ago."""
    due, then = bot.clock() - timedelta(minutes=25), bot.clock() + timedelta(hours=1)
    lay(bot, **{"due_at": due, "next_attempt_at": then, **values})
    return delivery_words(home(bot, ADMIN))


def test_what_is_late_is_told_with_why(quiet: Bot) -> None:
    since = quiet.clock() - timedelta(minutes=20)
    words = late(quiet, failing_since=since, attempts=5, error="TimeoutError")
    assert "1 is late by 25 min." in words
    assert "Student report for Ms Ruiz · due" in words
    assert "next try at" in words
    assert "Slack gave no clear answer for too long." in words


def test_what_may_have_arrived_is_said_to_be_looked_for(quiet: Bot) -> None:
    state = {"state": DeliveryState.UNCERTAIN.value, "uncertain_at": quiet.clock()}
    assert "I look whether it has arrived" in late(quiet, **state)


def test_posts_that_slack_holds_back_are_said_to_be(quiet: Bot) -> None:
    until = quiet.clock() + timedelta(minutes=2)
    hold(quiet.session_factory, quiet.school.workspace_id, until)
    words = late(quiet)
    assert "Slack is holding posts back until" in words
    assert "held back until" in words


def hold(factory: SessionFactory, workspace_id: int, until: datetime) -> None:
    with factory.begin() as session:
        row = Gate(workspace_id=workspace_id, method="chat.postMessage", channel="")
        row.free_at = row.banned_until = until
        session.merge(row)


def test_timers_that_the_clock_leaves_are_told(quiet: Bot) -> None:
    due = quiet.clock() - timedelta(minutes=10)
    with quiet.session_factory.begin() as session:
        for number in range(2):
            timer = Timer(workspace_id=quiet.school.workspace_id, job="digest", subject="user 1")
            timer.occasion, timer.due_at, timer.next_attempt_at = str(number), due, due
            timer.created_at = due
            session.add(timer)
    words = delivery_words(home(quiet, ADMIN))
    assert "Nothing waits to be sent, but the clock is behind." in words
    assert "2 timers not acted on, the oldest due " in words


def test_looking_at_deliveries_opens_no_record(quiet: Bot) -> None:
    failed(quiet)
    view = home(quiet, ADMIN)
    before = audited(quiet)
    quiet.slack.click(ADMIN, view, Action.DELIVERIES)
    quiet.slack.wait_for_modal(ADMIN)
    assert audited(quiet) == before


def audited(bot: Bot) -> int:
    with bot.session_factory() as session:
        return len(session.scalars(select(AuditEntry)).all())


def test_who_is_no_administrator_any_more_gets_no_page(quiet: Bot) -> None:
    failed(quiet)
    view = home(quiet, ADMIN)
    with quiet.session_factory.begin() as session:
        query = select(User).where(User.slack_user_id == ADMIN)
        session.scalars(query).one().role = "teacher"
    quiet.slack.click(ADMIN, view, Action.DELIVERIES)
    told = words_of(quiet.slack.wait_for_modal(ADMIN))
    assert "for administrators of Homeroom alone" in told
    assert "student report" not in told
