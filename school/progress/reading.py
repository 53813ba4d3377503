"""What a replay reads: the answers of some students, by stretches of days."""

from collections.abc import Callable, Sequence
from typing import cast

from sqlalchemy import BigInteger, func, select, type_coerce

from school.bulk import AnyRow, AnySelect, Bulk
from school.models import Answer, Student, from_millis
from school.progress.events import AnswerRow
from school.progress.stale import in_lists

AT = type_coerce(Answer.answered_at, BigInteger)
"""The moment of an answer in milliseconds since 1970, without making a datetime of it."""


class History:
    """Reads the answers of some students of a workspace."""

    def __init__(self, bulk: Bulk, workspace_id: int, students: Sequence[int]) -> None:
        self._bulk, self.workspace_id = bulk, workspace_id
        self.students = students

    def first_after(self, at: int) -> int | None:
        """The moment of the first answer at or after a moment."""
        # One look-up per student: a plain minimum would read all their answers.
        earliest = (
            select(func.min(AT))
            .where(
                Answer.workspace_id == self.workspace_id,
                Answer.student_id == Student.id,
                Answer.answered_at >= from_millis(at),
            )
            .scalar_subquery()
        )
        found = self.each(lambda ids: select(func.min(earliest)).where(Student.id.in_(ids)))
        return min((row[0] for row in found if row[0] is not None), default=None)

    def count_after(self, at: int) -> int:
        """How many answers there are at or after a moment."""
        found = self.each(lambda ids: self._answers(ids, at, None).with_only_columns(func.count()))
        return sum(int(row[0]) for row in found)

    def answers(self, start: int, end: int | None) -> list[AnswerRow]:
        """Answers from `start` to before `end` (none: all), by student, then in order of time."""
        columns = (
            Answer.student_id,
            AT,
            Answer.sequence,
            Answer.skill_id,
            Answer.outcome,
            Answer.item,
            Answer.seconds,
            Answer.hints,
            Answer.session_key,
            Answer.xp,
            Answer.copies,
            Answer.key,
            Answer.questions,
            Answer.correct,
        )
        found: list[AnswerRow] = []
        for ids in in_lists(self.students):
            query = self._answers(ids, start, end).with_only_columns(*columns)
            ordered = query.order_by(Answer.student_id, Answer.answered_at)
            found += cast("list[AnswerRow]", self._bulk.read_plain(ordered))
        return found

    def each(self, query: Callable[[Sequence[int]], AnySelect]) -> list[AnyRow]:
        """The rows of a query over all the students, as many at a time as fit an IN list."""
        return [row for ids in in_lists(self.students) for row in self.read(query(ids))]

    def read(self, query: AnySelect) -> Sequence[AnyRow]:
        """The rows of a query."""
        return self._bulk.read(query)

    def _answers(self, ids: Sequence[int], start: int, end: int | None) -> AnySelect:
        query = select(Answer).where(
            Answer.workspace_id == self.workspace_id,
            Answer.student_id.in_(ids),
            Answer.answered_at >= from_millis(start),
        )
        return query if end is None else query.where(Answer.answered_at < from_millis(end))
