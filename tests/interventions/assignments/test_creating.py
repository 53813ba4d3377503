"""Making an assignment: once, for whom the teacher may see, and nothing that cannot be."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from interventions.assignments import AssignmentData, create_assignment
from interventions.assignments.creating import set_practice
from interventions.record import Reason, record
from school.access import viewer_of
from school.database import SessionFactory
from school.errors import Conflict, InvalidInput, NotFound
from school.models import (
    Answer,
    Assignment,
    AssignmentStudent,
    AuditEntry,
    CardCopy,
    Delivery,
    Intervention,
    InterventionType,
    StaleProgress,
    Timer,
    User,
)
from tests.interventions.assignments.classroom import Classroom, data_for, lay_out_practice
from tests.interventions.staff import NOW, Staff, holiday, lay_out, utc


@pytest.fixture
def ratio(room: Classroom) -> int:
    """A skill that Leo practises."""
    skill = room.skill("Ratio")
    room.practised(room.staff.leo, skill, 20, 10)
    return skill


def test_each_student_gets_an_intervention_a_part_and_a_word(
    room: Classroom, session: Session, ratio: int
) -> None:
    ida = room.another("Ida Moon")
    leo = room.staff.leo
    made = room.set(ratio, student_ids=[leo, ida, leo], reason=Reason("struggling"))
    parts = session.scalars(select(AssignmentStudent)).all()
    done = {one.id: one for one in session.scalars(select(Intervention))}
    assert {one.student_id for one in parts} == {leo, ida}
    assert {done[one.intervention_id or 0].student_id for one in parts} == {leo, ida}
    assert {one.concern for one in done.values()} == {"struggling"}
    assert {one.class_id for one in done.values()} == {made.class_id} == {room.staff.maths}
    # Ida has neither Slack nor an address; and one card stands for both.
    told = session.scalars(select(Delivery).where(Delivery.student_id.is_not(None))).all()
    assert [one.student_id for one in told] == [leo]
    assert (told[0].due_at, told[0].sender_id) == (NOW + timedelta(seconds=30), room.staff.ruiz)
    assert told[0].payload == {"assignment": made.id, "student": leo}
    assert session.scalar(select(func.count()).select_from(CardCopy)) == 1
    seen = session.scalars(select(AuditEntry.student_id).where(AuditEntry.purpose == "assignment"))
    assert set(seen) == {leo, ida}


def test_asked_for_twice_under_one_key_it_is_made_once(
    room: Classroom, session: Session, ratio: int
) -> None:
    first = room.set(ratio, key="draft:1")
    assert room.set(ratio, key="draft:1") is first
    with pytest.raises(Conflict):
        room.set(ratio, key="draft:1", title="Something else")
    assert room.set(ratio, key="draft:2") is not first
    assert session.scalar(select(func.count()).select_from(Intervention)) == 2
    told = select(func.count()).select_from(Delivery).where(Delivery.student_id.is_not(None))
    assert session.scalar(told) == 2


def test_it_may_be_part_of_something_that_is_recorded_already(
    room: Classroom, session: Session, ratio: int
) -> None:
    viewer = viewer_of(session, session.get_one(User, room.staff.ruiz), now=NOW)
    tutoring = record(
        viewer,
        room.leo(),
        InterventionType.PEER_TUTORING,
        "Tutoring",
        session=session,
        now=NOW,
    )
    data = AssignmentData.of(data_for(room.staff.leo, ratio))
    whole = {room.staff.leo: tutoring.id}
    made = set_practice(viewer, data, session=session, now=NOW, part_of=whole, tell=False)
    part = session.get_one(AssignmentStudent, (made.id, room.staff.leo))
    assert part.intervention_id == tutoring.id
    assert session.scalars(select(Intervention)).all() == [tutoring]
    assert session.scalars(select(Delivery).where(Delivery.student_id.is_not(None))).all() == []


def test_the_dataclass_is_as_good_as_the_dict(room: Classroom, ratio: int) -> None:
    data = AssignmentData.of(data_for(room.staff.leo, ratio))
    assert AssignmentData.of(data.as_dict()) == AssignmentData.of(data) == data
    made = create_assignment(room.staff.ruiz, data, session=room.session, now=NOW)
    assert made.description == "Practice assignment to help improve your skills"


REFUSED: list[tuple[str, Any, str]] = [
    ("title", " \n ", "Give the assignment a title."),
    ("title", "x" * 201, "The title has 201 characters. Use 200 at most."),
    ("description", "x" * 2001, "The description has 2,001 characters. Use 2,000 at most."),
    ("student_ids", [], "Choose at least one student."),
    ("student_ids", "12", "The student ids are a list of numbers."),
    ("student_ids", [2**70], "The student ids are a list of numbers."),
    ("skill_ids", ["1"], "The skill ids are a list of numbers."),
    ("skill_ids", [], "Choose at least one skill."),
    ("skill_ids", list(range(1, 22)), "These are 21 skills. Choose 20 at most."),
    ("skill_ids", [99_999], "One of these skills is not practised here. Choose again."),
    ("question_count", 0, "Set 1 to 100 questions."),
    ("question_count", 101, "Set 1 to 100 questions."),
    ("difficulty", "brutal", "It is one of: easy, medium, hard."),
    ("due_date", date(2026, 11, 15), "Sun 15 Nov has passed. Choose a day to come."),
    (
        "due_date",
        date(2026, 11, 21),
        "Sat 21 Nov is no school day. The next one is Mon 23 Nov.",
    ),
    (
        "due_date",
        date(2026, 11, 26),
        "Thu 26 Nov is no school day (Holiday). The next one is Mon 30 Nov.",
    ),
    ("due_date", date(2027, 11, 19), "That is more than a year ahead. Choose an earlier day."),
    ("due_date", date.max, "Choose an earlier day."),
    ("due_date", date.min, "Mon 1 Jan 1 has passed. Choose a day to come."),
    ("due_date", datetime.max.replace(tzinfo=UTC), "Choose a day of our time."),
    ("due_date", datetime(1066, 10, 14, tzinfo=UTC), "Choose a day of our time."),
    ("question_count", True, "Set 1 to 100 questions."),
    ("title", None, "This is to be text."),
    ("due_date", "2026-11-18", "Say a day, or a moment with its time zone."),
    (
        "due_date",
        utc(20, 12).replace(tzinfo=None),
        "The time needs a time zone, such as 14:30-05:00.",
    ),
]
"""A field, what may not stand in it, and the words."""


def test_what_cannot_be_is_refused_on_its_field(
    room: Classroom, session: Session, ratio: int
) -> None:
    for day in (26, 27):
        holiday(session, room.staff, date(2026, 11, day))
    for field, value, words in REFUSED:
        with pytest.raises(InvalidInput) as refused:
            room.set(ratio, **{field: value})
        assert (refused.value.field, str(refused.value)) == (field, words)
    assert session.scalars(select(Assignment)).all() == []


def test_what_is_missing_from_the_dict_is_named(room: Classroom, ratio: int) -> None:
    data = data_for(room.staff.leo, ratio)
    del data["due_date"]
    with pytest.raises(InvalidInput) as refused:
        create_assignment(room.staff.ruiz, data, session=room.session, now=NOW)
    assert (refused.value.field, str(refused.value)) == (
        "due_date",
        "An assignment needs its due date.",
    )


def test_a_moment_and_todays_end_will_do_and_a_listed_skill_is_taught(
    room: Classroom, session: Session
) -> None:
    listed = room.skill("Not practised yet", is_listed=True)
    assert room.set(listed, due_date=utc(16, 20)).due_at == utc(16, 20)
    today = room.set(listed, due_date=date(2026, 11, 16), title="  To\x00  day\n ")
    assert (today.due_at, today.title) == (utc(17, 4, 59), "To day")
    with pytest.raises(InvalidInput):
        room.set(room.skill("Never practised"))


Refused = Callable[[Classroom], Any]


@pytest.mark.parametrize(
    "student_ids",
    [lambda room: [room.staff.leo, room.staff.ben], lambda room: [room.staff.leo, 99_999]],
    ids=["another's", "nobody"],
)
def test_one_foreign_student_refuses_all_in_the_same_words(
    room: Classroom, session: Session, ratio: int, student_ids: Refused
) -> None:
    with pytest.raises(NotFound, match=r"^None of your students is that one\.$"):
        room.set(ratio, student_ids=student_ids(room))
    assert session.scalars(select(Intervention)).all() == []


def test_students_of_two_classes_and_of_none_are_told_apart(
    room: Classroom, session: Session, ratio: int
) -> None:
    head = room.staff.head
    data = data_for(room.staff.leo, ratio) | {"student_ids": [room.staff.leo, room.staff.ben]}
    with pytest.raises(InvalidInput, match="not all in one class of yours"):
        create_assignment(head, data, session=session, now=NOW)
    with pytest.raises(NotFound, match="None of your classes"):
        room.set(ratio, class_id=room.staff.art)


def test_only_those_are_marked_of_whom_answers_may_count_already(
    room: Classroom, session: Session, ratio: int
) -> None:
    ida, abe = room.another("Ida Moon"), room.another("Abe Lund")
    ahead = Answer(
        workspace_id=room.staff.workspace,
        student_id=ida,
        answered_at=NOW + timedelta(minutes=1),
        key=1,
        feed_id=room.feed.id,
        outcome=1,
    )
    stale = StaleProgress(
        workspace_id=room.staff.workspace, student_id=abe, from_day=date(2026, 11, 20)
    )
    session.add_all([ahead, stale])
    room.set(ratio, student_ids=[room.staff.leo, ida, abe])
    session.expire_all()
    marked = {one.student_id: one.from_day for one in session.scalars(select(StaleProgress))}
    assert marked == {ida: date(2026, 11, 16), abe: date(2026, 11, 16)}


def test_its_end_is_looked_at_by_the_clock(room: Classroom, session: Session, ratio: int) -> None:
    made = room.set(ratio)
    timer = session.scalars(select(Timer).where(Timer.job == "assignment_overdue")).one()
    assert (timer.subject, timer.due_at) == (f"assignment {made.id}", made.due_at)
    assert timer.due_at == datetime(2026, 11, 21, 4, 59, tzinfo=UTC)


def test_of_two_at_the_same_moment_one_is_made(postgres_factory: SessionFactory) -> None:
    with postgres_factory.begin() as session:
        room = lay_out_practice(session, lay_out(session))
        skill = room.skill("Ratio", is_listed=True)
        staff = room.staff
    data = data_for(staff.leo, skill)
    ahead = postgres_factory()
    first = create_assignment(staff.ruiz, data, session=ahead, now=NOW, key="draft:1").id
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(_made, postgres_factory, staff, data)
        _until_it_waits(postgres_factory, waiting)
        ahead.commit()
        assert waiting.result(timeout=30) == first
    ahead.close()
    with postgres_factory() as session:
        assert len(session.scalars(select(Intervention)).all()) == 1


def _made(factory: SessionFactory, staff: Staff, data: dict[str, Any]) -> int:
    with factory.begin() as session:
        return create_assignment(staff.ruiz, data, session=session, now=NOW, key="draft:1").id


def _until_it_waits(factory: SessionFactory, waiting: Future[int]) -> None:
    """Until a session of this database waits for another one's lock."""
    query = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    waits = 0
    while not waits and not waiting.done():
        with factory() as session:
            waits = session.scalar(query) or 0
