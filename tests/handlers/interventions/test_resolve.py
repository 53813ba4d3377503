"""Resolving an alert in Slack: the form, its errors, and who was first."""

import pytest
from sqlalchemy import select

from handlers.codec import Ref
from handlers.ids import Act, Action
from handlers.views.blocks import actions, button
from interventions.alerts import mark_alert_resolved
from sandbox import View
from school.models import Alert, ClassTeacher, Intervention
from tests.handlers.conftest import Bot
from tests.handlers.interventions.support import card, labels, raise_alert, until, user
from tests.handlers.meetings.support import press, told, words_in
from tests.handlers.school import RUIZ
from tests.handlers.test_actions import asked, words_of

DONE: dict[str, str] = {
    Action.RESOLVE_ACTION: "family",
    Action.RESOLVE_NOTES: "He was away & is back.",
}


def click(bot: Bot, ref: Ref) -> None:
    """A button for a reference is clicked, in a message of ours."""
    report = asked(bot)
    offer = button("Resolve", Action.ACT, ref.encode(), number=9)
    report.blocks.append(actions(offer, block_id="offer"))
    bot.slack.click(RUIZ, report, f"{Action.ACT}:9")


def form(bot: Bot, ref: Ref) -> View:
    """The form that it opens."""
    click(bot, ref)
    return bot.slack.wait_for_modal(RUIZ)


def of_alert(alert: int) -> Ref:
    return Ref(act=Act.RESOLVE.value, alert=alert)


def of_leo(bot: Bot) -> Ref:
    return Ref(act=Act.RESOLVE.value, student=bot.school.students["Leo Park"])


def alerts(bot: Bot) -> list[tuple[str, bool]]:
    with bot.session_factory() as session:
        rows = session.scalars(select(Alert).order_by(Alert.id))
        return [(one.state, one.closed_at is None) for one in rows]


def test_an_alert_is_resolved_once_and_undone_from_its_card(bot: Bot) -> None:
    number = raise_alert(bot)
    view = form(bot, of_alert(number))
    assert "No practice, high" in words_in(view)
    opened = view.body
    for _twice in range(2):
        view.body = opened
        outcome = bot.slack.submit(RUIZ, view, DONE)
        assert outcome.ok, outcome.field_errors
        assert "Resolved." in words_of(outcome.view)
    shown = card(bot)
    until(bot, shown, lambda words: "No practice: Talked with the family" in words)
    until(bot, shown, lambda words: "Notes: He was away & is back." in words)
    assert alerts(bot) == [("resolved", False)]
    press(bot, shown, Action.UNDO_INTERVENTION)
    until(bot, shown, lambda words: "Alert opened again" in words)
    assert labels(shown) == []
    assert alerts(bot) == [("open", True)]
    with bot.session_factory() as session:
        assert len(session.scalars(select(Intervention)).all()) == 1


def test_of_several_one_is_chosen(bot: Bot) -> None:
    raise_alert(bot)
    second = raise_alert(bot, "declining")
    view = form(bot, of_leo(bot))
    assert "Declining, high" in words_in(view)
    outcome = bot.slack.submit(RUIZ, view, DONE)
    assert not outcome.ok
    picked = {**DONE, Action.RESOLVE_ALERT: Ref(alert=second, version=1).encode()}
    assert bot.slack.submit(RUIZ, view, picked).ok
    assert alerts(bot) == [("open", True), ("resolved", False)]


def test_nothing_open_says_so(bot: Bot) -> None:
    assert "no open alert" in words_in(form(bot, of_leo(bot)))


def test_only_one_open_is_the_one_and_bad_input_lands_on_its_field(bot: Bot) -> None:
    raise_alert(bot)
    view = form(bot, of_leo(bot))
    assert Action.RESOLVE_ALERT not in words_in(view)
    outcome = bot.slack.submit(RUIZ, view, {**DONE, Action.RESOLVE_NOTES: " " * 5})
    assert outcome.ok
    assert alerts(bot) == [("resolved", False)]


def test_who_comes_later_is_told_who_was_first(bot: Bot) -> None:
    number = raise_alert(bot)
    with bot.session_factory.begin() as session:
        row = {"workspace_id": bot.school.workspace_id, "class_id": bot.school.maths}
        session.add(ClassTeacher(**row, user_id=user(session, "U0MOSS").id, role="co-teacher"))
    late = form(bot, of_alert(number))
    with bot.session_factory.begin() as session:
        moss = user(session, "U0MOSS").id
        mark_alert_resolved(moss, number, "", "Talked", session=session, now=bot.clock())
    outcome = bot.slack.submit(RUIZ, late, DONE)
    assert "Already resolved by Mr Moss at" in outcome.field_errors[Action.RESOLVE_ACTION]
    bot.slack.close(RUIZ, everything=True)
    click(bot, of_alert(number))
    told(bot, "Already resolved by Mr Moss at")


@pytest.mark.parametrize("ref", [Ref(act="resolve", alert=999), Ref(act="resolve", student=999)])
def test_what_is_not_there_opens_nothing(bot: Bot, ref: Ref) -> None:
    click(bot, ref)
    told(bot, "None of your")
    assert bot.slack.modal(RUIZ) is None
