"""An assignment is taken back while the clock, or its student, is at it: each waits for the other.

On PostgreSQL alone, where two write at the same time: whoever locks what the other holds, in
another order, makes the database end one of them.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from handlers.jobs.assignments import tell_done
from interventions.assignments import note_seen
from interventions.assignments.telling import subject_of
from interventions.undoing import undo_intervention
from school.database import SessionFactory
from school.models import Assignment, AssignmentStudent, Intervention, Timer
from tests.interventions.assignments.classroom import lay_out_practice
from tests.interventions.staff import NOW, Staff, lay_out

PATIENCE = 10.0


@dataclass
class Set:
    """Practice that was set for Leo and one more; `lead` is the intervention with its card."""

    staff: Staff
    id: int
    lead: int


@pytest.fixture
def given(postgres_factory: SessionFactory) -> Set:
    """The assignment in a database of its own."""
    with postgres_factory.begin() as session:
        room = lay_out_practice(session, staff := lay_out(session))
        skill, other = room.skill("Ratio"), room.another("Ida Moon")
        room.practised(staff.leo, skill, 20, 10)
        made = room.set(skill, student_ids=[staff.leo, other])
        lead = session.scalars(select(Intervention.id).order_by(Intervention.id)).first()
        assert lead is not None
        return Set(staff, made.id, lead)


def while_held(
    factory: SessionFactory,
    hold: Callable[[Session], object],
    go_on: Callable[[Session], object],
    other: Callable[[Session], object],
) -> None:
    """One holds something and goes on once the other waits for it, or has not had to."""
    with ThreadPoolExecutor(1) as threads, factory.begin() as session:
        hold(session)
        waiting = threads.submit(_alone, factory, other)
        _until_it_waits(factory, waiting)
        go_on(session)
        session.commit()
        waiting.result(timeout=PATIENCE)


def _alone(factory: SessionFactory, act: Callable[[Session], object]) -> None:
    with factory.begin() as session:
        act(session)


def _until_it_waits(factory: SessionFactory, other: Future[None]) -> None:
    end = time.monotonic() + PATIENCE
    blocked = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while not other.done() and time.monotonic() < end:
        with factory() as session:
            if session.scalar(blocked):
                return


def test_the_clock_goes_on_while_it_is_undone(postgres_factory: SessionFactory, given: Set) -> None:
    timer = select(Timer).where(Timer.subject == subject_of(given.id))

    def hold(session: Session) -> None:
        session.scalars(timer.with_for_update()).one()

    def fire(session: Session) -> None:
        tell_done(session, session.scalars(timer).one(), NOW)

    def undo(session: Session) -> None:
        undo_intervention(given.staff.ruiz, given.lead, session=session, now=NOW)

    while_held(postgres_factory, hold, fire, undo)
    with postgres_factory() as session:
        assert session.get_one(Assignment, given.id).withdrawn_at == NOW


def test_a_student_has_read_it_while_it_is_undone(
    postgres_factory: SessionFactory, given: Set
) -> None:
    mine = given.id, given.staff.leo

    def hold(session: Session) -> None:
        session.get_one(Intervention, given.lead, with_for_update={"key_share": True})

    def touch(session: Session) -> None:
        session.get_one(AssignmentStudent, mine, with_for_update=True)

    def read(session: Session) -> None:
        note_seen(given.staff.leo, given.id, session=session, now=NOW)

    while_held(postgres_factory, hold, touch, read)
    with postgres_factory() as session:
        assert session.get_one(AssignmentStudent, mine).seen_at == NOW
