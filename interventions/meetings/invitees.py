"""Who may be invited to a meeting, and how they are reached."""

from datetime import datetime

from sqlalchemy.orm import Session

from interventions.meetings.shapes import PossibleAttendee
from school.access import Viewer


def possible_attendees(
    viewer: Viewer,
    student_id: int,
    *,
    session: Session,
    now: datetime,
    class_id: int | None = None,
) -> list[PossibleAttendee]:
    """The student's guardians who may be contacted, the student, and the class's other teachers.

    Without a class, the teachers of all classes that the viewer shares with the student. Raises
    NotFound where the viewer may not see the student.
    """
    raise NotImplementedError
