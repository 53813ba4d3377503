"""How far practice has brought students with their assignments, kept beside their parts.

A pure function of the answers (docs/metrics.md, "Assignments"). So that nightly practice costs a
day and not a term, each part keeps the counts up to a local day; they are taken up from there
unless answers before that day have changed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from school.bulk import Batch, Bulk
from school.models import Assignment, AssignmentSkill, AssignmentStudent, to_millis
from school.progress.counting import Counts, Part, Question, count
from school.progress.events import ItemsOfDay, events_of
from school.progress.reading import History
from school.progress.stale import in_lists
from school.progress.workspace import School

DAY = timedelta(days=1)
TAKEN_UP_WITHIN = timedelta(days=7)
"""Counts that did not change are kept up to a newer day only when theirs lies so far back."""
PARTS_AT_ONCE = 250
_SAVE = (
    update(AssignmentStudent.__table__)  # type: ignore[arg-type]  # every record has a table
    .where(
        AssignmentStudent.assignment_id == bindparam("of_assignment"),
        AssignmentStudent.student_id == bindparam("of_student"),
    )
    .values({name: bindparam(f"to_{name}") for name in Counts._fields})
)


class Outdated(NamedTuple):
    """A part whose counts on record are not right, with the right ones."""

    assignment: int
    student: int
    counts: Counts


def outdated_counts(
    bulk: Bulk, school: School, marks: Mapping[int, date]
) -> Iterator[list[Outdated]]:
    """Parts whose counts on record are not right, some at a time.

    `marks` says from which local day on a student's answers have changed.
    """
    found: list[Outdated] = []
    for ids in in_lists(sorted(marks)):
        parts = _parts(bulk, school, ids)
        while parts:
            # What was gone through for one student is let go before the next.
            student, own = parts.popitem()
            found += _outdated(bulk, school, own, marks[student])
            if len(found) >= PARTS_AT_ONCE:
                yield found
                found = []
    if found:
        yield found


def _outdated(
    bulk: Bulk, school: School, own: list[Part], changed_from: date
) -> Iterator[Outdated]:
    """Those of one student's parts that have other counts now."""
    kept = [part.kept for part in own]
    for part in own:
        _begin(part, changed_from, school)
    counted = count(own, _questions(bulk, school, own))
    for part, before, counts in zip(own, kept, counted, strict=True):
        if _is_outdated(before, counts):
            yield Outdated(part.assignment, part.student, counts)


def save_counts(batch: Batch, outdated: list[Outdated]) -> None:
    """Write counts in the caller's transaction."""
    rows = [
        {
            "of_assignment": one.assignment,
            "of_student": one.student,
            **{f"to_{name}": value for name, value in one.counts._asdict().items()},
        }
        for one in outdated
    ]
    batch.connection.execute(_SAVE, rows)


def _is_outdated(before: Counts, counts: Counts) -> bool:
    if before[:3] != counts[:3]:
        return True
    if counts.counted_from is None or before.counted_from is None:
        return counts.counted_from != before.counted_from
    lag = counts.counted_from - before.counted_from
    # Counts from a later day than theirs rest on answers that have changed.
    return lag >= TAKEN_UP_WITHIN or lag < timedelta(0)


def _parts(bulk: Bulk, school: School, students: Sequence[int]) -> dict[int, list[Part]]:
    """The parts of some students, by student; nothing for those without an assignment.

    What was withdrawn keeps the counts that it had.
    """
    part = AssignmentStudent
    query = (
        select(
            part.assignment_id,
            part.student_id,
            Assignment.assigned_at,
            Assignment.question_count,
            *(getattr(part, name) for name in Counts._fields),
        )
        .join(Assignment, Assignment.id == part.assignment_id)
        .where(part.workspace_id == school.workspace_id, part.student_id.in_(students))
        .where(Assignment.withdrawn_at.is_(None))
    )
    rows = bulk.read(query.order_by(part.student_id, part.assignment_id))
    skills = _skills(bulk, sorted({row[0] for row in rows}))
    found: dict[int, list[Part]] = defaultdict(list)
    for row in rows:
        counts, of = Counts(*row[4:]), skills.get(row[0], frozenset())
        found[row[1]].append(Part(row[0], row[1], to_millis(row[2]), row[3], of, counts))
    return found


def _skills(bulk: Bulk, assignments: Sequence[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for ids in in_lists(assignments):
        query = select(AssignmentSkill.assignment_id, AssignmentSkill.skill_id)
        for row in bulk.read(query.where(AssignmentSkill.assignment_id.in_(ids))):
            found[row[0]].add(row[1])
    return {assignment: frozenset(skills) for assignment, skills in found.items()}


def _begin(part: Part, changed_from: date, school: School) -> None:
    """Take up the counts that are kept, where they still hold, else begin at the beginning.

    That is the day before it was assigned: a session counts at its end and may have begun then.
    """
    beginning, day = school.day_of(part.assigned_at) - DAY, part.kept.counted_from
    if day is None or day > changed_from:
        part.kept, day = Counts(), beginning
    part.start = school.start_of(max(day, beginning))


def _questions(bulk: Bulk, school: School, parts: list[Part]) -> Iterator[Question]:
    """All questions that may count for any of the parts, which are one student's."""
    start = min(part.start for part in parts)
    rows = History(bulk, school.workspace_id, (parts[0].student,)).answers(start, None)
    items, day, day_starts, day_ends = ItemsOfDay(), date.min, 0, 0
    for event in events_of(rows, school.skill_rank):
        if event.at >= day_ends:
            day = school.day_of(event.at)
            day_starts, day_ends = school.start_of(day), school.start_of(day + DAY)
        if event.times and items.is_first(event, day):
            yield Question(day, day_starts, event, event.times)
