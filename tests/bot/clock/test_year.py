"""A year of local days: each daily job once a day, at the right local minute, by the oracle."""

from datetime import UTC, date, datetime, time

import pytest

from school.database import SessionFactory
from tests.bot.clock.oracle import due_moments
from tests.bot.clock.year import DIGEST, Year, in_a_hurry, part_of, whole_year


def test_the_oracle_knows_the_days_on_which_clocks_are_changed() -> None:
    year = whole_year(2026)
    nights = due_moments("America/New_York", time(2, 30), year.first, year.last, (), False)
    gap, fold = datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    assert gap in nights.values()
    assert fold in nights.values()


def check(year: Year) -> None:
    """Each turn came once, at the minute at which the oracle has it, and most were on time."""
    year.run()
    assert sorted(year.taken) == year.expected()
    assert year.recorded() == year.expected()
    assert year.on_time() > 0.9 * len(year.taken)


def test_a_year_of_local_days_in_four_zones_on_sqlite(sqlite_factory: SessionFactory) -> None:
    in_a_hurry(sqlite_factory)
    year = Year(sqlite_factory, whole_year(2026))
    check(year)
    assert len({day for job, _, day, _ in year.taken if job == DIGEST}) > 240


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 3, 5), date(2026, 4, 16)), (date(2026, 10, 1), date(2026, 11, 4))],
    ids=["spring", "autumn"],
)
def test_weeks_in_which_clocks_are_changed_on_postgresql(
    postgres_factory: SessionFactory, first: date, last: date
) -> None:
    in_a_hurry(postgres_factory)
    check(Year(postgres_factory, part_of(whole_year(2026), first, last)))
