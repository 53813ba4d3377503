"""What each kind of intervention is called, and where it stands, in words and with a dot."""

from interventions.outcomes import Outcome, State
from school.models import InterventionType

DOTS = {
    State.WAITING: "🟡",
    State.SENT: "🟡",
    State.FETCHED: "🟡",
    State.READ: "🟡",
    State.RUNNING: "🟡",
    State.REPLIED: "🟢",
    State.COMPLETED: "🟢",
    State.HELD: "🟢",
    State.RESOLVED: "🟢",
    State.NO_WAY: "🔴",
    State.FAILED: "🔴",
    State.OVERDUE: "🔴",
    State.DECLINED: "🔴",
    State.MISSED: "🔴",
    State.TAKEN_BACK: "⚪",
    State.CANCELLED: "⚪",
}
"""They never stand alone: the words beside them say the state."""

KINDS = {
    InterventionType.MESSAGE: "message",
    InterventionType.ASSIGNMENT: "assignment",
    InterventionType.MEETING: "meeting",
    InterventionType.PARENT_NOTICE: "e-mail to the family",
    InterventionType.PEER_TUTORING: "peer tutoring",
    InterventionType.RESOLUTION: "resolved alert",
}
PLURALS = {
    InterventionType.MESSAGE: "messages",
    InterventionType.ASSIGNMENT: "assignments",
    InterventionType.MEETING: "meetings",
    InterventionType.PARENT_NOTICE: "e-mails to the family",
    InterventionType.PEER_TUTORING: "peer tutoring",
    InterventionType.RESOLUTION: "resolved alerts",
}
_DONE = {
    InterventionType.MESSAGE: "Message sent",
    InterventionType.ASSIGNMENT: "Practice assigned",
    InterventionType.MEETING: "Meeting scheduled",
    InterventionType.PARENT_NOTICE: "E-mail to the family sent",
    InterventionType.PEER_TUTORING: "Tutoring arranged",
    InterventionType.RESOLUTION: "Alert resolved",
}
_NOT_DONE = {
    (InterventionType.MESSAGE, State.WAITING): "Message being sent",
    (InterventionType.MESSAGE, State.NO_WAY): "Message written, not sent",
    (InterventionType.MESSAGE, State.FAILED): "Message not sent",
    (InterventionType.MESSAGE, State.TAKEN_BACK): "Message taken back",
    (InterventionType.ASSIGNMENT, State.TAKEN_BACK): "Practice taken back",
    (InterventionType.MEETING, State.TAKEN_BACK): "Meeting taken back",
    (InterventionType.MEETING, State.CANCELLED): "Meeting cancelled",
    (InterventionType.PARENT_NOTICE, State.WAITING): "E-mail to the family being sent",
    (InterventionType.PARENT_NOTICE, State.NO_WAY): "E-mail to the family not sent",
    (InterventionType.PARENT_NOTICE, State.FAILED): "E-mail to the family not sent",
    (InterventionType.PARENT_NOTICE, State.TAKEN_BACK): "E-mail to the family taken back",
    (InterventionType.PEER_TUTORING, State.WAITING): "Tutor asked",
    (InterventionType.PEER_TUTORING, State.NO_WAY): "Tutor to be asked",
    (InterventionType.PEER_TUTORING, State.FAILED): "Tutor not asked",
    (InterventionType.PEER_TUTORING, State.DECLINED): "Tutor asked",
    (InterventionType.PEER_TUTORING, State.CANCELLED): "Tutoring ended",
    (InterventionType.PEER_TUTORING, State.TAKEN_BACK): "Tutoring taken back",
    (InterventionType.RESOLUTION, State.TAKEN_BACK): "Alert opened again",
}
STATES = {
    State.WAITING: "going out",
    State.NO_WAY: "no way to reach them",
    State.FAILED: "could not be sent",
    State.TAKEN_BACK: "taken back",
    State.SENT: "delivered",
    State.FETCHED: "page fetched, perhaps by a scanner",
    State.READ: "opened",
    State.REPLIED: "answered",
    State.RUNNING: "under way",
    State.OVERDUE: "overdue",
    State.COMPLETED: "completed",
    State.DECLINED: "declined",
    State.CANCELLED: "cancelled",
    State.HELD: "took place",
    State.MISSED: "did not take place",
    State.RESOLVED: "resolved",
}
_SAID_BY_THE_TITLE = {
    State.WAITING,
    State.TAKEN_BACK,
    State.SENT,
    State.RESOLVED,
    State.CANCELLED,
}


def dot(outcome: Outcome) -> str:
    """The dot of where something stands."""
    return DOTS[outcome.state]


def done_words(kind: InterventionType, state: State) -> str:
    """What was done: `Message sent`, or where it was not, that it was not."""
    return _NOT_DONE.get((kind, state), _DONE[kind])


def is_worth_saying(state: State) -> bool:
    """Whether a state says more than what was done."""
    return state not in _SAID_BY_THE_TITLE
