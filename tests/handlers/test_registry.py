"""Whatever can be done is registered, in the manifest and in the docs."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App, BoltRequest, BoltResponse
from sqlalchemy import text

from bot.bolt import build_bolt_app
from handlers.ask import Ask
from handlers.codec import Ref
from handlers.deliveries import BUILDERS, ENTRIES, mails
from handlers.ids import Action, Command, Event, Kind, Modal, Shortcut
from handlers.listening import Listener
from handlers.registry import ACTIONS, COMMANDS, EVENTS, OPTIONS, SHORTCUTS, VIEWS, register
from handlers.saving import kind_of
from handlers.services import Services
from school.database import SessionFactory
from tests.handlers.conftest import authorizing, quick
from tests.handlers.school import RUIZ, TEAM
from tests.handlers.test_listeners import Desk

ROOT = Path(__file__).parent.parent.parent


def test_every_command_is_answered_and_stands_in_the_manifest() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    declared = {one["command"] for one in manifest["features"]["slash_commands"]}
    assert declared == set(Command) == set(COMMANDS)


def test_every_event_is_answered_and_stands_in_the_manifest() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    declared = {one.split(".")[0] for one in events}
    assert declared == set(Event) == set(EVENTS)


def test_every_shortcut_is_answered_and_stands_in_the_manifest_and_the_docs() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    declared = {one["callback_id"]: one["name"] for one in manifest["features"]["shortcuts"]}
    assert set(declared) == set(Shortcut) == set(SHORTCUTS)
    page = (ROOT / "docs" / "slack-app.md").read_text(encoding="utf-8")
    assert all(f"`{one}`, *{name}*" in page for one, name in declared.items())
    assert all(len(name) <= 24 for name in declared.values())  # Slack's limit


@pytest.mark.parametrize("command", list(Command))
def test_every_command_stands_in_the_docs(command: Command) -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    assert any(command.value in page.read_text(encoding="utf-8") for page in pages)


def test_every_action_and_modal_is_answered() -> None:
    assert set(ACTIONS) == set(Action)
    assert set(OPTIONS) <= set(Action)
    only_read = {Modal.SKILLS, Modal.NUMBERS, Modal.NOTE, Modal.DELIVERIES, Modal.WAITING}
    only_read |= {Modal.TEMPLATES, Modal.HISTORY, Modal.WHAT_WORKS, Modal.USAGE}
    assert set(VIEWS) == set(Modal) - only_read


def test_every_kind_of_delivery_has_a_builder() -> None:
    assert {*BUILDERS, *mails(None), *ENTRIES} == {kind.value for kind in Kind}
    assert kind_of(Ref(student=1)) is Kind.STUDENT_REPORT
    assert kind_of(Ref(class_id=1)) is Kind.CLASS_REPORT


def tell_bolt(app: App, body: dict[str, Any]) -> BoltResponse:
    """Bolt's answer to what Slack sends."""
    return app.dispatch(BoltRequest(body=body, mode="socket_mode"))


@pytest.fixture
def services(factory: SessionFactory) -> Services:
    return Services(factory, Desk(), quick(), lambda: datetime.now(UTC), lambda: None)


@pytest.fixture
def listening(services: Services, monkeypatch: pytest.MonkeyPatch) -> Callable[[Listener], App]:
    """A Bolt app in which one listener of ours answers `/homeroom`, clicks of links and a modal."""

    def register_only(listener: Listener) -> App:
        monkeypatch.setattr("handlers.registry.COMMANDS", {Command.HOMEROOM: listener})
        monkeypatch.setattr("handlers.registry.ACTIONS", {Action.OPEN_LINK: listener})
        monkeypatch.setattr("handlers.registry.VIEWS", {Modal.CUSTOM_RANGE: listener})
        app = build_bolt_app(services.settings, authorizing("xoxb-1"))
        register(app, services)
        return app

    return register_only


def acknowledge_and_break(ask: Ask, _services: Services) -> None:
    ask.ack()
    raise RuntimeError


def break_at_once(_ask: Ask, _services: Services) -> None:
    raise RuntimeError


WHO = {"team": {"id": TEAM}, "user": {"id": RUIZ}}
COMMAND_BODY = {"command": "/homeroom", "text": "", "team_id": TEAM, "user_id": RUIZ}
CLICK_BODY = {
    **WHO,
    "type": "block_actions",
    "actions": [{"type": "button", "action_id": "open_link", "block_id": "b", "value": ""}],
}
MODAL_BODY = {
    **WHO,
    "type": "view_submission",
    "view": {"type": "modal", "callback_id": "custom_range", "private_metadata": ""},
}


@pytest.mark.parametrize("body", [COMMAND_BODY, CLICK_BODY, MODAL_BODY])
def test_what_breaks_right_after_the_acknowledgement_takes_it_not_back(
    listening: Callable[[Listener], App], body: dict[str, Any]
) -> None:
    app = listening(acknowledge_and_break)
    for _ in range(5):  # Whether Bolt sees the acknowledgement first is a matter of 10 ms.
        assert tell_bolt(app, body).status == 200


@pytest.mark.parametrize("body", [COMMAND_BODY, CLICK_BODY, MODAL_BODY])
def test_what_breaks_before_the_acknowledgement_is_told_at_once(
    listening: Callable[[Listener], App], body: dict[str, Any]
) -> None:
    assert tell_bolt(listening(break_at_once), body).status == 200


def test_a_modal_without_fields_is_replaced_by_the_words(
    listening: Callable[[Listener], App],
) -> None:
    answer = tell_bolt(listening(break_at_once), MODAL_BODY)
    told = json.loads(answer.body)
    assert told["response_action"] == "update"
    assert "Something broke on my side" in json.dumps(told["view"])


def test_a_database_that_is_away_altogether_still_gets_an_answer(
    listening: Callable[[Listener], App], factory: SessionFactory
) -> None:
    with factory.begin() as session:
        session.execute(text("ALTER TABLE workspaces RENAME TO lost"))
    assert tell_bolt(listening(break_at_once), CLICK_BODY).status == 200
