"""A real mail server that makes trouble, as a process of its own, and a book of what it took."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from multiprocessing.connection import Connection
from pathlib import Path

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.crash.processes import CONTEXT, end_with_the_test

BUSY, TURNED_AWAY, DROPPED, LATE = 0.05, 0.05, 0.05, 0.02
"""How often it says "later" to the message, "later" to the address, or takes the message and then
closes without an answer, or answers when nobody listens any more."""
LATE_BY = 1.3


class Postman:
    """Takes messages, and writes their ids into a file before it says so."""

    def __init__(self, book: Path, seed: int) -> None:
        self._book = book.open("a", encoding="utf-8", buffering=1)
        self._chance = random.Random(seed)

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's own name
        self, _server: SMTP, _session: Session, envelope: Envelope, to: str, _options: list[str]
    ) -> str:
        """To whom: at times not just now."""
        if self._chance.random() < TURNED_AWAY:
            return "450 4.2.1 not just now"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # aiosmtpd's own name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """The message: written down, and answered as chance will have it."""
        lot = self._chance.random()
        if lot < BUSY:
            return "451 4.3.0 not just now"
        if lot > 1 - LATE:
            await asyncio.sleep(LATE_BY)
        content = envelope.original_content or b""
        self._book.write(f"{message_from_bytes(content)['Message-ID']}\n")
        if lot < BUSY + DROPPED:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return "250 2.0.0 OK"


def _serve(book: Path, seed: int, ready: Connection) -> None:
    async def serve() -> None:
        controller = UnthreadedController(
            Postman(book, seed), "127.0.0.1", 0, loop=asyncio.get_running_loop()
        )
        server = await controller._create_server()
        assert isinstance(server, asyncio.Server)  # the one on a port of this machine
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    end_with_the_test()
    asyncio.run(serve())


@contextmanager
def troubled_mail_server(book: Path, seed: int) -> Iterator[str]:
    """A mail server that makes trouble; yields its address."""
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=_serve, args=(book, seed, theirs), daemon=True)
    process.start()
    try:
        yield f"smtp://127.0.0.1:{ours.recv()}"
    finally:
        process.kill()
        process.join()


def copies(book: Path) -> Counter[str]:
    """How often each message was taken, by its Message-ID."""
    return Counter(book.read_text(encoding="utf-8").splitlines() if book.exists() else ())
