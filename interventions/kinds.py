"""What each kind of intervention gives to what all of them share: a line in a registry each.

Nothing that a kind is made of may import this.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from interventions import alerts, assignments, messages, parents, tutoring
from interventions.meetings.outcome import meeting_outcomes
from interventions.outcomes import Outcomes
from school.models import Intervention, InterventionType

TakenBack = Callable[[Session, Intervention, datetime], None]
"""Withdraws what an intervention made, such as its assignment, in the caller's transaction.

What was still to be sent about it is stopped already, or went; the intervention itself is marked by
the caller. Nothing is left to do where it was done before.
"""

OUTCOMES: Mapping[InterventionType, Outcomes] = {
    InterventionType.RESOLUTION: alerts.resolution_outcomes,
    InterventionType.ASSIGNMENT: assignments.outcomes,
    InterventionType.PARENT_NOTICE: parents.outcomes,
    InterventionType.MESSAGE: messages.message_outcomes,
    InterventionType.MEETING: meeting_outcomes,
    InterventionType.PEER_TUTORING: tutoring.outcomes,
}
"""How interventions of a kind stand."""

TAKEN_BACK: Mapping[InterventionType, TakenBack] = {
    InterventionType.RESOLUTION: alerts.undo_resolution,
    InterventionType.ASSIGNMENT: assignments.take_back_assignment,
    InterventionType.PARENT_NOTICE: parents.revoke_pages,
    InterventionType.MESSAGE: messages.message_taken_back,
    InterventionType.PEER_TUTORING: tutoring.take_back_pair,
}
"""What taking back or undoing one of a kind withdraws; a kind that makes nothing has no line."""
