"""Writing events into `answers`: once each, however often a file comes.

A row with an id of its own (DataShop's transactions) is itself whenever that id comes again. Rows
without one are told apart by their content; equal rows of one file are counted in `copies`, and a
file that comes again counts up to the same number, not beyond. A session with an id is itself on
each of its skills; where it is told twice, the fuller telling holds, since it may have gone on.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Update, func, or_, select, type_coerce, update

from school.bulk import Bulk, Pace
from school.days import local_day
from school.imports.directory import Directory
from school.imports.events import SESSION, PracticeEvent
from school.imports.values import content_key
from school.models import Answer, Feed, Student, from_millis
from school.progress.stale import mark_stale

_COLUMNS = """workspace_id, student_id, answered_at, key, skill_id, feed_id, sequence, outcome,
    item, seconds, hints, session_key, xp, copies, run_id, run_copies"""
_OF_SESSIONS = "questions, correct"
"""Only rows of whole sessions end with these: single answers would only carry them along."""
_KEEP_FIRST = """sequence = excluded.sequence
    WHERE excluded.sequence < answers.sequence"""
_KEEP_COUNT = """sequence = CASE WHEN excluded.sequence < answers.sequence
        THEN excluded.sequence ELSE answers.sequence END,
    copies = CASE WHEN answers.run_id = excluded.run_id AND answers.run_copies >= answers.copies
        THEN answers.run_copies + 1 ELSE answers.copies END,
    run_copies = CASE WHEN answers.run_id = excluded.run_id
        THEN answers.run_copies + 1 ELSE 1 END,
    run_id = excluded.run_id"""
_KEEP_FULLEST = """questions = excluded.questions, correct = excluded.correct,
    seconds = excluded.seconds, xp = excluded.xp
    WHERE excluded.questions > answers.questions OR excluded.questions = answers.questions
        AND (excluded.correct > answers.correct OR excluded.correct = answers.correct
            AND (coalesce(excluded.seconds, -1) > coalesce(answers.seconds, -1)
                OR coalesce(excluded.seconds, -1) = coalesce(answers.seconds, -1)
                AND coalesce(excluded.xp, -1) > coalesce(answers.xp, -1)))"""
_FOUND = """SELECT a.student_id, a.answered_at, a.key, a.sequence, a.copies, a.run_id, a.run_copies,
    a.questions, a.correct, a.seconds, a.xp"""
_KNOWN_SQLITE = f"""{_FOUND} FROM json_each(?) AS j CROSS JOIN answers AS a
    ON a.workspace_id = ? AND a.student_id = json_extract(j.value, '$[0]')
    AND a.answered_at = json_extract(j.value, '$[1]') AND a.key = json_extract(j.value, '$[2]')"""
_KNOWN_POSTGRES = f"""{_FOUND} FROM json_array_elements(?::json) AS j JOIN answers AS a
    ON a.student_id = (j->>0)::int AND a.answered_at = (j->>1)::bigint AND a.key = (j->>2)::bigint
    WHERE a.workspace_id = ?"""

_AnswerRow = tuple[Any, ...]
_Place = tuple[int, int, int]
_CLUSTERED = itemgetter(1, 2, 3)
"""Rows are written in the order in which the table is clustered: neighbours on one page."""


@dataclass(slots=True)
class _Chunk:
    """What of some events is to be written. `first` is the earliest changed moment by student."""

    own: list[_AnswerRow] = field(default_factory=list)
    counted: list[_AnswerRow] = field(default_factory=list)
    sessions: list[_AnswerRow] = field(default_factory=list)
    first: dict[int, int] = field(default_factory=dict)
    new: int = 0

    def kinds(self) -> tuple[tuple[list[_AnswerRow], str], ...]:
        """The rows by what happens where one is there already."""
        return (
            (self.own, _KEEP_FIRST),
            (self.counted, _KEEP_COUNT),
            (self.sessions, _KEEP_FULLEST),
        )


class AnswerWriter:
    """Saves events in chunks, each with the marks that make their derived rows be made again.

    `new` counts the events so far that brought something not known before.
    """

    def __init__(
        self,
        bulk: Bulk,
        directory: Directory,
        *,
        workspace_id: int,
        feed_id: int,
        run_id: int,
        zone: ZoneInfo,
    ) -> None:
        self._bulk, self._directory, self._zone = bulk, directory, zone
        self._workspace_id, self._feed_id, self.run_id = workspace_id, feed_id, run_id
        self._newest = self._newest_before()
        self.pace = Pace()
        self.new = 0

    def save(self, events: list[PracticeEvent]) -> None:
        """Save a chunk: people and skills first, then the answers with their marks."""
        self._directory.settle(events)
        chunk = self._chunk(events)
        for rows, _ in chunk.kinds():
            rows.sort(key=_CLUSTERED)
        days = self._first_days(chunk)
        newest = from_millis(max(event.at for event in events))
        with self.pace.writing(len(events)), self._bulk.write() as batch:
            for rows, rule in chunk.kinds():
                if rows:
                    batch.many(_save(len(rows[0]), rule), rows)
            mark_stale(batch.connection, self._workspace_id, days)
            batch.execute(self._advance(newest))
        self.new += chunk.new

    def _chunk(self, events: list[PracticeEvent]) -> _Chunk:
        rows = [self._rows(event) for event in events]
        known = self._known(rows)
        chunk = _Chunk()
        first = chunk.first
        for event, event_rows in zip(events, rows, strict=True):
            if event.own_id:
                fresh = [row for row in event_rows if self._is_fresh(row, known)]
                chunk.own += fresh
            elif event.outcome == SESSION and event.session:
                fresh = [row for row in event_rows if _is_fuller(row, known)]
                chunk.sessions += fresh
            else:
                fresh = [row for row in event_rows if self._is_another(row, known)]
                chunk.counted += event_rows
            if fresh:
                chunk.new += 1
                student = event_rows[0][1]
                if event.at < first.get(student, event.at + 1):
                    first[student] = event.at
        return chunk

    def _rows(self, event: PracticeEvent) -> list[_AnswerRow]:
        """One row of `answers` per skill that the event names, or one without a skill."""
        skills = event.skills
        if len(skills) == 1:
            skill = skills[0][0]
            return [self._row(event, skill, self._directory.skills[skill])]
        ids = self._directory.skills
        return [self._row(event, skill, ids[skill]) for skill, _ in skills] or [
            self._row(event, "", None)
        ]

    def _row(self, event: PracticeEvent, skill: str, skill_id: int | None) -> _AnswerRow:
        (_, student, at, sequence, outcome, _, item, seconds, hints, session, xp, _, own_id,
         questions, correct) = event  # fmt: skip
        if own_id:
            key = content_key(f"{self._feed_id}\x1f{own_id}\x1f{skill}")
        elif outcome == SESSION:
            key = _session_key(event, skill)
        else:
            key = content_key(
                f"{skill}\x1f{outcome}\x1f{item}\x1f{seconds}\x1f{hints}\x1f{session}\x1f{xp}"
            )
        student_id = self._directory.students[student]
        return (
            self._workspace_id, student_id, at, key, skill_id, self._feed_id, sequence, outcome,
            item, seconds, hints, session, xp, 1, self.run_id, 1,
            *((questions, correct) if outcome == SESSION else ()),
        )  # fmt: skip

    def _newest_before(self) -> dict[int, int]:
        """The newest answer of each student before this import: later ones must be new."""
        newest = (
            select(func.max(type_coerce(Answer.answered_at, BigInteger)))
            .where(Answer.workspace_id == self._workspace_id, Answer.student_id == Student.id)
            .scalar_subquery()
        )
        query = select(Student.id, newest).where(Student.workspace_id == self._workspace_id)
        return {row[0]: row[1] for row in self._bulk.read(query) if row[1] is not None}

    def _known(self, rows: list[list[_AnswerRow]]) -> dict[_Place, list[Any]]:
        """What is stored of rows that may be: place -> sequence, copies, run, copies in run.

        Behind these stand questions, correct, seconds and XP.
        """
        newest = self._newest
        asked = [row[1:4] for some in rows for row in some if row[2] <= newest.get(row[1], -1)]
        if not asked:
            return {}
        sql = _KNOWN_SQLITE if self._bulk.is_sqlite else _KNOWN_POSTGRES
        found = self._bulk.read_text(sql, (json.dumps(asked), self._workspace_id))
        return {(row[0], row[1], row[2]): list(row[3:]) for row in found}

    def _is_fresh(self, row: _AnswerRow, known: dict[_Place, list[Any]]) -> bool:
        """Whether a row with an id of its own is new, or stands earlier in this file's order."""
        stored = known.get(row[1:4])
        return stored is None or bool(row[6] < stored[0])

    def _is_another(self, row: _AnswerRow, known: dict[_Place, list[Any]]) -> bool:
        """Whether a row without an id is one more than there were; counts it in `known`."""
        stored = known.get(row[1:4])
        if stored is None:
            return True
        stored[3] = stored[3] + 1 if stored[2] == self.run_id else 1
        stored[2] = self.run_id
        another: bool = stored[3] > stored[1] or row[6] < stored[0]
        stored[1] = max(stored[1], stored[3])
        return another

    def _first_days(self, chunk: _Chunk) -> list[tuple[int, date]]:
        return [
            (student, local_day(from_millis(at), self._zone))
            for student, at in sorted(chunk.first.items())
        ]

    def _advance(self, newest: datetime) -> Update:
        later = or_(Feed.data_through.is_(None), Feed.data_through < newest)
        return update(Feed).where(Feed.id == self._feed_id, later).values(data_through=newest)


def _save(width: int, rule: str) -> str:
    """The statement that adds rows of so many columns; `rule` says what becomes of a known one."""
    columns = _COLUMNS if width == _COLUMNS.count(",") + 1 else f"{_COLUMNS}, {_OF_SESSIONS}"
    return f"""INSERT INTO answers ({columns}) VALUES ({", ".join("?" * width)})
        ON CONFLICT (workspace_id, student_id, answered_at, key) DO UPDATE SET {rule}"""


def _session_key(event: PracticeEvent, skill: str) -> int:
    """What a session is known by: its id, where it has one, else all that is said of it."""
    if event.session:
        return content_key(f"session\x1f{skill}\x1f{event.session}")
    said = f"{event.questions}\x1f{event.correct}\x1f{event.seconds}\x1f{event.xp}"
    return content_key(f"session\x1f{skill}\x1f\x1f{said}")


def _is_fuller(row: _AnswerRow, known: dict[_Place, list[Any]]) -> bool:
    """Whether a session with an id is new or says more than what is stored; enters it in `known`.

    More questions, then more right ones, then the longer one, then more XP: whichever comes first.
    """
    stored = known.get(row[1:4])
    telling = (row[16], row[17], row[9], row[12])
    if stored is not None and _fullness(telling) <= _fullness(stored[4:]):
        return False
    known[row[1:4]] = [row[6], 1, row[14], 1, *telling]
    return True


def _fullness(telling: Sequence[float | None]) -> list[float]:
    return [-1 if value is None else value for value in telling]
