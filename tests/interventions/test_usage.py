"""How Homeroom is used: all teachers together, for administrators, beside what was aimed at."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.views.interventions.usage import usage_modal
from interventions.messages import seed_templates
from interventions.record import Reason, withdraw_intervention
from interventions.usage import Share, Usage, improved_of, judged_classes, usage_of
from school.access import open_class, viewer_of
from school.errors import NotAllowed
from school.models import MessageTemplate, TeacherMessage, User
from tests.interventions.doing import alert, done
from tests.interventions.staff import NOW, Staff

DAY = timedelta(days=1)


@pytest.fixture
def template(session: Session) -> int:
    """One of the product's templates."""
    seed_templates(session, now=NOW)
    return session.scalars(select(MessageTemplate.id).order_by(MessageTemplate.id)).first() or 0


def look(session: Session, user: int, purpose: str, class_id: int, days: int) -> None:
    at = NOW - days * DAY
    viewer = viewer_of(session, session.get_one(User, user), now=at)
    open_class(session, viewer, class_id, purpose, now=at)


def write(session: Session, staff: Staff, template: int | None, days: int = 1) -> None:
    made = done(session, staff, at=NOW - days * DAY)
    row = TeacherMessage(message="Hi", template_id=template, intervention_id=made.id)
    row.workspace_id, row.teacher_id, row.student_id = staff.workspace, staff.ruiz, staff.leo
    row.sent_at = NOW - days * DAY
    session.add(row)
    session.flush()


def whole(session: Session, staff: Staff) -> Usage:
    session.flush()
    usage = usage_of(staff.head, session=session, now=NOW)
    classes = judged_classes(staff.head, session=session, now=NOW)
    return replace(usage, improved=improved_of(staff.head, classes, session=session, now=NOW))


def words(session: Session, staff: Staff) -> str:
    return str(usage_modal(whole(session, staff)))


def test_only_an_administrator_is_shown_it(session: Session, staff: Staff) -> None:
    with pytest.raises(NotAllowed):
        usage_of(staff.ruiz, session=session, now=NOW)


def test_teachers_who_looked_and_exported_are_counted_once(session: Session, staff: Staff) -> None:
    for days in (1, 2):
        look(session, staff.ruiz, "report", staff.maths, days)
    look(session, staff.moss, "report", staff.maths, 8)
    look(session, staff.moss, "export", staff.maths, 8)
    look(session, staff.head, "trend", staff.art, 1)
    session.flush()
    found = usage_of(staff.head, session=session, now=NOW)
    assert found.teachers == 3
    assert (found.viewing, found.exporting) == (Share(1, 3), Share(1, 3))
    assert "1 of 3 teachers (33 %) · aimed at: 80 %" in words(session, staff)


def test_what_was_taken_back_or_is_long_ago_was_not_done(
    session: Session, staff: Staff, template: int
) -> None:
    write(session, staff, template)
    write(session, staff, None)
    write(session, staff, template, days=40)
    gone = done(session, staff)
    withdraw_intervention(gone, session=session, now=NOW)
    found = usage_of(staff.head, session=session, now=NOW)
    assert found.done == 2
    assert found.done_a_week == pytest.approx(2 / 3 / 4)
    assert (found.templates, found.using_templates) == (Share(1, 2), Share(1, 3))
    assert "1 of 2 messages (50 %)" in words(session, staff)


def test_the_wait_is_a_median_in_which_those_that_wait_still_are_longest(
    session: Session, staff: Staff
) -> None:
    def raised(days: int, hours: int | None, **more: object) -> None:
        at = NOW - days * DAY
        one = alert(session, staff, raised_at=at, **more)
        if hours is not None:
            reason = Reason(alert_id=one.id)
            done(session, staff, at=at + timedelta(hours=hours), reason=reason)

    for hours in (2, 10, 12, None):
        raised(5, hours)
    assert "too few to tell (3 of 4 alerts acted on)" in words(session, staff)
    raised(6, None, closed_at=NOW)  # over before anybody acted
    raised(6, None, kind="praise")
    raised(6, 40)
    for hours in (20, 20, 30, 30, 30):
        raised(90, hours)
    found = usage_of(staff.head, session=session, now=NOW)
    assert (found.first_action.alerts, found.first_action.acted) == (5, 4)
    assert found.first_action.hours == pytest.approx(12)
    assert found.first_month is not None
    assert found.sooner == pytest.approx(1 - 12 / 30)
    said = words(session, staff)
    assert "12 hours in the middle (4 of 5 alerts acted on)" in said
    assert "60 % sooner · aimed at: 40 % sooner" in said
    for _ in range(3):
        raised(4, None)
    assert "half or more wait still" in words(session, staff)


def test_without_alerts_or_help_nothing_is_claimed(session: Session, staff: Staff) -> None:
    said = words(session, staff)
    assert "no alerts" in said
    assert "no messages yet" in said
    assert "too few to tell (0 so far of whom it can be said)" in said
