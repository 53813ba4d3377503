"""How interventions of all kinds stand, in few queries whatever their number."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from interventions.kinds import OUTCOMES
from interventions.outcomes import Outcome, State
from school.models import Intervention, InterventionType

NEVER_WAS = frozenset(
    {
        State.WAITING,
        State.NO_WAY,
        State.FAILED,
        State.TAKEN_BACK,
        State.CANCELLED,
        State.DECLINED,
        State.MISSED,
    }
)
"""States in which nothing has reached the student, or not yet: it can have helped nobody."""


def outcomes_of(
    session: Session, interventions: Iterable[Intervention], now: datetime
) -> dict[int, Outcome]:
    """How each stands, by its id; one that was withdrawn is taken back, whatever it was."""
    found: dict[int, Outcome] = {}
    kinds: defaultdict[str, list[Intervention]] = defaultdict(list)
    for one in interventions:
        if one.withdrawn_at is not None:
            found[one.id] = Outcome(State.TAKEN_BACK, one.withdrawn_at)
        else:
            kinds[one.intervention_type].append(one)
    for kind, same in kinds.items():
        asked = OUTCOMES.get(InterventionType(kind))
        stands = asked(session, same, now) if asked else {}
        found |= {one.id: stands.get(one.id, Outcome(State.SENT)) for one in same}
    return found
