"""The cards of interventions follow what becomes of them, and of what is sent about them."""

from datetime import datetime

from sqlalchemy.orm import Session

from school.cards import refresh_copies
from school.models import Delivery, Intervention, Lane

CARD = "intervention_card"
"""The kind of the deliveries that bring the card of an intervention."""
_ABOUT = "intervention "


def about(intervention_id: int) -> str:
    """What the deliveries of an intervention bear, so that they can be withdrawn with it."""
    return f"{_ABOUT}{intervention_id}"


def intervention_of(delivery: Delivery) -> int | None:
    """The intervention that a delivery is a part of; None for what only tells its teacher of it."""
    named = delivery.about or ""
    if delivery.sender_id is None or not named.startswith(_ABOUT):
        return None
    return int(named.removeprefix(_ABOUT))


def changed(
    intervention_id: int, *, session: Session, now: datetime, lane: Lane = Lane.INTERACTIVE
) -> None:
    """Say that an intervention, or what it was, is not as it was: its card is shown anew.

    One that has no card gets none by this. Nothing happens where there is no such intervention.
    """
    session.flush()
    locked = {"key_share": True}
    row = session.get(Intervention, intervention_id, with_for_update=locked, populate_existing=True)
    if row is None:
        return
    row.version += 1
    session.flush()
    refresh_copies(
        CARD,
        row.id,
        row.version,
        (),
        session=session,
        workspace_id=row.workspace_id,
        now=now,
        lane=lane,
    )
