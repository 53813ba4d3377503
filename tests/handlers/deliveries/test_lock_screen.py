"""What a lock screen shows of a message to a teacher: nobody's name, unless they chose so."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.outgoing import Outgoing
from handlers.deliveries import BUILDERS
from handlers.ids import Kind
from handlers.views.assignments.student_assignment import TEXT
from interventions.meetings import answer_invitation
from interventions.meetings.telling import attendees_of
from interventions.messages import answer_message, send_message
from interventions.parents import answer_notice, notify_parent
from interventions.parents.notify import notices_of
from interventions.tutoring import Answer, answer_request
from school.database import SessionFactory
from school.models import AssignmentStudent, Delivery, Student
from school.preferences import NOTIFICATIONS, set_preference
from tests.handlers.jobs.firing import tick
from tests.interventions.staff import NOW, Staff, deliveries, lay_out, utc
from tests.interventions.tutoring.classmates import Classmates, lay_out_classmates

LATER = NOW + timedelta(minutes=5)
DAY_BEFORE = utc(23, 19, 30)
PLAIN = {
    Kind.STUDENT_REPLY: "A student has answered you.",
    Kind.PARENT_ANSWER: "A family has answered you.",
    Kind.TUTORING_ANSWER: "A student has answered you.",
    Kind.ASSIGNMENT_NOTICE: "News of an assignment.",
    Kind.MEETING_ANSWER: "An answer to an invitation of yours.",
    Kind.MEETING_REMINDER: "You have a meeting soon.",
    Kind.INTERVENTION_CARD: "Something that you did for a student.",
}
NAMED = {
    Kind.STUDENT_REPLY: "Leo Park has answered you.",
    Kind.PARENT_ANSWER: "The family of Leo Park has answered you.",
    Kind.TUTORING_ANSWER: "Ida Moon has answered you about Leo Park.",
    Kind.ASSIGNMENT_NOTICE: "News of an assignment: Leo Park.",
    Kind.MEETING_ANSWER: (
        "An answer to an invitation of yours: parent conference, Leo Park's family."
    ),
    Kind.MEETING_REMINDER: "You have a meeting soon: parent conference, Leo Park's family.",
    Kind.INTERVENTION_CARD: "Something that you did for Leo Park.",
}


@pytest.fixture
def session(sqlite_factory: SessionFactory) -> Iterator[Session]:
    """SQLite alone: what is asked of the database is tested with the services."""
    with sqlite_factory() as session:
        yield session


@pytest.fixture
def mates(session: Session) -> Classmates:
    """Ms Ruiz has done everything for Leo, and everybody has answered."""
    mates = lay_out_classmates(session, lay_out(session))
    staff, leo = mates.staff, mates.room.leo()
    at: dict[str, Any] = {"session": session, "now": NOW}
    _meeting(session, staff)
    sent = send_message(staff.ruiz, leo.id, "Hi", session=session, now=NOW)
    answer_message(sent.id, leo, "Yes", way="slack", key="1", session=session, now=LATER)
    told = notify_parent(staff.ruiz, leo.id, "other", "Please look.", session=session, now=NOW)
    answer_notice(notices_of([told.id], session=session)[0], "meet", "", **at)
    answer_request(mates.ask("Ida Moon").id, mates.student("Ida Moon"), Answer.YES, **at)
    made = mates.room.set(mates.fractions)
    session.add(_notice(staff, made.id))
    session.flush()
    return mates


def _meeting(session: Session, staff: Staff) -> None:
    meeting = staff.schedule(session, attendees=[staff.mum])
    tick(session, DAY_BEFORE)
    (mother,) = attendees_of(meeting, session=session)
    answer_invitation(mother.id, "declined", "", meeting.sequence, session=session, now=NOW)


def _notice(staff: Staff, assignment: int) -> Delivery:
    payload = {"what": "overdue", "assignment": assignment, "students": [staff.leo]}
    given = {"workspace_id": staff.workspace, "recipient_id": staff.ruiz, "payload": payload}
    more = {"unique_key": "late", "queue": "late", "lane": 1, "kind": Kind.ASSIGNMENT_NOTICE.value}
    return Delivery(**given, **more, due_at=NOW, created_at=NOW, next_attempt_at=NOW)


def built(session: Session, kind: Kind) -> Outgoing:
    moment = DAY_BEFORE if kind is Kind.MEETING_REMINDER else LATER
    return BUILDERS[kind](session, deliveries(session, kind)[0], moment)


def shown(session: Session) -> dict[Kind, str]:
    return {kind: built(session, kind).text for kind in PLAIN}


def choose(session: Session, staff: Staff, user: int, names: str) -> None:
    set_preference(session, staff.workspace, user, NOTIFICATIONS, {"names": names})
    session.flush()


def test_it_names_nobody_whatever_others_have_chosen(mates: Classmates, session: Session) -> None:
    assert shown(session) == PLAIN
    choose(session, mates.staff, mates.staff.moss, "student")
    choose(session, mates.staff, mates.staff.ruiz, "nobody")
    assert shown(session) == PLAIN


def test_it_names_the_student_for_who_chose_so_and_never_to_students(
    mates: Classmates, session: Session
) -> None:
    choose(session, mates.staff, mates.staff.ruiz, "student")
    assert shown(session) == NAMED
    done = session.query(AssignmentStudent).filter_by(student_id=mates.staff.leo)
    for one in done:
        one.completed_at = NOW
    notice = deliveries(session, Kind.ASSIGNMENT_NOTICE)[0]
    notice.payload = {**notice.payload, "what": "done"}
    assert built(session, Kind.ASSIGNMENT_NOTICE).text == NAMED[Kind.ASSIGNMENT_NOTICE]
    given = Delivery(workspace_id=notice.workspace_id, due_at=NOW, created_at=NOW)
    given.sender_id, given.kind = mates.staff.ruiz, Kind.STUDENT_ASSIGNMENT.value
    given.payload = {**notice.payload, "student": mates.staff.leo}
    assert BUILDERS[given.kind](session, given, NOW).text == TEXT


def test_a_name_calls_nobody(mates: Classmates, session: Session) -> None:
    choose(session, mates.staff, mates.staff.ruiz, "student")
    session.get_one(Student, mates.staff.leo).family_name = "<!here> & Co"
    said = built(session, Kind.STUDENT_REPLY).text
    assert said == "Leo &lt;!here&gt; &amp; Co has answered you."
