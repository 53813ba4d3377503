"""One conversation with a mail server (SMTP, RFC 5321), and what may come of it."""

import re
import smtplib
import socket
import ssl
import time

from bot.mail.server import MailServer
from school.errors import DeliveryFailed

TOO_LARGE, GOODBYE = 552, 421
NOT_LET_IN = frozenset({530, 534, 535, 538})
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}(?!\S)")
# A name or password that cannot be said, or a host that is none, is a UnicodeError.
_LOST = (OSError, UnicodeError)


class MailTrouble(DeliveryFailed):
    """A message that the server has not taken for certain. `code` is fit for a log.

    `said` are the server's own words, which may name people: for whoever runs `check` alone.
    """

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(f"The mail server did not take this ({code}).")
        self.code = code
        self.said = said


class MailRefused(MailTrouble):
    """It will never be taken as it is: the address, or the message, is refused for good."""


class MailLater(MailTrouble):
    """Nothing was taken, and another time it may be: not reached, busy, or it does not let us in.

    A login or a sender that is refused is of this kind: it is put right in the settings. `for_all`:
    it holds for all mails, whoever they go to.
    """

    for_all = True


class MailUnclear(MailTrouble):
    """All of it was sent and no answer came: it may have been taken or not."""


class MailLine:
    """A connection to a mail server, which ends after so many seconds, whatever is under way."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._smtp: smtplib.SMTP | None = None

    def open(self, server: MailServer, our_name: str) -> None:
        """Connect, encrypt and log in. Raises MailLater."""
        try:
            self._smtp = self._connected(server, our_name)
            self._let_in(self._smtp, server)
        except smtplib.SMTPResponseException as answer:
            raise _answered(MailLater, answer.smtp_code, answer.smtp_error) from None
        except _LOST as trouble:
            raise MailLater(type(trouble).__name__) from None

    def hand_over(self, sender: str, to: str, content: bytes) -> None:
        """Send one message. Raises MailRefused, MailLater or MailUnclear."""
        self.step(f"MAIL FROM:<{sender}>", for_good=frozenset({TOO_LARGE}))
        self.step(f"RCPT TO:<{to}>")
        self.step("DATA", wanted=3)
        try:
            # Without the last line the server does not have the message, whatever happens.
            self._timed().send(_transparent(content))
        except _LOST as trouble:
            raise MailLater(type(trouble).__name__) from None
        try:
            self._timed().send(b".\r\n")
            code, said = self._timed().getreply()
        except _LOST as trouble:
            raise MailUnclear(type(trouble).__name__) from None
        if code // 100 not in (2, 4, 5):
            raise MailUnclear("no_answer")
        _judge(code, said)

    def step(
        self, command: str, *, wanted: int = 2, for_good: frozenset[int] | None = None
    ) -> None:
        """Say one command, and hear that it is well. Raises MailRefused or MailLater.

        `for_good`: the refusals that are about this message; unless said, all but those of a login.
        """
        try:
            code, said = self._timed().docmd(command)
        except _LOST as trouble:
            raise MailLater(type(trouble).__name__) from None
        _judge(code, said, wanted=wanted, for_good=for_good)

    def close(self) -> None:
        """Say goodbye, where somebody is there to hear it."""
        if self._smtp is None:
            return
        try:
            self._timed().quit()
        except _LOST:
            self._smtp.close()

    def _connected(self, server: MailServer, our_name: str) -> smtplib.SMTP:
        where, seconds = (server.host, server.port), self._left()
        if server.encrypted:
            context = _context(server)
            return smtplib.SMTP_SSL(*where, our_name, timeout=seconds, context=context)
        return smtplib.SMTP(*where, our_name, timeout=seconds)

    def _let_in(self, smtp: smtplib.SMTP, server: MailServer) -> None:
        assert smtp.sock is not None  # just connected
        # The last line is a packet of its own, which is not to wait for the one before.
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._timed().ehlo_or_helo_if_needed()
        if not server.encrypted:
            self._encrypt(smtp, server)
        if server.user is not None:
            self._timed().login(server.user, server.password or "")

    def _encrypt(self, smtp: smtplib.SMTP, server: MailServer) -> None:
        if smtp.has_extn("starttls"):
            self._timed().starttls(context=_context(server))
            self._timed().ehlo()
        elif server.user is not None and not server.is_here:
            raise MailLater("no_encryption")

    def _timed(self) -> smtplib.SMTP:
        """The connection, given no more than the time that is left. Raises OSError."""
        if self._smtp is None or self._smtp.sock is None:
            raise smtplib.SMTPServerDisconnected
        self._smtp.sock.settimeout(self._left())
        return self._smtp

    def _left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def _transparent(content: bytes) -> bytes:
    """The content with whole lines, where none looks like the last one (RFC 5321, 4.5.2)."""
    whole = content if content.endswith(b"\r\n") else content + b"\r\n"
    return _LEADING_DOT.sub(b"..", whole)


def _context(server: MailServer) -> ssl.SSLContext:
    """The server shows who it is, but for one on this machine, which nobody can stand in for."""
    context = ssl.create_default_context()
    if server.is_here:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _judge(
    code: int, said: bytes, *, wanted: int = 2, for_good: frozenset[int] | None = None
) -> None:
    if code // 100 == wanted:
        return
    is_final = code not in NOT_LET_IN if for_good is None else code in for_good
    trouble = _answered(MailRefused if code // 100 == 5 and is_final else MailLater, code, said)
    if isinstance(trouble, MailLater):
        trouble.for_all = for_good is not None or code in (GOODBYE, *NOT_LET_IN)
    raise trouble


def _answered(kind: type[MailTrouble], code: int, said: bytes | str) -> MailTrouble:
    """The trouble that an answer means, such as `smtp 550 5.1.1`; -1 is no code at all."""
    words = said if isinstance(said, bytes) else said.encode()
    enhanced = _ENHANCED.match(words)
    more = f" {enhanced[0].decode()}" if enhanced else ""
    return kind(f"smtp {code}{more}", f"{code} {words.decode('utf-8', 'replace')}")
