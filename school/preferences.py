"""What a user has set for themselves, a small JSON object for each key."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from school.models import Preference

QUIET_HOURS = "quiet_hours"
"""`{"from": "20:00", "to": "07:00"}`, in the user's local time."""
MEETING_REMINDERS = "meeting_reminders"
"""`{"minutes": [1440, 15]}`: how long before a meeting; none for none."""


def preference(session: Session, user_id: int, key: str) -> dict[str, Any] | None:
    """What a user has set; None where they have set nothing."""
    found = session.get(Preference, (user_id, key))
    return None if found is None else dict(found.value)


def preferences(session: Session, key: str, users: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The same for several users; who has set nothing is left out."""
    query = select(Preference).where(Preference.key == key, Preference.user_id.in_(list(users)))
    return {each.user_id: dict(each.value) for each in session.scalars(query)}


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
