"""What a student clicks in a message about practice."""

from handlers.ask import Ask
from handlers.services import Services
from handlers.students import student_saving
from handlers.taking_back import show_again
from interventions.assignments import note_seen
from interventions.assignments.telling import told_of


def got_assignment_action(ask: Ask, services: Services) -> None:
    """The student has read of it: the message thanks them, and the teacher's card says so."""
    with student_saving(ask, services) as (session, asking):
        assignment, student = ask.ref.assignment or 0, asking.student
        note_seen(student.id, assignment, session=session, now=asking.now)
        where = student.workspace_id
        told = told_of(assignment, [student.id], workspace_id=where, session=session)
        if student.id in told:
            shown = told[student.id]
            key = f"seen {shown.id}"
            show_again(session, shown, due=asking.now, now=asking.now, key=key)
    ask.ack()
    services.wake()
