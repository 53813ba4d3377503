"""Asking a tutor: once, refused on its field, and never more than they have room for."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from interventions.record import Reason
from interventions.tutoring import assign_peer_tutor, bar_pair
from school.database import SessionFactory
from school.errors import InvalidInput, NotFound
from school.mastery import Mastery
from school.models import (
    AuditEntry,
    Class,
    ClassTeacher,
    Delivery,
    Intervention,
    InterventionSkill,
    School,
    TutoringPair,
)
from tests.interventions.assignments.classroom import days_ago
from tests.interventions.staff import NOW, lay_out
from tests.interventions.tutoring.classmates import Classmates, lay_out_classmates


def test_the_tutor_is_asked_and_the_student_has_an_intervention(
    mates: Classmates, session: Session
) -> None:
    pair = mates.ask("Ida Moon", reason=Reason("struggling"))
    done = session.get_one(Intervention, pair.intervention_id)
    assert (pair.state, pair.class_id, done.student_id) == (
        "asked",
        mates.staff.maths,
        pair.student_id,
    )
    assert (done.concern, done.intervention_type) == ("struggling", "peer_tutoring")
    assert "Ida" not in done.action_taken
    assert session.scalars(select(InterventionSkill.skill_id)).all() == [mates.fractions]
    told = session.scalars(select(Delivery).where(Delivery.student_id.is_not(None))).one()
    assert (told.kind, told.student_id) == ("tutor_request_mail", mates.ids["Ida Moon"])
    assert (told.due_at, told.sender_id) == (NOW + timedelta(seconds=30), mates.staff.ruiz)
    seen = session.scalars(select(AuditEntry.student_id).where(AuditEntry.purpose == "tutor"))
    assert set(seen) == {mates.staff.leo, mates.ids["Ida Moon"]}


def test_under_one_key_it_is_done_once(mates: Classmates, session: Session) -> None:
    first = mates.ask("Ida Moon", key="draft:1")
    assert mates.ask("Ida Moon", key="draft:1") is first
    assert session.scalar(select(func.count()).select_from(Intervention)) == 1


def test_without_a_skill_it_is_the_weakest_that_the_tutor_has_mastered(
    mates: Classmates,
) -> None:
    harder = mates.room.skill("Division")
    mates.room.practised(mates.staff.leo, harder, 20, 2, Mastery.NEEDS_WORK, days_ago(2))
    assert mates.ask("Ida Moon", skill_id=None).skill_id == mates.fractions
    with pytest.raises(InvalidInput) as refused:
        mates.ask("Max Reed", student=mates.ids["Tom Vale"], skill_id=None)
    assert refused.value.field == "skill_id"


def _refusal(mates: Classmates, name: str = "Ida Moon", **more: Any) -> tuple[str, str]:
    with pytest.raises(InvalidInput) as refused:
        mates.ask(name, **more)
    return refused.value.field, str(refused.value)


def test_what_cannot_be_is_refused_on_its_field(mates: Classmates, session: Session) -> None:
    tutor = "tutor_id"
    field, words = _refusal(mates, student=mates.ids["Ida Moon"])
    assert (field, "cannot tutor themselves" in words) == (tutor, True)
    assert _refusal(mates, skill_id=99_999)[0] == "skill_id"
    unknown = mates.room.skill("Ratio")
    assert _refusal(mates, skill_id=unknown) == (
        tutor,
        "Ida Moon has not mastered Ratio. Choose somebody else.",
    )
    mates.ask("Ida Moon")
    assert "with Fractions already" in _refusal(mates)[1]
    barred = mates.ask("Pia Song")
    bar_pair(mates.staff.ruiz, barred.id, session=session, now=NOW)
    assert "not to be put together" in _refusal(mates, "Pia Song")[1]
    mates.student("Max Reed").may_tutor = False
    assert "has asked not to be asked" in _refusal(mates, "Max Reed")[1]


def test_a_tutor_is_of_the_same_class_or_school(mates: Classmates, session: Session) -> None:
    ben, staff = mates.staff.ben, mates.staff
    mates.room.practised(ben, mates.fractions, 20, 19, Mastery.MASTERED)
    where = {"workspace_id": staff.workspace, "class_id": staff.art, "user_id": staff.ruiz}
    session.add(ClassTeacher(**where))
    other = School(workspace_id=staff.workspace, source_id="other", name="Other School")
    session.add(other)
    session.flush()
    session.get_one(Class, staff.art).school_id = other.id
    session.flush()
    with pytest.raises(InvalidInput, match="in no class or school of this student's") as refused:
        assign_peer_tutor(staff.ruiz, staff.leo, ben, session=session, now=NOW)
    assert refused.value.field == "tutor_id"
    session.get_one(Class, staff.art).school_id = session.get_one(Class, staff.maths).school_id
    session.flush()
    assert assign_peer_tutor(staff.ruiz, staff.leo, ben, session=session, now=NOW).tutor_id == ben


def test_who_is_no_student_of_theirs_is_as_absent(mates: Classmates, session: Session) -> None:
    said = set()
    for tutor in (mates.staff.ben, 99_999):
        with pytest.raises(NotFound) as refused:
            assign_peer_tutor(mates.staff.ruiz, mates.staff.leo, tutor, session=session, now=NOW)
        said.add(str(refused.value))
    with pytest.raises(NotFound) as refused:
        mates.ask("Ida Moon", teacher=mates.staff.gray)
    assert said | {str(refused.value)} == {"None of your students is that one."}


def test_nobody_has_more_than_three(mates: Classmates) -> None:
    for name in ("Max Reed", "Pia Song", "Tom Vale"):
        mates.ask("Ida Moon", student=mates.ids[name])
    assert "has no room" in _refusal(mates)[1]
    assert "Ida Moon" not in mates.names()


def test_of_two_who_ask_for_the_last_place_one_gets_it(postgres_factory: SessionFactory) -> None:
    with postgres_factory.begin() as session:
        mates = lay_out_classmates(session, lay_out(session))
        for name in ("Max Reed", "Pia Song"):
            mates.ask("Ida Moon", student=mates.ids[name])
        staff, ida, tom = mates.staff, mates.ids["Ida Moon"], mates.ids["Tom Vale"]
        skill = mates.fractions
    ahead = postgres_factory()
    given: dict[str, Any] = {"now": NOW, "skill_id": skill}
    assign_peer_tutor(staff.ruiz, staff.leo, ida, session=ahead, **given)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(_refused, postgres_factory, (staff.moss, tom, ida), given)
        _until_it_waits(postgres_factory, waiting)
        ahead.commit()
        assert waiting.result(timeout=30) == "tutor_id"
    ahead.close()
    with postgres_factory() as session:
        assert session.scalar(select(func.count()).select_from(TutoringPair)) == 3


def _refused(factory: SessionFactory, people: tuple[int, int, int], given: dict[str, Any]) -> str:
    """Mr Moss asks meanwhile; the field on which he is refused."""
    with pytest.raises(InvalidInput) as refused, factory.begin() as session:
        assign_peer_tutor(*people, session=session, **given)
    return refused.value.field


def _until_it_waits(factory: SessionFactory, waiting: Future[str]) -> None:
    """Until a session of this database waits for another one's lock."""
    query = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    waits = 0
    while not waits and not waiting.done():
        with factory() as session:
            waits = session.scalar(query) or 0
