"""The morning digest by the clock: at each teacher's hour, once, and only with something to say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.clock import Clock
from handlers.deliveries import BUILDERS
from handlers.ids import Kind
from handlers.jobs import JOBS
from interventions.assignments import create_assignment
from interventions.messages import answer_message, send_message
from interventions.parents import answer_notice, notify_parent
from sandbox import Message, SandboxServer, full_text
from school.database import SessionFactory
from school.models import (
    ClassTeacher,
    Delivery,
    ParentNotice,
    Student,
    TeacherMessage,
    User,
)
from school.preferences import DIGEST, set_preference
from tests.bot.conftest import Clock as Wall
from tests.bot.conftest import Post, running_slack, slack
from tests.interventions.assignments.classroom import data_for, lay_out_practice
from tests.interventions.staff import Staff, lay_out, pause

__all__ = ["running_slack", "slack"]
ZONE = ZoneInfo("America/New_York")
HEADING = "Good morning"


@dataclass
class Mornings:
    """Ms Ruiz's mornings, from a Sunday noon on."""

    post: Post
    staff: Staff
    sunday: datetime

    def at(self, days: int, hour: int = 7, minute: int = 31) -> datetime:
        """A moment by her clock, so many days after the Sunday."""
        day = self.sunday.astimezone(ZONE).date() + timedelta(days=days)
        return datetime.combine(day, time(hour, minute), ZONE)

    def pass_to(self, moment: datetime, *, sends: bool = True) -> None:
        """Time passes, in steps of at most six hours: the clock ticks, what is due is sent unless
        nothing goes out just then.
        """
        while (left := (moment - self.post.clock()).total_seconds()) > 0:
            self.post.clock.skip(min(left, 6 * 3600))
            factory, settings = self.post.session_factory, self.post.settings
            Clock(factory, JOBS, settings, now=self.post.clock, wake=lambda: None).tick()
            outbox = self.post.outbox()
            while sends and outbox.drain_once():
                pass

    def digests(self) -> list[Message]:
        """What she got."""
        return [one for one in self.post.slack.messages("U1") if HEADING in full_text(one)]

    def set(self, **wish: Any) -> None:
        """Let her set when it comes."""
        with self.post.session_factory.begin() as session:
            set_preference(session, self.staff.workspace, self.staff.ruiz, DIGEST, wish)

    def meet(self, *days: int) -> None:
        """A meeting at 14:30 on each of these days."""
        with self.post.session_factory.begin() as session:
            for day in days:
                self.staff.schedule(session, self.at(day, 14, 30), now=self.post.clock())

    def states(self) -> dict[str, int]:
        """How the digests' deliveries ended."""
        with self.post.session_factory() as session:
            rows = session.scalars(select(Delivery).where(Delivery.kind == Kind.DIGEST.value))
            ended = [f"{one.state} {one.error or ''}".strip() for one in rows]
        return {one: ended.count(one) for one in ended}


@pytest.fixture
def mornings(slack: SandboxServer, session_factory: SessionFactory) -> Iterator[Mornings]:
    wall = Wall()
    days = (6 - wall().astimezone(ZONE).weekday()) % 7
    sunday = (wall().astimezone(ZONE) + timedelta(days=days)).replace(hour=23, minute=0)
    wall.skip((sunday - wall()).total_seconds())
    with session_factory.begin() as session:
        staff = lay_out(session)
        for user in session.scalars(select(User)):
            user.slack_user_id = "U1" if user.id == staff.ruiz else None
    post = Post(slack, session_factory, staff.workspace, wall)
    post.builders = BUILDERS
    yield Mornings(post, staff, wall())
    for outbox in post.made:
        outbox.stop()


def test_it_comes_once_a_school_day_at_half_past_seven_where_there_is_something(
    mornings: Mornings,
) -> None:
    mornings.meet(1, 3)
    mornings.pass_to(mornings.at(1, 7, 29))
    assert mornings.digests() == []
    mornings.pass_to(mornings.at(1))
    (first,) = mornings.digests()
    assert "Good morning, Ms Ruiz." in full_text(first)
    assert "Today 14:30" in full_text(first)
    assert "Leo Park" in full_text(first)
    assert "Settings changes its hour" in full_text(first)
    assert "Leo" not in first.text
    mornings.pass_to(mornings.at(7))
    _, second = mornings.digests()
    assert "Settings changes its hour" not in full_text(second)
    assert mornings.states() == {"sent": 2, "closed empty": 3}


def test_never_weekly_and_another_hour(mornings: Mornings) -> None:
    mornings.meet(*range(1, 17))
    mornings.set(at=None)
    mornings.pass_to(mornings.at(2))
    assert mornings.digests() == []
    mornings.set(at="06:45", weekly=True)
    with mornings.post.session_factory.begin() as session:
        monday = mornings.at(8).date()
        pause(session, mornings.staff, monday, monday)
    # The pause makes Tuesday the first day, and the night is quiet until seven.
    mornings.pass_to(mornings.at(9, 6, 59))
    assert mornings.digests() == []
    mornings.pass_to(mornings.at(9, 7, 1))
    assert len(mornings.digests()) == 1
    mornings.pass_to(mornings.at(14))
    assert len(mornings.digests()) == 1


def test_answers_since_the_last_school_day_are_told_and_what_is_due(mornings: Mornings) -> None:
    mornings.pass_to(mornings.at(2, 8, 30))
    _answered(mornings)
    _due(mornings, mornings.at(3).date())
    mornings.pass_to(mornings.at(3))
    (shown,) = mornings.digests()
    words = full_text(shown)
    assert "2 answers since Tue " in words
    assert "Ana Park, about Leo Park" in words
    assert "I was sick." not in words
    assert "Division & Fractions Practice: Leo Park" in words
    mornings.pass_to(mornings.at(6))
    assert len(mornings.digests()) == 1


def test_what_was_answered_between_two_digests_is_told_whatever_their_hours(
    mornings: Mornings,
) -> None:
    mornings.pass_to(mornings.at(1))
    mornings.pass_to(mornings.at(1, 8, 0))
    _answered(mornings)
    mornings.set(at="10:00")
    mornings.pass_to(mornings.at(2, 10, 1))
    (shown,) = mornings.digests()
    assert "2 answers since Mon " in full_text(shown)
    mornings.set(at="07:30")
    mornings.pass_to(mornings.at(3))
    assert len(mornings.digests()) == 1


def test_what_a_digest_was_to_tell_that_never_came_the_next_one_tells(mornings: Mornings) -> None:
    mornings.pass_to(mornings.at(1))
    _answered(mornings)
    mornings.pass_to(mornings.at(2), sends=False)
    mornings.pass_to(mornings.at(2, 13, 0))
    mornings.pass_to(mornings.at(3))
    (shown,) = mornings.digests()
    assert "2 answers since Mon " in full_text(shown)
    assert mornings.states() == {"closed empty": 1, "closed past_use": 1, "sent": 1}


def test_who_may_not_see_the_student_any_more_is_told_nothing_of_them(mornings: Mornings) -> None:
    mornings.meet(1)
    mornings.pass_to(mornings.at(1, 7, 0))
    _answered(mornings)
    with mornings.post.session_factory.begin() as session:
        row = {"class_id": mornings.staff.maths, "user_id": mornings.staff.ruiz}
        session.delete(session.scalars(select(ClassTeacher).filter_by(**row)).one())
    mornings.pass_to(mornings.at(1))
    assert mornings.digests() == []
    assert mornings.states() == {"closed empty": 1}


def _answered(mornings: Mornings) -> None:
    """Leo and his mother have been written to, and answer; she changes her answer."""
    staff, now = mornings.staff, mornings.post.clock()
    with mornings.post.session_factory.begin() as session:
        at: dict[str, Any] = {"session": session, "now": now}
        sent = send_message(staff.ruiz, staff.leo, "How are you?", **at)
        row = session.scalars(select(TeacherMessage)).one()
        leo = session.get_one(Student, staff.leo)
        answer_message(row.id, leo, "I was sick.", way="page", key="1", **at)
        notify_parent(staff.ruiz, staff.leo, "praise", "He reads daily.", **at)
        notice = session.scalars(select(ParentNotice)).first()
        assert sent is not None
        assert notice is not None
        answer_notice(notice, "call", "", **at)
        answer_notice(notice, "talked", "We spoke.", **at)


def _due(mornings: Mornings, day: date) -> None:
    """Practice for Leo until the end of a day."""
    with mornings.post.session_factory.begin() as session:
        room = lay_out_practice(session, mornings.staff)
        division = room.skill("Division")
        room.practised(mornings.staff.leo, division, 20, 12)
        data = data_for(mornings.staff.leo, division) | {"due_date": day}
        now = mornings.post.clock()
        create_assignment(mornings.staff.ruiz, data, session=session, now=now)
