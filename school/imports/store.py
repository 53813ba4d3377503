"""Storing records as a file has them: new ones added, others changed, in short transactions."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from school.bulk import Bulk, Progress
from school.models import Base, ImportRun, Workspace

ROWS_AT_ONCE = 250
"""So many rows take well under 50 ms, the longest that people should wait for an import."""

Values = dict[str, Any]
Also = Callable[[Connection, list[Values]], None]
"""What else belongs into the transaction that adds these rows."""


@dataclass(slots=True)
class Store:
    """The records of one workspace. `step` hears of rows done; `written` counts rows changed."""

    work: Bulk
    workspace_id: int
    step: Callable[[int], None]
    written: int = 0

    def ids(self, model: type[Base]) -> dict[str, int]:
        """The ids of a kind of record, by source id."""
        there = self.stored(model, ("source_id",))
        return {one["source_id"]: one["id"] for one in there if one["source_id"] is not None}

    def stored(self, model: type[Base], columns: Sequence[str]) -> list[Values]:
        """All records of a kind, with their ids and these columns."""
        table = _table(model)
        wanted = [table.c[name] for name in dict.fromkeys(("id", *columns))]
        query = select(*wanted).where(table.c.workspace_id == self.workspace_id)
        return [dict(row._mapping) for row in self.work.read(query)]

    def sync(
        self,
        model: type[Base],
        key: Sequence[str],
        wanted: Iterable[Values],
        *,
        fresh: Values | None = None,
        also: Also | None = None,
    ) -> None:
        """Add or change records so that they are as `wanted`, each with the same columns.

        `key` names the columns by which a record is known; `fresh` is for new ones alone, and so
        is `also`.
        """
        wanted = list(wanted)
        if not wanted:
            return
        there = {_pick(one, key): one for one in self.stored(model, list(wanted[0]))}
        added: list[Values] = []
        changed: list[Values] = []
        for values in wanted:
            found = there.get(_pick(values, key))
            if found is None:
                added.append({**values, **(fresh or {})})
            elif any(found[name] != value for name, value in values.items()):
                changed.append({**values, "id": found["id"]})
        self.step(len(wanted) - len(added) - len(changed))
        self.add(model, added, also)
        self.change(model, changed)

    def add(self, model: type[Base], rows: list[Values], also: Also | None = None) -> None:
        """Add records of this workspace; `also` shares the transaction of each part."""
        for start in range(0, len(rows), ROWS_AT_ONCE):
            at = {"workspace_id": self.workspace_id}
            part = [{**one, **at} for one in rows[start : start + ROWS_AT_ONCE]]
            with self.work.write() as batch:
                batch.connection.execute(insert(_table(model)), part)
                if also is not None:
                    also(batch.connection, part)
            self._count(len(part))

    def change(self, model: type[Base], rows: list[Values]) -> None:
        """Change records, each named by its `id`, all with the same columns."""
        if not rows:
            return
        table = _table(model)
        columns = [name for name in rows[0] if name != "id"]
        # A bound name must not be that of a column: those are taken by `values`.
        statement = (
            update(table)
            .where(table.c.id == bindparam("at_id"))
            .values({name: bindparam(f"to_{name}") for name in columns})
        )
        for start in range(0, len(rows), ROWS_AT_ONCE):
            part = rows[start : start + ROWS_AT_ONCE]
            bound = [
                {"at_id": one["id"], **{f"to_{name}": one[name] for name in columns}}
                for one in part
            ]
            with self.work.write() as batch:
                batch.connection.execute(statement, bound)
            self._count(len(part))

    def remove(self, model: type[Base], ids: Sequence[int]) -> None:
        """Remove records by their ids."""
        table = _table(model)
        for start in range(0, len(ids), ROWS_AT_ONCE):
            part = ids[start : start + ROWS_AT_ONCE]
            with self.work.write() as batch:
                batch.execute(delete(table).where(table.c.id.in_(part)))
            self._count(len(part))

    def zone(self) -> ZoneInfo:
        """The zone of the school's days."""
        query = select(Workspace.timezone).where(Workspace.id == self.workspace_id)
        ((name,),) = self.work.read(query)
        return ZoneInfo(name)

    def _count(self, rows: int) -> None:
        self.written += rows
        self.step(rows)


def steps(total: int, progress: Progress | None, phase: str = "storing") -> Callable[[int], None]:
    """What a store tells of rows done, handed on as done of `total`."""
    done = 0

    def step(rows: int) -> None:
        nonlocal done
        done += rows
        if progress is not None:
            progress(min(done, total), total, phase)

    return step


def record_run(store: Store, kind: str, now: datetime, rows: int, refused: int) -> None:
    """Write down that an import was, and how much it read."""
    run = {
        "workspace_id": store.workspace_id,
        "kind": kind,
        "started_at": now,
        "finished_at": now,
        "rows_read": rows,
        "rows_refused": refused,
    }
    with store.work.write() as batch:
        batch.execute(insert(ImportRun).values(run))


def _pick(values: Values, key: Sequence[str]) -> tuple[Any, ...]:
    return tuple(values[name] for name in key)


def _table(model: type[Base]) -> Table:
    return cast(Table, model.__table__)  # Every record of ours maps to a table.
