"""One e-mail as a message on the wire: its headers, words, and the event that comes with it."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from bot.outgoing import LATE_MARK, Mail

# Seven bits: a message that every server on its way takes as it is.
POLICY = SMTP.clone(cte_type="7bit")
EVENT_FILE = "meeting.ics"
"""The name of the attached event: it names nobody."""


def mail_message(
    mail: Mail, to: Address, *, sender: Address, delivery_id: int, late: bool = False
) -> EmailMessage:
    """The message of a delivery, with the same Message-ID each time that it is made.

    Its date is added when it is sent. Raises ValueError where the subject has a line break.
    """
    message = EmailMessage(policy=POLICY)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = mail.subject
    message["Message-ID"] = message_id(delivery_id, sender)
    message["Auto-Submitted"] = "auto-generated"
    words = mail.late if late else None
    message.set_content(mail.text if words is None else f"{words}\n\n{mail.text}")
    if mail.html is not None:
        message.add_alternative(_html(mail.html, words), subtype="html")
    if mail.calendar is not None:
        _add_event(message, mail.calendar, mail.calendar_method or "PUBLISH")
    return message


def message_id(delivery_id: int, sender: Address) -> str:
    """A delivery's Message-ID: each copy of it bears this one."""
    return f"<d-{delivery_id}@{sender.domain}>"


def _html(html: str, late: str | None) -> str:
    return html.replace(LATE_MARK, f'<p class="late">{escape(late)}</p>' if late else "", 1)


def _add_event(message: EmailMessage, calendar: bytes, method: str) -> None:
    """As one more way to say it, which calendars look for, and as a file for everybody else."""
    message.add_alternative(calendar.decode(), subtype="calendar", params={"method": method})
    message.add_attachment(calendar, maintype="application", subtype="ics", filename=EVENT_FILE)
