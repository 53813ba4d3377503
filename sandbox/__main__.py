"""`python -m sandbox`: a local Slack as a process of its own, until it is interrupted."""

from __future__ import annotations

import argparse
import dataclasses
import logging
from pathlib import Path

import uvicorn

from sandbox.config import Config, load_config
from sandbox.server import Sandbox, uvicorn_config


def parser() -> argparse.ArgumentParser:
    """The command line."""
    arguments = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    arguments.add_argument("--host", default="127.0.0.1")
    arguments.add_argument("--port", type=int, default=8000)
    arguments.add_argument("--config", type=Path, help="people, channels and app as JSON")
    arguments.add_argument("--app-url", help="send signed HTTP there; without it, Socket Mode")
    arguments.add_argument("--rate-limits", action="store_true", help="apply Slack's rate limits")
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
    return config


def main(argv: list[str] | None = None) -> None:
    """Serve until interrupted."""
    options = parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s: %(message)s")
    sandbox = Sandbox(build(options))
    sandbox.workspace.base_url = f"http://{options.host}:{options.port}"
    served = uvicorn_config(sandbox, "info")
    served.host, served.port = options.host, options.port
    uvicorn.Server(served).run()


if __name__ == "__main__":
    main()
