"""A local Slack for the demo and the tests: thin, but truthful in what a bot can notice.

    with SandboxServer(Config(people=(...), app=AppSpec(commands=(...)))) as slack:
        # start the bot with SLACK_API_URL=slack.api_url, then act as a person
        slack.command("U0TEACHER", "", "/student-report", "Maya")
        message = slack.wait_for_message("U0TEACHER", matching="Maya")
        slack.click("U0TEACHER", message, "report.range", "7d")

`README.md` beside this file says all that it does and does not do. It imports nothing of ours.
"""

from sandbox.config import (
    AppSpec,
    ChannelSpec,
    Command,
    Config,
    Person,
    Settings,
    Shortcut,
    load_config,
)
from sandbox.faults import Fault, FaultKind
from sandbox.ledger import Book, Call, Posted, read_ledger
from sandbox.people import Outcome
from sandbox.people.seeing import full_text
from sandbox.records import Message, View
from sandbox.server import Sandbox, SandboxServer

__all__ = [
    "AppSpec",
    "Book",
    "Call",
    "ChannelSpec",
    "Command",
    "Config",
    "Fault",
    "FaultKind",
    "Message",
    "Outcome",
    "Person",
    "Posted",
    "Sandbox",
    "SandboxServer",
    "Settings",
    "Shortcut",
    "View",
    "full_text",
    "load_config",
    "read_ledger",
]
