"""Homeroom's command line: `python app.py --help` lists what it does."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from socket import socket

    from handlers.cli.demo import LocalSlack

# Kept thin: a process spawned by this one may import this file again, and then needs none of it.


@contextmanager
def local_slack(school: dict[str, Any], port: int, mail: socket) -> Iterator[LocalSlack]:
    """The demo's local Slack on `port`, with the people, channels and app of `school`, and its
    mailbox, which listens on `mail`."""
    from sandbox import SandboxServer  # noqa: PLC0415 - the demo alone needs it
    from sandbox.config import parse_config  # noqa: PLC0415 - the demo alone needs it
    from sandbox.mailbox import Mailbox  # noqa: PLC0415 - the demo alone needs it

    config = parse_config(school)
    with Mailbox(mail) as mailbox, SandboxServer(config, port=port, mailbox=mailbox) as slack:
        yield slack


def main() -> None:
    """Run the command line."""
    from handlers.cli.main import run  # noqa: PLC0415 - see above: thin

    run(local_slack)


if __name__ == "__main__":
    main()
