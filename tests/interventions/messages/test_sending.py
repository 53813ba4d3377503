"""Sending messages: to whom, by which way, once; and how they stand."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.messages import contacted_lately, get_message_templates
from interventions.outcomes import State
from interventions.record import Reason
from interventions.students import Way, reach_of, tell_student
from interventions.undoing import undo_intervention
from school.access import viewer_of
from school.database import SENDS_MAIL
from school.deliveries import enqueue
from school.errors import Conflict, InvalidInput, NotAllowed, NotFound
from school.links import PageKind, link_to
from school.models import (
    AuditEntry,
    Intervention,
    InterventionSkill,
    InterventionType,
    ParentNotice,
    Skill,
    Student,
    User,
)
from tests.interventions.doing import done
from tests.interventions.messages.sending import LATER, delivery_of, leo, outcome, send, went
from tests.interventions.staff import NOW, Staff, _student


def test_a_message_is_an_intervention_and_a_delivery_that_can_be_taken_back(
    session: Session, seeded: Staff
) -> None:
    skill = Skill(workspace_id=seeded.workspace, source_id="r", name="Ratio")
    session.add(skill)
    session.flush()
    template = get_message_templates(session=session, teacher_id=seeded.ruiz, now=NOW)[0]
    row = send(session, seeded, template_id=template.id, reason=Reason("inactive", (skill.id,)))
    made = session.get_one(Intervention, row.intervention_id)
    assert (made.action_taken, made.concern, made.class_id) == (
        "Message sent: “Hi Leo”",
        "inactive",
        seeded.maths,
    )
    assert session.scalars(select(InterventionSkill.skill_id)).all() == [skill.id]
    delivery = delivery_of(session, row)
    assert (delivery.kind, delivery.student_id, delivery.recipient_id, delivery.queue) == (
        "student_message",
        seeded.leo,
        None,
        f"student {seeded.leo}",
    )
    assert delivery.due_at == NOW + timedelta(seconds=30)
    assert delivery.payload == {"message": row.id}
    assert (row.way, row.template_id, outcome(session, row)) == (
        "slack",
        template.id,
        State.WAITING,
    )
    assert "message" in session.scalars(select(AuditEntry.purpose)).all()


def test_a_long_message_is_cut_in_its_line_alone(session: Session, seeded: Staff) -> None:
    row = send(session, seeded, "word " * 200)
    line = session.get_one(Intervention, row.intervention_id).action_taken
    assert len(line) < 300 and line.endswith("word…”")
    assert len(row.message) == 999


def test_without_slack_it_goes_by_e_mail_with_a_page(session: Session, seeded: Staff) -> None:
    leo(session, seeded).slack_user_id = None
    row = send(session, seeded)
    delivery = delivery_of(session, row)
    assert (row.way, delivery.kind, delivery.medium) == ("mail", "student_message_mail", "mail")
    link = link_to(session, seeded.workspace, PageKind.STUDENT, row.id)
    assert link is not None
    went(session, row)
    assert outcome(session, row) is State.SENT
    link.fetched_at = LATER
    assert outcome(session, row) is State.FETCHED  # which is not read
    undo_intervention(seeded.ruiz, row.intervention_id or 0, session=session, now=LATER)
    assert link_to(session, seeded.workspace, PageKind.STUDENT, row.id) is None


@pytest.mark.parametrize(
    ("values", "way", "hint"),
    [
        ({}, Way.SLACK, "Slack"),
        ({"slack_user_id": None}, Way.MAIL, "e-mail to l***@school.test"),
        ({"slack_user_id": "U0RUIZ"}, Way.MAIL, "e-mail to l***@school.test"),
        ({"slack_user_id": None, "email": "no address"}, Way.NONE, "no Slack account"),
        ({"is_active": False}, Way.NONE, "not on the roster"),
    ],
)
def test_a_student_is_reached_by_the_way_there_is(
    session: Session, seeded: Staff, values: dict[str, Any], way: Way, hint: str
) -> None:
    student = leo(session, seeded)
    for name, value in values.items():
        setattr(student, name, value)
    session.flush()
    reach = reach_of(session, student)
    assert reach.way is way
    assert hint in reach.hint


def test_without_a_mail_server_an_address_is_no_way(session: Session, seeded: Staff) -> None:
    session.info[SENDS_MAIL] = False
    student = leo(session, seeded)
    assert reach_of(session, student).way is Way.SLACK
    student.slack_user_id = None
    with pytest.raises(InvalidInput, match="and no mail server is set up"):
        send(session, seeded)


def test_where_there_is_no_way_nothing_is_saved(session: Session, seeded: Staff) -> None:
    ben = session.get_one(Student, seeded.ben)
    with pytest.raises(InvalidInput, match="no way to reach Ben Stone") as refused:
        send(session, seeded, teacher=seeded.gray, student=seeded.ben)
    assert refused.value.field == "student_id"
    told: dict[str, Any] = {"session": session, "now": NOW, "sender_id": seeded.gray}
    assert tell_student("x", {}, ben, **told, unique_key="x", about="x") is None
    assert session.scalars(select(Intervention)).all() == []


def test_who_may_not_write_gets_the_words_for_what_does_not_exist(
    session: Session, seeded: Staff
) -> None:
    with pytest.raises(NotFound):
        send(session, seeded, teacher=seeded.gray)
    with pytest.raises(NotFound):
        send(session, seeded, student=999_999)
    with pytest.raises(NotFound):
        send(session, seeded, template_id=999_999)
    with pytest.raises(NotAllowed):
        send(session, seeded, teacher=999_999)


def test_a_placeholder_left_in_is_refused_unless_a_name_has_it_so(
    session: Session, seeded: Staff
) -> None:
    with pytest.raises(InvalidInput, match=r"\[Skill\] still stands") as refused:
        send(session, seeded, "Hi Leo, look at [Skill]")
    assert refused.value.field == "message"
    session.add(Skill(workspace_id=seeded.workspace, source_id="b", name="Ratio [Skill] 5"))
    session.flush()
    assert send(session, seeded, "Hi Leo, look at Ratio [Skill] 5")


def test_the_same_key_sends_once_and_is_for_one_act_alone(session: Session, seeded: Staff) -> None:
    one = send(session, seeded, key="draft:1")
    assert send(session, seeded, key="draft:1") is one
    with pytest.raises(Conflict):
        send(session, seeded, "Other words", key="draft:1")
    assert send(session, seeded, key="draft:2") is not one
    assert send(session, seeded, key="draft:1", teacher=seeded.moss) is not one
    _student(session, seeded.workspace, "Ana Cruz", seeded.maths, email="ana@school.test")
    ana = session.scalars(select(Student.id).where(Student.given_name == "Ana")).one()
    with pytest.raises(Conflict):
        send(session, seeded, key="draft:1", student=ana)


@pytest.mark.parametrize(
    ("state", "error", "found"),
    [
        ("failed", "no_slack_user", State.NO_WAY),
        ("failed", "broke", State.FAILED),
        ("closed", "no_access", State.FAILED),
        ("closed", "no_address", State.NO_WAY),
        ("taken_back", None, State.TAKEN_BACK),
        ("uncertain", None, State.WAITING),
    ],
)
def test_how_a_message_stands_is_how_its_delivery_does(
    session: Session, seeded: Staff, state: str, error: str | None, found: State
) -> None:
    row = send(session, seeded)
    went(session, row, state=state, error=error)
    assert outcome(session, row) is found
    row.delivery_id = None
    session.flush()
    assert outcome(session, row) is State.NO_WAY


def test_a_colleague_who_wrote_lately_is_named_once(session: Session, seeded: Staff) -> None:
    viewer = viewer_of(session, session.get_one(User, seeded.ruiz), now=NOW)
    send(session, seeded)  # one's own is no news
    assert contacted_lately(session, viewer, seeded.leo, LATER) == ()
    send(session, seeded, teacher=seeded.moss, now=NOW - timedelta(days=1))
    send(session, seeded, teacher=seeded.moss)
    failed = send(session, seeded, teacher=seeded.head)
    went(session, failed, state="failed")
    send(session, seeded, teacher=seeded.head, now=NOW - timedelta(days=3))
    notice = ParentNotice(workspace_id=seeded.workspace, teacher_id=seeded.moss)
    notice.student_id, notice.guardian_id, notice.concern = seeded.leo, seeded.mother, "other"
    notice.message, notice.sent_at = "Hello", NOW - timedelta(hours=1)
    notice.intervention_id = done(session, seeded, InterventionType.PARENT_NOTICE).id
    session.add(notice)
    session.flush()
    found = contacted_lately(session, viewer, seeded.leo, LATER)
    assert [(one.name, one.to_family, one.at) for one in found] == [
        ("Mr Moss", False, NOW),
        ("Mr Moss", True, NOW - timedelta(hours=1)),
    ]


def test_a_delivery_goes_to_a_user_or_a_student(session: Session, seeded: Staff) -> None:
    with pytest.raises(ValueError, match="recipient or to a student"):
        enqueue(
            "x",
            {},
            session=session,
            workspace_id=seeded.workspace,
            unique_key="x",
            recipient_id=seeded.ruiz,
            student_id=seeded.leo,
            channel=None,
            now=NOW,
        )
