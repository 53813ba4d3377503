"""The frame of the pages that people outside open: what a kind of page hands in.

A page lives at `/s/<token>`, `/p/<token>` or `/m/<token>` (`school.links.PageKind`). A kind is one
file here that makes a `PageRoute`, one line in `handlers/pages/routes.py`, and templates under
`templates/pages/` on `base.html`:

    def show(session, link, now) -> Page:
        message = session.get(TeacherMessage, link.subject_id)
        if message is None: raise NotFound(...)        # the page of a link that opens nothing
        return Page("student/page.html", "en", {"teacher_name": ..., "typed": "", "wrong": None})

    def act(session, link, form, now) -> Page | None:
        ...                                            # saves; None: done, the page is shown anew
        return Page(..., status=422)                   # what was typed, and what is wrong with it

    STUDENT_PAGE = PageRoute(PageKind.STUDENT, show, act, email)

What the frame does (`serving.py`), so that no kind has to:

- The token is checked and its link opened. Unknown, forged, expired and revoked links, and a
  NotFound of the kind, get one and the same page with status 404. A kind checks by itself, at each
  call, that the person may still see it.
- `show` reads and changes nothing: its session cannot flush, and is marked as reading only. HEAD
  changes nothing at all; GET notes `fetched_at` and, by the rule in `visits.py`, `opened_at`; then
  `opened` is called once, in a transaction of its own that may write.
- `act` is called for a POST within a transaction that is committed after it. `form` has the first
  value of each field, without control characters other than line breaks, at most 64 KB in all.
  After None the browser is sent back to the page by GET (303), so that reloading posts nothing:
  the page must say from its records what was answered. A POST also counts as opened, and the
  outbox is woken. A Conflict is tried once more with fresh rows.
- `files` are what a page links to as `{{ token }}/<name>`: `(session, link, now) -> PageFile`,
  made by the workers, never on a thread that answers; rows that it adds (the audit's) are saved
  once the file is made. A `trouble` is said in words on a page of the frame.
- What breaks is logged without words and answered by a page with its reference.
- Headers, the caps on requests, bodies and time, and the threads are the frame's.

Templates get `language`, `token` and the values of the page; a value that is missing is an error.
No script, nothing from elsewhere, no inline `style=`: the policy forbids them; the stylesheet is
`templates/pages/page.css`. A form is `<form method="post">` without an action.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.outgoing import Job
from school.links import PageKind
from school.models import PageLink

Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: a template below `templates/pages/`, its language (`en`, `es`) and its values."""

    template: str
    language: str
    values: Mapping[str, Any]
    status: int = 200


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file still to be made by the workers; `file_name` names nobody.

    `trouble` is the page that says that it could not be made.
    """

    job: Job
    file_name: str
    trouble: Page
    media_type: str = "application/pdf"


def as_made(_session: Session, link: PageLink) -> datetime:
    """When a link was sent, as far as is known without looking: when it was made."""
    return link.created_at


def _nothing(_session: Session, _link: PageLink, _now: datetime) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class PageRoute:
    """One kind of page.

    `email(session, link, now)` is where who may open it is written to by now, None where nowhere:
    what was sent to another address opens nothing.
    `opened(session, link, now)` is called once, when a person first opened it. `sent_at(session,
    link)` is when the mail with the link went out; until a minute later no visit counts as one.
    """

    kind: PageKind
    show: Callable[[Session, PageLink, datetime], Page]
    act: Callable[[Session, PageLink, Form, datetime], Page | None]
    email: Callable[[Session, PageLink, datetime], str | None]
    opened: Callable[[Session, PageLink, datetime], None] = _nothing
    sent_at: Callable[[Session, PageLink], datetime | None] = as_made
    files: Mapping[str, Callable[[Session, PageLink, datetime], PageFile]] = field(
        default_factory=dict
    )
