"""Cards: a record shown in several people's direct messages, each copy edited as it changes."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from school.deliveries import enqueue, queue_of
from school.models import CardCopy, Delivery, DeliveryState, Lane

AGAIN = "again"
"""In a payload: the card is made though nothing of its record has changed."""


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
    again: str | None = None,
    **payload: Any,
) -> None:
    """Have the copies of these users, and all that there are, show the record as of `version`.

    A delivery of kind `card` for each copy, whose payload is `copy`, `version` and `payload`. One
    that waits renders what holds when it is sent, and no other is added; one that is under way may
    have been rendered before: another follows it, as two side by side could post it twice. `again`
    names something beside the record that is shown, such as an answer: it is made anew though the
    version is the same, once for each name.
    """
    named = f" {again}" if again else ""
    payload = {**payload, AGAIN: True} if again else payload
    copies = _copies_for(session, workspace_id, card, subject_id, set(users))
    under_way = _under_way(session, workspace_id, card, [copy.user_id for copy in copies])
    for copy in copies:
        told = {"copy": copy.id, "version": version, **payload}
        ahead = under_way.get(copy.id, [])
        if not (ahead and _takes_over(session, ahead, told, about=about, lane=lane, now=now)):
            own_lane = Lane(ahead[-1].lane) if ahead else lane
            _show(copy, told, named, session=session, lane=own_lane, about=about, now=now)


def _show(
    copy: CardCopy,
    told: dict[str, Any],
    named: str,
    *,
    session: Session,
    lane: Lane,
    about: str | None,
    now: datetime,
) -> None:
    """Save that a copy is to show a version, once for it and what it is `named`."""
    enqueue(
        copy.card,
        told,
        session=session,
        workspace_id=copy.workspace_id,
        unique_key=f"{copy.card} {copy.id} v{told['version']}{named}",
        recipient_id=copy.user_id,
        channel=None,
        now=now,
        lane=lane,
        about=about,
    )


def confirm_later(
    session: Session, edit: Delivery, copy_id: int, *, due_at: datetime, now: datetime
) -> None:
    """Have a copy edited once more at `due_at`, as its record is then, whatever it shows.

    For an edit that brought no answer: Slack may carry it out later, over one that was made after
    it. At `due_at` it has been carried out, or never will be. One is saved for each edit, however
    often that is tried; the last try counts.
    """
    later = enqueue(
        edit.kind,
        {**edit.payload, AGAIN: True},
        session=session,
        workspace_id=edit.workspace_id,
        unique_key=f"{edit.kind} {copy_id} again {edit.id}",
        recipient_id=edit.recipient_id,
        channel=None,
        now=now,
        lane=Lane(edit.lane),
        due_at=due_at,
        about=edit.about,
    )
    put_off = (
        update(Delivery)
        .where(Delivery.workspace_id == later.workspace_id, Delivery.id == later.id)
        .where(Delivery.state == DeliveryState.WAITING.value, Delivery.due_at < due_at)
        .values(due_at=due_at, next_attempt_at=due_at, fence=Delivery.fence + 1)
    )
    session.execute(put_off.execution_options(synchronize_session=False))


def card_of(payload: dict[str, Any]) -> tuple[int, int] | None:
    """The copy and version that a delivery's payload was saved for; None where it is no card."""
    copy_id, version = payload.get("copy"), payload.get("version")
    return (copy_id, version) if isinstance(copy_id, int) and isinstance(version, int) else None


def copy_shown(session: Session, copy_id: int, version: int, channel: str, ts: str) -> None:
    """Note where a copy stands and which version it shows; never an older one than before."""
    newer = CardCopy.id == copy_id, CardCopy.version <= version
    values = {"version": version, "channel": channel, "message_ts": ts}
    session.execute(
        update(CardCopy).where(*newer).values(**values).execution_options(synchronize_session=False)
    )


def _copies_for(
    session: Session, workspace_id: int, card: str, subject_id: int, users: set[int]
) -> list[CardCopy]:
    """All copies that there are, and new ones for those of the users who have none."""
    query = select(CardCopy).where(
        CardCopy.workspace_id == workspace_id,
        CardCopy.card == card,
        CardCopy.subject_id == subject_id,
    )
    copies = list(session.scalars(query))
    for user_id in sorted(users - {copy.user_id for copy in copies}):
        copies.append(_new_copy(session, workspace_id, card, subject_id, user_id))
    session.flush()  # the deliveries name their copies
    return copies


def _under_way(
    session: Session, workspace_id: int, card: str, users: list[int]
) -> dict[int, list[Delivery]]:
    """The open deliveries of each copy, in their order, by the copy's id."""
    query = (
        select(Delivery)
        .where(
            Delivery.workspace_id == workspace_id,
            Delivery.queue.in_([queue_of(user_id, None) for user_id in users]),
            Delivery.kind == card,
            Delivery.finished_at.is_(None),
        )
        .order_by(Delivery.due_at, Delivery.id)
        .execution_options(populate_existing=True)
    )
    found: dict[int, list[Delivery]] = defaultdict(list)
    for row in session.scalars(query):
        if (saved := card_of(row.payload)) is not None:
            found[saved[0]].append(row)
    return found


def _takes_over(
    session: Session,
    ahead: list[Delivery],
    told: dict[str, Any],
    *,
    about: str | None,
    lane: Lane,
    now: datetime,
) -> bool:
    """Whether the last that waits shows the new version too: nobody has it in hand yet.

    Where somebody waits for it now it goes ahead, but never of another one of its copy.
    """
    due = [one for one in ahead if one.due_at <= now]
    if not due or due[-1].about != about or due[-1].expires_at is not None:
        return False
    last, hurries = due[-1], lane is Lane.INTERACTIVE and len(due) == 1
    query = (
        update(Delivery)
        .where(Delivery.workspace_id == last.workspace_id, Delivery.id == last.id)
        .where(Delivery.state == DeliveryState.WAITING.value, Delivery.withdrawn_at.is_(None))
        .where(Delivery.finished_at.is_(None))
        .values(payload={**last.payload, **told}, lane=lane.value if hurries else last.lane)
        # Who has read it to claim it, and not claimed it yet, would take what it was rendered as.
        .values(fence=Delivery.fence + 1)
        .returning(Delivery.id)
        .execution_options(synchronize_session=False)
    )
    return session.execute(query).first() is not None


def _new_copy(
    session: Session, workspace_id: int, card: str, subject_id: int, user_id: int
) -> CardCopy:
    copy = CardCopy(workspace_id=workspace_id, card=card, subject_id=subject_id, user_id=user_id)
    copy.version = 0
    session.add(copy)
    return copy
