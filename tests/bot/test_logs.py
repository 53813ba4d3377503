"""Logs tell what happened, and nothing that opens a door or names a child."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot.calendar.client import CalendarServer
from bot.calendar.place import calendar_place
from bot.links import Pages
from bot.logs import place_of, set_up_logging, strike_out
from school.links import PageKind
from school.models import PageLink
from tests.bot.calendar.answering import answering


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logging("DEBUG", stream)
    yield stream
    logging.basicConfig(level=level, handlers=handlers, force=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("refused xoxb-123-abc_D today", "refused xoxb-… today"),
        ("token xapp-1-A0-99", "token xapp-…"),
        ("GET wss://x/link?ticket=abc&app_id=1", "GET wss://x/link?ticket=…&app_id=1"),
        (
            "POST https://hooks.slack.com/commands/T1/2/x done",
            "POST https://hooks.slack.com/commands/… done",
        ),
        ("GET /p/1a2b-" + "a7" * 20 + "/x", "GET /p/…/x"),
        ("nothing secret", "nothing secret"),
        (
            "KeyError at handlers/actions/reports.py:35",
            "KeyError at handlers/actions/reports.py:35",
        ),
    ],
)
def test_what_opens_a_door_is_struck_out(text: str, expected: str) -> None:
    assert strike_out(text) == expected


@pytest.mark.parametrize("kind", list(PageKind))
@pytest.mark.parametrize(
    "rest", ["", "/", "/laid-out.css", "/report.pdf", "?a=b", '"', " HTTP/1.1"]
)
def test_no_address_of_a_page_that_we_send_is_written(kind: PageKind, rest: str) -> None:
    pages = Pages("https://pages.test/homeroom", b"k" * 32)
    for link_id in (1, 2**62):
        url = pages.url(PageLink(id=link_id, kind=kind.value), "min@home.test")
        assert strike_out(url + rest) == f"https://pages.test/homeroom/{kind.value}/…{rest}"
        assert strike_out(url.replace("-", "%2D")).endswith(f"/{kind.value}/…")


def test_a_traceback_is_struck_out_too(log: io.StringIO) -> None:
    try:
        raise ValueError("bad token xoxb-1-2")
    except ValueError:
        logging.getLogger("homeroom.x").exception("It failed")
    assert "It failed" in log.getvalue()
    assert "xoxb-1" not in log.getvalue()


def test_an_answer_that_could_not_be_read_is_not_written_out(log: io.StringIO) -> None:
    logging.getLogger("homeroom.bolt").error(f"Failed to decode Slack API response: {'Maya'}")
    logging.getLogger("homeroom.bolt").error("Failed to send a request")
    assert "Maya" not in log.getvalue()
    assert "Failed to send" in log.getvalue()


@pytest.mark.parametrize(
    "library", ["slack_bolt.App", "slack_sdk.web", "homeroom.bolt", "uvicorn.error"]
)
def test_libraries_stay_quiet_whatever_the_level(log: io.StringIO, library: str) -> None:
    logging.getLogger(library).info("the whole body: Maya Okafor")
    logging.getLogger(library).warning("trouble")
    assert "Maya" not in log.getvalue()
    assert "trouble" in log.getvalue()


def test_no_access_log_is_written(log: io.StringIO) -> None:
    logging.getLogger("uvicorn.access").error("GET /r/secret")
    assert log.getvalue() == ""


def test_an_error_that_was_never_raised_has_no_place() -> None:
    assert place_of(ValueError("Maya")) == "ValueError"


def test_what_a_calendar_server_sends_is_not_written(log: io.StringIO) -> None:
    with answering(200, b"SUMMARY:Dentist", "text/html") as url:
        CalendarServer(calendar_place(url), 5).look(url)
    assert "Dentist" not in log.getvalue()
