"""A resolved alert on its card: what was done about it, and that it can be opened again."""

from datetime import datetime

from sqlalchemy.orm import Session

from handlers.cards.part import Part
from handlers.views.interventions.resolve import concern_words
from handlers.views.limits import shorten
from interventions.alerts import resolution_outcomes
from school.models import Intervention


def resolution_part(session: Session, intervention: Intervention, now: datetime) -> Part:
    """What was done, and what was noted."""
    outcome = resolution_outcomes(session, [intervention], now)[intervention.id]
    notes = outcome.detail
    about = concern_words(intervention.concern or "").capitalize()
    action = shorten(intervention.action_taken, "finding")
    lines = [f"{about}: {action}" if about else action]
    if notes:
        lines.append(f"Notes: {shorten(notes, 'finding')}")
    return Part(outcome, tuple(lines), can_undo=True)
