"""One whole run: work, trouble and kills, then the verdict."""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from sandbox.ledger import Call, read_ledger
from school.database import make_engine, make_session_factory
from tests.crash.bans import Line, bans_of, knowing_calls, unexplained
from tests.crash.diary import read_diary
from tests.crash.guards import is_sound, set_guards
from tests.crash.mailserver import copies, troubled_mail_server
from tests.crash.process import Life
from tests.crash.rig import Pack, pack_of
from tests.crash.slack import troubled_slack
from tests.crash.verdict import Verdict, judge, stale
from tests.crash.work import Work, lay_out_teachers

PATIENT = 60.0
"""Seconds that the test's own writes wait for others'."""
STUCK = 40.0
"""Seconds without one delivery more being finished after which nothing will come any more."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run. `wrong`: what the database shows that must not be.

    `untold` bans were never saved: the process died, or the database was away. `knowing` calls were
    made in spite of a ban that was, `unexplained` ones came early and were not under way either.
    """

    verdict: Verdict
    kills: int
    points: Counter[str]
    deliveries: int
    unclear: int
    mails: int
    copies: int
    calls: int
    bans: int
    untold: int
    knowing: list[Line]
    unexplained: list[Call]
    wrong: list[str]
    slowest: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Places:
    """Where what happened is written down, outside the processes that get killed."""

    folder: Path

    @property
    def ledger(self) -> Path:
        """What Slack was called for."""
        return self.folder / "ledger.jsonl"

    @property
    def mails(self) -> Path:
        """What the mail server took."""
        return self.folder / "mails.txt"

    @property
    def diary(self) -> Path:
        """What the processes under test say of themselves."""
        return self.folder / "diary.jsonl"


def crash_run(
    database_url: str,
    folder: Path,
    *,
    processes: int,
    kills: int,
    seed: int,
    each: int = 6,
    besides: Callable[[], None] = lambda: None,
) -> Run:
    """Kill so often, with `each` deliveries more and `besides` before every kill; then let all be
    finished. The tables are there; the database is empty.
    """
    began, chance = time.monotonic(), random.Random(seed)
    engine = make_engine(database_url, busy_timeout=PATIENT)
    lay_out_teachers(make_session_factory(engine))
    set_guards(engine)
    work = Work(make_session_factory(engine), chance)
    places = Places(folder)
    with (
        troubled_slack(folder, places.ledger, seed) as api_url,
        troubled_mail_server(places.mails, seed) as smtp_url,
    ):
        life = Life(database_url, api_url, smtp_url, places.diary)
        with pack_of(processes, life, chance) as pack:
            for _ in range(kills):
                work.put(each)
                besides()
                pack.kill_one()
            pack.let_live()
            wait_until_finished(work)
    run = _told(engine, work, places, pack, time.monotonic() - began)
    engine.dispose()
    return run


def wait_until_finished(work: Work) -> None:
    """Wait until nothing is left. Raises TimeoutError when nothing moves any more."""
    left, since = work.left(), time.monotonic()
    while left:
        time.sleep(0.2)
        if (now := work.left()) < left:
            left, since = now, time.monotonic()
        elif time.monotonic() - since > STUCK:
            raise TimeoutError(f"{left} are stuck, such as {work.stuck()[:5]}")


def _told(engine: Engine, work: Work, places: Places, pack: Pack, seconds: float) -> Run:
    rows, lines, mails = work.all(), read_diary(places.diary), copies(places.mails)
    book, bans = read_ledger(places.ledger), bans_of(lines)
    verdict = judge(book, mails, rows)
    ages = [(row.finished_at - row.created_at).total_seconds() for row in rows if row.finished_at]
    return Run(
        verdict=verdict,
        kills=pack.kills,
        points=Counter(line["point"] for line in lines if line["event"] == "died"),
        deliveries=len(rows),
        unclear=sum(row.unclear for row in rows),
        mails=len(mails),
        copies=mails.total() - len(mails),
        calls=len(book.calls()),
        bans=len(bans),
        untold=sum(ban.saved is None for ban in bans),
        knowing=knowing_calls(lines),
        unexplained=unexplained(verdict.early, lines),
        wrong=[*is_sound(engine), *work.wrong(), *stale(book, work.cards())],
        slowest=max(ages, default=0.0),
        seconds=seconds,
    )
