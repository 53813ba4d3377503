"""`app.py demo`: an invented school, a local Slack and the bot, with nothing to set up."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from secrets import token_hex
from socket import socket
from typing import Any, Protocol

import typer
from sqlalchemy import select

from bot.logs import set_up_logging
from bot.server import bind
from bot.settings import GivenSettings, Settings
from handlers.cli.demo_school import demo_database
from handlers.cli.manifest import local_slack_app
from handlers.cli.opening import OpenSchool, open_school
from handlers.cli.process import Process
from handlers.cli.serve import stop_when_told
from school.errors import InvalidInput
from school.models import Student, User

DEFAULT_PORT = 8000
MAIL_FROM = "Homeroom <homeroom@demo-school.example>"
BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-demo", "xapp-demo", "demo-signing-secret"
SECRET_FILE = "demo-secret-key"
CONNECTED_WITHIN = 10.0
"""Seconds until the address is printed in any case."""
WELCOME = """
Homeroom's demo is open:  http://localhost:{port}

You sit in a local Slack as {teacher}, a teacher. In a channel, type
    /class-report
    /student-report Maya
    /skill-report Fractions
    /homeroom meet Maya tomorrow 14:30
    /homeroom parent Ana
    /homeroom help
and read the answers in the direct messages with Homeroom. What is sent by
e-mail stands under Mailbox there. The school, its people and their practice are invented;
Wednesday of next week is a holiday there: nothing can be due on it.
Ctrl-C ends the demo.
"""


class LocalSlack(Protocol):
    """A Slack on this machine, and the address at which the bot calls it."""

    api_url: str


OpenSlack = Callable[[dict[str, Any], int, socket], AbstractContextManager[LocalSlack]]


def run_demo(open_slack: OpenSlack, *, fresh: bool = False) -> None:
    """Run the demo until Ctrl-C. Raises HomeroomError where a port is taken."""
    set_up_logging("WARNING")
    port = page_port()
    told = stop_when_told()
    bind("127.0.0.1", port).close()
    listening = bind("127.0.0.1", port + 1)
    mail = bind("127.0.0.1", 0)
    typer.echo("Making the demo school …")
    settings = demo_settings(demo_database(fresh=fresh), port, mail.getsockname()[1])
    with open_school(settings) as school, open_slack(local_slack_plan(school), port, mail):
        process = Process(school, BOT_TOKEN, listening)
        process.start()
        process.wait_until_connected(CONNECTED_WITHIN)
        typer.echo(WELCOME.format(port=port, teacher=teachers(school)[0].name))
        told.wait()
        process.stop()
    typer.echo("The demo has ended.")


def page_port() -> int:
    """The port of the local Slack's page. Raises InvalidInput when PORT is none."""
    text = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65535):
        raise InvalidInput("PORT", f"PORT is {text!r}; it is a number such as {DEFAULT_PORT}.")
    return int(text)


def demo_settings(database: Path, port: int, mail_port: int) -> Settings:
    """The demo's settings; nothing comes from `.env` or the environment."""
    return GivenSettings(
        database_url=f"sqlite:///{database}",
        slack_bot_token=BOT_TOKEN,
        slack_app_token=APP_TOKEN,
        slack_signing_secret=SIGNING_SECRET,
        slack_api_url=f"http://127.0.0.1:{port}/api/",
        smtp_url=f"smtp://127.0.0.1:{mail_port}",
        mail_from=MAIL_FROM,
        port=port + 1,
        public_url=f"http://localhost:{port + 1}",
        secret_key=kept_secret(database.parent),
        log_level="WARNING",
    )


def kept_secret(folder: Path) -> str:
    """The key of the demo's pages: random, and kept in its folder so that links go on opening."""
    file = folder / SECRET_FILE
    if not file.exists():
        file.write_text(token_hex(32), encoding="utf-8")
        file.chmod(0o600)
    return file.read_text(encoding="utf-8").strip()


def teachers(school: OpenSchool) -> list[User]:
    """The demo's teachers and its administrator, the one with most classes first."""
    with school.session_factory() as session:
        return list(session.scalars(select(User).where(User.slack_user_id.is_not(None))))


def local_slack_plan(school: OpenSchool) -> dict[str, Any]:
    """The people, channels and app of the local Slack, as its configuration wants them."""
    with school.session_factory() as session:
        students = session.scalars(select(Student).where(Student.slack_user_id.is_not(None))).all()
    people: list[dict[str, Any]] = [
        {
            "id": one.slack_user_id,
            "name": one.name,
            "email": one.email,
            "title": one.role.capitalize(),
        }
        for one in teachers(school)
    ]
    people += [{"id": one.slack_user_id, "name": one.name, "title": "Student"} for one in students]
    people.append(
        {"id": "U0GUEST", "name": "Visiting guest", "title": "Guest", "is_ultra_restricted": True}
    )
    everyone = [person["id"] for person in people]
    return {
        "team_name": "Demo school",
        "people": people,
        "channels": [
            {"id": "C0GENERAL", "name": "general", "members": everyone},
            {"id": "C0GRADE5", "name": "grade-5", "topic": "Grade 5 teachers"},
        ],
        "app": {
            "bot_token": BOT_TOKEN,
            "app_token": APP_TOKEN,
            "signing_secret": SIGNING_SECRET,
            **local_slack_app(),
        },
    }
