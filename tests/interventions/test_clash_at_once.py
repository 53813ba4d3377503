"""Two meetings of one teacher for one time, asked for at the same moment by two people."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.meetings import move_meeting, schedule_meeting
from school.database import SessionFactory
from school.errors import InvalidInput
from school.models import Meeting
from tests.interventions.staff import NOW, TUESDAY, lay_out, utc

Act = Callable[[Session], object]
FRIDAY = utc(27, 15)


def overlapping(factory: SessionFactory, first: Act, second: Act) -> Future[None]:
    """Begin the second while the first is done and not saved yet; what came of the second."""

    def run() -> None:
        with factory.begin() as session:
            second(session)

    with ThreadPoolExecutor(1) as thread:
        with factory.begin() as session:
            first(session)
            other = thread.submit(run)
            wait([other], timeout=0.4)  # long enough for one who is not held up
        wait([other])
    return other


def test_a_colleague_and_the_teacher_cannot_take_one_time_for_two_meetings(
    session_factory: SessionFactory,
) -> None:
    with session_factory.begin() as session:
        staff = lay_out(session)
        moved = staff.schedule(session, FRIDAY).id

    def move(session: Session) -> None:
        move_meeting(staff.moss, moved, 1, TUESDAY, session=session, now=NOW)

    def make(session: Session) -> None:
        who = staff.ruiz, staff.leo, "one_on_one"
        schedule_meeting(*who, TUESDAY, session=session, now=NOW)

    with pytest.raises(InvalidInput, match="You have another meeting then"):
        overlapping(session_factory, move, make).result()
    with session_factory() as session:
        assert list(session.scalars(select(Meeting.id))) == [moved]


def test_of_two_calls_for_one_teacher_at_one_time_the_second_is_refused(
    session_factory: SessionFactory,
) -> None:
    with session_factory.begin() as session:
        staff = lay_out(session)

    def make(session: Session) -> None:
        staff.schedule(session)

    with pytest.raises(InvalidInput, match="You have another meeting then"):
        overlapping(session_factory, make, make).result()
