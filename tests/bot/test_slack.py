import socket
import ssl
import urllib.error
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import RemoteDisconnected
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from bot.slack import (
    LONGEST_RETRY_AFTER,
    RETRY_AFTER,
    HeldBack,
    Refused,
    SlackGateway,
    SlackTrouble,
    Unclear,
    Unreachable,
    named_failure,
)
from school.database import SessionFactory
from tests.bot.conftest import Post, lay_out_school
from tests.bot.support import quick_settings


def test_an_answer_is_plain_data(sqlite_post: Post) -> None:
    answer = sqlite_post.gateway().call(1, "users.info", user="U1")
    assert answer["user"]["id"] == "U1"


def test_nothing_is_ever_repeated(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("users.info", "drop")
    with pytest.raises(Unclear):
        sqlite_post.gateway().call(1, "users.info", user="U1")
    assert len(sqlite_post.slack.ledger.calls("users.info")) == 1


def test_a_refusal_carries_slacks_code(sqlite_post: Post) -> None:
    with pytest.raises(Refused) as refusal:
        sqlite_post.gateway().call(1, "users.info", user="U404")
    assert (refusal.value.code, refusal.value.method) == ("user_not_found", "users.info")
    assert not refusal.value.is_lacking


@pytest.mark.parametrize("code", ["unknown_method", "missing_scope"])
def test_a_method_that_this_slack_lacks_is_told_apart(sqlite_post: Post, code: str) -> None:
    sqlite_post.slack.faults.set("users.info", "error", code=code)
    with pytest.raises(Refused) as refusal:
        sqlite_post.gateway().call(1, "users.info", user="U1")
    assert refusal.value.is_lacking


@pytest.mark.parametrize("code", ["fatal_error", "internal_error"])
def test_errors_after_which_it_may_have_happened_are_unclear(sqlite_post: Post, code: str) -> None:
    sqlite_post.slack.faults.set("users.info", "error", code=code)
    with pytest.raises(Unclear):
        sqlite_post.gateway().call(1, "users.info", user="U1")


def test_a_view_inside_a_ban_is_refused_at_once_and_says_until_when(sqlite_post: Post) -> None:
    sqlite_post.slack.faults.set("views.publish", "ratelimited", retry_after=40)
    gateway, other_process = sqlite_post.gateway(), sqlite_post.gateway()
    view = {"type": "home", "blocks": []}
    for asking in (gateway, gateway, other_process):
        with pytest.raises(HeldBack, match="Slack is holding me back for 40 seconds"):
            asking.call(1, "views.publish", user_id="U1", view=view)
    assert len(sqlite_post.slack.ledger.calls("views.publish")) == 1
    assert other_process.held_until(1, "views.publish") is not None
    assert gateway.held_until(1, "chat.postMessage") is None


def test_a_ban_told_between_the_gate_and_the_call_still_stops_it(sqlite_post: Post) -> None:
    gateway = sqlite_post.gateway()
    gateway.gate.ban(sqlite_post.session_factory, 1, "users.info", 5, sqlite_post.clock())
    with pytest.raises(HeldBack):
        gateway.call_reserved(1, "users.info", user="U1")
    assert not sqlite_post.slack.ledger.calls()


def test_our_own_rate_is_told_without_a_call(sqlite_post: Post) -> None:
    sqlite_post.settings = quick_settings(tier3_per_minute=2)
    gateway = sqlite_post.gateway()
    gateway.call(1, "conversations.open", users="U1")
    with pytest.raises(HeldBack):
        gateway.call(1, "conversations.open", users="U2")
    assert len(sqlite_post.slack.ledger.calls()) == 1


def test_an_upload_goes_to_web_addresses_only(sqlite_post: Post) -> None:
    with pytest.raises(Refused, match="invalid_upload_url"):
        sqlite_post.gateway().upload(1, "file:///etc/passwd", b"x")


def test_an_upload_to_nobody_reaches_nobody(sqlite_post: Post) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    with pytest.raises(Unreachable):
        sqlite_post.gateway().upload(1, f"http://127.0.0.1:{port}/x", b"x")


def test_an_upload_held_back_is_a_ban(sqlite_post: Post) -> None:
    gateway = sqlite_post.gateway()
    place = gateway.call(1, "files.getUploadURLExternal", filename="a.png", length=1)
    sqlite_post.slack.faults.set("upload", "ratelimited", retry_after=7)
    for _turn in range(2):
        with pytest.raises(HeldBack):
            gateway.upload(1, place["upload_url"], b"x")
    assert len(sqlite_post.slack.ledger.calls("upload")) == 1


class Answering(BaseHTTPRequestHandler):
    """Answers each call as its path says: /api/STATUS.BODY."""

    answers: dict[str, tuple[int, dict[str, str], str]] = {  # noqa: RUF012 -- read only
        "chat.page": (200, {}, "<html>We are down for maintenance</html>"),
        "chat.gateway": (502, {}, "<html>Bad gateway</html>"),
        "chat.forbidden": (403, {}, "no"),
        "chat.words": (200, {}, '{"ok": false, "error": "Something Odd happened"}'),
        "chat.hold": (200, {}, '{"ok": false, "error": "ratelimited"}'),
        "chat.held": (429, {"Retry-After": "soon"}, '{"ok": false, "error": "ratelimited"}'),
        "chat.list": (200, {}, "[1, 2]"),
        "chat.null": (200, {}, "null"),
        "chat.number": (200, {}, "5"),
        "chat.nothing": (200, {}, ""),
        "chat.forever": (429, {"Retry-After": "inf"}, "{}"),
        "chat.years": (429, {"Retry-After": "99999999"}, "{}"),
        "chat.huge": (429, {"Retry-After": "1e300"}, "{}"),
        "chat.nan": (429, {"Retry-After": "nan"}, "{}"),
        "chat.past": (429, {"Retry-After": "-7"}, "{}"),
    }

    def do_POST(self) -> None:
        status, headers, body = self.answers[self.path.rpartition("/")[2]]
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base's name
        """Say nothing."""


@pytest.fixture
def odd_gateway(sqlite_factory: SessionFactory) -> Iterator[SlackGateway]:
    """A gateway to something that is hardly a Slack."""
    lay_out_school(sqlite_factory)
    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/api/"
    yield SlackGateway(quick_settings(slack_api_url=url), sqlite_factory, lambda _id: "xoxb-1")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("chat.page", Unclear),
        ("chat.gateway", Unclear),
        ("chat.forbidden", Refused),
        ("chat.words", Unclear),
        ("chat.hold", HeldBack),
        ("chat.held", HeldBack),
        ("chat.list", Unclear),
        ("chat.null", Unclear),
        ("chat.number", Unclear),
        ("chat.nothing", Unclear),
    ],
)
def test_odd_answers_are_named_for_what_they_leave_open(
    odd_gateway: SlackGateway, method: str, kind: type[SlackTrouble]
) -> None:
    with pytest.raises(kind):
        odd_gateway.call(1, method)


def test_being_held_back_without_a_number_is_half_a_minute(odd_gateway: SlackGateway) -> None:
    with pytest.raises(HeldBack) as held:
        odd_gateway.call(1, "chat.held")
    assert 29 < (held.value.until - datetime.now(UTC)).total_seconds() < 31


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (urllib.error.URLError(ConnectionRefusedError()), Unreachable),
        (urllib.error.URLError(socket.gaierror()), Unreachable),
        (urllib.error.URLError(ssl.SSLCertVerificationError()), Unreachable),
        (urllib.error.URLError(TimeoutError()), Unclear),
        (ConnectionResetError(), Unclear),
        (RemoteDisconnected("closed"), Unclear),
        (TimeoutError(), Unclear),
    ],
)
def test_only_a_connection_that_never_stood_is_surely_nothing(
    error: Exception, kind: type[SlackTrouble]
) -> None:
    assert isinstance(named_failure("chat.postMessage", error), kind)


@pytest.mark.parametrize(
    ("method", "longest"),
    [
        ("chat.forever", LONGEST_RETRY_AFTER),
        ("chat.years", LONGEST_RETRY_AFTER),
        ("chat.huge", LONGEST_RETRY_AFTER),
        ("chat.nan", RETRY_AFTER),
        ("chat.past", RETRY_AFTER),
    ],
)
def test_a_wait_that_is_none_closes_a_method_for_a_while_only(
    odd_gateway: SlackGateway, method: str, longest: float
) -> None:
    with pytest.raises(HeldBack) as held:
        odd_gateway.call(1, method)
    left = (held.value.until - datetime.now(UTC)).total_seconds()
    assert longest - 60 < left < longest + 60
