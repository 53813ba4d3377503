"""What a teacher waits for: their own, of students whom they still teach, while it stands."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.messages import send_message
from interventions.parents import notify_parent
from interventions.record import withdraw_intervention
from interventions.waiting import LATE_MOST, LOOKED_BACK, WaitingFor, WaitingLine, waiting
from school.access import viewer_of
from school.models import (
    Assignment,
    AssignmentStudent,
    Enrolment,
    Guardian,
    Intervention,
    ParentAnswer,
    ParentNotice,
    TeacherMessage,
    User,
)
from tests.interventions.staff import NOW, Staff


def waited_for(
    session: Session, user: int, what: WaitingFor, after: timedelta = timedelta()
) -> tuple[WaitingLine, ...]:
    """What a user waits for, so long after now."""
    now = NOW + after
    viewer = viewer_of(session, session.get_one(User, user), now=now)
    session.flush()
    return waiting(viewer, session=session, now=now).get(what, ())


def test_nothing_waits_where_nothing_was_done(session: Session, staff: Staff) -> None:
    viewer = viewer_of(session, session.get_one(User, staff.ruiz), now=NOW)
    assert waiting(viewer, session=session, now=NOW) == {}


def test_a_message_waits_until_it_is_read_taken_back_or_old(session: Session, staff: Staff) -> None:
    row = send_message(staff.ruiz, staff.leo, "Hi Leo", session=session, now=NOW)
    [line] = waited_for(session, staff.ruiz, WaitingFor.READING)
    assert (line.student, line.since) == ("Leo Park", NOW)
    assert waited_for(session, staff.moss, WaitingFor.READING) == ()  # a colleague's own only
    later = LOOKED_BACK + timedelta(minutes=1)
    assert waited_for(session, staff.ruiz, WaitingFor.READING, later) == ()
    row.is_read = True
    assert waited_for(session, staff.ruiz, WaitingFor.READING) == ()
    row.is_read = False
    done = session.get_one(Intervention, row.intervention_id)
    withdraw_intervention(done, session=session, now=NOW)
    assert waited_for(session, staff.ruiz, WaitingFor.READING) == ()


def test_who_teaches_the_student_no_more_is_shown_nothing(session: Session, staff: Staff) -> None:
    send_message(staff.ruiz, staff.leo, "Hi Leo", session=session, now=NOW)
    enrolled = session.scalars(select(Enrolment).where(Enrolment.student_id == staff.leo)).one()
    enrolled.ends_on = date(2026, 11, 1)
    assert waited_for(session, staff.ruiz, WaitingFor.READING) == ()


def test_parents_are_waited_for_until_one_of_them_answers(session: Session, staff: Staff) -> None:
    session.get_one(Guardian, staff.father).email = "joe@home.test"
    whom = [staff.mother, staff.father]
    done = notify_parent(
        staff.ruiz,
        staff.leo,
        "inactivity",
        "Leo has not practised.",
        session=session,
        now=NOW,
        guardian_ids=whom,
    )
    lines = waited_for(session, staff.ruiz, WaitingFor.ANSWER)
    assert sorted(one.detail for one in lines) == ["Ana Park", "Joe Park"]
    query = select(ParentNotice).where(ParentNotice.intervention_id == done.id)
    first = session.scalars(query).first()
    assert first is not None
    answer = {"workspace_id": staff.workspace, "notice_id": first.id, "answered_at": NOW}
    session.add(ParentAnswer(**answer, answer="Thank you."))
    assert waited_for(session, staff.ruiz, WaitingFor.ANSWER) == ()


def assigned(session: Session, staff: Staff) -> AssignmentStudent:
    """Practice of Ms Ruiz's for Leo, due in two days."""
    done = Intervention(
        workspace_id=staff.workspace,
        teacher_id=staff.ruiz,
        student_id=staff.leo,
        intervention_type="assignment",
        action_taken="Practice set",
        created_at=NOW,
    )
    assignment = Assignment(
        workspace_id=staff.workspace,
        source_id="a1",
        class_id=staff.maths,
        teacher_id=staff.ruiz,
        title="Fractions Practice",
        question_count=10,
        difficulty="easy",
        assigned_at=NOW,
        due_at=NOW + timedelta(days=2),
    )
    session.add_all((done, assignment))
    session.flush()
    part = AssignmentStudent(
        assignment_id=assignment.id,
        student_id=staff.leo,
        workspace_id=staff.workspace,
        intervention_id=done.id,
    )
    session.add(part)
    return part


def test_an_assignment_runs_until_it_is_done_and_a_while_after_it_was_due(
    session: Session, staff: Staff
) -> None:
    part = assigned(session, staff)
    [line] = waited_for(session, staff.ruiz, WaitingFor.PRACTICE)
    assert (line.detail, line.due_at) == ("Fractions Practice", NOW + timedelta(days=2))
    late = timedelta(days=2) + LATE_MOST
    assert len(waited_for(session, staff.ruiz, WaitingFor.PRACTICE, late)) == 1
    over = late + timedelta(minutes=1)
    assert waited_for(session, staff.ruiz, WaitingFor.PRACTICE, over) == ()
    part.reached_at = NOW
    assert waited_for(session, staff.ruiz, WaitingFor.PRACTICE) == ()


def test_a_message_that_could_reach_nobody_is_not_waited_for(
    session: Session, staff: Staff
) -> None:
    row = send_message(staff.ruiz, staff.leo, "Hi Leo", session=session, now=NOW)
    session.get_one(TeacherMessage, row.id).way = "none"
    assert waited_for(session, staff.ruiz, WaitingFor.READING) == ()
