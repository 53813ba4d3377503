"""Ports for what the tests start as processes of their own."""

import random
import socket

# Below those that the system gives to who connects: a client that waits for a server there can be
# given the very port that it connects to, and then hears itself, while the server cannot start.
FIRST, LAST = 18_000, 32_000


def free_port() -> int:
    """A port that nothing listens on, and the next one neither."""
    while True:
        port = random.randrange(FIRST, LAST)
        try:
            for number in (port, port + 1):
                socket.create_server(("127.0.0.1", number)).close()
        except OSError:
            continue
        return port
