"""A local mail server (SMTP, by aiosmtpd) that keeps what it takes, with trouble on demand.

with Mailbox() as mailbox:
    # start the bot with SMTP_URL=mailbox.url
    mailbox.fail(MailFaultKind.DROP)        # the next one is taken, and no answer comes
    [mail] = mailbox.mails(to="ana@home.test")
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from sandbox.received import ReceivedMail

KEPT = 5000
"""So many mails are kept, the newest."""
PATIENCE = 60.0
"""Seconds of silence after which a connection is closed."""


class MailFaultKind(StrEnum):
    """What goes wrong with a mail, in the words of `sandbox.faults`."""

    ERROR = "error"  # answered with `code`, not taken
    REFUSE = "refuse"  # the connection closes, not taken
    DROP = "drop"  # taken, then the connection closes without an answer
    SLOW = "slow"  # taken, and answered after `seconds`


@dataclass
class MailFault:
    """One piece of trouble. `times` mails are hit (None: all until cleared).

    `stage` is the command at which it happens: `mail`, `rcpt`, or `data`, which is when all of the
    message has come. `to` narrows it to one address.
    """

    kind: MailFaultKind
    stage: str = "data"
    times: int | None = 1
    code: int = 550
    seconds: float = 0.0
    to: str = ""

    def hits(self, stage: str, to: str) -> bool:
        """Whether it happens here."""
        return self.stage == stage and self.times != 0 and self.to in ("", to)


class Mailbox:
    """A mail server on a thread between `with` and its end. Safe to use from any thread.

    `login` is the one name and password that it knows, asked for before anything else; `tls` is
    offered by STARTTLS, or spoken from the first byte where it is `encrypted`. `listener` is a
    socket that listens already; without one a free port is taken.
    """

    def __init__(
        self,
        listener: socket.socket | None = None,
        *,
        login: tuple[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
        encrypted: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._listener = listener or socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._login, self._tls, self._encrypted = login, tls, encrypted
        self._clock = clock
        self._mails: deque[ReceivedMail] = deque(maxlen=KEPT)
        self._faults: list[MailFault] = []
        self._watchers: list[Callable[[], None]] = []
        self._lock = threading.Lock()
        self._taken = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mailbox", daemon=True)

    @property
    def url(self) -> str:
        """What `SMTP_URL` should be."""
        user = f"{self._login[0]}:{self._login[1]}@" if self._login else ""
        return f"smtp{'s' * self._encrypted}://{user}127.0.0.1:{self.port}"

    def mails(self, *, to: str = "", message_id: str = "") -> list[ReceivedMail]:
        """What was taken, oldest first: all of it, that of one address, or the copies of one."""
        with self._lock:
            mails = list(self._mails)
        return [
            mail for mail in mails if to in ("", mail.to) and message_id in ("", mail.message_id)
        ]

    def fail(self, kind: MailFaultKind | str, **options: Any) -> MailFault:
        """Add a fault; `options` are the fields of `MailFault`."""
        fault = MailFault(MailFaultKind(kind), **options)
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Everything works again, and nothing has come yet."""
        with self._lock:
            self._faults.clear()
            self._mails.clear()

    def watch(self, news: Callable[[], None]) -> None:
        """Have `news` called after each mail that was taken, on the mailbox's thread."""
        self._watchers.append(news)

    # what the server on the thread does

    def fault(self, stage: str, to: str) -> MailFault | None:
        """The first fault that happens here, counted down; None when all is well."""
        with self._lock:
            fault = next((one for one in self._faults if one.hits(stage, to)), None)
            if fault is not None and fault.times is not None:
                fault.times -= 1
            return fault

    def take(self, envelope: Envelope) -> None:
        """Keep a mail: from here on it was taken, whatever its sender hears of it."""
        content = bytes(envelope.original_content or b"")
        with self._lock:
            self._taken += 1
            to, sender = str(envelope.rcpt_tos[0]), str(envelope.mail_from)
            self._mails.append(ReceivedMail(self._taken, self._clock(), sender, to, content))
        for news in self._watchers:
            news()

    def lets_in(self, user: bytes, password: bytes) -> bool:
        """Whether this is the name and password that it knows."""
        return self._login == (user.decode(), password.decode())

    def _protocol(self) -> SMTP:
        smtp = SMTP(
            _Handler(self),
            hostname="mailbox.sandbox",
            timeout=PATIENCE,
            enable_SMTPUTF8=True,
            tls_context=None if self._encrypted else self._tls,
            auth_required=self._login is not None,
            authenticator=self._authenticate,
            loop=self._loop,
        )
        if self._encrypted:
            # aiosmtpd knows of the encryption that it began itself alone, and warns of any other.
            smtp._auth_require_tls = False
        return smtp

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        return AuthResult(success=self.lets_in(data.login, data.password), handled=False)

    def _run(self) -> None:
        self._loop = loop = asyncio.new_event_loop()
        context = self._tls if self._encrypted else None
        serving = loop.create_server(self._protocol, sock=self._listener, ssl=context)
        server = loop.run_until_complete(serving)
        self._ready.set()
        loop.run_forever()
        server.close()
        loop.run_until_complete(_end_all(loop))
        loop.close()

    def __enter__(self) -> Mailbox:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


class _Handler:
    """What aiosmtpd asks at each command; its names are aiosmtpd's."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, sender: str, options: list[str]
    ) -> str:
        envelope.mail_from = sender
        return self._spoilt("mail", "", server) or "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]
    ) -> str:
        spoilt = self._spoilt("rcpt", to, server)
        if spoilt is None:
            envelope.rcpt_tos.append(to)
        return spoilt or "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        fault = self.mailbox.fault("data", str(envelope.rcpt_tos[0]))
        if fault is not None and fault.kind in (MailFaultKind.ERROR, MailFaultKind.REFUSE):
            return _carried_out(fault, server)
        self.mailbox.take(envelope)
        if fault is not None and fault.kind is MailFaultKind.SLOW:
            await asyncio.sleep(fault.seconds)
        elif fault is not None:
            _cut(server)
        return "250 OK"

    def _spoilt(self, stage: str, to: str, server: SMTP) -> str | None:
        fault = self.mailbox.fault(stage, to)
        return None if fault is None else _carried_out(fault, server)


def _carried_out(fault: MailFault, server: SMTP) -> str:
    if fault.kind is not MailFaultKind.ERROR:
        _cut(server)
    return f"{fault.code} {fault.code // 100}.7.0 as you wished, for {fault.to or 'everybody'}"


def _cut(server: SMTP) -> None:
    """Close the connection at once: what is answered after this reaches nobody."""
    if isinstance(server.transport, asyncio.Transport):
        server.transport.abort()


async def _end_all(loop: asyncio.AbstractEventLoop) -> None:
    """End the conversations that are under way."""
    tasks = asyncio.all_tasks(loop) - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks, return_exceptions=True)
