"""Modals and App Home: triggers, stacks, hashes."""

import threading

import pytest
from slack_sdk import WebClient

from sandbox import SandboxServer
from tests.sandbox.support import RUIZ, SETTINGS, refusal
from tests.sandbox.toy import form, mrkdwn


def test_a_trigger_opens_one_view(slack: SandboxServer, client: WebClient) -> None:
    trigger = slack.workspace.new_trigger(RUIZ)
    opened = client.views_open(trigger_id=trigger, view=form())["view"]
    top = slack.modal(RUIZ)
    assert top is not None
    assert (top.id, opened["root_view_id"]) == (opened["id"], opened["id"])
    assert refusal(client.views_open, trigger_id=trigger, view=form()) == "exchanged_trigger_id"


def test_a_trigger_expires(slack: SandboxServer, client: WebClient) -> None:
    trigger = slack.workspace.new_trigger(RUIZ)
    threading.Event().wait(SETTINGS.trigger_seconds + 0.05)
    assert refusal(client.views_open, trigger_id=trigger, view=form()) == "expired_trigger_id"


def test_an_invented_trigger_is_invalid(client: WebClient) -> None:
    assert refusal(client.views_open, trigger_id="1.2.3", view=form()) == "invalid_trigger_id"


def test_a_refused_view_does_not_use_its_trigger_up(
    slack: SandboxServer, client: WebClient
) -> None:
    trigger = slack.workspace.new_trigger(RUIZ)
    broken = {**form(), "title": {"type": "plain_text", "text": "x" * 25}}
    assert refusal(client.views_open, trigger_id=trigger, view=broken) == "invalid_arguments"
    client.views_open(trigger_id=trigger, view=form())


def test_views_stack_three_high(slack: SandboxServer, client: WebClient) -> None:
    client.views_open(trigger_id=slack.workspace.new_trigger(RUIZ), view=form("One"))
    for title in ("Two", "Three"):
        below = slack.modal(RUIZ)
        assert below is not None
        trigger = slack.workspace.new_trigger(RUIZ, below.id)
        pushed = client.views_push(trigger_id=trigger, view=form(title))["view"]
        assert pushed["previous_view_id"] == below.id
    top = slack.modal(RUIZ)
    assert top is not None
    trigger = slack.workspace.new_trigger(RUIZ, top.id)
    assert refusal(client.views_push, trigger_id=trigger, view=form("Four")) == "push_limit_reached"


def test_a_push_needs_a_trigger_from_inside_the_modal(
    slack: SandboxServer, client: WebClient
) -> None:
    trigger = slack.workspace.new_trigger(RUIZ)
    assert refusal(client.views_push, trigger_id=trigger, view=form()) == "not_found"


def test_an_update_with_an_old_hash_conflicts(slack: SandboxServer, client: WebClient) -> None:
    trigger = slack.workspace.new_trigger(RUIZ)
    opened = client.views_open(trigger_id=trigger, view=form())["view"]
    update = client.views_update
    newer = update(view_id=opened["id"], hash=opened["hash"], view=form("Newer"))["view"]
    assert newer["hash"] != opened["hash"]
    assert (
        refusal(update, view_id=opened["id"], hash=opened["hash"], view=form()) == "hash_conflict"
    )
    assert refusal(update, view_id=opened["id"], hash="", view=form()) == "hash_conflict"
    update(view_id=opened["id"], view=form("Newest"))
    top = slack.modal(RUIZ)
    assert top is not None
    assert top.body["title"]["text"] == "Newest"


def test_a_view_may_be_found_by_the_apps_own_name(slack: SandboxServer, client: WebClient) -> None:
    named = {**form(), "external_id": "draft-1"}
    client.views_open(trigger_id=slack.workspace.new_trigger(RUIZ), view=named)
    client.views_update(external_id="draft-1", view={**form("Found"), "external_id": "draft-1"})
    top = slack.modal(RUIZ)
    assert top is not None
    assert top.body["title"]["text"] == "Found"
    trigger = slack.workspace.new_trigger(RUIZ)
    assert refusal(client.views_open, trigger_id=trigger, view=named) == "duplicate_external_id"


def test_what_is_not_open_cannot_be_updated(slack: SandboxServer, client: WebClient) -> None:
    trigger = slack.workspace.new_trigger(RUIZ)
    opened = client.views_open(trigger_id=trigger, view=form())["view"]
    slack.close(RUIZ)
    assert refusal(client.views_update, view_id=opened["id"], view=form()) == "not_found"
    assert (
        refusal(client.api_call, api_method="views.update", json={"view": form()})
        == "invalid_arguments"
    )
    assert refusal(client.api_call, api_method="views.update", json={}) == "invalid_arguments"
    with pytest.raises(LookupError):
        slack.submit(RUIZ)


def test_typed_values_stay_through_an_update(slack: SandboxServer, client: WebClient) -> None:
    trigger = slack.workspace.new_trigger(RUIZ)
    opened = client.views_open(trigger_id=trigger, view=form())["view"]
    view = slack.wait_for_modal(RUIZ)
    slack.enter(RUIZ, view, {"name": {"text": "half a na"}})
    updated = client.views_update(view_id=opened["id"], view=form("Newer"))["view"]
    values = updated["state"]["values"]
    assert values["name"]["text"] == {"type": "plain_text_input", "value": "half a na"}
    assert values["note"]["note"]["value"] == "as before"


def test_home_is_published_to_one_person_and_guards_its_hash(
    slack: SandboxServer, client: WebClient
) -> None:
    publish = client.views_publish
    home = {"type": "home", "blocks": [mrkdwn("One")]}
    first = publish(user_id=RUIZ, view=home)["view"]
    publish(user_id=RUIZ, hash=first["hash"], view={"type": "home", "blocks": [mrkdwn("Two")]})
    assert refusal(publish, user_id=RUIZ, hash=first["hash"], view=home) == "hash_conflict"
    assert slack.wait_for_home(RUIZ).blocks[0]["text"]["text"] == "Two"
    assert slack.home("U0PARK") is None
    assert refusal(publish, user_id=RUIZ, view=form()) == "invalid_arguments"
    assert refusal(publish, user_id="U0NOBODY", view=home) == "user_not_found"
