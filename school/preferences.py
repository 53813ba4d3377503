"""What a user has set for themselves, a small JSON object for each key."""

from datetime import time
from typing import Any

from sqlalchemy.orm import Session

from school.models import Preference

QUIET_HOURS = "quiet_hours"
"""`{"from": "20:00", "to": "07:00"}`, in the user's local time."""
MEETING_REMINDERS = "meeting_reminders"
"""`{"minutes": [1440, 15]}`: how long before a meeting; none for none."""
WORKING_HOURS = "working_hours"
"""`{"days": [0, 1, 2, 3, 4], "from": "08:00", "to": "16:00"}`: when the user can be met, in their
local time; 0 is Monday."""
NOTIFICATIONS = "notifications"
"""`{"names": "student"}` where a lock screen may name whom a message is about; else `"nobody"`."""
DIGEST = "digest"
"""`{"at": "07:30", "weekly": false}`: when the morning digest comes, in local time; `at` is null
for never."""
DIGEST_AT = time(7, 30)
"""When it comes to who has set nothing."""
CALENDAR = "calendar"
"""`{"use": "off"}` where the user's own calendar is to be left alone; else `"on"`."""


def preference(session: Session, user_id: int, key: str) -> dict[str, Any] | None:
    """What a user has set; None where they have set nothing."""
    found = session.get(Preference, (user_id, key))
    return None if found is None else dict(found.value)


def names_in_notifications(session: Session, user_id: int) -> bool:
    """Whether a lock screen may name whom a message to this user is about."""
    return (preference(session, user_id, NOTIFICATIONS) or {}).get("names") == "student"


def uses_calendar(session: Session, user_id: int) -> bool:
    """Whether a user's meetings stand in their calendar, and free times heed it."""
    return (preference(session, user_id, CALENDAR) or {}).get("use") != "off"


def set_preference(
    session: Session, workspace_id: int, user_id: int, key: str, value: dict[str, Any]
) -> None:
    """Keep what a user has set."""
    found = session.get(Preference, (user_id, key))
    if found is None:
        row = Preference(user_id=user_id, key=key, workspace_id=workspace_id, value=value)
        session.add(row)
    else:
        found.value = value
