"""Each act happens once, by what its receivers got: through kills, double submits and repeats.

Every form is filled in and captured as Slack would send it. Each round sends all of them twice at
the same moment, kills the process at a random moment meanwhile, starts it anew, and sends each once
more, as a person does who saw "We had some trouble".
"""

import os
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sandbox import SandboxServer
from sandbox.config import parse_config
from sandbox.courier import Envelope
from sandbox.mailbox import Mailbox
from sandbox.people import payloads
from sandbox.records import View
from tests.bot.calendar.radicale import Radicale
from tests.bot.calendar.radicale import running as running_calendar
from tests.e2e.flows import school
from tests.e2e.flows.conftest import plan, serving_a_school
from tests.e2e.running import Running, until

ROUNDS = int(os.environ.get("HOMEROOM_ACT_ROUNDS", "2"))
SETTLED_WITHIN = 60
OPEN = (
    "SELECT count(*) FROM deliveries WHERE finished_at IS NULL AND lane != 'scheduled'"
    " OR finished_at IS NULL AND sender_id IS NOT NULL"
)


@dataclass
class Town:
    """A school with all that Homeroom talks to; the process is started and killed by the test."""

    folder: Path
    zone: str
    slack: SandboxServer
    mailbox: Mailbox
    calendar: Radicale
    bot: Running
    random: Random = field(default_factory=lambda: Random(5))

    def start(self) -> None:
        """A process that Slack reaches."""
        before = self.slack.sockets.count
        self.bot.__enter__()
        until(lambda: self.slack.sockets.count > before)

    def kill(self) -> None:
        """It ends as by a power cut."""
        self.bot.kill()
        until(lambda: self.slack.sockets.count == 0)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database says."""
        with sqlite3.connect(self.folder / "homeroom.db", timeout=20) as connection:
            return connection.execute(query, values).fetchall()

    def opened(self, words: str) -> View:
        """What a command opens."""
        assert self.slack.command(school.TEACHER, "", "/homeroom", words).ok, words
        return self.shown(lambda _view: True)

    def shown(self, holds: Callable[[View], bool]) -> View:
        """The form that the teacher sees, once it is the one that is meant."""
        found: list[View] = []

        def looked() -> bool:
            view = self.slack.modal(school.TEACHER)
            if view is not None and holds(view):
                found.append(view)
            return bool(found)

        until(looked)
        return found[0]

    def filled(self, view: View, entered: dict[str, Any]) -> Envelope:
        """The submission of a form, as Slack would send it."""
        for name, value in entered.items():
            self.slack.enter(school.TEACHER, view, found_block(view.blocks, name, value))
        self.previewed(view)
        trigger = self.slack.workspace.new_trigger(school.TEACHER, view.id)
        extra = {"response_urls": [], "trigger_id": trigger}
        payload = payloads.view_payload(self.slack.workspace, "view_submission", view, **extra)
        self.slack.close(school.TEACHER, view, everything=True)
        name = str(view.body["callback_id"])
        return Envelope("interactive", payload, "submit", name, school.TEACHER, wants_answer=True)

    def previewed(self, view: View) -> None:
        """Have a letter or a message shown as it stands, where the form has that."""
        names = [name for name, _ in buttons_in(view.blocks)]
        before = view.body
        for name in {"message_preview", "parent_preview"}.intersection(names):
            assert self.slack.click(school.TEACHER, view, name).ok
            until(lambda: view.body is not before)


def found_block(blocks: list[dict[str, Any]], action: str, value: Any) -> dict[str, Any]:
    """A value for the field with this action."""
    for block in blocks:
        if block.get("element", {}).get("action_id") == action:
            return {block["block_id"]: {action: value}}
    raise LookupError(action)


@pytest.fixture
def town(imported: tuple[Path, str], tmp_path: Path) -> Iterator[Town]:
    database, zone = imported
    (tmp_path / "homeroom.db").write_bytes(database.read_bytes())
    kept = tmp_path / "calendars"
    kept.mkdir()
    with (
        Mailbox() as mailbox,
        running_calendar(kept) as calendar,
        SandboxServer(parse_config(plan(zone)), mailbox=mailbox) as slack,
    ):
        calendar.make(school.TEACHER_MAIL)
        bot = serving_a_school(tmp_path, zone, slack, mailbox, calendar)
        bot.variables = {**bot.variables, "HOMEROOM_SEND_TIMEOUT": "2", "HOMEROOM_LEASE": "3"}
        bot.variables = {**bot.variables, "HOMEROOM_SETTLE_WAIT": "1"}
        found = Town(tmp_path, zone, slack, mailbox, calendar, bot)
        found.start()
        yield found
        found.bot.__exit__(None, None, None)


def forms(town: Town, number: int) -> list[Envelope]:
    """Each act's form, filled in for this round."""
    day = datetime.now(ZoneInfo(town.zone)).date() + timedelta(days=7)
    day -= timedelta(days=max(0, day.weekday() - 4))
    typed = {
        f"message {school.LEO}": {"message_text": f"Words of round {number}."},
        f"assign {school.NIA}": {"assignment_title": f"Practice of round {number}"},
        f"meet {school.LEO} {day.isoformat()} {9 + number}:00 parents": {
            "meeting_place": f"Room {number}"
        },
        f"parent {school.LEO}": {"parent_text": f"A letter of round {number}."},
    }
    return [
        *(town.filled(town.opened(words), entered) for words, entered in typed.items()),
        resolving(town, number),
        tutoring(town),
    ]


def resolving(town: Town, number: int) -> Envelope:
    """The form that resolves an alert, opened from the history; the alert is as of now."""
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ")
    town.rows(ALERT, f"kind {number}", now)
    town.opened(f"history {school.LEO}")
    history = town.shown(lambda view: "act=resolve" in str(view.blocks))
    button, value = next(one for one in buttons_in(history.blocks) if "act=resolve" in one[1])
    town.slack.click(school.TEACHER, history, button, value)
    form = town.shown(lambda view: "resolve_notes" in str(view.blocks))
    return town.filled(form, {"resolve_notes": f"Settled in round {number}."})


def tutoring(town: Town) -> Envelope:
    """The form that asks a tutor: the first of those offered, who are others in each round."""
    return town.filled(town.opened(f"tutor {school.NIA}"), {})


def buttons_in(blocks: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """The action and the value of each button of a view."""
    for block in blocks:
        for one in [*block.get("elements", []), block.get("accessory", {})]:
            if one.get("type") == "button" and one.get("value"):
                yield one["action_id"], one["value"]


def test_each_act_happens_once_whatever_happens_meanwhile(town: Town) -> None:
    for number in range(1, ROUNDS + 1):
        sent = forms(town, number)
        senders = [
            threading.Thread(target=town.slack.courier.deliver, args=(one,))
            for one in sent
            for _twice in range(2)
        ]
        for sender in senders:
            sender.start()
        time.sleep(town.random.uniform(0, 1.2))
        town.kill()
        for sender in senders:
            sender.join()
        town.start()
        for one in sent:
            assert town.slack.courier.deliver(one).ok
    until(lambda: town.rows(OPEN) == [(0,)], SETTLED_WITHIN)
    for number in range(1, ROUNDS + 1):
        assert happened(town, number) == dict.fromkeys(EXPECTED, 1)
    assert len(town.calendar.entries(school.TEACHER_MAIL)) == ROUNDS
    asked = [heard(town, who, "Fractions") for who in map(school.slack_of, school.CLASSMATES)]
    assert sum(asked) + heard(town, school.LEOS, "Fractions") == ROUNDS
    assert town.rows("SELECT count(*) FROM tutoring_pairs") == [(ROUNDS,)]
    assert town.rows("SELECT DISTINCT state FROM alerts") == [("resolved",)]
    kinds = Counter(kind for (kind,) in town.rows("SELECT intervention_type FROM interventions"))
    assert set(kinds.values()) == {ROUNDS}, kinds


ALERT = (
    "INSERT INTO alerts (workspace_id, class_id, student_id, kind, severity, state, evidence,"
    " version, raised_at) SELECT workspace_id, 1, id, ?, 'high', 'open', '{}', 1, ?"
    " FROM students WHERE given_name = 'Leo'"
)
EXPECTED = ("message", "assignment", "parent", "meeting", "invited", "teacher")


def happened(town: Town, number: int) -> dict[str, int]:
    """How often each receiver got what was done in a round."""
    letters = {
        mail.message_id
        for mail in town.mailbox.mails(to=school.MOTHER_MAIL)
        if f"round {number}." in str(mail.message)
    }
    invited = {
        (mail.to, mail.message_id)
        for mail in town.mailbox.mails()
        if f"Room {number}" in str(mail.message)
    }
    who = Counter(to for to, _ in invited)
    meetings = town.rows("SELECT count(*) FROM meetings WHERE location = ?", f"Room {number}")
    return {
        "message": heard(town, school.LEOS, f"round {number}."),
        "assignment": heard(town, school.NIAS, f"round {number}"),
        "parent": len(letters),
        "meeting": meetings[0][0],
        "invited": who[school.MOTHER_MAIL],
        "teacher": who[school.TEACHER_MAIL],
    }


def heard(town: Town, person: str, words: str) -> int:
    """How many messages of the app that say this somebody has."""
    return sum(words in str(one.blocks) for one in town.slack.messages(person))
