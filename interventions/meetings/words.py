"""Moments and people in the words of refusals: `Tue 24 Nov, 14:30`, `you`, `Ms Ruiz`."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from analytics.wording import day_words
from school.access import Viewer
from school.hours import known_zone
from school.models import User, Workspace

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def own_zone(viewer: Viewer, *, session: Session) -> ZoneInfo:
    """The zone that a viewer lives in: their own where it is known, else the school's."""
    own = session.get_one(User, viewer.user_id).timezone
    return known_zone(own, session.get_one(Workspace, viewer.workspace_id).timezone)


def moment_words(moment: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Such as `Tue 24 Nov, 14:30`, with its year where that is not this one; local."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    day = f"{WEEKDAYS[local.weekday()]} {day_words(local.date(), today)}"
    return f"{day}, {clock_words(moment, zone)}"


def clock_words(moment: datetime, zone: ZoneInfo) -> str:
    """Such as `9:05`, local."""
    local = moment.astimezone(zone)
    return f"{local.hour}:{local.minute:02d}"
