"""The derived tables are a pure function of the answers: order and parts of files never matter."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from school.database import SessionFactory, make_engine, make_session_factory
from school.models import Base
from tests.school.imports.practice import (
    School,
    Transaction,
    make_workspace,
    write_csv,
    write_datashop,
)

Answers = list[dict[str, Any]]

# Around midnight in New York, across the end of summer time, and days apart.
MOMENTS = [
    f"2025-11-0{day}T{hour:02d}:{minute:02d}:00{offset}"
    for day in (1, 2, 3, 9)
    for hour, minute in ((0, 5), (0, 20), (1, 30), (9, 0), (23, 40), (23, 55))
    for offset in ("", "+00:00")
]
ANSWER = st.fixed_dictionaries(
    {
        "student_id": st.sampled_from(["Ada", "Ben", "Cem"]),
        "class": st.sampled_from(["", "Maths", "Art"]),
        "skill": st.sampled_from(["Ratio", "Area"]),
        "answered_at": st.sampled_from(MOMENTS),
        "correct": st.sampled_from(["0", "1"]),
        "item": st.sampled_from(["", "i1", "i2"]),
        "seconds": st.sampled_from(["", "20", "0.1", "900"]),
        "hints": st.sampled_from(["", "0", "1"]),
        "session_id": st.sampled_from(["", "", "s1", "s2"]),
        "xp": st.sampled_from(["", "0.3"]),
    }
)
ANSWERS = st.lists(ANSWER, min_size=1, max_size=25, unique_by=lambda one: tuple(one.values()))
SESSION = st.fixed_dictionaries(
    {
        "student_id": st.sampled_from(["Ada", "Ben", "Cem"]),
        "class": st.sampled_from(["", "Maths", "Art"]),
        "skill": st.sampled_from(["Ratio", "Area"]),
        "started_at": st.sampled_from(MOMENTS),
        "questions": st.sampled_from(["0", "1", "7", "12"]),
        "correct": st.sampled_from(["0", "1", "6"]),
        "duration_seconds": st.sampled_from(["", "0", "90", "1700", "99999"]),
        "session_id": st.sampled_from(["", "", "s1", "s2"]),
        "xp": st.sampled_from(["", "0.3"]),
    }
).filter(lambda one: int(one["correct"]) <= int(one["questions"]))
ROWS = st.lists(
    st.one_of(ANSWER, SESSION), min_size=1, max_size=25, unique_by=lambda one: tuple(one.items())
)
TRANSACTIONS = st.lists(
    st.builds(
        Transaction,
        row=st.just(0),
        time=st.sampled_from([moment[:19].replace("T", " ") for moment in MOMENTS]),
        outcome=st.sampled_from(["CORRECT", "INCORRECT", "HINT", ""]),
        student=st.sampled_from(["Ada", "Ben"]),
        kcs=st.sampled_from([(), ("Ratio",), ("Area", "Ratio")]),
        session=st.sampled_from(["s1", "s2", ""]),
        duration=st.sampled_from([".", "0", "12"]),
        step=st.sampled_from(["S1", "S2"]),
    ),
    min_size=1,
    max_size=25,
)
QUIET = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FEW = settings(QUIET, max_examples=5)
NUMBERS = count()


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SessionFactory]:
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('order')}/homeroom.db")
    Base.metadata.create_all(engine)
    yield make_session_factory(engine)
    engine.dispose()


def schools(factory: SessionFactory, folder: Path) -> tuple[School, School]:
    """Two empty workspaces side by side."""
    one, other = (
        School(factory, folder, make_workspace(factory, name=f"School {next(NUMBERS)}"))
        for _ in range(2)
    )
    return one, other


def moment(row: dict[str, Any]) -> str:
    return str(row.get("answered_at") or row["started_at"])


def take_rows(school: School, folder: Path, rows: Answers) -> None:
    """Import answers and sessions, each kind from a file of its own."""
    sessions = [row for row in rows if "started_at" in row]
    for some in (sessions, [row for row in rows if row not in sessions]):
        if some:
            write_csv(folder / "part.csv", some)
            school.take(folder / "part.csv")


def check_answers(
    factory: SessionFactory, folder: Path, answers: Answers, parts: int, seed: int
) -> None:
    whole, piecemeal = schools(factory, folder)
    chance = Random(seed)
    # Each answer is in its file once or twice, and some files come again.
    repeated = [one for one in answers for _ in range(chance.choice((1, 1, 2)))]
    take_rows(whole, folder, sorted(repeated, key=moment))
    files: list[Answers] = [[] for _ in range(parts)]
    for one in answers:
        files[chance.randrange(parts)] += [one] * repeated.count(one)
    for file in (*files, *chance.sample(files, 1)):
        chance.shuffle(file)
        take_rows(piecemeal, folder, file)
    assert piecemeal.derived() == whole.derived()
    assert piecemeal.marks() == {}


@QUIET
@given(answers=ANSWERS, parts=st.integers(1, 4), seed=st.integers(0, 2**32))
def test_late_and_shuffled_answers_end_in_the_same_state_as_sorted_ones(
    records: SessionFactory, tmp_path: Path, answers: Answers, parts: int, seed: int
) -> None:
    check_answers(records, tmp_path, answers, parts, seed)


@QUIET
@given(rows=ROWS, parts=st.integers(1, 4), seed=st.integers(0, 2**32))
def test_sessions_among_answers_end_in_the_same_state_in_any_order(
    records: SessionFactory, tmp_path: Path, rows: Answers, parts: int, seed: int
) -> None:
    check_answers(records, tmp_path, rows, parts, seed)


@FEW
@given(answers=ROWS, seed=st.integers(0, 2**32))
def test_they_do_on_postgresql_too(
    postgres_factory: SessionFactory, tmp_path: Path, answers: Answers, seed: int
) -> None:
    check_answers(postgres_factory, tmp_path, answers, 2, seed)


@QUIET
@given(transactions=TRANSACTIONS, parts=st.integers(1, 3), seed=st.integers(0, 2**32))
def test_transactions_in_any_order_end_in_the_same_state(
    records: SessionFactory,
    tmp_path: Path,
    transactions: list[Transaction],
    parts: int,
    seed: int,
) -> None:
    whole, piecemeal = schools(records, tmp_path)
    chance = Random(seed)
    numbered = [replace(one, row=row) for row, one in enumerate(transactions, 1)]
    whole.take_transactions(*numbered, class_title="Maths")
    chance.shuffle(numbered)
    for part in range(parts):
        write_datashop(tmp_path / "part.txt", numbered[part::parts])
        piecemeal.take(tmp_path / "part.txt", class_title="Maths")
    assert piecemeal.derived() == whole.derived()
