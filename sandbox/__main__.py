"""`python -m sandbox`: a local Slack as a process of its own, until it is interrupted."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
import logging
import socket
from pathlib import Path

from sandbox.config import Config, load_config
from sandbox.mailbox import Mailbox
from sandbox.server import SandboxServer


def parser() -> argparse.ArgumentParser:
    """The command line."""
    arguments = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    arguments.add_argument("--host", default="127.0.0.1")
    arguments.add_argument("--port", type=int, default=8000, help="0 takes a free one")
    arguments.add_argument("--config", type=Path, help="people, channels and app as JSON")
    arguments.add_argument("--app-url", help="send signed HTTP there; without it, Socket Mode")
    arguments.add_argument("--rate-limits", action="store_true", help="apply Slack's rate limits")
    arguments.add_argument("--ledger", type=Path, help="keep the book in this file, a line each")
    arguments.add_argument("--mail-port", type=int, help="take e-mail there; 0 takes a free one")
    arguments.add_argument("--faults", type=Path, help="what goes wrong, as JSON: a list")
    return arguments


def build(options: argparse.Namespace) -> Config:
    """The workspace that the command line describes."""
    config = load_config(options.config) if options.config else Config()
    if options.app_url:
        config = dataclasses.replace(
            config, app=dataclasses.replace(config.app, url=options.app_url)
        )
    if options.rate_limits:
        settings = dataclasses.replace(config.settings, rate_limits=True)
        config = dataclasses.replace(config, settings=settings)
    if options.faults:
        faults = json.loads(options.faults.read_text(encoding="utf-8"))
        config = dataclasses.replace(config, faults=(*config.faults, *faults))
    return config


def mail_server(options: argparse.Namespace) -> Mailbox | None:
    """The mail server that the command line asks for."""
    if options.mail_port is None:
        return None
    return Mailbox(socket.create_server((options.host, options.mail_port)))


def main(argv: list[str] | None = None) -> None:
    """Serve until interrupted; the first line on standard output is the address, the second one
    the mail server's, where there is one.
    """
    options = parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s: %(message)s")
    with contextlib.suppress(KeyboardInterrupt), contextlib.ExitStack() as stack:
        mailbox = mail_server(options)
        server = SandboxServer(
            build(options),
            host=options.host,
            port=options.port,
            ledger=options.ledger,
            mailbox=stack.enter_context(mailbox) if mailbox else None,
        )
        print(server.url, flush=True)  # noqa: T201  # whoever started it reads the address
        if mailbox is not None:
            print(mailbox.url, flush=True)  # noqa: T201  # the second line
        logging.getLogger("sandbox").info("running on %s", server.url)
        server.serve("info")


if __name__ == "__main__":
    main()
