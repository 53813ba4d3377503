"""Importing practice: a DataShop export or Homeroom's own CSVs, told apart by the header.

The file is read once, in constant memory: rows are parsed outside transactions, written in short
ones together with the marks of what they change, and the derived tables are made again at the end.
A crash in between loses nothing: the marks stay, and a repeated import meets what is there.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update

from school.bulk import Batch, Bulk, bulk
from school.database import SessionFactory
from school.errors import InvalidInput
from school.imports.answers_csv import REQUIRED, AnswersCsvReader
from school.imports.datashop import DataShopReader, is_datashop
from school.imports.directory import Directory
from school.imports.events import PracticeEvent, Reader
from school.imports.files import TextFile, check_text, open_text
from school.imports.outcome import ImportOutcome, Problems, Progress
from school.imports.save import AnswerWriter
from school.imports.sessions_csv import REQUIRED as OF_SESSIONS
from school.imports.sessions_csv import STARTED, SessionsCsvReader
from school.imports.tables import header_of
from school.imports.values import BadValue, Clock
from school.models import Feed, ImportRun, Workspace
from school.progress import refresh_progress

CHECKED_AT_ONCE = 5000
_NEW_FEED = "INSERT INTO feeds (workspace_id, name) VALUES (?, ?) ON CONFLICT DO NOTHING"


def import_practice(
    path: Path,
    *,
    session_factory: SessionFactory,
    workspace_id: int,
    class_title: str | None = None,
    kc: str = "Default",
    strict: bool = False,
    now: datetime,
    progress: Progress | None = None,
) -> ImportOutcome:
    """Read a practice file into the records and bring the derived tables up to date.

    `class_title` finds or makes that class and enrols everyone in the file; `kc` picks the KC
    model of a DataShop export; `strict` refuses the whole file when one row is bad. Raises
    InvalidInput when the file as a whole cannot be used (encoding, header, KC model).
    """
    check_text(path)
    report = progress or _silent
    with session_factory() as session:
        zone = ZoneInfo(session.get_one(Workspace, workspace_id).timezone)
    clock = Clock.at(now, zone)
    with bulk(session_factory) as work:
        importer = _Import(work, path, kc, clock, workspace_id, class_title, now)
        outcome = importer.check(report) if strict else None
        if outcome is None:
            outcome = importer.run(report)
    if not outcome.stopped:
        refresh_progress(session_factory, workspace_id, progress=progress)
    return outcome


def _silent(done: int, total: int, phase: str) -> None:
    """Where nobody watches."""


class _Import:
    """One file on its way into one workspace."""

    def __init__(
        self,
        work: Bulk,
        path: Path,
        kc: str,
        clock: Clock,
        workspace_id: int,
        class_title: str | None,
        now: datetime,
    ) -> None:
        self._bulk, self._path, self._kc, self._clock = work, path, kc, clock
        self._workspace_id, self._now = workspace_id, now
        self._directory = Directory(work, workspace_id, class_title=class_title, now=now)

    def check(self, report: Progress) -> ImportOutcome | None:
        """Read all of the file and write nothing; the outcome when some row is bad, else None."""
        problems = Problems(self._path.name)
        rows = 0
        with open_text(self._path) as source:
            events = self._usable(self._reader(source), problems)
            while part := list(islice(events, CHECKED_AT_ONCE)):
                rows += len(part)
                report(source.done(), source.size, "checking")
        if not problems.errors:
            return None
        return problems.outcome(rows=rows + problems.errors, new=0, stopped=True)

    def run(self, report: Progress) -> ImportOutcome:
        """Read the file and write what is usable."""
        problems = Problems(self._path.name)
        rows = 0
        with open_text(self._path) as source:
            reader = self._reader(source)
            writer = self._writer(reader)
            events = self._usable(reader, problems)
            while part := list(islice(events, writer.pace.rows)):
                writer.save(part)
                rows += len(part)
                report(source.done(), source.size, "reading")
        outcome = problems.outcome(rows=rows + problems.errors, new=writer.new)
        self._finish(writer.run_id, outcome)
        return outcome

    def _reader(self, source: TextFile) -> Reader:
        header = source.lines.readline()
        if is_datashop(header):
            return DataShopReader(header, source.lines, kc=self._kc, clock=self._clock)
        names = header_of(header, REQUIRED + OF_SESSIONS)
        if STARTED in names and "answered_at" not in names:
            return SessionsCsvReader(header, source.lines, clock=self._clock)
        if not set(names) & set(REQUIRED):
            raise InvalidInput(
                "file",
                f"{self._path.name} is neither a DataShop transaction export nor a practice file "
                f"with the columns {', '.join(REQUIRED)}, or {', '.join(OF_SESSIONS)}.",
            )
        return AnswersCsvReader(header, source.lines, clock=self._clock)

    def _usable(self, reader: Reader, problems: Problems) -> Iterator[PracticeEvent]:
        for event in reader.events(problems):
            try:
                self._directory.check(event)
            except BadValue as bad:
                problems.error(event.line, reader.fields.get(bad.field, bad.field), bad.reason)
            else:
                yield event

    def _writer(self, reader: Reader) -> AnswerWriter:
        with self._bulk.write() as batch:
            feed_id = _feed(batch, self._workspace_id, reader.source)
            values = {"workspace_id": self._workspace_id, "kind": "practice"}
            run = insert(ImportRun).values(started_at=self._now, **values).returning(ImportRun.id)
            run_id = batch.connection.execute(run).scalar_one()
        return AnswerWriter(
            self._bulk,
            self._directory,
            workspace_id=self._workspace_id,
            feed_id=feed_id,
            run_id=run_id,
            zone=self._clock.zone,
        )

    def _finish(self, run_id: int, outcome: ImportOutcome) -> None:
        values = {"rows_read": outcome.rows, "rows_refused": outcome.refused}
        done = update(ImportRun).where(ImportRun.id == run_id)
        with self._bulk.write() as batch:
            batch.execute(done.values(finished_at=self._now, **values))


def _feed(batch: Batch, workspace_id: int, name: str) -> int:
    """The feed of this name; another import may be making it at this very moment."""
    query = select(Feed.id).where(Feed.workspace_id == workspace_id, Feed.name == name)
    found = batch.connection.scalar(query)
    if found is not None:
        return found
    batch.many(_NEW_FEED, [(workspace_id, name)])
    return batch.connection.scalars(query).one()
