"""Finishing at start-up what an import that was cut off, or a new time zone, left to be done."""

import logging
from threading import Thread

from sqlalchemy.exc import OperationalError

from handlers.cli.opening import OpenSchool
from school.progress import refresh_progress

LOG = logging.getLogger(__name__)


def catch_up(school: OpenSchool) -> Thread:
    """Derive in the background whatever is marked as stale; reports say so until it is done.

    A thread that may be cut off at any moment: the marks stay until its work is complete.
    """
    thread = Thread(target=_refresh, args=(school,), name="catching-up", daemon=True)
    thread.start()
    return thread


def _refresh(school: OpenSchool) -> None:
    try:
        refresh_progress(school.session_factory, school.workspace_id)
    except OperationalError as trouble:
        # The marks stay; the next import or start goes on.
        LOG.warning("Progress is not up to date yet: %s", type(trouble).__name__)
