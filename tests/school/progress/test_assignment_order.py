"""Assignments and practice in any order and in any parts end in the same counts.

And those are what a plain count over the rows of the files comes to.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school.database import SessionFactory, make_engine, make_session_factory
from school.models import Base
from tests.school.imports.assignments import counted, set_work
from tests.school.imports.practice import School
from tests.school.progress.test_order import (
    FEW,
    MOMENTS,
    QUIET,
    ROWS,
    Answers,
    moment,
    schools,
    take_rows,
)

ZONE = ZoneInfo("America/New_York")
PEOPLE = ("Ada", "Ben", "Cem")
WORK = st.fixed_dictionaries(
    {
        "assignment_id": st.sampled_from(["w1", "w2", "w3"]),
        "skills": st.sampled_from(["Ratio", "Area", "Ratio;Area"]),
        "question_count": st.sampled_from([1, 3, 10, 40]),
        "assigned_at": st.sampled_from(MOMENTS),
    }
)
SET = st.lists(WORK, min_size=1, max_size=3, unique_by=lambda one: str(one["assignment_id"]))
SEED = st.integers(0, 2**32)
SOME = settings(QUIET, max_examples=14)
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SessionFactory]:
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('work')}/homeroom.db")
    Base.metadata.create_all(engine)
    yield make_session_factory(engine)
    engine.dispose()


def begin(school: School) -> None:
    """Everyone in Maths, long before."""
    given = {"class": "Maths", "skill": "Before", "answered_at": "2025-10-01", "correct": 1}
    school.take_answers(*({**given, "student_id": one} for one in PEOPLE))


def for_all(work: Rows) -> Rows:
    return [
        {"due_at": "2025-12-01", **one, "student_id": person} for one in work for person in PEOPLE
    ]


def check(factory: SessionFactory, folder: Path, rows: Answers, work: Rows, seed: int) -> None:
    whole, piecemeal = schools(factory, folder)
    chance = Random(seed)
    for school in (whole, piecemeal):
        begin(school)
    take_rows(whole, folder, sorted(rows, key=moment))
    set_work(whole, *for_all(work))
    files: list[Answers] = [[] for _ in range(3)]
    for one in rows:
        files[chance.randrange(3)].append(one)
    earlier = [{**one, "question_count": 2, "skills": "Area"} for one in work]
    steps = [*files, for_all(earlier), for_all(work), *chance.sample(files, 1)]
    for step in steps if chance.random() < 0.5 else [steps[3], files[0], steps[4], *files[1:]]:
        if step and "assignment_id" in step[0]:
            set_work(piecemeal, *chance.sample(step, len(step)))
        else:
            take_rows(piecemeal, folder, chance.sample(step, len(step)))
    assert counted(piecemeal) == counted(whole)
    assert piecemeal.derived() == whole.derived()
    assert piecemeal.marks() == {}


@SOME
@given(rows=ROWS, work=SET, seed=SEED)
def test_any_order_of_assignments_and_practice_ends_in_the_same_counts(
    records: SessionFactory, tmp_path: Path, rows: Answers, work: Rows, seed: int
) -> None:
    check(records, tmp_path, rows, work, seed)


@FEW
@given(rows=ROWS, work=SET, seed=SEED)
def test_it_does_on_postgresql_too(
    postgres_factory: SessionFactory, tmp_path: Path, rows: Answers, work: Rows, seed: int
) -> None:
    check(postgres_factory, tmp_path, rows, work, seed)


@SOME
@given(seed=SEED)
def test_counts_are_what_a_plain_count_over_the_rows_comes_to(
    records: SessionFactory, tmp_path: Path, seed: int
) -> None:
    chance = Random(seed)
    rows = random_rows(chance)
    work = [
        {
            "assignment_id": f"w{number}",
            "skills": chance.choice(["Ratio", "Area", "Ratio;Area"]),
            "question_count": chance.choice([1, 4, 9, 30]),
            "assigned_at": chance.choice(MOMENTS),
        }
        for number in range(3)
    ]
    school, _ = schools(records, tmp_path)
    begin(school)
    parts = sorted(rows, key=moment) if chance.random() < 0.5 else rows
    take_rows(school, tmp_path, parts[:10])
    set_work(school, *for_all(work))
    for start in range(10, len(parts), 10):
        take_rows(school, tmp_path, parts[start : start + 10])
    assert counted(school) == {
        (one["assignment_id"], person): plain_count(
            [row for row in rows if row["student_id"] == person], one
        )
        for one in work
        for person in PEOPLE
    }


def random_rows(chance: Random) -> Rows:
    """Answers and sessions, no two of a student at one moment."""
    start = datetime(2025, 11, 1, tzinfo=ZONE)
    rows: Rows = []
    for place in chance.sample(range(9 * 24 * 12), 40):
        at = (start + timedelta(minutes=5 * place)).isoformat()
        row = {"student_id": chance.choice(PEOPLE), "skill": chance.choice(["Ratio", "Area"])}
        if chance.random() < 0.3:
            asked = chance.randrange(13)
            right = chance.randrange(asked + 1)
            counts = {"questions": asked, "correct": right}
            seconds = chance.choice(["", 60, 3000, 99999])
            rows.append({**row, **counts, "started_at": at, "duration_seconds": seconds})
        else:
            items = {"item": chance.choice(["", "i1", "i2"]), "hints": chance.choice(["", 0, 2])}
            rows.append({**row, **items, "answered_at": at, "correct": chance.randrange(2)})
    return rows


def plain_count(rows: Rows, work: dict[str, Any]) -> tuple[int, int, datetime | None]:
    """Questions, right ones, and when the number was reached, by going through the rows."""
    assigned = local(work["assigned_at"])
    met = set()
    counts: list[tuple[datetime, int, int]] = []
    for row in sorted(rows, key=lambda one: local(moment(one))):
        at = local(moment(row))
        day = at.astimezone(ZONE).date()
        if "started_at" in row:
            asked, right = row["questions"], row["correct"]
            longest = 300 * asked or 1800
            over = at + timedelta(seconds=min(row["duration_seconds"] or 0, longest))
            counts_at_all = day >= assigned.astimezone(ZONE).date() - timedelta(days=1)
        else:
            asked, right, over = 1, int(row["correct"] and not row["hints"]), at
            counts_at_all = not row["item"] or (day, row["item"]) not in met
            met.add((day, row["item"]))
        if counts_at_all and over >= assigned and row["skill"] in work["skills"].split(";"):
            counts.append((over, asked, right))
    counts.sort()
    reached = [
        over
        for place, (over, _, _) in enumerate(counts)
        if sum(asked for _, asked, _ in counts[: place + 1]) >= work["question_count"]
    ]
    asked = sum(asked for _, asked, _ in counts)
    return asked, sum(right for _, _, right in counts), min(reached, default=None)


def local(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=ZONE)
