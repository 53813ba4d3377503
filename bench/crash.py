"""Processes killed with -9 hundreds of times, and PostgreSQL with them: what the ledgers say.

    python -m bench.crash                                     # SQLite, one process, 200 kills
    python -m bench.crash --database postgresql               # three processes
    python -m bench.crash --database postgresql --stops 40    # stopped at once in between, too

The rig is the one of the crash tests (tests/crash): Slack and the mail server are processes of
their own, and one answer in six is trouble. Four kills in five are at a point inside claim, mark,
call, upload, mail, save or tick, each in its turn; the others at any moment.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from school.database import make_engine
from school.models import Base
from tests.crash.postgres import OwnPostgres, own_postgres
from tests.crash.run import Run, crash_run

Besides = Callable[[], None]


def main() -> None:
    """Run and print."""
    options = _options()
    processes = options.processes or (1 if options.database == "sqlite" else 3)
    with tempfile.TemporaryDirectory(prefix="homeroom-crash-") as folder:
        place = Path(folder)
        with database(options, place) as (url, besides):
            engine = make_engine(url)
            Base.metadata.create_all(engine)
            engine.dispose()
            pace = {"processes": processes, "kills": options.kills, "seed": options.seed}
            run = crash_run(url, place, **pace, each=options.each, besides=besides)
    print(f"{options.database}, {processes} processes, {options.stops} stops of the database")
    print(*lines(run), sep="\n")
    sys.exit(not is_clean(run))


def _options() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    arguments.add_argument("--processes", type=int, help="1 on SQLite, 3 on PostgreSQL")
    arguments.add_argument("--stops", type=int, default=0, help="of PostgreSQL, spread evenly")
    arguments.add_argument("--each", type=int, default=6, help="deliveries put for each kill")
    arguments.add_argument("--seed", type=int, default=1)
    return arguments.parse_args()


@contextmanager
def database(options: argparse.Namespace, place: Path) -> Iterator[tuple[str, Besides]]:
    """An empty database's address, and what is done to it before each kill."""
    if options.database == "sqlite":
        yield f"sqlite:///{place}/homeroom.db", lambda: None
        return
    with own_postgres() as postgres:
        yield postgres.url, stopping(postgres, options)


def stopping(postgres: OwnPostgres, options: argparse.Namespace) -> Besides:
    """Stops the database so often, spread over all kills, and starts it again."""
    chance, turn = random.Random(options.seed), 0

    def besides() -> None:
        nonlocal turn
        turn += 1
        if turn * options.stops // options.kills == (turn - 1) * options.stops // options.kills:
            return
        time.sleep(chance.uniform(0.2, 1))
        postgres.stop_at_once()
        time.sleep(chance.uniform(0, 0.5))
        postgres.start()

    return besides


def is_clean(run: Run) -> bool:
    """Whether nothing was lost, doubled or called for in spite of a known ban, and all is sound."""
    return not (
        run.verdict.lost or run.verdict.doubled or run.knowing or run.unexplained or run.wrong
    )


def lines(run: Run) -> list[str]:
    """The run in words and figures."""
    early = sorted((call.since_told or 0.0 for call in run.verdict.early), reverse=True)
    return [
        f"  kills {run.kills}, of them at points {run.points.total()}; {run.seconds:.0f} s",
        f"  deliveries {run.deliveries}: lost {len(run.verdict.lost)}, doubled "
        f"{len(run.verdict.doubled)}; the slowest took {run.slowest:.1f} s",
        f"  without a clear answer {run.unclear}; mails {run.mails}, copies of them {run.copies}, "
        "each explained",
        f"  calls {run.calls}, bans {run.bans} ({run.untold} died with their process); early "
        f"{len(early)}, in spite of a known ban {len(run.knowing)}, unexplained "
        f"{len(run.unexplained)}; latest after being told {[round(one, 3) for one in early[:5]]} s",
        f"  wrong in the database or on a card {run.wrong or 'nothing'}",
        *(f"  lost: {one}" for one in run.verdict.lost),
        *(f"  doubled: {one}" for one in run.verdict.doubled),
        "  died at " + ", ".join(f"{point} {n}" for point, n in sorted(run.points.items())),
    ]


if __name__ == "__main__":
    main()
