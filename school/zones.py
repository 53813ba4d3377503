"""In whose time zone somebody lives: their own where it is known, else the school's."""

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from school.access import Viewer
from school.hours import known_zone
from school.models import User, Workspace


def zone_of(session: Session, workspace_id: int, user_id: int | None = None) -> ZoneInfo:
    """The zone of a user, else the school's; without a user the school's."""
    user = None if user_id is None else session.get(User, user_id)
    own = None if user is None else user.timezone
    return known_zone(own, session.get_one(Workspace, workspace_id).timezone)


def own_zone(viewer: Viewer, *, session: Session) -> ZoneInfo:
    """The zone that a viewer lives in."""
    return zone_of(session, viewer.workspace_id, viewer.user_id)
