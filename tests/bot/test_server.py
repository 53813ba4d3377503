"""The HTTP server starts on a bound port, says so when it cannot, and stops."""

import socket

import pytest
from fastapi import FastAPI

from bot.server import HttpServer, PortTaken, bind
from school.errors import HomeroomError


def test_a_taken_port_is_told_in_words() -> None:
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"Cannot listen on 127\.0\.0\.1:{port} .*PORT="):
            bind("127.0.0.1", port)


def test_a_host_that_is_not_ours_is_told_in_words() -> None:
    with pytest.raises(PortTaken, match=r"192\.0\.2\.1"):
        bind("192.0.2.1", 0)


def test_a_host_without_an_address_is_told_in_words() -> None:
    with pytest.raises(PortTaken, match=r"Name or service not known|No address"):
        bind("nowhere.invalid", 0)


def test_after_stopping_nothing_listens() -> None:
    listening = bind("127.0.0.1", 0)
    address = listening.getsockname()
    server = HttpServer(FastAPI(), listening)
    server.start()
    socket.create_connection(address).close()
    server.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_server_that_cannot_serve_says_so() -> None:
    listening = bind("127.0.0.1", 0)
    listening.close()
    with pytest.raises(HomeroomError, match="did not start"):
        HttpServer(FastAPI(), listening).start()
