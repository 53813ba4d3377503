"""Cards: a record shown in several people's direct messages, each copy edited as it changes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from school.deliveries import enqueue
from school.models import CardCopy, Lane


def refresh_copies(
    card: str,
    subject_id: int,
    version: int,
    users: Iterable[int],
    *,
    session: Session,
    workspace_id: int,
    now: datetime,
    lane: Lane = Lane.INTERACTIVE,
    about: str | None = None,
    **payload: Any,
) -> None:
    """Have the copies of these users, and all that there are, show the record as of `version`.

    One delivery a copy and version, of kind `card`: it renders what holds when it is sent, and a
    later one finds that nothing is left to do. Its payload is `copy`, `version` and `payload`.
    """
    copies = _copies(session, workspace_id, card, subject_id)
    for user_id in sorted(set(users) - {copy.user_id for copy in copies}):
        copies.append(_new_copy(session, workspace_id, card, subject_id, user_id))
    session.flush()  # the deliveries name their copies
    for copy in copies:
        enqueue(
            card,
            {"copy": copy.id, "version": version, **payload},
            session=session,
            workspace_id=workspace_id,
            unique_key=f"{card} {copy.id} v{version}",
            recipient_id=copy.user_id,
            channel=None,
            now=now,
            lane=lane,
            about=about,
        )


def card_of(payload: dict[str, Any]) -> tuple[int, int] | None:
    """The copy and version that a delivery's payload was saved for; None where it is no card."""
    copy_id, version = payload.get("copy"), payload.get("version")
    return (copy_id, version) if isinstance(copy_id, int) and isinstance(version, int) else None


def copy_shown(session: Session, copy_id: int, version: int, channel: str, ts: str) -> None:
    """Note where a copy stands and which version it shows; never an older one than before."""
    newer = CardCopy.id == copy_id, CardCopy.version < version
    values = {"version": version, "channel": channel, "message_ts": ts}
    session.execute(
        update(CardCopy).where(*newer).values(**values).execution_options(synchronize_session=False)
    )


def _copies(session: Session, workspace_id: int, card: str, subject_id: int) -> list[CardCopy]:
    query = select(CardCopy).where(
        CardCopy.workspace_id == workspace_id,
        CardCopy.card == card,
        CardCopy.subject_id == subject_id,
    )
    return list(session.scalars(query))


def _new_copy(
    session: Session, workspace_id: int, card: str, subject_id: int, user_id: int
) -> CardCopy:
    copy = CardCopy(workspace_id=workspace_id, card=card, subject_id=subject_id, user_id=user_id)
    copy.version = 0
    session.add(copy)
    return copy
