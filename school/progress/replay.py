"""Replaying a pack of students from a day on, one stretch of days after the other.

Each stretch is read, worked out, and then written in short transactions. Every one of them sees
first that the marks are still those of the start; when others have changed them, the replay stops,
since its answers may be out of date.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from sqlalchemy import select

from school.bulk import Batch, Bulk
from school.models import StaleProgress
from school.progress.assignments import outdated_counts, save_counts
from school.progress.books import Days
from school.progress.classmates import Classmates
from school.progress.events import SESSION, STUDENT, AnswerRow
from school.progress.reading import History
from school.progress.restore import restore_sittings, restore_standing, start_of_straddling
from school.progress.saving import Derived, clear_marks, remove, stamps
from school.progress.stale import in_lists, mark_stale
from school.progress.standing import Standing
from school.progress.timeline import Timeline
from school.progress.workspace import Interrupted, School

STRETCH_ROWS = 16_000
"""About so many answers are worked out at once: a fifth of a second, and some 20 MB."""
LONGEST_STRETCH = 366
ANSWERS_A_DAY = 20
"""A guess at a student's answers a day, for the first stretch; later ones go by the last."""


class Replay:
    """One pack of students, whole circles of classmates, replayed from `from_day` on.

    `seen` are the stamps of their marks, read before anything of `school` was.
    """

    def __init__(
        self, bulk: Bulk, school: School, students: tuple[int, ...], seen: dict[int, int]
    ) -> None:
        self._bulk, self._school, self._seen = bulk, school, seen
        if not school.student_rank.keys() >= set(students):
            raise Interrupted  # Somebody else has just enrolled one of them.
        self._students = sorted(students, key=school.student_rank.__getitem__)
        self._history = History(bulk, school.workspace_id, self._students)
        self._changed = History(bulk, school.workspace_id, tuple(seen))
        classes = [school.classes_of.get(student, frozenset()) for student in self._students]
        self._standing = Standing(Classmates(classes))
        self._timelines = {student: Timeline(place) for place, student in enumerate(self._students)}

    def run(self, from_day: date, report: Callable[[int], None]) -> None:
        """Replay; `report` is called with the number of answers done since it was last called.

        Raises Interrupted when the marks change meanwhile.
        """
        from_day = self._unbroken(from_day)
        self._stamps = self._hold(from_day)
        restore_standing(self._history, self._standing, from_day)
        self._begin, gone = self._school.start_of(from_day), from_day
        first = self._history.first_after(self._begin)
        length = min(max(STRETCH_ROWS // (ANSWERS_A_DAY * len(self._students)), 1), LONGEST_STRETCH)
        while first is not None:
            day = self._school.day_of(first)
            days = Days(day, day + timedelta(days=length), self._school.zone)
            rows = self._history.answers(days.first, days.after)
            first = self._history.first_after(days.after)
            self._work_out(days, rows, gone)
            gone = days.end
            report(len(rows))
            length = _next_length(length, len(rows))
        self._count_assignments()
        self._finish(gone)

    def _unbroken(self, from_day: date) -> date:
        """The day, moved back until no session lies across its start."""
        while True:
            at = self._school.start_of(from_day)
            moment = start_of_straddling(self._history, self._changed, at)
            if moment is None:
                return from_day
            from_day = self._school.day_of(moment)

    def _hold(self, from_day: date) -> dict[int, int]:
        """The marks as they are; the day is saved where it moved back, to hold after a crash."""
        workspace_id = self._school.workspace_id
        with self._bulk.write() as batch:
            # A mark made since may speak of a classmate whom `school` does not know as one.
            if stamps(batch, workspace_id, self._students) != self._seen:
                raise Interrupted
            self._marks = marks = _marked_days(batch, workspace_id, self._students)
            if min(marks.values()) > from_day:
                mark_stale(batch.connection, workspace_id, ((one, from_day) for one in marks))
            return stamps(batch, workspace_id, self._students)

    def _work_out(self, days: Days, rows: list[AnswerRow], gone: date) -> None:
        school = self._school
        self._take_up_sittings(days, rows)
        for student, own in groupby(rows, key=itemgetter(STUDENT)):
            self._timelines[student].walk(list(own), days, school.skill_rank)
        derived = Derived(school.workspace_id, self._students)
        for book in days.books:
            self._standing.take_day(book)
            derived.add_day(book, self._standing)
        derived.add_sittings(self._timelines.values(), school.skill_rank)
        self._write(derived, gone, days)
        for timeline in self._timelines.values():
            timeline.settle(days.after)

    def _take_up_sittings(self, days: Days, rows: list[AnswerRow]) -> None:
        if days.first > self._begin:
            timelines = self._timelines
            unknown = {
                row[SESSION]
                for row in rows
                if row[SESSION] and row[SESSION] not in timelines[row[STUDENT]].keyed
            }
            restore_sittings(self._history, timelines, unknown, self._begin, days.first)

    def _write(self, derived: Derived, gone: date, days: Days) -> None:
        """Put the rows of a stretch in place of all from `gone` on, some students at a time."""
        moments = (self._school.start_of(gone), days.after)
        for students in derived.parts():
            with self._writing() as batch:
                remove(batch, self._school.workspace_id, students, (gone, days.end), moments)
                derived.write(batch, students)

    def _count_assignments(self) -> None:
        """Bring the parts of assignments up to date of those whose answers have changed."""
        for part in outdated_counts(self._bulk, self._school, self._marks):
            with self._writing() as batch:
                save_counts(batch, part)

    def _finish(self, gone: date) -> None:
        """Remove what is left beyond the last answer, and the marks: all is right again."""
        workspace_id = self._school.workspace_id
        with self._writing() as batch:
            moments = (self._school.start_of(gone), None)
            remove(batch, workspace_id, self._students, (gone, None), moments)
            clear_marks(batch, workspace_id, self._stamps)

    @contextmanager
    def _writing(self) -> Iterator[Batch]:
        with self._bulk.write() as batch:
            if stamps(batch, self._school.workspace_id, self._students) != self._stamps:
                raise Interrupted
            yield batch


def _marked_days(batch: Batch, workspace_id: int, students: Sequence[int]) -> dict[int, date]:
    found: dict[int, date] = {}
    for ids in in_lists(students):
        query = select(StaleProgress.student_id, StaleProgress.from_day).where(
            StaleProgress.workspace_id == workspace_id, StaleProgress.student_id.in_(ids)
        )
        found |= {row[0]: row[1] for row in batch.execute(query)}
    return found


def _next_length(length: int, rows: int) -> int:
    """Days of the next stretch, by how full the last one was."""
    wanted = length * STRETCH_ROWS // max(rows, 1)
    return min(max(wanted, 1), length * 4, LONGEST_STRETCH)
