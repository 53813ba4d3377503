"""Logging: one line an event to standard error, libraries kept quiet, tokens struck out."""

import logging
import re
import sys
import traceback
from pathlib import Path
from typing import TextIO

BOLT = "homeroom.bolt"
"""The logger handed to Slack's libraries; its level is set, so that they build no debug texts."""

# At INFO Bolt logs the whole body of a badly signed request, and uvicorn each address it is asked
# for; at DEBUG the SDK logs every payload. None of that may be written, whatever LOG_LEVEL says.
QUIET = ("slack_bolt", "slack_sdk", BOLT, "uvicorn", "sqlalchemy", "alembic", "apscheduler")
QUIET_TOO = ("matplotlib", "PIL", "httpx", "httpcore", "asyncio", "multipart", "urllib3")

_SECRETS = re.compile(
    r"(xox[a-z]-|xapp-)[\w-]+"  # tokens
    # Addresses that let anyone answer as the bot; they go on with a team's id. Our own files, such
    # as handlers/actions/reports.py, do not.
    r"|(/(?:actions|commands|services)/)[A-Z0-9][\w/-]*"
    r"|((?:ticket|token|sig|secret)=)[^&\s\"']+"  # tickets of Socket Mode and of links
    # Addresses of pages, also as another release has them, which may come back.
    r"|(/[a-z]/)[0-9a-z]{1,16}(?:-|%2[dD])[0-9a-z]{32,}"
)


class Redacting(logging.Formatter):
    """Formats a record with everything that opens a door struck out, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's line, its secrets replaced by dots."""
        return strike_out(super().format(record))


def strike_out(text: str) -> str:
    """`text` with tokens, tickets and answering addresses replaced by dots."""
    return _SECRETS.sub(lambda found: (found[1] or found[2] or found[3] or found[4]) + "…", text)


def set_up_logging(level: str, stream: TextIO = sys.stderr) -> None:
    """Send all logs of `level` and above to `stream`; libraries from WARNING on."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Redacting("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(_is_no_calendar)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in (*QUIET, *QUIET_TOO):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger(BOLT).addFilter(_is_no_answer)


def place_of(error: BaseException) -> str:
    """What kind of error arose and where; not what it says, which may be about a person."""
    frames = traceback.extract_tb(error.__traceback__)
    path = " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))
    return f"{type(error).__name__} at {path}" if frames else type(error).__name__


def _is_no_calendar(record: logging.LogRecord) -> bool:
    """Drops all that the calendar library writes, as it writes what a server has sent, titles of
    people's entries included, in part by the root logger: our own lines say what came of it.
    """
    return "caldav" not in Path(record.pathname).parts


def _is_no_answer(record: logging.LogRecord) -> bool:
    """Drops what the SDK writes of an answer that is no data: our own lines say what came of it."""
    return not str(record.msg).startswith("Failed to decode Slack API response")
