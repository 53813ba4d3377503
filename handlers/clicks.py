"""Which click in a form was the last: a form is changed in the order in which it was clicked in.

A form is filled in beside what its reader does, and several clicks are answered side by side. The
last click knows all that stands in the form; what was reckoned before it gives way.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

MOST_KEPT = 500


@dataclass
class _Form:
    """The moment of the last click in a form, and whose turn it is to change it."""

    last: str = ""
    turn: Lock = field(default_factory=Lock)


class ClickBook:
    """Remembers the last click in each form that is open. Safe to use from any thread."""

    def __init__(self) -> None:
        self._forms: dict[str, _Form] = {}
        self._lock = Lock()

    def note(self, view_id: str, at: str) -> None:
        """Somebody has clicked in a form; `at` is when, as Slack writes it."""
        with self._lock:
            form = self._forms.pop(view_id, None) or _Form()
            self._forms[view_id] = form
            form.last = max(form.last, at)
            while len(self._forms) > MOST_KEPT:
                del self._forms[next(iter(self._forms))]

    @contextmanager
    def turn(self, view_id: str, at: str) -> Iterator[bool]:
        """Nobody else changes the form meanwhile. Whether the click of `at` still is the last one;
        "" is the opening of the form.
        """
        with self._lock:
            form = self._forms.get(view_id) or _Form()
        with form.turn:
            yield form.last <= at
