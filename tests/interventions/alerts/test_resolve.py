"""Resolving an alert: once, by one, with what was done about it; and opening it again."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.alerts import (
    AlertState,
    mark_alert_resolved,
    open_alerts,
    reopen_alert,
    resolution_outcomes,
)
from interventions.outcomes import State
from interventions.record import Reason
from interventions.undoing import undo_intervention
from school.access import viewer_of
from school.errors import Conflict, InvalidInput, NotAllowed, NotFound
from school.models import (
    Alert,
    AlertEvent,
    AuditEntry,
    Delivery,
    Intervention,
    InterventionSkill,
    Skill,
    User,
    Workspace,
)
from tests.interventions.doing import alert, done
from tests.interventions.staff import NOW, Staff

LATER = NOW + timedelta(minutes=20)


def resolve(session: Session, staff: Staff, one: Alert, **more: object) -> Intervention:
    given = {"session": session, "now": NOW, **more}
    who = given.pop("who", staff.ruiz)
    return mark_alert_resolved(who, one.id, "He was away.", "Talked", **given)  # type: ignore[arg-type]


def events(session: Session, one: Alert) -> list[str]:
    query = select(AlertEvent.kind).where(AlertEvent.alert_id == one.id).order_by(AlertEvent.id)
    return list(session.scalars(query))


def test_resolving_closes_the_alert_and_what_was_done_about_it(
    session: Session, staff: Staff
) -> None:
    skill = Skill(workspace_id=staff.workspace, source_id="f", name="Fractions")
    session.add(skill)
    session.flush()
    one = alert(session, staff, skill_id=skill.id)
    before = done(session, staff, reason=Reason("inactive", (), one.id))
    made = resolve(session, staff, one, version=3)
    assert (one.state, one.closed_at, one.version) == (AlertState.RESOLVED, NOW, 4)
    assert events(session, one) == ["resolved"]
    assert (made.intervention_type, made.action_taken) == ("resolution", "Talked")
    assert (made.class_id, made.concern) == (staff.maths, "inactive")
    for each in (made, before):
        assert (each.is_resolved, each.resolved_at) == (True, NOW)
        assert each.resolution_notes == "He was away."
    assert session.scalars(select(InterventionSkill.skill_id)).all() == [skill.id]
    audit = session.scalars(select(AuditEntry)).all()
    assert {(row.user_id, row.purpose) for row in audit} == {(staff.ruiz, "resolve")}
    assert resolution_outcomes(session, [made], NOW)[made.id].state is State.RESOLVED
    cards = session.scalars(select(Delivery).where(Delivery.kind == "intervention_card")).all()
    assert [card.recipient_id for card in cards] == [staff.ruiz]


def test_what_was_done_for_somebody_else_is_not_about_the_alert(
    session: Session, staff: Staff
) -> None:
    other = Workspace(name="Elsewhere", timezone="UTC", created_at=NOW)
    session.add(other)
    session.flush()
    foreign = Skill(workspace_id=other.id, source_id="x", name="Not ours")
    session.add(foreign)
    session.flush()
    one = alert(session, staff)
    for reason in (Reason("inactive", (foreign.id,), one.id), Reason(None, (999,), 999)):
        made = done(session, staff, reason=reason, student=staff.ben, by=staff.gray)
        assert made.alert_id is None
    resolve(session, staff, one)
    assert made.resolution_notes is None
    assert session.scalars(select(InterventionSkill)).all() == []


def test_twice_says_who_did_it_and_when(session: Session, staff: Staff) -> None:
    one = alert(session, staff)
    resolve(session, staff, one)
    with pytest.raises(Conflict, match=r"^Already resolved by Ms Ruiz at 10:00\.$"):
        resolve(session, staff, one, who=staff.moss, now=LATER)
    with pytest.raises(Conflict, match=r"^Already resolved by you on Mon 16 Nov 10:00\.$"):
        resolve(session, staff, one, now=NOW + timedelta(days=1))
    assert events(session, one) == ["resolved"]


def test_the_same_form_sent_twice_is_one(session: Session, staff: Staff) -> None:
    one = alert(session, staff)
    made = resolve(session, staff, one, key="draft:a")
    assert resolve(session, staff, one, key="draft:a", now=LATER).id == made.id
    assert events(session, one) == ["resolved"]


def test_an_alert_that_has_moved_on_since_is_left_alone(session: Session, staff: Staff) -> None:
    one = alert(session, staff)
    with pytest.raises(Conflict, match="has changed since"):
        resolve(session, staff, one, version=2)
    assert one.closed_at is None


def test_what_the_clock_closed_is_said_to_be_closed(session: Session, staff: Staff) -> None:
    one = alert(session, staff, state="recovered", closed_at=NOW)
    with pytest.raises(Conflict, match=r"^The alert is closed already at 10:00\.$"):
        resolve(session, staff, one)
    with pytest.raises(Conflict, match="closed already"):
        reopen_alert(staff.ruiz, one.id, session=session, now=LATER)


@pytest.mark.parametrize(
    ("notes", "action", "field"),
    [
        ("", " ", "action_taken"),
        ("", "x" * 201, "action_taken"),
        ("x" * 3001, "Talked", "resolution_notes"),
    ],
)
def test_bad_input_lands_on_its_field(
    session: Session, staff: Staff, notes: str, action: str, field: str
) -> None:
    one = alert(session, staff)
    with pytest.raises(InvalidInput) as refused:
        mark_alert_resolved(staff.ruiz, one.id, notes, action, session=session, now=NOW)
    assert refused.value.field == field
    assert one.closed_at is None


def test_absent_and_forbidden_get_the_same_words(session: Session, staff: Staff) -> None:
    one = alert(session, staff)
    other_class = alert(session, staff, class_id=staff.art)
    for who, number in ((staff.gray, one.id), (staff.ruiz, 99), (staff.ruiz, other_class.id)):
        with pytest.raises(NotFound, match="None of your alerts is that one"):
            mark_alert_resolved(who, number, "", "Talked", session=session, now=NOW)
    resolve(session, staff, one, who=staff.head)  # administrators see the workspace


def test_opened_again_it_is_as_before_and_the_record_is_withdrawn(
    session: Session, staff: Staff
) -> None:
    one = alert(session, staff)
    before = done(session, staff, reason=Reason("inactive", (), one.id))
    made = resolve(session, staff, one)
    reopen_alert(staff.moss, one.id, session=session, now=LATER, version=4)
    assert (one.state, one.closed_at, one.version) == ("open", None, 5)
    assert (before.is_resolved, before.resolved_at) == (False, None)
    assert made.withdrawn_at == LATER
    assert events(session, one) == ["resolved", "reopened"]
    with pytest.raises(Conflict, match="open already"):
        reopen_alert(staff.ruiz, one.id, session=session, now=LATER)
    again = resolve(session, staff, one, now=LATER, who=staff.moss)
    assert again.id != made.id
    with pytest.raises(Conflict, match="has changed since"):
        reopen_alert(staff.ruiz, one.id, session=session, now=LATER, version=4)


def test_undoing_the_record_opens_the_alert_again_once(session: Session, staff: Staff) -> None:
    one = alert(session, staff)
    made = resolve(session, staff, one)
    with pytest.raises(NotAllowed):
        undo_intervention(staff.moss, made.id, session=session, now=LATER)
    undo_intervention(staff.ruiz, made.id, session=session, now=LATER)
    assert (one.state, made.withdrawn_at) == ("open", LATER)
    assert events(session, one) == ["resolved", "reopened"]
    with pytest.raises(Conflict, match=r"taken back already, at 10:20"):
        undo_intervention(staff.ruiz, made.id, session=session, now=LATER)


def test_an_older_record_opens_nothing_that_a_colleague_closed(
    session: Session, staff: Staff
) -> None:
    one = alert(session, staff)
    first = resolve(session, staff, one)
    reopen_alert(staff.ruiz, one.id, session=session, now=NOW)
    first.withdrawn_at = None  # as if its withdrawal had been lost
    resolve(session, staff, one, who=staff.moss, now=LATER)
    undo_intervention(staff.ruiz, first.id, session=session, now=LATER)
    assert one.closed_at == LATER


def test_the_open_alerts_of_a_student_are_those_of_ones_own_classes(
    session: Session, staff: Staff
) -> None:
    old = alert(session, staff, raised_at=NOW - timedelta(days=3))
    new = alert(session, staff)
    alert(session, staff, class_id=staff.art)
    alert(session, staff, closed_at=NOW)
    viewer = viewer_of(session, session.get_one(User, staff.ruiz), now=NOW)
    name, found = open_alerts(viewer, staff.leo, session=session, now=NOW)
    assert (name, [one.id for one in found]) == ("Leo Park", [new.id, old.id])
    assert found[0].class_title == "Grade 5 Maths"
