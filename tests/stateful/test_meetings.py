"""Meetings are made, moved, cancelled and answered for while everything breaks; by a small model
everybody hears what they must, once, at its time, and never of a time that does not hold any more.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from sandbox import SandboxServer
from sandbox.mailbox import Mailbox
from school.database import make_engine, make_session_factory
from school.models import Base
from tests.stateful.machine import Meetings
from tests.stateful.world import DoomedMailer, World, lay_out_school

USUAL = 14
EXAMPLES = int(os.environ.get("HOMEROOM_STATEFUL_EXAMPLES", USUAL))
STEPS = 30


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as server:
        yield server


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A database with the school in it, to be copied for each run."""
    path = tmp_path / "template.db"
    engine = make_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    with make_session_factory(engine).begin() as session:
        lay_out_school(session)
    engine.dispose()
    return path


def test_meetings_against_a_model(
    slack: SandboxServer, mailbox: Mailbox, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outbox.outbox.Mailer", DoomedMailer)
    runs = iter(range(1_000_000))

    def make_world() -> World:
        path = template.with_name(f"run{next(runs)}.db")
        shutil.copy(template, path)
        mailbox.clear()
        slack.faults.clear()
        slack.ledger.clear()
        with slack.workspace.change():
            for conversation in list(slack.workspace.conversations.values()):
                if conversation.is_im:
                    del slack.workspace.conversations[conversation.id]
        return World(path, slack, mailbox)

    class Run(Meetings):
        pass

    Run.make_world = staticmethod(make_world)
    run_state_machine_as_test(
        Run,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=EXAMPLES == USUAL,
            print_blob=True,
            phases=(Phase.explicit, Phase.generate),
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
