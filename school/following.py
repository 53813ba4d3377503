"""The cards of interventions and meetings follow what becomes of what is sent about them."""

from datetime import datetime

from sqlalchemy.orm import Session

from school.cards import refresh_copies
from school.models import Delivery, Intervention, Lane, Medium, Meeting

CARD, MEETING_CARD = "intervention_card", "meeting_card"
"""The kinds of the deliveries that bring the card of an intervention, and that of a meeting."""
ATTENDEE = "attendee"
"""In a payload: to whom of those invited to a meeting it goes."""
_ABOUT, _MEETING = "intervention ", "meeting "


def about(intervention_id: int) -> str:
    """What the deliveries of an intervention bear, so that they can be withdrawn with it."""
    return f"{_ABOUT}{intervention_id}"


def intervention_of(delivery: Delivery) -> int | None:
    """The intervention that a delivery is a part of; None for what only tells its teacher of it."""
    named = delivery.about or ""
    if delivery.sender_id is None or not named.startswith(_ABOUT):
        return None
    return int(named.removeprefix(_ABOUT))


def follow(delivery: Delivery, *, session: Session, now: datetime) -> None:
    """Have the card of what a delivery is about show what has become of it, where it has a card."""
    about, named = intervention_of(delivery), delivery.about or ""
    is_mail = delivery.medium == Medium.MAIL.value and delivery.sender_id is not None
    if about is not None:
        changed(about, session=session, now=now)
    elif is_mail and named.startswith(_MEETING) and ATTENDEE in delivery.payload:
        _told(int(named.removeprefix(_MEETING)), delivery, session=session, now=now)


def _told(meeting_id: int, delivery: Delivery, *, session: Session, now: datetime) -> None:
    """Nothing of the meeting itself has changed: its card shows who has heard of it."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        return
    refresh_copies(
        MEETING_CARD,
        meeting.id,
        meeting.version,
        (),
        session=session,
        workspace_id=meeting.workspace_id,
        now=now,
        again=f"m{delivery.id} {now.timestamp():.6f}",
    )


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
