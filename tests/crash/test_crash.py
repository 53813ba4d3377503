"""Processes killed 25 times, at random moments and inside claim, mark, call and save.

By the ledger of a Slack that makes trouble: nothing lost, nothing doubled, nothing called inside a
ban that was known; and the database is sound.
"""

from pathlib import Path

from sqlalchemy import Engine

from tests.crash.run import crash_run

KILLS = 25


def test_killed_processes_lose_nothing_and_double_nothing(
    engine: Engine, laid_out_url: str, tmp_path: Path
) -> None:
    processes = 1 if engine.dialect.name == "sqlite" else 3
    run = crash_run(laid_out_url, tmp_path, processes=processes, kills=KILLS, seed=4)
    assert run.verdict.lost == ()
    assert run.verdict.doubled == ()
    assert run.knowing == []
    assert run.unexplained == []
    assert run.wrong == []
    assert run.kills == KILLS
