"""Forms: filling in, submitting, and what the app may answer."""

import pytest

from sandbox import SandboxServer, View
from sandbox.people.fields import REQUIRED, field_problems
from tests.sandbox.support import GENERAL, RUIZ, HttpBot, SocketBot
from tests.sandbox.toy import plain

Bot = SocketBot | HttpBot


def opened(slack: SandboxServer) -> View:
    """The form, open."""
    slack.command(RUIZ, GENERAL, "/ask")
    return slack.wait_for_modal(RUIZ)


def test_a_submission_carries_every_field_and_closes_the_form(
    slack: SandboxServer, bot: Bot
) -> None:
    view = opened(slack)
    outcome = slack.submit(RUIZ, view, {"text": "Maya", "note": {"note": "new"}})
    assert outcome.ok
    assert slack.modal(RUIZ) is None
    slack.wait_for_message(RUIZ, matching=r"Saved Maya \(new\)")


def test_what_the_form_requires_is_asked_for_before_the_app_hears(
    slack: SandboxServer, http_bot: HttpBot
) -> None:
    view = opened(slack)
    outcome = slack.submit(RUIZ, view)
    assert outcome.field_errors == {"name": REQUIRED}
    outcome = slack.submit(RUIZ, view, {"text": "x" * 21})
    assert outcome.field_errors == {"name": "Must be at most 20 characters long."}
    assert slack.ledger.acknowledgements("submit") == []


def test_errors_land_on_their_fields_and_the_form_stays(
    slack: SandboxServer, http_bot: HttpBot
) -> None:
    view = opened(slack)
    outcome = slack.submit(RUIZ, view, {"text": "wrong"})
    assert outcome.field_errors == {"name": "Not that name"}
    assert slack.modal(RUIZ) is view
    assert slack.submit(RUIZ, view, {"text": "right"}).ok


def test_errors_for_fields_that_are_not_there_are_trouble(
    slack: SandboxServer, http_bot: HttpBot
) -> None:
    outcome = slack.submit(RUIZ, opened(slack), {"text": "broken"})
    assert "trouble" in outcome.error
    assert slack.ledger.failures()[0].outcome == "invalid_response"


def test_an_answer_may_change_the_form_or_lay_another_on_it(
    slack: SandboxServer, http_bot: HttpBot
) -> None:
    view = opened(slack)
    assert slack.submit(RUIZ, view, {"text": "again"}).view is view
    assert view.body["title"]["text"] == "Again"
    top = slack.submit(RUIZ, view, {"text": "next"}).view
    assert top is not None
    assert top.previous_id == view.id
    slack.submit(RUIZ, top, {"text": "done"})
    assert slack.modal(RUIZ) is view


def test_an_answer_may_clear_everything(slack: SandboxServer, http_bot: HttpBot) -> None:
    view = opened(slack)
    slack.submit(RUIZ, view, {"text": "next"})
    slack.submit(RUIZ, None, {"text": "all"})
    assert slack.modal(RUIZ) is None


def test_a_push_upon_three_is_trouble(slack: SandboxServer, http_bot: HttpBot) -> None:
    opened(slack)
    slack.submit(RUIZ, None, {"text": "next"})
    slack.submit(RUIZ, None, {"text": "next"})
    outcome = slack.submit(RUIZ, None, {"text": "next"})
    assert "trouble" in outcome.error
    assert slack.ledger.failures()[0].outcome == "push_limit_reached"


def test_actions_inside_a_form_push_and_update(slack: SandboxServer, bot: Bot) -> None:
    view = opened(slack)
    slack.click(RUIZ, view, "refresh", entered={"name": {"text": "half"}})
    slack.wait_until(lambda: view.version == 2)
    assert view.body["title"]["text"] == "Newer goal"
    assert view.entered["name"]["text"] == "half"
    slack.click(RUIZ, view, "deeper")
    deeper = slack.wait_for_modal(RUIZ, lambda v: v.body["title"]["text"] == "Deeper goal")
    assert deeper.previous_id == view.id


def test_closing_is_told_where_the_form_asks_for_it(
    slack: SandboxServer, http_bot: HttpBot
) -> None:
    view = opened(slack)
    slack.close(RUIZ, view)
    assert slack.modal(RUIZ) is None
    slack.wait_for_message(RUIZ, matching="Given up")


def field(element: dict[str, object], entered: object, optional: bool = False) -> str:
    """What is wrong with one value in one field."""
    block = {
        "type": "input",
        "block_id": "b",
        "label": plain("L"),
        "optional": optional,
        "element": {"action_id": "a", **element},
    }
    view = View("V1", RUIZ, {"blocks": [block]}, "h", "V1", entered={"b": {"a": entered}})
    return field_problems(view).get("b", "")


@pytest.mark.parametrize(
    ("element", "entered", "problem"),
    [
        ({"type": "plain_text_input", "min_length": 3}, "ab", "Must be at least 3 characters"),
        ({"type": "plain_text_input"}, "", REQUIRED),
        ({"type": "checkboxes"}, [], REQUIRED),
        ({"type": "email_text_input"}, "nobody", "valid email"),
        ({"type": "email_text_input"}, "a@b.test", ""),
        ({"type": "url_text_input"}, "nowhere", "valid URL"),
        ({"type": "url_text_input"}, "https://b.test", ""),
        ({"type": "number_input", "is_decimal_allowed": True}, "many", "enter a number"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "whole number"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1", "at least 2"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "2"}, "3", "at most 2"),
        ({"type": "number_input", "is_decimal_allowed": True}, "2.5", ""),
    ],
)
def test_slack_judges_a_field_by_itself(
    element: dict[str, object], entered: object, problem: str
) -> None:
    found = field(element, entered)
    assert problem in found
    assert bool(problem) == bool(found)


def test_an_optional_field_may_stay_empty() -> None:
    assert field({"type": "plain_text_input"}, None, optional=True) == ""
