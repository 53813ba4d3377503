"""Housekeeping: at half past three by the school's clock, a portion at a time, until it is done."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from handlers.jobs.housekeeping import HOUSEKEEPING_JOBS, PORTION, ROWS
from school.database import SessionFactory
from school.models import SeenEvent, Timer, Workspace
from tests.bot.clock.support import Wall, make_clock

EVENING = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
"""Eight in the evening of 2 March in New York."""
NIGHT = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)


def test_a_night_takes_out_what_is_old_portion_by_portion(session_factory: SessionFactory) -> None:
    with session_factory.begin() as session:
        school = Workspace(name="School", timezone="America/New_York", created_at=EVENING)
        session.add(school)
        session.flush()  # its id is needed below
        for number in range(2 * ROWS + 5):
            seen = EVENING - timedelta(days=8)
            row = SeenEvent(workspace_id=school.id, event_id=str(number), seen_at=seen)
            session.add(row)
    wall = Wall(EVENING)
    clock = make_clock(session_factory, HOUSEKEEPING_JOBS, wall)
    counted = []
    for moment in (
        EVENING,
        NIGHT - timedelta(seconds=1),
        *(NIGHT + timedelta(seconds=number) for number in range(6)),
    ):
        wall.moment = moment
        clock.tick()
        with session_factory() as session:
            counted.append(session.scalar(select(func.count()).select_from(SeenEvent)))
    all_of_them = 2 * ROWS + 5
    assert counted[:3] == [all_of_them] * 3
    assert counted[3:6] == [all_of_them - ROWS, 5, 0]
    with session_factory() as session:
        portions = select(Timer.occasion, Timer.state).where(Timer.job == PORTION)
        assert sorted(map(tuple, session.execute(portions))) == [
            ("2026-03-03 1", "done"),
            ("2026-03-03 2", "done"),
            ("2026-03-03 3", "done"),
        ]
