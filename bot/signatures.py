"""Is a request over HTTP really Slack's? Checked before any library sees it.

Slack's own verifier raises on a timestamp that is no number and on a signature beyond ASCII, and
Bolt then answers 500 with a traceback; here all of them are plain refusals.
"""

import hashlib
import hmac
from enum import StrEnum

FRESH_FOR = 300
"""Seconds: an older request may be a recording, played again."""


class Refusal(StrEnum):
    """Why a request is not taken in. Counted, never told."""

    TIMESTAMP = "timestamp"
    STALE = "stale"
    SIGNATURE = "signature"
    SIZE = "size"
    BODY = "body"


def refusal(
    secret: str, body: bytes, *, timestamp: str, signature: str, now: float
) -> Refusal | None:
    """Why the request is not Slack's at `now` (seconds since 1970), or None when it is.

    The signature is `v0=` and the HMAC-SHA256, in hex, of `v0:timestamp:body` under the app's
    signing secret (docs.slack.dev, "Verifying requests from Slack").
    """
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return Refusal.TIMESTAMP
    if abs(now - int(timestamp)) > FRESH_FOR:
        return Refusal.STALE
    if not hmac.compare_digest(signed(secret, timestamp, body), _bytes(signature)):
        return Refusal.SIGNATURE
    return None


def signed(secret: str, timestamp: str, body: bytes) -> bytes:
    """The signature that Slack puts on `body` at `timestamp`."""
    text = b"v0:" + timestamp.encode() + b":" + body
    return b"v0=" + hmac.new(secret.encode(), text, hashlib.sha256).hexdigest().encode()


def _bytes(header: str) -> bytes:
    # Bytes compare whatever they hold; two strings only while both are ASCII.
    return header.encode("utf-8", "surrogateescape")
