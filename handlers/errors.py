"""The one place that turns exceptions into words for Slack."""

import json
import logging
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from slack_bolt import BoltResponse
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.outbox.book import new_reference
from bot.slack import SlackTrouble
from handlers.ask import Answer, Ask
from handlers.quick import lay_view, publish_home, respond
from handlers.services import Services
from handlers.views.help import how_to_be_linked
from handlers.views.home import home_saying
from handlers.views.modals import note
from school.errors import DeliveryFailed, HomeroomError, InvalidInput, NotAllowed

LOG = logging.getLogger(__name__)
HOUSE = Path(__file__).parent.parent
EXPIRED = ("expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired")
BUSY = "My records are being written to just now. Please try again in a moment."
NO_WINDOWS = "I cannot open windows in this Slack. Type a name instead: /student-report Maya."
TOO_LATE = "That took too long for Slack. Please try again."


def words_for(error: Exception, ask: Ask) -> Answer:
    """What the asker is told; an unknown error gets a reference that the log has."""
    if isinstance(error, NotAllowed):
        return Answer(str(error), how_to_be_linked(str(error), ask.user_id))
    if getattr(error, "code", None) in EXPIRED:
        return Answer.plain(TOO_LATE)
    if lacks_windows(error):
        return Answer.plain(NO_WINDOWS)
    if isinstance(error, HomeroomError):
        return Answer.plain(str(error))
    if isinstance(error, OperationalError) and "database is locked" in str(error.orig):
        LOG.warning("The database was busy for too long: somebody was asked to try again")
        return Answer.plain(BUSY)
    return Answer.plain(
        f"Something broke on my side. Reference {log_failure(error)}. Nothing was sent."
    )


def lacks_windows(error: Exception) -> bool:
    """Whether this Slack has no modals, or keeps them from us."""
    if not isinstance(error, SlackTrouble):
        return False
    return error.is_lacking and error.method.startswith("views.")


def first_answer(error: Exception, words: Answer, ask: Ask) -> BoltResponse:
    """What Slack's request is answered with: the words themselves where it takes any."""
    body: dict[str, Any] | None = None
    if "command" in ask.body:
        body = words.message()
    elif ask.kind == "view_submission":
        body = _in_the_modal(error, words, ask)
    elif ask.kind == "block_suggestion":
        body = {"options": []}
    headers: dict[str, str | Sequence[str]] = {"content-type": "application/json"}
    return BoltResponse(status=200, body=json.dumps(body) if body else "", headers=headers)


def say_later(words: Answer, ask: Ask, services: Services) -> bool:
    """Tell the asker where the answer to Slack's request could not: a courtesy, tried once.

    Returns whether it was taken.
    """
    try:
        if ask.response_url:
            return respond(ask, services, words)
        if ask.kind in ("block_actions", "shortcut"):
            lay_view(ask, services, note("Homeroom", words))
        elif ask.event.get("tab") == "home":
            publish_home(ask, services, home_saying(words))
        else:
            return False
    except (DeliveryFailed, SQLAlchemyError) as failure:
        LOG.warning("An answer was not taken (%s)", type(failure).__name__)
        return False
    return True


def _in_the_modal(error: Exception, words: Answer, ask: Ask) -> dict[str, Any]:
    """The words under the field that the error is about, else the first; in place of all else
    where the modal has no field.
    """
    blocks = ask.view.get("blocks") or ()
    fields = [block["block_id"] for block in blocks if block["type"] == "input"]
    if not fields:
        return {"response_action": "update", "view": note("Homeroom", words)}
    meant = error.field if isinstance(error, InvalidInput) else ""
    # What follows another field bears a mark behind its name (handlers/views/meetings/slots).
    own = (one for one in fields if meant in (one, one.partition("|")[0]))
    field = next(own, fields[0])
    return {"response_action": "errors", "errors": {field: words.text}}


def log_failure(error: Exception) -> str:
    """Log where an error arose, not what it says, which may name a child; returns its reference."""
    reference = new_reference()
    LOG.error("Reference %s: %s at %s", reference, type(error).__name__, _path_to(error))
    return reference


def _path_to(error: Exception) -> str:
    """The lines of our own code that led to an error, the innermost first."""
    ours = [
        f"{Path(frame.filename).relative_to(HOUSE)}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(HOUSE) and "site-packages" not in frame.filename
    ]
    return " < ".join(reversed(ours)) or "an unknown place"
