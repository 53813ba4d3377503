"""One call of the app: its arguments, read in Slack's two encodings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sandbox.errors import SlackError, invalid
from sandbox.workspace import Workspace


@dataclass(frozen=True)
class ApiCall:
    """A method call that has passed authentication. `base_url` is how the app reached us."""

    workspace: Workspace
    method: str
    args: dict[str, Any]
    base_url: str

    def text(self, name: str, default: str = "") -> str:
        """A string argument; numbers count as their digits."""
        value = self.args.get(name, default)
        return default if value is None else str(value)

    def needed(self, name: str) -> str:
        """A string argument that must be there. Raises `invalid_arguments`."""
        value = self.text(name)
        if not value:
            raise invalid("invalid_arguments", f"missing required field: {name}")
        return value

    def flag(self, name: str) -> bool:
        """A boolean argument: JSON's true, or the words that forms use."""
        return self.text(name).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        """An integer argument. Raises `invalid_arguments`."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise invalid("invalid_arguments", f"must be a number: {name}") from None

    def data(self, name: str, error: str = "invalid_arguments") -> Any:
        """An argument that is JSON, already parsed or still a string; None when absent."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise SlackError(error) from None
