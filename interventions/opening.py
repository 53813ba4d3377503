"""Opening an intervention: through the access to its student, with the audit row."""

from datetime import datetime

from sqlalchemy.orm import Session

from interventions.record import NO_SUCH_INTERVENTION, own_intervention
from school.access import Viewer, open_student
from school.errors import NotFound
from school.models import Intervention, Student


def open_intervention(
    viewer: Viewer,
    intervention_id: int,
    purpose: str,
    *,
    session: Session,
    now: datetime,
    change: bool = False,
) -> tuple[Intervention, Student]:
    """An intervention and its student, audited; locked against others where it is to be changed.

    Open to whoever may see the student now. Raises NotFound, in the same words for everybody else
    and where there is none.
    """
    found = own_intervention(viewer, intervention_id, session=session, change=change)
    try:
        return found, open_student(session, viewer, found.student_id, purpose, now=now)
    except NotFound:
        raise NotFound(NO_SUCH_INTERVENTION) from None
