"""The card of an intervention, opened anew, with access checked and audited, when it is sent."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.outgoing import CardShown, Obsolete, Outgoing
from handlers.cards import PARTS, Part
from handlers.deliveries.shared import lock_screen, viewer_for
from handlers.views.interventions.intervention_card import CARD_TEXT, CardView, intervention_card
from handlers.views.limits import shorten
from interventions.opening import open_intervention
from interventions.standing import outcomes_of
from school.access import Viewer
from school.cards import AGAIN
from school.models import CardCopy, Delivery, Intervention, InterventionType, User
from school.zones import own_zone

PURPOSE = "intervention"


def intervention_card_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """A copy of an intervention's card. Raises Obsolete where it shows what there is already.

    Raises NotFound or NotAllowed for who may not see the student.
    """
    copy = session.get(CardCopy, int(delivery.payload["copy"]))
    if copy is None or copy.workspace_id != delivery.workspace_id:
        raise Obsolete("no_copy")
    viewer = viewer_for(session, delivery, now)
    view = card_view(viewer, copy.subject_id, session=session, now=now)
    if copy.version >= view.version and AGAIN not in delivery.payload:
        raise Obsolete("shown")
    stands = copy.channel is not None and copy.message_ts is not None
    place = (str(copy.channel), str(copy.message_ts)) if stands else None
    blocks = intervention_card(view, now=now)
    shown = CardShown(copy.id, view.version)
    named = f"Something that you did for {shorten(view.student_name, 'name')}."
    text = lock_screen(session, viewer.user_id, CARD_TEXT, named)
    return Outgoing(text, lambda _file: blocks, replaces=place, card=shown)


def card_view(viewer: Viewer, intervention_id: int, *, session: Session, now: datetime) -> CardView:
    """An intervention as the viewer's card shows it. Raises NotFound."""
    found, student = open_intervention(viewer, intervention_id, PURPOSE, session=session, now=now)
    teacher, part = session.get_one(User, found.teacher_id), part_of(session, found, now)
    return CardView(
        id=found.id,
        version=found.version,
        kind=InterventionType(found.intervention_type),
        student_name=student.name,
        by=None if teacher.id == viewer.user_id else teacher.name,
        at=found.created_at or now,
        zone=own_zone(viewer, session=session).key,
        part=part,
        withdrawn_at=found.withdrawn_at,
        rating=found.effectiveness_rating,
        window=_window(session, found.workspace_id, part),
    )


def _window(session: Session, workspace_id: int, part: Part) -> timedelta | None:
    """How long what goes to a person waits to be taken back."""
    sent = part.delivery_id and session.get(Delivery, (workspace_id, part.delivery_id))
    return sent.due_at - sent.created_at if sent else None


def part_of(session: Session, intervention: Intervention, now: datetime) -> Part:
    """What its kind says of it; of what was taken back alone whom it was for."""
    kind = PARTS.get(InterventionType(intervention.intervention_type))
    part = None if kind is None else kind(session, intervention, now)
    if part is None or intervention.withdrawn_at is not None:
        outcome = outcomes_of(session, [intervention], now)[intervention.id]
        return Part(outcome, who=None if part is None else part.who)
    return part
