"""A resolved alert on its card: what was done about it, and that it can be opened again."""

from datetime import datetime

from sqlalchemy.orm import Session

from handlers.cards.part import Part
from handlers.views.limits import shorten
from interventions.alerts import resolution_outcomes
from school.models import Intervention


def resolution_part(session: Session, intervention: Intervention, now: datetime) -> Part:
    """What was done, and what was noted."""
    outcome = resolution_outcomes(session, [intervention], now)[intervention.id]
    notes = outcome.detail
    lines = [shorten(intervention.action_taken, "finding")]
    if notes:
        lines.append(f"Notes: {shorten(notes, 'finding')}")
    return Part(outcome, tuple(lines), can_undo=True)
