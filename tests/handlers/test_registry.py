"""Whatever can be done is registered, in the manifest and in the docs."""

import json
from pathlib import Path

import pytest

from handlers.codec import Ref
from handlers.deliveries import BUILDERS
from handlers.ids import Action, Command, Event, Kind, Modal
from handlers.registry import ACTIONS, COMMANDS, EVENTS, OPTIONS, VIEWS
from handlers.saving import kind_of

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


@pytest.mark.parametrize("command", list(Command))
def test_every_command_stands_in_the_docs(command: Command) -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    assert any(command.value in page.read_text(encoding="utf-8") for page in pages)


def test_every_action_and_modal_is_answered() -> None:
    assert set(ACTIONS) == set(Action)
    assert set(OPTIONS) <= set(Action)
    assert set(VIEWS) == set(Modal) - {Modal.SKILLS, Modal.NOTE}  # These two are only read.


def test_every_kind_of_delivery_has_a_builder() -> None:
    assert set(BUILDERS) == {kind.value for kind in Kind}
    assert kind_of(Ref(student=1)) is Kind.STUDENT_REPORT
    assert kind_of(Ref(class_id=1)) is Kind.CLASS_REPORT
