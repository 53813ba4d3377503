"""The gate that every call to Slack passes: rates, and the waits that Slack has told us of.

The gate lives in the table `gates`, so that all processes share it. Time is the caller's clock:
processes on several machines keep their clocks together (NTP), and `Settings.ban_margin` is added
to every `Retry-After` for what they may differ by. A ban is kept in memory too, so that a call of
this process that has passed the gate a moment earlier still stops.

Rates are counted by the generic cell rate algorithm: `free_at` is when everything that was let
through would be used up at the sustained rate, and a burst may run ahead of it. With a burst b and
a sustained rate of n - b a minute no minute ever holds more than n.

Where a person waits for a call, it goes first. An urgent call that has to wait says so in the row
of its method (`urgent_until`); until then patient ones, which nobody waits for, leave the turns to
it, but for one in `PATIENT_SHARE`, so that they are never starved. And they draw at most half of a
burst in advance: the other half is there when somebody asks. Why: docs/decisions/0010.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import Insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.settings import Settings
from school.database import SessionFactory, reading
from school.models import Gate as GateRow

POST = "chat.postMessage"
MAIL = "mail"
"""The name under which the gate knows the sending of an e-mail."""
CALENDAR = "calendar"
"""The same for an entry of a calendar."""
ALL = ""
"""The channel of a row that stands for all channels."""

AT_ONCE = ("views.", "auth.", "users.info", "files.upload", CALENDAR)
"""Calls that somebody waits for, or that Slack does not count: no rate of ours, only Slack's."""
TIER_4 = ("files.", "chat.postEphemeral")
TIER_2 = ("users.list",)
TIER_3 = ("files.delete",)

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
PATIENT_SHARE = 5
"""One turn in so many is for patient calls while urgent ones wait."""
COURTESY = timedelta(seconds=1)
"""How long after its turn an urgent call is waited for, which has to be claimed again first."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One call each `interval`, of which `ahead` may be drawn in advance."""

    interval: timedelta
    ahead: timedelta


@dataclass(frozen=True, slots=True)
class Wait:
    """Not before `until`; `everywhere`: whatever the channel, and not for this one alone.

    `interval` is how far apart the turns are that follow.
    """

    until: datetime
    everywhere: bool
    interval: timedelta = timedelta()


def steady(per_second: float) -> Rate | None:
    """So many a second, none in advance; None for 0, which is no limit."""
    return Rate(timedelta(seconds=1 / per_second), timedelta()) if per_second else None


def bursting(per_minute: float, share: float) -> Rate | None:
    """At most `per_minute` in any minute, that `share` of them at once; None for 0: no limit."""
    if not per_minute:
        return None
    burst = per_minute * share
    interval = timedelta(seconds=60 / (per_minute - burst))
    return Rate(interval, interval * max(burst - 1, 0))


class Gate:
    """Says "go" or "not before" for each call, in one short transaction."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._bans: dict[tuple[int, str], datetime] = {}
        self._lock = Lock()

    def reserve(
        self,
        session: Session,
        workspace_id: int,
        method: str,
        channel: str,
        now: datetime,
        *,
        patient: bool = False,
    ) -> Wait | None:
        """None: the call is counted and may go. Else nothing is counted, and how long to wait.

        Belongs to the caller's transaction, which must be committed before the call is made, and
        also where it has to wait: an urgent call's waiting is noted in it.
        """
        rates = self._rates(method, channel)
        rows = _rows(session, workspace_id, method, {ALL, *rates}, lock=bool(rates))
        slots = {name: _slot(rows[name], rate, patient) for name, rate in rates.items()}
        shared = self.banned(workspace_id, method, now), _ban(rows), slots.get(ALL)
        yields = _yields(rows[ALL], now) if patient and ALL in rates else None
        until = _latest(now, yields, *shared, *slots.values())
        if until is None:
            _count(rows, rates, now, patient)
            return None
        everywhere = _latest(now, yields, *shared) == until
        if everywhere and not patient and ALL in rates:
            rows[ALL].urgent_until = max(until + COURTESY, rows[ALL].urgent_until or _LONG_AGO)
        return Wait(until, everywhere, self.interval(method))

    def is_counted(self, method: str, channel: str) -> bool:
        """Whether `reserve` writes: only where a rate of ours holds."""
        return bool(self._rates(method, channel))

    def interval(self, method: str) -> timedelta:
        """How far apart a method's turns are, over all channels."""
        rate = self._rates(method, ALL).get(ALL)
        return rate.interval if rate is not None else timedelta()

    def banned(self, workspace_id: int, method: str, now: datetime) -> datetime | None:
        """Until when Slack has told this process to leave the method alone, as far as it knows."""
        with self._lock:
            until = self._bans.get((workspace_id, method))
        return until if until is not None and until > now else None

    def ban(
        self,
        session_factory: SessionFactory,
        workspace_id: int,
        method: str,
        seconds: float,
        now: datetime,
    ) -> datetime:
        """Close a method in a workspace for Slack's `Retry-After`; returns until when."""
        until = now + timedelta(seconds=seconds + self._settings.ban_margin)
        with self._lock:
            known = self._bans.get((workspace_id, method), _LONG_AGO)
            self._bans[workspace_id, method] = until = max(until, known)
        with session_factory.begin() as session:
            row = _rows(session, workspace_id, method, {ALL}, lock=True)[ALL]
            row.banned_until = max(until, row.banned_until or _LONG_AGO)
        return until

    def held_until(
        self, session_factory: SessionFactory, workspace_id: int, method: str, now: datetime
    ) -> datetime | None:
        """Until when Slack holds the method back, by any process' knowledge; None when open."""
        with session_factory() as session:
            rows = _rows(reading(session), workspace_id, method, {ALL}, lock=False)
        return _latest(now, self.banned(workspace_id, method, now), _ban(rows))

    def _rates(self, method: str, channel: str) -> dict[str, Rate]:
        """The rates that hold for a call, by the channel of the row that counts them."""
        s = self._settings
        if method == POST:
            # No burst over all channels: calls spaced wider than Slack takes to answer are not
            # under way when another is told of a ban.
            rates = {channel: steady(s.posts_per_channel), ALL: steady(s.posts_per_minute / 60)}
        elif method == MAIL:
            rates = {ALL: steady(s.mails_per_minute / 60)}
        elif method.startswith(AT_ONCE):
            rates = {}
        elif method.startswith(TIER_4) and method not in TIER_3:
            rates = {ALL: bursting(s.tier4_per_minute, 0.5)}
        elif method.startswith(TIER_2):
            rates = {ALL: bursting(s.tier2_per_minute, 0.5)}
        else:
            rates = {ALL: bursting(s.tier3_per_minute, 0.5)}
        return {name: rate for name, rate in rates.items() if rate is not None}


def _slot(row: GateRow, rate: Rate, patient: bool) -> datetime:
    """When a call may go by its rate alone."""
    return row.free_at - (rate.ahead / 2 if patient else rate.ahead)


def _yields(row: GateRow, now: datetime) -> datetime | None:
    """Until when a patient call leaves its turn to urgent ones that wait."""
    if row.urgent_until is None or row.urgent_until <= now:
        return None
    return min(row.urgent_until, row.patient_from or now)


def _count(
    rows: Mapping[str, GateRow], rates: Mapping[str, Rate], now: datetime, patient: bool
) -> None:
    for name, rate in rates.items():
        rows[name].free_at = max(rows[name].free_at, now) + rate.interval
    if ALL in rates:
        row, interval = rows[ALL], rates[ALL].interval
        if patient:
            row.patient_from = now + PATIENT_SHARE * interval
        elif row.urgent_until is not None:
            # The next turn is left to others that wait, if any; they say so when it is theirs.
            row.urgent_until = min(row.urgent_until, now + 1.5 * interval)


def _rows(
    session: Session, workspace_id: int, method: str, channels: set[str], *, lock: bool
) -> Mapping[str, GateRow]:
    """The rows by channel; with `lock` all of them exist and are the caller's until it commits."""
    rows = (GateRow.workspace_id == workspace_id, GateRow.method == method)
    # Always in one order, so that two processes never hold what the other waits for.
    query = select(GateRow).where(*rows, GateRow.channel.in_(channels)).order_by(GateRow.channel)
    query = query.execution_options(populate_existing=True)
    if lock:
        query = query.with_for_update()
    found = {row.channel: row for row in session.scalars(query)}
    missing = sorted(channels - found.keys()) if lock else []
    if not missing:
        return found
    keys = {"workspace_id": workspace_id, "method": method, "free_at": _LONG_AGO}
    session.execute(_insert(session, [{**keys, "channel": channel} for channel in missing]))
    return {row.channel: row for row in session.scalars(query)}


def _insert(session: Session, rows: list[dict[str, Any]]) -> Insert:
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(GateRow).values(rows).on_conflict_do_nothing()
    return postgresql.insert(GateRow).values(rows).on_conflict_do_nothing()


def _ban(rows: Mapping[str, GateRow]) -> datetime | None:
    return rows[ALL].banned_until if ALL in rows else None


def _latest(now: datetime, *moments: datetime | None) -> datetime | None:
    """The latest of the moments that are still to come."""
    return max((m for m in moments if m is not None and m > now), default=None)
