"""How interventions of all kinds stand, in few queries whatever their number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.kinds import OUTCOMES
from interventions.outcomes import Outcome, State
from school.models import Intervention, InterventionType, Meeting, MeetingStudent

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
    """How each stands, by its id; one that was withdrawn is taken back, whatever it was, but for a
    meeting, which says itself that it was cancelled.
    """
    found: dict[int, Outcome] = {}
    kinds: defaultdict[str, list[Intervention]] = defaultdict(list)
    for one in interventions:
        is_meeting = one.intervention_type == InterventionType.MEETING.value
        if one.withdrawn_at is not None and not is_meeting:
            found[one.id] = Outcome(State.TAKEN_BACK, one.withdrawn_at)
        else:
            kinds[one.intervention_type].append(one)
    for kind, same in kinds.items():
        asked = OUTCOMES.get(InterventionType(kind))
        stands = asked(session, same, now) if asked else {}
        found |= {one.id: stands.get(one.id, Outcome(State.SENT)) for one in same}
    return found


def reached_at(
    session: Session,
    interventions: Iterable[Intervention],
    outcomes: Mapping[int, Outcome],
    now: datetime,
) -> dict[int, datetime]:
    """When each reached its student, by its id; one that has not, or never will, is not there.

    A meeting does when it takes place, and only one of which that is known; all else when it was
    done.
    """
    reached = [one for one in interventions if outcomes[one.id].state not in NEVER_WAS]
    meetings = [one for one in reached if one.intervention_type == InterventionType.MEETING.value]
    held = [one.id for one in meetings if outcomes[one.id].state is State.HELD]
    times = _held_at(session, held) if held else {}
    others = (one for one in reached if one.intervention_type != InterventionType.MEETING.value)
    return times | {one.id: one.created_at or now for one in others}


def _held_at(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    """When the meetings that some interventions were took place."""
    own = select(Meeting.intervention_id, Meeting.scheduled_at).where(
        Meeting.intervention_id.in_(ids)
    )
    further = (
        select(MeetingStudent.intervention_id, Meeting.scheduled_at)
        .join(Meeting, Meeting.id == MeetingStudent.meeting_id)
        .where(MeetingStudent.intervention_id.in_(ids))
    )
    rows = [*session.execute(own), *session.execute(further)]
    return {number: at for number, at in rows if number is not None}
