"""A school of many teachers, a local Slack and a bot, each a process of its own."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from handlers.cli.manifest import local_slack_app
from school.database import make_engine, make_session_factory
from school.demo import build_demo_school
from school.migrate import upgrade
from school.models import Class, ClassTeacher, User

ROOT = Path(__file__).parent.parent
TOKENS = {"bot_token": "xoxb-bench", "app_token": "xapp-bench", "signing_secret": "bench-secret"}
CHANNEL = "C0GENERAL"
NAIVE_CONNECTS = 8.0
"""Seconds until the naive bot, which does not say so, is surely connected."""
Data = dict[str, Any]


def teacher_ids(number: int) -> list[str]:
    """The Slack ids of so many teachers."""
    return [f"U0T{index:04d}" for index in range(number)]


def make_school(database: Path, teachers: int) -> None:
    """The demo school, taught by many more teachers: each has all classes."""
    now = datetime.now(UTC)
    engine = make_engine(f"sqlite:///{database}")
    upgrade(engine)
    sessions = make_session_factory(engine)
    workspace_id = build_demo_school(sessions, now=now).workspace_id
    with sessions.begin() as session:
        classes = session.scalars(select(Class)).all()
        for slack_id in teacher_ids(teachers):
            user = User(
                workspace_id=workspace_id,
                email=f"{slack_id.lower()}@school.test",
                name=f"Teacher {slack_id[3:]}",
                slack_user_id=slack_id,
                created_at=now,
            )
            session.add(user)
            session.flush()  # The links below need its id.
            for taught in classes:
                link = ClassTeacher(workspace_id=workspace_id, class_id=taught.id, user_id=user.id)
                session.add(link)
    engine.dispose()


@contextmanager
def local_slack(folder: Path, port: int, teachers: int, app_url: str | None) -> Iterator[str]:
    """The sandbox as a process, its rate limits off; yields its address."""
    people = [{"id": one, "name": one} for one in teacher_ids(teachers)]
    plan = {
        "people": people,
        "channels": [{"id": CHANNEL, "name": "general"}],
        "app": {**TOKENS, **local_slack_app()},
        "settings": {"rate_limits": False},
    }
    config = folder / "slack.json"
    config.write_text(json.dumps(plan), encoding="utf-8")
    words = ["-m", "sandbox", "--port", str(port), "--config", str(config)]
    words += ["--app-url", app_url] if app_url else []
    url = f"http://127.0.0.1:{port}"
    with process(words, folder / "slack.log", {}):
        wait_for(f"{url}/_sandbox/people")
        yield url


@contextmanager
def bot(folder: Path, port: int, slack: str, *, http: bool, **more: str) -> Iterator[int]:
    """`app.py serve` as a process; yields its process id once it is ready."""
    variables = {
        "DATABASE_URL": f"sqlite:///{folder}/school.db",
        "SLACK_API_URL": f"{slack}/api/",
        "SLACK_BOT_TOKEN": TOKENS["bot_token"],
        "SLACK_SIGNING_SECRET": TOKENS["signing_secret"],
        "PORT": str(port),
        "LOG_LEVEL": "WARNING",
        **({} if http else {"SLACK_APP_TOKEN": TOKENS["app_token"]}),
        **more,
    }
    with process([str(ROOT / "app.py"), "serve"], folder / "bot.log", variables) as pid:
        wait_for(f"http://127.0.0.1:{port}/readyz")
        if not http:
            wait_until_connected(f"http://127.0.0.1:{port}/metrics")
        yield pid


@contextmanager
def naive_bot(folder: Path, port: int, slack: str, *, http: bool, **_more: str) -> Iterator[int]:
    """Bolt as one would first write it, as a process, on the same school."""
    variables = {
        "DATABASE_URL": f"sqlite:///{folder}/school.db",
        "SLACK_API_URL": f"{slack}/api/",
        "SLACK_BOT_TOKEN": TOKENS["bot_token"],
        "SLACK_SIGNING_SECRET": TOKENS["signing_secret"],
        "SLACK_APP_TOKEN": TOKENS["app_token"],
    }
    words = ["-m", "bench.naive", *(["http", str(port)] if http else ["socket"])]
    with process(words, folder / "naive.log", variables) as pid:
        if http:
            wait_for(f"http://127.0.0.1:{port}/readyz")
        else:
            time.sleep(NAIVE_CONNECTS)
        yield pid


@contextmanager
def process(words: list[str], log: Path, variables: dict[str, str]) -> Iterator[int]:
    """Python with these words, in our folder; ended on the way out, its log kept."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with log.open("w", encoding="utf-8") as file:
        started = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env={**kept, **variables},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        yield started.pid
    finally:
        started.terminate()
        started.wait(30)


def ask(address: str, data: Data | None = None) -> Any:
    """GET, or POST of `data`, and the JSON of the answer."""
    body = None if data is None else json.dumps(data).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def wait_for(address: str, limit: float = 60) -> None:
    """Wait until an address answers 200. Raises TimeoutError."""
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.01)
    raise TimeoutError(f"{address} does not answer; see the log beside the school")


def wait_until_connected(metrics: str, limit: float = 30) -> None:
    """Wait until the bot's metrics say that Socket Mode is on. Raises TimeoutError."""
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        with urllib.request.urlopen(metrics, timeout=5) as answer:
            if b"homeroom_socket_connected 1" in answer.read():
                return
        time.sleep(0.05)
    raise TimeoutError("Socket Mode does not come up")
