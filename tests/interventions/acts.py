"""The acts of the specification, each as a call with parameters that are right, to be changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from interventions.alerts import mark_alert_resolved
from interventions.assignments import create_assignment, create_targeted_assignment
from interventions.meetings import schedule_meeting
from interventions.messages import send_message, send_messages
from interventions.parents import notify_parent
from interventions.tutoring import assign_peer_tutor
from school.database import SessionFactory
from tests.interventions.assignments.classroom import data_for
from tests.interventions.doing import alert
from tests.interventions.staff import TUESDAY, lay_out
from tests.interventions.tutoring.classmates import Classmates, lay_out_classmates


@dataclass(frozen=True)
class Act:
    """A service, and what it is given by name."""

    service: Callable[..., Any]
    given: dict[str, Any]

    def __call__(self, **more: Any) -> int:
        """Ask for it; returns the id of what was made, the first of several."""
        made = self.service(**self.given | more)
        found: int = (made[0] if isinstance(made, list) else made).id
        return found


def acts(mates: Classmates) -> dict[str, Act]:
    """Each act of Ms Ruiz for Leo."""
    staff, number = mates.staff, alert(mates.session, mates.staff).id
    who = {"teacher_id": staff.ruiz, "student_id": staff.leo}
    mine = {"teacher_id": staff.ruiz}
    of = {"class_id": None}
    data = data_for(staff.leo, mates.fractions)
    meeting = {"meeting_type": "one_on_one", "datetime": TUESDAY, "duration_minutes": 30}
    more = {"location": "Room 4", "notes": "", "attendees": [staff.mum], "students": ()}
    letter = {"concern_type": "struggling", "message": "Hello", "guardian_ids": [staff.mother]}
    said = {"language": "es", "with_report": False}
    resolved = {"alert_id": number, "resolution_notes": "", "action_taken": "Talked"}
    seen = {"version": None}
    tutor = {"tutor_id": mates.ids["Ida Moon"], "skill_id": mates.fractions}
    return {
        "message": Act(send_message, who | of | {"message": "Hi", "template_id": None}),
        "messages": Act(
            send_messages, mine | of | {"template_id": None, "messages": {staff.leo: "Hi"}}
        ),
        "assignment": Act(create_assignment, mine | of | {"assignment_data": data}),
        "targeted": Act(create_targeted_assignment, who | of | {"auto_fill": True}),
        "meeting": Act(schedule_meeting, who | of | meeting | more),
        "parent": Act(notify_parent, who | of | letter | said),
        "tutor": Act(assign_peer_tutor, who | of | tutor),
        "resolve": Act(mark_alert_resolved, mine | resolved | seen),
    }


NAMES = (
    "message",
    "messages",
    "assignment",
    "targeted",
    "meeting",
    "parent",
    "tutor",
    "resolve",
)


def laid_out(factory: SessionFactory) -> dict[str, Act]:
    """The acts in a database of their own."""
    with factory.begin() as session:
        return laid_out_in(session)


def laid_out_in(session: Session) -> dict[str, Act]:
    """The acts in the database of a session."""
    return acts(lay_out_classmates(session, lay_out(session)))
