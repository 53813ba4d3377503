"""A year of local days: each daily job once a day, at the right local minute, by the oracle."""

from datetime import UTC, datetime, time

import pytest
from sqlalchemy import Engine, event

from school.database import make_session_factory
from tests.bot.clock.oracle import due_moments
from tests.bot.clock.year import DIGEST, Year, whole_year


@pytest.fixture
def hasty_engine(engine: Engine) -> Engine:
    """The engine without waiting for the disk: a year is thousands of transactions."""
    quick = "PRAGMA synchronous=OFF" if engine.dialect.name == "sqlite" else None
    command = quick or "SET synchronous_commit=off"

    @event.listens_for(engine, "checkout")
    def hurry(connection: object, _record: object, _proxy: object) -> None:
        connection.cursor().execute(command)  # type: ignore[attr-defined]

    return engine


def test_the_oracle_knows_the_days_on_which_clocks_are_changed() -> None:
    year = whole_year(2026)
    nights = due_moments("America/New_York", time(2, 30), year.first, year.last, (), False)
    gap, fold = datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    assert gap in nights.values()
    assert fold in nights.values()


def test_a_year_of_local_days_in_four_zones(hasty_engine: Engine) -> None:
    year = Year(make_session_factory(hasty_engine), whole_year(2026))
    year.run()
    assert sorted(year.taken) == year.expected()
    assert year.recorded() == year.expected()
    assert year.on_time() > 0.95 * len(year.taken)
    assert len({day for job, _, day, _ in year.taken if job == DIGEST}) > 240
