"""Writing to a family, on both databases: whom it reaches, once, and how it stands."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from interventions.outcomes import Outcome, State
from interventions.parents import (
    ConcernType,
    WhyNot,
    answer_notice,
    guardians_on_record,
    notices_of,
    notify_parent,
    outcomes,
    revoke_pages,
)
from interventions.parents.outcome import furthest
from interventions.record import Reason
from school.errors import Conflict, InvalidInput, NotFound
from school.links import PageKind, link_to
from school.models import Delivery, Guardian, Intervention, Student, User
from tests.interventions.staff import NOW, Staff, deliveries


@pytest.fixture
def family(session: Session, staff: Staff) -> dict[str, int]:
    """Guardians of every sort, by name."""
    session.execute(delete(Guardian))
    student = session.get_one(Student, staff.leo)
    people = (
        ("Ada", "ada@home.test", "es", False, True),
        ("Bert", "BERT@home.test ", None, False, True),
        ("Bertha", "bert@home.test", "en", False, True),
        ("Cleo", "cleo@home.test", "en", True, True),
        ("Dora", "cleo@home.TEST", "en", False, True),
        ("Emil", "no address", "en", False, True),
        ("Fritz", None, "en", False, True),
        ("Gone", "gone@home.test", "en", False, False),
    )
    rows = {}
    for name, email, language, alone, active in people:
        one = Guardian(workspace_id=student.workspace_id, student_id=student.id, name=name)
        one.email, one.language, one.do_not_contact, one.is_active = email, language, alone, active
        session.add(one)
        session.flush()
        rows[name] = one.id
    return rows


def tell(session: Session, staff: Staff, **changes: Any) -> Intervention:
    given = {"message": "Hello", "concern_type": "praise", **changes}
    what = str(given.pop("concern_type")), str(given.pop("message"))
    return notify_parent(staff.ruiz, staff.leo, *what, session=session, now=NOW, **given)


def test_who_can_be_written_to_and_why_not(
    session: Session, staff: Staff, family: dict[str, int]
) -> None:
    student = session.get_one(Student, staff.leo)
    found = {one.name: one.why_not for one in guardians_on_record(student, session=session)}
    assert found == {
        "Ada": None,
        "Bert": None,
        "Bertha": WhyNot.SAME_ADDRESS,
        "Cleo": WhyNot.DO_NOT_CONTACT,
        "Dora": WhyNot.DO_NOT_CONTACT,
        "Emil": WhyNot.BAD_ADDRESS,
        "Fritz": WhyNot.NO_ADDRESS,
    }


def test_each_gets_one_notice_one_link_and_one_mail_that_names_nobody(
    session: Session, staff: Staff, family: dict[str, int]
) -> None:
    made = tell(session, staff, key="draft:1", with_report=True, reason=Reason(None, (), None))
    assert tell(session, staff, key="draft:1", with_report=True).id == made.id
    with pytest.raises(Conflict):
        tell(session, staff, key="draft:1")
    told = notices_of([made.id], session=session)
    assert [(one.guardian_id, one.language) for one in told] == [
        (family["Ada"], "es"),
        (family["Bert"], "en"),
    ]
    assert made.concern == "praise"
    for one in told:
        link = link_to(session, one.workspace_id, PageKind.PARENT, one.id)
        mail = session.get_one(Delivery, (one.workspace_id, one.delivery_id))
        assert link is not None and link.expires_at == NOW + timedelta(days=30)
        assert mail.due_at == NOW + timedelta(seconds=30)
        assert mail.payload == {"notice": one.id}
        assert (mail.sender_id, mail.about) == (staff.ruiz, f"intervention {made.id}")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"message": " \n"}, "message"),
        ({"message": "x" * 3001}, "message"),
        ({"message": "[Student] reads daily."}, "message"),
        ({"concern_type": "weather"}, "concern_type"),
        ({"language": "fr"}, "language"),
        ({"guardian_ids": []}, "guardians"),
        ({"guardian_ids": [999]}, "guardians"),
    ],
)
def test_bad_input_is_refused_on_its_field(
    session: Session,
    staff: Staff,
    family: dict[str, int],
    changes: dict[str, Any],
    field: str,
) -> None:
    with pytest.raises(InvalidInput) as refused:
        tell(session, staff, **changes)
    assert refused.value.field == field


def test_another_teachers_student_is_none_of_mine(
    session: Session, staff: Staff, family: dict[str, int]
) -> None:
    with pytest.raises(NotFound):
        notify_parent(staff.gray, staff.leo, "praise", "Hi", session=session, now=NOW)


def test_the_furthest_of_a_family_is_how_it_stands(
    session: Session, staff: Staff, family: dict[str, int]
) -> None:
    made = tell(session, staff, concern_type=ConcernType.DECLINING)
    assert outcomes(session, [made], NOW)[made.id] == Outcome(State.WAITING)
    first, second = notices_of([made.id], session=session)
    for one, state in ((first, "sent"), (second, "failed")):
        mail = session.get_one(Delivery, (one.workspace_id, one.delivery_id))
        mail.state, mail.finished_at = state, NOW
    assert outcomes(session, [made], NOW)[made.id].state is State.SENT
    version = made.version
    later = NOW + timedelta(hours=1)
    answer_notice(second, "", "We talked.", session=session, now=later)
    answers = (("", "We talked."),)
    told = Outcome(State.REPLIED, later, "We talked.", answers)
    assert outcomes(session, [made], NOW)[made.id] == told
    assert made.version == version + 1
    revoke_pages(session, made, later)
    assert link_to(session, made.workspace_id, PageKind.PARENT, first.id) is None
    kinds = session.scalars(select(Delivery.kind).where(Delivery.kind == "parent_answer")).all()
    assert len(kinds) == 1
    answer_notice(first, "call", "After five.", session=session, now=NOW)
    stands = outcomes(session, [made], NOW)[made.id]
    assert sorted(stands.answers) == [("", "We talked."), ("call", "After five.")]


def test_nothing_found_is_not_the_furthest() -> None:
    sent, failed = Outcome(State.SENT, NOW), Outcome(State.FAILED, NOW)
    later = Outcome(State.SENT, NOW + timedelta(minutes=1))
    assert furthest([failed, sent, later]) == later


def test_what_no_database_or_reader_takes_is_left_out_of_words_and_answers(
    session: Session, staff: Staff, family: dict[str, int]
) -> None:
    made = tell(session, staff, message="He\x00llo\ud800 \u202eAda")
    notice = notices_of([made.id], session=session)[0]
    assert notice.message == "Hello Ada"
    said = answer_notice(notice, "", "Th\x00anks\ud800", session=session, now=NOW)
    assert said.answer == "Thanks"
    with pytest.raises(InvalidInput):
        tell(session, staff, message="\u200b\ud800")


def test_a_teacher_who_is_not_in_slack_any_more_is_told_nothing_there(
    session: Session, staff: Staff, family: dict[str, int]
) -> None:
    notice = notices_of([tell(session, staff).id], session=session)[0]
    session.get_one(User, staff.ruiz).slack_user_id = None
    assert answer_notice(notice, "thanks", "", session=session, now=NOW).version == 1
    assert deliveries(session, "parent_answer") == []
