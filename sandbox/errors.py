"""The one way a Web API call is refused."""

from __future__ import annotations

from typing import Any


class SlackError(Exception):
    """An answer `{"ok": false, "error": code, ...}`; `extra` joins the body."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra

    def as_body(self) -> dict[str, Any]:
        """The JSON body that Slack would send."""
        return {"ok": False, "error": self.code, **self.extra}


def invalid(code: str, *messages: str) -> SlackError:
    """An error that says in `response_metadata.messages` what was wrong, as Slack does."""
    tagged = [f"[ERROR] {message}" for message in messages]
    return SlackError(code, errors=list(messages), response_metadata={"messages": tagged})
