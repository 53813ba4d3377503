"""Addresses that people outside are given: a signed token names a link, and nothing about anyone.

The token is the link's id, a mark of the e-mail address that it was sent to, and a part of the HMAC
of its kind and both; without the key nobody makes one, and one of a kind does not open another. The
mark tells nothing of the address, but that of another one is another: so a page can be kept from
whoever reads what was sent to an address that has been corrected since.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Self

from bot.settings import Settings
from school.addresses import same_address
from school.models import PageLink

_TOKEN = re.compile(r"([0-9a-z]{1,16})-([0-9a-z]{8})[0-9a-z]{32}")
_MARK_BYTES, _SIGNED_BYTES = 5, 20


@dataclass(frozen=True, slots=True)
class Named:
    """What a token names: a link, and whom it was sent to."""

    link_id: int
    mark: str


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

    def url(self, link: PageLink, email: str) -> str:
        """The address of a link's page, such as `https://homeroom.school.org/p/1a2b-…`, for who is
        written to at `email`.
        """
        return f"{self.base_url}/{link.kind}/{self.token(link.kind, link.id, email)}"

    def token(self, kind: str, link_id: int, email: str) -> str:
        """The token of a link that is sent to an e-mail address."""
        return self._token(kind, link_id, self._mark(kind, link_id, email))

    def read(self, kind: str, token: str) -> Named | None:
        """What a token of this kind names; None for what we did not sign."""
        parts = _TOKEN.fullmatch(token)
        if parts is None:
            return None
        named = Named(int(parts[1], 36), parts[2])
        canonical = self._token(kind, named.link_id, named.mark)
        return named if hmac.compare_digest(canonical, token) else None

    def is_for(self, kind: str, named: Named, email: str | None) -> bool:
        """Whether a token was sent to this e-mail address; to none of them where there is none."""
        own = self._mark(kind, named.link_id, email or "")
        return bool(email) and hmac.compare_digest(own, named.mark)

    def _token(self, kind: str, link_id: int, mark: str) -> str:
        signed = self._digest(f"{kind} {link_id} {mark}", _SIGNED_BYTES)
        return f"{_base36(link_id)}-{mark}{signed}"

    def _mark(self, kind: str, link_id: int, email: str) -> str:
        return self._digest(f"to {kind} {link_id} {same_address(email)}", _MARK_BYTES)

    def _digest(self, words: str, size: int) -> str:
        signed = hmac.digest(self.key, words.encode(), "sha256")
        return base64.b32encode(signed[:size]).decode().lower()


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if number == 0:
            return digits
