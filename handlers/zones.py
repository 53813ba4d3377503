"""A user's own time zone, as Slack says it: kept with their record when it has changed."""

import logging
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from school.database import SessionFactory, reading
from school.hours import is_zone
from school.models import User

LOG = logging.getLogger(__name__)


def remember_zone(
    session_factory: SessionFactory, workspace_id: int, slack_user_id: str, said: dict[str, Any]
) -> None:
    """Keep the zone in a Slack user object (`tz`), where it is a known one and another than before.

    Nobody waits for this: where the database is busy, it is kept the next time.
    """
    zone = said.get("tz")
    if not isinstance(zone, str) or not is_zone(zone):
        return
    user = User.workspace_id == workspace_id, User.slack_user_id == slack_user_id
    another = (*user, User.timezone.is_distinct_from(zone))
    try:
        with session_factory() as session:
            if reading(session).scalar(select(User.id).where(*another)) is None:
                return
        with session_factory.begin() as session:
            session.execute(update(User).where(*another).values(timezone=zone))
    except SQLAlchemyError as trouble:
        LOG.info("A time zone was not kept (%s)", type(trouble).__name__)
