"""Who is whose classmate: everyone who shares a class by any enrolment, each once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

PACK_STUDENTS = 200
PACK_SPREAD = timedelta(days=7)
"""Unrelated small circles are worked on together when they start within a week of each other."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Students to be worked on together: whole circles of classmates, from one local day on."""

    students: tuple[int, ...]
    from_day: date


def circles(enrolments: Iterable[tuple[int, int]], students: Iterable[int]) -> list[list[int]]:
    """The connected groups, by shared classes, that hold any of `students`.

    `enrolments` are (class id, student id). A student without a class is a circle of one.
    """
    leader: dict[int, int] = {}
    first_of_class: dict[int, int] = {}
    for class_id, student in enrolments:
        _join(leader, first_of_class.setdefault(class_id, student), student)
    wanted = {_find(leader, student) for student in students}
    members: dict[int, list[int]] = defaultdict(list)
    for student in sorted({*leader, *wanted}):
        top = _find(leader, student)
        if top in wanted:
            members[top].append(student)
    return list(members.values())


def _find(leader: dict[int, int], student: int) -> int:
    while (above := leader.setdefault(student, student)) != student:
        leader[student] = leader[above]
        student = above
    return student


def _join(leader: dict[int, int], one: int, other: int) -> None:
    leader[_find(leader, one)] = _find(leader, other)


def packs(circles: Iterable[list[int]], marks: Mapping[int, date]) -> list[Pack]:
    """Circles packed together, each pack from the earliest marked day of its students on."""
    dated = sorted((min(marks[s] for s in circle if s in marks), circle) for circle in circles)
    made: list[Pack] = []
    for day, circle in dated:
        last = made[-1] if made else None
        if (
            last
            and len(last.students) + len(circle) <= PACK_STUDENTS
            and day - last.from_day <= PACK_SPREAD
        ):
            made[-1] = Pack((*last.students, *circle), last.from_day)
        else:
            made.append(Pack(tuple(circle), day))
    return made


class Classmates:
    """For students 0..n-1: whose answers a student's own classmates' sums are made of.

    Students with the same classes share one group: the sums over everyone in any of these classes,
    the student included, who is then taken out again.
    """

    def __init__(self, classes_of: list[frozenset[int]]) -> None:
        members: dict[int, set[int]] = defaultdict(set)
        for student, classes in enumerate(classes_of):
            for class_id in classes:
                members[class_id].add(student)
        group_of: dict[frozenset[int], int] = {}
        self.group: list[int] = []
        self.groups_fed: list[list[int]] = [[] for _ in classes_of]
        for student, classes in enumerate(classes_of):
            # A student without a class is alone, in a group of one.
            key = classes or frozenset((-1 - student,))
            if key not in group_of:
                group_of[key] = len(group_of)
                everyone = set().union(*(members[c] for c in classes)) if classes else {student}
                for member in everyone:
                    self.groups_fed[member].append(group_of[key])
            self.group.append(group_of[key])
        self.groups = len(group_of)
