"""What a page does with the records: finding its link, showing, acting, noting who came.

All of it runs in threads of the pages, never on the event loop.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.links import Named, Pages
from handlers.pages.frame import Form, Page, PageFile, PageRoute
from handlers.pages.visits import is_late_enough
from school.database import SessionFactory, reading
from school.errors import Conflict, NotFound
from school.links import PageKind, open_link
from school.models import Base, PageLink

MOST_FIELDS = 40


@dataclass(frozen=True, slots=True)
class Records:
    """The records behind the pages. Every method raises NotFound for a link that opens nothing."""

    session_factory: SessionFactory
    pages: Pages | None
    now: Callable[[], datetime]
    scans_for: float

    def named(self, kind: PageKind, token: str) -> Named | None:
        """What a token names; None for what we did not sign."""
        return self.pages.read(kind.value, token) if self.pages else None

    def show(self, route: PageRoute, named: Named) -> Page:
        """The page as it is now; nothing is changed."""
        now = self.now()
        with self.session_factory(autoflush=False) as session:
            link = self._opened(reading(session), route, named, now)
            return route.show(session, link, now)

    def fetched(self, link_id: int) -> None:
        """Something asked for the page."""
        self._note_first(link_id, PageLink.fetched_at.key)

    def laid_out(self, route: PageRoute, named: Named) -> None:
        """A browser laid the page out: it was opened, unless that was too early to be a person."""
        now = self.now()
        with self.session_factory(autoflush=False) as session:
            link = self._opened(reading(session), route, named, now)
            if link.opened_at is not None or link.fetched_at is None:
                return
            if not is_late_enough(route.sent_at(session, link), now, scans_for=self.scans_for):
                return
        with self.session_factory.begin() as session:
            link = self._opened(session, route, named, now)
            self._note_opened(session, route, link, now)

    def act(self, route: PageRoute, named: Named, form: Form) -> Page | None:
        """Carry out what was posted; a Conflict once more, with the rows as they are by then."""
        try:
            return self._act(route, named, form)
        except Conflict:
            return self._act(route, named, form)

    def file(self, route: PageRoute, named: Named, name: str) -> tuple[PageFile, tuple[Base, ...]]:
        """A file to be made, and the rows to be saved with it."""
        now = self.now()
        with self.session_factory(autoflush=False) as session:
            link = self._opened(reading(session), route, named, now)
            if name not in route.files:
                raise NotFound("no such file")
            made = route.files[name](session, link, now)
            rows = tuple(session.new)
            for row in rows:
                session.expunge(row)
        return made, rows

    def save(self, rows: tuple[Base, ...]) -> None:
        """Save rows that came with a file."""
        with self.session_factory.begin() as session:
            session.add_all(rows)

    def _act(self, route: PageRoute, named: Named, form: Form) -> Page | None:
        now = self.now()
        with self.session_factory.begin() as session:
            link = self._opened(session, route, named, now)
            page = route.act(session, link, form, now)
            self._note_opened(session, route, link, now)
            return page

    def _opened(self, session: Session, route: PageRoute, named: Named, now: datetime) -> PageLink:
        """The link, where it still opens and who has it is still reached where it was sent."""
        link = open_link(session, route.kind, named.link_id, now=now)
        if link is None or self.pages is None:
            raise NotFound("no such link")
        if not self.pages.is_for(route.kind.value, named, route.email(session, link, now)):
            raise NotFound("sent to another address")
        return link

    def _note_opened(
        self, session: Session, route: PageRoute, link: PageLink, now: datetime
    ) -> None:
        """The link is changed last: who changes what it is about locks that before the link."""
        if link.opened_at is None:
            route.opened(session, link, now)
            session.flush()
            link.fetched_at = link.fetched_at or now
            link.opened_at = now

    def _note_first(self, link_id: int, column: str) -> None:
        moment = getattr(PageLink, column)
        query = update(PageLink).where(PageLink.id == link_id, moment.is_(None))
        with self.session_factory.begin() as session:
            session.execute(query.values({column: self.now()}))


def read_form(body: bytes) -> Form:
    """The first value of each field of a posted form. Raises ValueError for too many fields."""
    fields = parse_qs(
        body.decode("utf-8", "replace"),
        keep_blank_values=True,
        encoding="utf-8",
        errors="replace",
        max_num_fields=MOST_FIELDS,
    )
    return {name: _clean(values[0]) for name, values in fields.items()}


def _clean(text: str) -> str:
    """What was typed, with plain line breaks, and without other control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one == "\n" or unicodedata.category(one) != "Cc")
