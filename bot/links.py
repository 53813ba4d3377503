"""Addresses that people outside are given: a signed token names a link, and nothing about anyone.

The token is the link's id and a part of the HMAC of its kind and id; without the key nobody makes
one, and one of a kind does not open another.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Self

from bot.settings import Settings
from school.models import PageLink

_TOKEN = re.compile(r"([0-9a-z]{1,16})-([0-9a-z]{32})")
_SIGNED_BYTES = 20


@dataclass(frozen=True, slots=True)
class Pages:
    """Where our pages stand, such as `https://homeroom.school.org`, and the key of their tokens."""

    base_url: str
    key: bytes

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """As the settings have it; None where `PUBLIC_URL` or `SECRET_KEY` is missing."""
        if not settings.public_url or not settings.secret_key:
            return None
        key = hashlib.sha256(b"homeroom pages\0" + settings.secret_key.encode()).digest()
        return cls(settings.public_url.rstrip("/"), key)

    def url(self, link: PageLink) -> str:
        """The address of a link's page, such as `https://homeroom.school.org/p/1a2b-…`."""
        return f"{self.base_url}/{link.kind}/{self.token(link.kind, link.id)}"

    def token(self, kind: str, link_id: int) -> str:
        """The token of a link."""
        return f"{_base36(link_id)}-{self._signature(kind, link_id)}"

    def read(self, kind: str, token: str) -> int | None:
        """The id of the link that a token of this kind names; None for what we did not sign."""
        parts = _TOKEN.fullmatch(token)
        if parts is None:
            return None
        link_id = int(parts[1], 36)
        canonical = self.token(kind, link_id)
        return link_id if hmac.compare_digest(canonical, token) else None

    def _signature(self, kind: str, link_id: int) -> str:
        signed = hmac.digest(self.key, f"{kind} {link_id}".encode(), "sha256")
        return base64.b32encode(signed[:_SIGNED_BYTES]).decode().lower()


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if number == 0:
            return digits
