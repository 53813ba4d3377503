"""What a delivery builder hands to the outbox: a message, how to compose it, and its file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.ical import CalendarEvent, Method

Blocks = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture still to be drawn in a worker process.

    `draw(*arguments)` returns PNG bytes; both are pickled, so `draw` is a function of a module and
    the arguments are plain data. `file_name` names nobody.
    """

    draw: Callable[..., bytes]
    arguments: tuple[Any, ...]
    file_name: str
    alt_text: str


@dataclass(frozen=True, slots=True)
class Job:
    """Work for a worker process: `run(*arguments)`, both pickled as a picture's are."""

    run: Callable[..., Any]
    arguments: tuple[Any, ...]


class FileTrouble(StrEnum):
    """Why a document does not come. `lacking`: this Slack takes no files from us at all;
    `unseen`: it took this one, and does not say whether it shows it."""

    LACKING = "lacking"
    BROKEN = "broken"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class Progress:
    """What the notice of a document says meanwhile: a message sent before, edited in place.

    `text` names nobody. `so_far(done, total)` counts parts; `at_end(until)` says until when the
    file is kept, or with None that there is none.
    """

    text: str
    so_far: Callable[[int, int], Blocks]
    at_end: Callable[[datetime | None], Blocks]


@dataclass(frozen=True, slots=True)
class Document:
    """A file still to be made in worker processes: its parts, then `join(parts)` to bytes.

    Without `join` there is one part, which is the file. `file_name` names nobody, and neither does
    `beside(until)`, the words that stand with the file: Slack shows them on lock screens.
    `otherwise` says why there is no file, and what to do.
    """

    file_name: str
    parts: tuple[Job, ...]
    beside: Callable[[datetime], Blocks]
    otherwise: Callable[[FileTrouble], Blocks]
    join: Callable[[Sequence[Any]], bytes] | None = None
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class CardShown:
    """Which copy of a card a message is, and the version of its record that it shows."""

    copy_id: int
    version: int


class Obsolete(Exception):
    """What was to be sent is of no use any more; `code` says why, in a word for the log."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotYet(Exception):
    """What could not be sent in time would disturb its reader now; it is put off to `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


LATE_MARK = "<!-- late -->"
"""Where the HTML of an e-mail takes the words that it is late."""


FILE_MARK = "<!-- file -->"
"""Where the words and the HTML of an e-mail take what there is to say of its file."""


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file of an e-mail, still to be made in a worker process; `file_name` names nobody.

    In place of `FILE_MARK` stands `beside` where it comes with the mail, and `instead` where it
    could not be made or is too large: the mail goes all the same.
    """

    job: Job
    file_name: str
    beside: str
    instead: str
    media_type: str = "application/pdf"


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail, ready to be sent to one address.

    `subject` names no child. `event` comes with it for the calendar, by `method`; its organizer is
    whoever the mail is from, under the name that the event gives, as calendars take no change of an
    event from anybody else.
    `late` is what it says on top, in its reader's language, should it be sent late.
    """

    to: str
    subject: str
    text: str
    html: str | None = None
    to_name: str | None = None
    reply_to: str | None = None
    event: CalendarEvent | None = None
    method: Method = Method.PUBLISH
    late: str | None = None
    file: MailFile | None = None


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An entry in the calendar of whoever has the address `email`, known there by its `uid`.

    `event` is an iCalendar object without a method; None: there is to be none any more.
    """

    email: str
    uid: str
    event: bytes | None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message, ready to be sent.

    `text` is what a lock screen shows: it names nobody. `compose(file_id)` gives the blocks: with
    the id of the uploaded picture, or with None where its table of numbers has to stand in.
    `replaces` is the `(channel, ts)` of the message to be edited in place instead of posted anew.
    With a `document` the message is that file with the words beside it; `compose` is not asked.
    `card`: it is a copy of a card, whose place and version are noted when it is sent.
    """

    text: str
    compose: Callable[[str | None], Blocks]
    picture: Picture | None = None
    replaces: tuple[str, str] | None = None
    document: Document | None = None
    card: CardShown | None = None


def document_message(text: str, document: Document) -> Outgoing:
    """A message that is a file; `text` is for where words have to do."""
    return Outgoing(text, lambda _file: document.otherwise(FileTrouble.BROKEN), document=document)
