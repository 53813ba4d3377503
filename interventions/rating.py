"""The teacher's own word on how much something helped, from 1 to 5. It proves nothing, and says so.

What really followed is told by `interventions.history`.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from interventions.opening import acting, open_intervention
from interventions.record import changed
from school.errors import Conflict, InvalidInput, NotAllowed
from school.models import Intervention

PURPOSE = "intervention"
LEAST, MOST = 1, 5
WITHDRAWN = "It was taken back: there is nothing to rate."
NOT_YOURS = "Only who did this can rate it."
NO_RATING = f"A rating is a number from {LEAST} to {MOST}."


def rate_intervention(
    teacher_id: int,
    intervention_id: int,
    rating: int | None,
    *,
    session: Session,
    now: datetime,
) -> Intervention:
    """Keep how much a teacher finds that it helped; None takes the rating away.

    Raises NotFound, NotAllowed where somebody else did it, InvalidInput (`rating`), and Conflict
    where it was withdrawn. The same rating again changes nothing.
    """
    viewer = acting(teacher_id, session=session, now=now)
    found, _ = open_intervention(
        viewer, intervention_id, PURPOSE, session=session, now=now, change=True
    )
    if found.teacher_id != viewer.user_id:
        raise NotAllowed(NOT_YOURS)
    if rating is not None and rating not in range(LEAST, MOST + 1):
        raise InvalidInput("rating", NO_RATING)
    if found.withdrawn_at is not None:
        raise Conflict(WITHDRAWN)
    if found.effectiveness_rating != rating:
        found.effectiveness_rating = rating
        found.rated_at = None if rating is None else now
        changed(found.id, session=session, now=now)
    return found
