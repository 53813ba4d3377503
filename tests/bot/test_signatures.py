"""Slack's signature is checked, and whatever is not Slack's is refused without an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.signatures import Refusal, refusal, signed

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
# The example of Slack's own documentation, "Verifying requests from Slack".
BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
    b"%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
TIMESTAMP = "1531420618"
SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


def judge(
    body: bytes = BODY,
    timestamp: str = TIMESTAMP,
    signature: str = SIGNATURE,
    now: float = float(TIMESTAMP),
) -> Refusal | None:
    return refusal(SECRET, body, timestamp=timestamp, signature=signature, now=now)


def test_the_example_of_slacks_documentation_is_slacks() -> None:
    assert signed(SECRET, TIMESTAMP, BODY) == SIGNATURE.encode()
    assert judge() is None


def test_a_changed_body_is_refused() -> None:
    assert judge(body=BODY + b"x") is Refusal.SIGNATURE


@pytest.mark.parametrize("seconds", [-301, 301, 86_400])
def test_an_old_or_future_request_is_refused(seconds: int) -> None:
    assert judge(now=float(TIMESTAMP) + seconds) is Refusal.STALE


@pytest.mark.parametrize("seconds", [-299, 0, 299])
def test_a_request_of_the_last_minutes_is_taken(seconds: int) -> None:
    assert judge(now=float(TIMESTAMP) + seconds) is None


@pytest.mark.parametrize("timestamp", ["", "abc", "1e9", "-5", "١٢٣", "9" * 13, "1531420618.0"])
def test_a_timestamp_that_is_no_number_is_refused(timestamp: str) -> None:
    assert judge(timestamp=timestamp) is Refusal.TIMESTAMP


@given(st.text())
def test_any_other_signature_is_refused_without_an_error(signature: str) -> None:
    assert judge(signature=signature) is Refusal.SIGNATURE
