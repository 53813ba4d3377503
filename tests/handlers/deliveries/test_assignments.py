"""What goes out about assignments is looked up anew when it is sent."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.outgoing import Obsolete
from handlers.deliveries.assignments import (
    assignment_notice,
    student_assignment,
    student_assignment_mail,
    student_assignment_withdrawn_mail,
)
from handlers.views.assignments.student_assignment import TEXT
from interventions.undoing import undo_intervention
from school.database import SessionFactory
from school.errors import NotFound
from school.models import (
    Assignment,
    AssignmentStudent,
    ClassTeacher,
    Delivery,
    Intervention,
    Student,
    User,
)
from tests.interventions.assignments.classroom import Classroom, lay_out_practice
from tests.interventions.staff import NOW, lay_out


@pytest.fixture
def session(sqlite_factory: SessionFactory) -> Iterator[Session]:
    """SQLite alone: what is asked of the database is tested with the services."""
    with sqlite_factory() as session:
        yield session


@pytest.fixture
def room(session: Session) -> Classroom:
    """The class in which practice is set."""
    return lay_out_practice(session, lay_out(session))


@pytest.fixture
def made(room: Classroom) -> Assignment:
    """Practice for Leo until Friday."""
    skill = room.skill("Division.")
    room.practised(room.staff.leo, skill, 20, 10)
    return room.set(skill, description="Two lines\nof words")


def delivery(room: Classroom, made: Assignment, **more: object) -> Delivery:
    """What tells Leo, or the teacher, of it."""
    payload = {"assignment": made.id, "student": room.staff.leo, **more}
    return Delivery(
        workspace_id=room.staff.workspace,
        payload=payload,
        due_at=NOW,
        created_at=NOW,
        sender_id=room.staff.ruiz,
        recipient_id=room.staff.ruiz if "what" in more else None,
    )


def refuses(room: Classroom, made: Assignment) -> str:
    """Why Leo is not told."""
    room.session.flush()
    with pytest.raises(Obsolete) as refused:
        student_assignment(room.session, delivery(room, made), NOW)
    return str(refused.value)


def test_the_mail_says_what_how_much_and_until_when_and_its_subject_names_no_child(
    room: Classroom, session: Session, made: Assignment
) -> None:
    mail = student_assignment_mail(session, delivery(room, made), NOW)
    assert mail.subject == "Practice from Ms Ruiz, until Friday 20 November 2026"
    assert (mail.to, mail.reply_to) == ("leo@school.test", "ruiz@school.test")
    assert mail.html is not None
    for words in (mail.text, mail.html):
        for piece in ("Leo", "Division &", "Two lines of words", "15", "20 November 2026"):
            assert piece in words
        assert "%" not in words.partition("<body>")[2]
    assert "Skills: Division\n" in mail.text


def test_without_an_address_of_the_teacher_no_reply_is_asked_for(
    room: Classroom, session: Session, made: Assignment
) -> None:
    session.get_one(User, room.staff.ruiz).email = "none"
    mail = student_assignment_withdrawn_mail(session, delivery(room, made), NOW)
    assert mail.reply_to is None
    assert "any more" in mail.text
    assert "Reply" not in mail.text


def test_it_is_not_sent_once_it_is_taken_back_or_past(
    room: Classroom, session: Session, made: Assignment
) -> None:
    late = delivery(room, made)
    with pytest.raises(Obsolete, match="past_due"):
        student_assignment(session, late, made.due_at)
    done = session.scalars(select(Intervention)).one()
    undo_intervention(room.staff.ruiz, done.id, session=session, now=NOW)
    assert refuses(room, made) == "withdrawn"


def test_it_is_not_sent_to_who_was_left_out_meanwhile(
    room: Classroom, session: Session, made: Assignment
) -> None:
    session.delete(session.get_one(AssignmentStudent, (made.id, room.staff.leo)))
    assert refuses(room, made) == "withdrawn"


def test_it_is_not_sent_to_who_is_no_student_of_the_teacher_any_more(
    room: Classroom, session: Session, made: Assignment
) -> None:
    student = session.get_one(Student, room.staff.leo)
    student.is_active = False
    assert refuses(room, made) == "no_access"
    student.is_active = True
    ago = NOW.date() - timedelta(days=1)
    session.execute(update(ClassTeacher).values(ends_on=ago))
    assert refuses(room, made) == "no_access"
    with pytest.raises(Obsolete, match="gone"):
        student_assignment_withdrawn_mail(session, _of_nobody(room), NOW)


def _of_nobody(room: Classroom) -> Delivery:
    one = delivery(room, Assignment(id=99_999))
    one.payload = {"assignment": 99_999, "student": room.staff.leo}
    return one


def test_news_are_of_those_who_may_still_be_seen_and_still_hold(
    room: Classroom, session: Session, made: Assignment
) -> None:
    done = delivery(room, made, what="done", students=[room.staff.leo])
    with pytest.raises(Obsolete, match="not_done"):
        assignment_notice(session, done, NOW)
    part = session.get_one(AssignmentStudent, (made.id, room.staff.leo))
    part.completed_at = NOW
    said = str(assignment_notice(session, done, NOW).compose(None))
    assert "Leo Park completed “Division & Fractions Practice”" in said
    assert "Before" not in said  # imported as completed: there are no questions to compare
    late = delivery(room, made, what="overdue", students=[room.staff.leo])
    with pytest.raises(Obsolete, match="done"):
        assignment_notice(session, late, NOW)
    made.withdrawn_at = NOW
    with pytest.raises(Obsolete, match="withdrawn"):
        assignment_notice(session, done, NOW)
    foreign = delivery(room, made, what="done", students=[room.staff.ben])
    with pytest.raises(NotFound):
        assignment_notice(session, foreign, NOW)


def test_several_who_are_late_are_named_with_how_far_they_are(
    room: Classroom, session: Session, made: Assignment
) -> None:
    ida = room.another("Ida Moon")
    part = AssignmentStudent(assignment_id=made.id, student_id=ida, questions=3)
    part.workspace_id = made.workspace_id
    session.add(part)
    session.flush()
    both = delivery(room, made, what="overdue", students=[room.staff.leo, ida])
    outgoing = assignment_notice(session, both, NOW)
    said = str(outgoing.compose(None))
    assert "2 of 2 have not completed" in said
    assert "Ida Moon (3 of 15) and Leo Park (0 of 15)" in said
    assert "Leo" not in outgoing.text


def test_the_message_names_nobody_where_it_may_be_read_by_others(
    room: Classroom, session: Session, made: Assignment
) -> None:
    assert student_assignment(session, delivery(room, made), NOW).text == TEXT
