"""Real processes, killed with -9 at random moments, while Slack makes trouble.

By the sandbox's ledger: nothing lost, nothing doubled, nothing called inside a ban.
"""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, text

from sandbox import SandboxServer
from sandbox.ledger import Call
from school.database import make_session_factory
from school.models import Delivery
from tests.bot.conftest import Clock, Post, lay_out_school
from tests.bot.support import hasty_settings

ROOT = Path(__file__).parents[3]
KILLS = 4
UNDER_WAY = 0.1
"""Seconds for which calls may still arrive that were under way when another was told to wait."""
TROUBLE = ("ratelimited", "server_error", "drop", "drop")


@contextmanager
def draining(post: Post, processes: int) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """So many processes that drain; all are gone at the end."""
    running = [start(post) for _ in range(processes)]
    try:
        yield running
    finally:
        for process in running:
            process.kill()
            process.wait()


def start(post: Post) -> "subprocess.Popen[bytes]":
    engine = post.session_factory.kw["bind"]
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.bot.outbox.draining", url, post.slack.api_url]
    return subprocess.Popen(command, cwd=ROOT)


def make_trouble(slack: SandboxServer, chance: random.Random) -> None:
    for method in ("chat.postMessage", "files.*", "conversations.*"):
        slack.faults.set(method, chance.choice(TROUBLE), retry_after=1)


def put_some(post: Post, turn: int) -> list[Delivery]:
    kinds = ("words", "words", "report", "audited", "pdf", "pack")
    return [post.put(f"{turn} {n}", to=n % 5 + 1, kind=kinds[n % len(kinds)]) for n in range(9)]


def test_killed_processes_lose_nothing_and_double_nothing(
    slack: SandboxServer, engine: Engine
) -> None:
    factory = make_session_factory(engine)
    post = Post(slack, factory, lay_out_school(factory), Clock(), hasty_settings())
    chance, deliveries, kills = random.Random(4), [], []
    processes = 1 if engine.dialect.name == "sqlite" else 2
    with draining(post, processes) as running:
        for turn in range(KILLS):
            deliveries += put_some(post, turn)
            make_trouble(slack, chance)
            slack.wait_until(partial(some_are_claimed, post), 20)
            time.sleep(chance.uniform(0, 0.4))
            victim = running.pop(0)
            victim.kill()
            victim.wait()
            kills.append(slack.workspace.clock())
            running.append(start(post))
        slack.faults.clear()
        slack.wait_until(post.finished(*deliveries), timeout=60)
    check_ledger(post, deliveries)
    assert calls_inside_a_ban(slack, kills) == []


def some_are_claimed(post: Post) -> bool:
    with post.session_factory() as session:
        return session.query(Delivery).filter(Delivery.lease_owner.is_not(None)).count() > 0


def calls_inside_a_ban(slack: SandboxServer, kills: list[float]) -> list[Call]:
    """Calls made inside a second of waiting that the app had been told of.

    A process that was killed with the news in its hands could tell nobody.
    """
    calls = slack.ledger.calls()
    told = [
        call
        for call in calls
        if call.outcome == "ratelimited"
        and not any(0 <= kill - call.at < UNDER_WAY for kill in kills)
    ]
    return [
        call
        for call in calls
        for ban in told
        if call.method == ban.method and UNDER_WAY < call.at - ban.at < 1
    ]


def posted(slack: SandboxServer) -> Counter[str]:
    """How often each delivery's mark is seen by anyone."""
    return Counter(
        block["block_id"]
        for to in range(1, 6)
        for message in slack.messages(f"U{to}")
        for block in message.blocks
        if str(block.get("block_id")).startswith("d-")
    )


def check_ledger(post: Post, deliveries: list[Delivery]) -> None:
    slack = post.slack
    # A shared file is shown once Slack has it ready, a little after its delivery is done.
    slack.wait_until(lambda: posted(slack).total() >= len(deliveries))
    assert posted(slack) == {f"d-{each.id}": 1 for each in deliveries}
    assert {post.row(each).state for each in deliveries} == {"sent"}
    if post.session_factory.kw["bind"].dialect.name == "sqlite":
        with post.session_factory() as session:
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
