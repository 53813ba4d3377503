"""PostgreSQL stopped at once in mid-run, again and again, while processes are killed as well."""

import random
import time
from pathlib import Path

from school.database import make_engine
from school.models import Base
from tests.crash.postgres import own_postgres
from tests.crash.run import crash_run

STOPS, KILLS = 6, 6


def test_a_database_that_stops_at_once_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    chance, stops = random.Random(9), 0
    with own_postgres() as postgres:
        engine = make_engine(postgres.url)
        Base.metadata.create_all(engine)
        engine.dispose()

        def stop_and_start() -> None:
            nonlocal stops
            time.sleep(chance.uniform(0.2, 1))
            postgres.stop_at_once()
            time.sleep(chance.uniform(0, 0.5))
            postgres.start()
            stops += 1

        run = crash_run(
            postgres.url, tmp_path, processes=3, kills=KILLS, seed=9, besides=stop_and_start
        )
    assert run.verdict.lost == ()
    assert run.verdict.doubled == ()
    assert run.knowing == []
    assert run.unexplained == []
    assert run.wrong == []
    assert stops == STOPS
