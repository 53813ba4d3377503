"""The clock and people at the same moment: whoever comes second finds what the first has done."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier, Event

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import Clock, Job
from handlers.ids import Kind
from handlers.jobs import JOBS
from interventions.meetings import cancel_meeting, move_meeting
from interventions.meetings.telling import REMINDER_MAIL
from interventions.reminders import REMINDER, replan_of
from school.database import SessionFactory
from school.errors import Conflict
from school.models import Delivery, Meeting, Timer
from tests.bot.support import quick_settings
from tests.interventions.staff import NOW, TUESDAY, Staff, lay_out, utc

DAY_BEFORE, FRIDAY = utc(23, 19, 30), utc(27, 15)
ROUNDS = 4


@pytest.fixture
def staff(session_factory: SessionFactory) -> Staff:
    with session_factory.begin() as session:
        return lay_out(session)


def schedule(factory: SessionFactory, staff: Staff, at: datetime = TUESDAY) -> int:
    with factory.begin() as session:
        return staff.schedule(session, at, attendees=[staff.mum], allow_clash=True).id


def clock(factory: SessionFactory, now: datetime, jobs: Sequence[Job] = JOBS) -> Clock:
    return Clock(factory, jobs, quick_settings(), now=lambda: now, wake=lambda: None)


def together(*acts: Callable[[], object]) -> list[object]:
    """Do all at the same moment; what was refused comes back as the refusal."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except Conflict as conflict:
            return conflict

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def mover(
    factory: SessionFactory, teacher: int, meeting: int, at: datetime = FRIDAY, version: int = 1
) -> Callable[[], None]:
    def move() -> None:
        with factory.begin() as session:
            given = {"session": session, "now": DAY_BEFORE, "allow_clash": True}
            move_meeting(teacher, meeting, version, at, **given)  # type: ignore[arg-type]

    return move


def reminders(factory: SessionFactory, meeting: int) -> list[tuple[str, int]]:
    """State and sequence of each reminder that was saved."""
    with factory() as session:
        kinds = (Kind.MEETING_REMINDER.value, REMINDER_MAIL)
        found = session.scalars(select(Delivery).where(Delivery.kind.in_(kinds)))
        mine = [one for one in found if one.payload["meeting"] == meeting]
        return [(one.state, one.payload["sequence"]) for one in mine]


def test_a_move_at_the_moment_of_the_reminder_leaves_none_of_the_old_time(
    session_factory: SessionFactory, staff: Staff
) -> None:
    for number in range(ROUNDS):
        meeting = schedule(session_factory, staff, TUESDAY)
        ticks = [clock(session_factory, DAY_BEFORE).tick for _ in range(2)]
        at = FRIDAY + timedelta(minutes=number)
        outcome = together(*ticks, mover(session_factory, staff.ruiz, meeting, at))
        assert not any(isinstance(one, Conflict) for one in outcome)
        assert all(state == "closed" for state, _ in reminders(session_factory, meeting))
        with session_factory() as session:
            waiting = session.scalars(
                select(Timer.occasion).where(
                    Timer.subject == f"meeting {meeting}", Timer.state == "waiting"
                )
            ).all()
        assert len(waiting) == 5
        assert all(one.endswith(":s1") for one in waiting)


def test_several_processes_that_tick_at_once_remind_once(
    session_factory: SessionFactory, staff: Staff
) -> None:
    meetings = [schedule(session_factory, staff) for _ in range(ROUNDS)]
    together(*[clock(session_factory, DAY_BEFORE).tick for _ in range(3)])
    clock(session_factory, DAY_BEFORE).tick()
    for meeting in meetings:
        assert reminders(session_factory, meeting) == [("waiting", 0)] * 2


def test_of_two_who_move_it_at_the_same_moment_one_wins(
    session_factory: SessionFactory, staff: Staff
) -> None:
    for _ in range(ROUNDS):
        meeting = schedule(session_factory, staff)
        moves = [mover(session_factory, who, meeting) for who in (staff.ruiz, staff.moss)]
        outcome = together(*moves)
        (lost,) = [one for one in outcome if one is not None]
        assert str(lost).startswith("Already moved by ")
        with session_factory() as session:
            assert session.get_one(Meeting, meeting).version == 2


def test_a_draft_sent_twice_at_the_same_moment_is_one_meeting(
    session_factory: SessionFactory, staff: Staff
) -> None:
    def make() -> int:
        with session_factory.begin() as session:
            return staff.schedule(session, key="draft", allow_clash=True).id

    first, second = together(make, make)
    assert first == second


def test_a_change_of_settings_beside_a_move_leaves_timers_of_the_new_time_alone(
    session_factory: SessionFactory, staff: Staff
) -> None:
    for _ in range(ROUNDS):
        meeting = schedule(session_factory, staff)

        def replan() -> None:
            with session_factory.begin() as session:
                replan_of(session, staff.ruiz, NOW)

        together(replan, mover(session_factory, staff.ruiz, meeting))
        clock(session_factory, DAY_BEFORE).tick()
        assert not any(state == "waiting" for state, _ in reminders(session_factory, meeting))


def test_a_move_waits_for_the_reminder_that_is_being_made_and_takes_it_back(
    postgres_factory: SessionFactory,
) -> None:
    """On PostgreSQL, where both can be at work at once: the clock holds the timer meanwhile."""
    with postgres_factory.begin() as session:
        staff = lay_out(session)
    meeting = schedule(postgres_factory, staff)
    acting, go_on = Event(), Event()

    def slowly(session: Session, timer: Timer, now: datetime) -> None:
        next(job for job in JOBS if job.name == REMINDER).act(session, timer, now)
        session.flush()
        acting.set()
        assert go_on.wait(20)

    with ThreadPoolExecutor(2) as pool:
        ticking = pool.submit(clock(postgres_factory, DAY_BEFORE, [Job(REMINDER, slowly)]).tick)
        assert acting.wait(20)
        moving = pool.submit(mover(postgres_factory, staff.ruiz, meeting))
        go_on.set()
        ticking.result(30)
        moving.result(30)
    assert all(state == "closed" for state, _ in reminders(postgres_factory, meeting))


def test_a_cancel_beside_a_tick_leaves_nothing_to_send(
    session_factory: SessionFactory, staff: Staff
) -> None:
    for _ in range(ROUNDS):
        meeting = schedule(session_factory, staff)

        def cancel(meeting: int = meeting) -> None:
            with session_factory.begin() as session:
                cancel_meeting(staff.ruiz, meeting, 1, session=session, now=DAY_BEFORE)

        together(clock(session_factory, DAY_BEFORE).tick, cancel)
        assert all(state == "closed" for state, _ in reminders(session_factory, meeting))
