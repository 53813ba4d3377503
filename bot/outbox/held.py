"""Workspaces whose posts are held back: nothing of theirs is claimed only to be put back."""

from datetime import datetime
from threading import Lock


class Held:
    """Until when posts of which workspace wait, as far as this process knows."""

    def __init__(self) -> None:
        self._until: dict[int, datetime] = {}
        self._lock = Lock()

    def note(self, workspace_id: int, until: datetime) -> None:
        """Posts of a workspace wait until then, whatever their channel."""
        with self._lock:
            self._until[workspace_id] = until

    def now(self, now: datetime) -> set[int]:
        """The workspaces that are held back at the moment."""
        with self._lock:
            self._until = {each: until for each, until in self._until.items() if until > now}
            return set(self._until)
