"""The mail server: a thin client, which hands a message over once and names each failure.

Nothing is ever repeated here. What came of a message is told by what is raised, so that the caller
can keep its own book. The server has it for certain when it says so, and has it not for as long as
the message's last line was not sent; between the two lies `MailUnclear`. No address, word or
password goes into a log or an error's text: servers like to repeat them.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cached_property

from bot.mail.line import MailLater, MailLine, MailRefused, MailTrouble, MailUnclear
from bot.mail.message import mail_message
from bot.mail.server import mail_address, mail_sender, mail_server
from bot.outgoing import Mail
from bot.settings import Settings

__all__ = ["MailLater", "MailRefused", "MailTrouble", "MailUnclear", "Mailer"]

NO_SERVER, NO_SENDER = "no_mail_server", "no_mail_from"
BAD_ADDRESS = "bad_address"


class Mailer:
    """Hands messages to the mail server of the settings, one connection each."""

    def __init__(self, settings: Settings) -> None:
        self._server = mail_server(settings.smtp_url) if settings.smtp_url else None
        self._sender = mail_sender(settings.mail_from) if settings.mail_from else None
        # Less than its sender's lease: a conversation ends before another sender takes the mail up.
        self._timeout = min(settings.mail_timeout, 0.75 * settings.lease)

    @property
    def lacking(self) -> str | None:
        """What is not set, so that nothing can be sent at all; None where all is."""
        return NO_SERVER if self._server is None else NO_SENDER if self._sender is None else None

    def message(
        self, mail: Mail, *, delivery_id: int, late: bool = False, content: bytes | None = None
    ) -> EmailMessage:
        """The message of a delivery, with its file's bytes, still without its date.

        Raises MailRefused where nothing is set, or an address is none, ValueError where the subject
        has a line break.
        """
        if self._server is None or self._sender is None:
            raise MailRefused(self.lacking or NO_SERVER)
        try:
            to = mail_address(mail.to, mail.to_name)
            reply_to = mail_address(mail.reply_to) if mail.reply_to else None
        except ValueError:
            raise MailRefused(BAD_ADDRESS) from None
        message = mail_message(
            mail, to, sender=self._sender, delivery_id=delivery_id, late=late, content=content
        )
        if reply_to is not None:
            message["Reply-To"] = reply_to
        return message

    def send(self, message: EmailMessage, date: datetime) -> None:
        """Hand a message over, with its date. Raises MailRefused, MailLater or MailUnclear."""
        message["Date"] = format_datetime(date)
        with self._connected() as line:
            line.hand_over(_address(message, "From"), _address(message, "To"), bytes(message))

    def check(self) -> str:
        """Connect and log in, and send nothing; returns the server's name. Raises MailTrouble."""
        with self._connected() as line:
            line.step("NOOP")
        assert self._server is not None  # there was somebody to connect to
        return self._server.host

    @contextmanager
    def _connected(self) -> Iterator[MailLine]:
        """A connection that has been let in, ended whatever comes."""
        if self._server is None or self._sender is None:
            raise MailRefused(self.lacking or NO_SERVER)
        line = MailLine(self._timeout)
        try:
            line.open(self._server, self._our_name)
            yield line
        finally:
            line.close()

    @cached_property
    def _our_name(self) -> str:
        """What we call ourselves; looked up once, as a slow name server may be asked."""
        name = socket.getfqdn()
        return name if "." in name else "[127.0.0.1]"


def _address(message: EmailMessage, header: str) -> str:
    """The one address that a header names, as the server is told of it."""
    return str(message[header].addresses[0].addr_spec)
