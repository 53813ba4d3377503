"""How messages came out: on their way, delivered, read, answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from interventions.messages.queries import Sent, sent_for, sent_of, sent_with
from interventions.outcomes import Outcome, State
from interventions.record import withdraw_intervention
from school.links import PageKind, revoke_links
from school.models import Delivery, DeliveryState, Intervention

ON_ITS_WAY = frozenset(
    {
        DeliveryState.WAITING.value,
        DeliveryState.CLAIMED.value,
        DeliveryState.SENDING.value,
        DeliveryState.UNCERTAIN.value,
    }
)
ANSWERS = 3
"""How many answers to one message are told, the last ones."""
NO_WAY = frozenset(
    {"no_slack_user", "no_address", "user_not_found", "users_not_found", "user_disabled"}
)
"""Errors of a delivery that say that the way there was is none any more."""


def message_outcomes(
    session: Session, interventions: Sequence[Intervention], now: datetime
) -> Mapping[int, Outcome]:
    """How these messages stand, by the ids of their interventions."""
    found = sent_for(session, [one.id for one in interventions])
    return {key: steps_of(one)[-1] for key, one in found.items()}


def steps_of(sent: Sent) -> tuple[Outcome, ...]:
    """What happened to a message, the oldest first; the last is how it stands.

    Read is known by a click, an answer or a page visit alone: that something stands in Slack, or
    was fetched by who knows what, says nothing of it.
    """
    gone = sent.intervention.withdrawn_at if sent.intervention is not None else None
    if gone is not None:
        return (Outcome(State.TAKEN_BACK, gone),)
    steps = [_delivered(sent)]
    if sent.message.read_at is not None:
        steps.append(Outcome(State.READ, sent.message.read_at, sent.message.read_by))
    if sent.replies:
        words = "\n".join(one.reply for one in sent.replies[-ANSWERS:])
        steps.append(Outcome(State.REPLIED, sent.replies[-1].replied_at, words))
    return tuple(steps)


def message_taken_back(session: Session, intervention: Intervention, now: datetime) -> None:
    """What taking back a message withdraws: the links to it, and those that went out with it."""
    found = sent_for(session, [intervention.id]).get(intervention.id)
    if found is None:
        return
    for one in sent_with(session, found) if found.lead_id == intervention.id else [found]:
        if one.message.id == found.message.id or _was_taken_back(one):
            _withdraw(one, session=session, now=now, itself=one.message.id != found.message.id)


def withdraw_taken_back(session: Session, deliveries: Sequence[Delivery], now: datetime) -> None:
    """Of messages that went out together, and were taken back in part: mark those that were."""
    for delivery in deliveries:
        message_id = delivery.payload.get("message")
        one = sent_of(session, message_id) if isinstance(message_id, int) else None
        if one is not None and one.message.delivery_id == delivery.id and _was_taken_back(one):
            _withdraw(one, session=session, now=now, itself=True)


def _withdraw(sent: Sent, *, session: Session, now: datetime, itself: bool) -> None:
    own = sent.message
    revoke_links(session, own.workspace_id, PageKind.STUDENT, own.id, now=now)
    if itself and sent.intervention is not None:
        withdraw_intervention(sent.intervention, session=session, now=now)


def _was_taken_back(sent: Sent) -> bool:
    never = (DeliveryState.TAKEN_BACK.value, DeliveryState.CLOSED.value)
    return sent.delivery is not None and sent.delivery.state in never


def _delivered(sent: Sent) -> Outcome:
    delivery = sent.delivery
    if delivery is None:
        return Outcome(State.NO_WAY, sent.message.sent_at)
    state, at = delivery.state, delivery.finished_at
    if state in ON_ITS_WAY:
        return Outcome(State.WAITING, delivery.due_at)
    if state == DeliveryState.TAKEN_BACK.value:
        return Outcome(State.TAKEN_BACK, at)
    if state == DeliveryState.SENT.value:
        fetched = sent.fetched_at
        return Outcome(State.FETCHED, fetched) if fetched else Outcome(State.SENT, at)
    code = delivery.error or ""
    return Outcome(State.NO_WAY if code in NO_WAY else State.FAILED, at, code or None)
