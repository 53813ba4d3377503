"""One e-mail as a message on the wire: its headers, words, and the event that comes with it."""

from dataclasses import replace
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from bot.ical import CalendarEvent, CalendarPerson, event_calendar
from bot.outgoing import FILE_MARK, LATE_MARK, Mail

# Seven bits: a message that every server on its way takes as it is.
POLICY = SMTP.clone(cte_type="7bit")
EVENT_FILE = "meeting.ics"
"""The name of the attached event: it names nobody."""


def mail_message(
    mail: Mail,
    to: Address,
    *,
    sender: Address,
    delivery_id: int,
    late: bool = False,
    content: bytes | None = None,
) -> EmailMessage:
    """The message of a delivery, with the same Message-ID each time that it is made.

    `content` is its file's, where there is one. Its date is added when it is sent. Raises
    ValueError where the subject has a line break.
    """
    message = EmailMessage(policy=POLICY)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = mail.subject
    message["Message-ID"] = message_id(delivery_id, sender)
    message["Auto-Submitted"] = "auto-generated"
    words, text = mail.late if late else None, _with_file(mail, mail.text, content)
    message.set_content(text if words is None else f"{words}\n\n{text}")
    if mail.html is not None:
        html = _with_file(mail, _html(mail.html, words), content)
        message.add_alternative(html, subtype="html")
    if mail.event is not None:
        event = organized(mail.event, sender)
        _add_event(message, event_calendar(event, mail.method), mail.method.value)
    _add_file(message, mail, content)
    return message


def _with_file(mail: Mail, words: str, content: bytes | None) -> str:
    """The words with what there is to say of the mail's file; it needs no escaping."""
    if mail.file is None:
        return words
    return words.replace(FILE_MARK, mail.file.instead if content is None else mail.file.beside)


def _add_file(message: EmailMessage, mail: Mail, content: bytes | None) -> None:
    if mail.file is None or content is None:
        return
    maintype, subtype = mail.file.media_type.split("/")
    name = mail.file.file_name
    message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)


def message_id(delivery_id: int, sender: Address) -> str:
    """A delivery's Message-ID: each copy of it bears this one."""
    return f"<d-{delivery_id}@{sender.domain}>"


def organized(event: CalendarEvent, sender: Address) -> CalendarEvent:
    """The event as one of whoever the mail is from, under the name of who invites."""
    name = event.organizer.name if event.organizer is not None else sender.display_name
    return replace(event, organizer=CalendarPerson(sender.addr_spec, name))


def _html(html: str, late: str | None) -> str:
    return html.replace(LATE_MARK, f'<p class="late">{escape(late)}</p>' if late else "", 1)


def _add_event(message: EmailMessage, calendar: bytes, method: str) -> None:
    """As one more way to say it, which calendars look for, and as a file for everybody else."""
    message.add_alternative(calendar.decode(), subtype="calendar", params={"method": method})
    message.add_attachment(calendar, maintype="application", subtype="ics", filename=EVENT_FILE)
