"""Homeroom's command line: `python app.py --help` lists what it does."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handlers.cli.demo import LocalSlack

# Kept thin: a process spawned by this one may import this file again, and then needs none of it.


def local_slack(school: dict[str, Any], port: int) -> AbstractContextManager[LocalSlack]:
    """The demo's local Slack on `port`, holding the people, channels and app of `school`."""
    from sandbox import SandboxServer  # noqa: PLC0415 - the demo alone needs it
    from sandbox.config import parse_config  # noqa: PLC0415 - the demo alone needs it

    return SandboxServer(parse_config(school), port=port)


def main() -> None:
    """Run the command line."""
    from handlers.cli.main import run  # noqa: PLC0415 - see above: thin

    run(local_slack)


if __name__ == "__main__":
    main()
