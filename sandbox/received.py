"""One e-mail that the mailbox has taken, and what a mail program would show of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from typing import Any

HEADERS = ("From", "To", "Reply-To", "Date", "Message-ID", "Auto-Submitted")


@dataclass(frozen=True)
class ReceivedMail:
    """A mail as it came. `at` is in seconds since 1970; `sender` and `to` are the envelope's."""

    number: int
    at: float
    sender: str
    to: str
    content: bytes

    @cached_property
    def message(self) -> EmailMessage:
        """The message, read back from its bytes."""
        message = message_from_bytes(self.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def message_id(self) -> str:
        """The same for each copy of a mail."""
        return str(self.message["Message-ID"] or "").strip()

    @property
    def subject(self) -> str:
        """Its subject, in letters."""
        return str(self.message["Subject"] or "")

    @property
    def text(self) -> str:
        """Its plain words."""
        return self._body("plain")

    @property
    def html(self) -> str:
        """Its words in HTML; empty where it has none."""
        return self._body("html")

    @property
    def calendar(self) -> str:
        """The event that calendars find in it; empty where there is none."""
        for part in self.message.walk():
            if part.get_content_type() == "text/calendar":
                return str(part.get_content())
        return ""

    @property
    def files(self) -> list[str]:
        """The names of its attachments."""
        return [part.get_filename() or "" for part in self.message.iter_attachments()]

    def line(self) -> dict[str, Any]:
        """Its line in the ledger of what was taken."""
        return {
            "number": self.number,
            "at": self.at,
            "message_id": self.message_id,
            "to": self.to,
            "size": len(self.content),
        }

    def as_data(self) -> dict[str, Any]:
        """All of it as plain data, but for its HTML, which has an address of its own."""
        return {
            **self.line(),
            "when": datetime.fromtimestamp(self.at, UTC).isoformat(timespec="seconds"),
            "sender": self.sender,
            "subject": self.subject,
            "headers": {name: str(self.message[name]) for name in HEADERS if self.message[name]},
            "text": self.text,
            "has_html": bool(self.html),
            "calendar": self.calendar,
            "files": self.files,
        }

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        content = str(part.get_content()) if isinstance(part, EmailMessage) else ""
        return content.replace("\r\n", "\n")
