"""The links that people outside are given: making one, and finding what one may still open."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from school.models import PageLink, new_id

LASTS = timedelta(days=30)


class PageKind(StrEnum):
    """What a link opens: a message to a student, a notice to a guardian, a meeting's invitation.

    It is the first part of the page's path, and `subject_id` is a teacher's message, a notice or a
    meeting's attendee.
    """

    STUDENT = "s"
    PARENT = "p"
    MEETING = "m"


def make_link(
    session: Session,
    workspace_id: int,
    kind: PageKind,
    subject_id: int,
    *,
    now: datetime,
    lasts: timedelta = LASTS,
) -> PageLink:
    """Save a link to a record; it opens for `lasts` from now."""
    link = PageLink(workspace_id=workspace_id, id=new_id(), kind=kind.value, subject_id=subject_id)
    link.created_at, link.expires_at = now, now + lasts
    session.add(link)
    return link


def link_to(
    session: Session, workspace_id: int, kind: PageKind, subject_id: int
) -> PageLink | None:
    """The latest link to a record that was not revoked."""
    query = (
        select(PageLink)
        .where(
            PageLink.workspace_id == workspace_id,
            PageLink.kind == kind.value,
            PageLink.subject_id == subject_id,
            PageLink.revoked_at.is_(None),
        )
        .order_by(PageLink.id.desc())
    )
    return session.scalars(query.limit(1)).first()


def open_link(session: Session, kind: PageKind, link_id: int, *, now: datetime) -> PageLink | None:
    """The link of a token; None where there is none, or it is revoked or past its time."""
    query = select(PageLink).where(PageLink.id == link_id, PageLink.kind == kind.value)
    link = session.scalars(query).first()
    if link is None or link.revoked_at is not None or link.expires_at <= now:
        return None
    return link


def revoke_links(
    session: Session, workspace_id: int, kind: PageKind, subject_id: int, *, now: datetime
) -> None:
    """Let no link to a record open any more."""
    of_record = (
        PageLink.workspace_id == workspace_id,
        PageLink.kind == kind.value,
        PageLink.subject_id == subject_id,
        PageLink.revoked_at.is_(None),
    )
    query = update(PageLink).where(*of_record).values(revoked_at=now)
    session.execute(query.execution_options(synchronize_session=False))
