"""Replays: what they take up from, when they stop, and who is touched by a change."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select

from school.bulk import Batch
from school.database import SessionFactory
from school.models import Answer, Class, Enrolment, Skill, StaleProgress, Student, Workspace
from school.progress import (
    mark_all_stale,
    mark_classmates_stale,
    refresh_progress,
    replay,
    saving,
)
from school.progress.stale import BEGINNING, mark_stale
from tests.school.imports.practice import NOW, Row, School, make_workspace


def answer(student: str, day: int, correct: int, **more: Any) -> dict[str, Any]:
    """An answer at noon (New York) on a day of January 2026."""
    given = {"student_id": student, "skill": "Ratio", "class": "Maths", "correct": correct}
    return {**given, "answered_at": f"2026-01-{day:02d}T12:00:00", **more}


def afresh(school: School) -> dict[str, list[Row]]:
    """What a replay from the beginning makes of all answers."""
    with school.factory.begin() as session:
        mark_all_stale(session, school.workspace_id)
    refresh_progress(school.factory, school.workspace_id)
    return school.derived()


def test_classmates_change_with_one_students_late_answer(school: School) -> None:
    school.take_answers(answer("Ada", 5, 1), answer("Ben", 6, 1))
    before = school.skills()["Ben", "Ratio", date(2026, 1, 6)].prior
    school.take_answers(answer("Ada", 4, 0, item="late"))
    after = school.skills()["Ben", "Ratio", date(2026, 1, 6)].prior
    assert (before, after) == ((1 + 2) / 5, (1 + 2) / 6)
    assert school.derived() == afresh(school)


def test_students_of_other_classes_do_not_change(school: School) -> None:
    school.take_answers(answer("Ada", 5, 1), answer("Ben", 6, 1, **{"class": "Art"}))
    assert school.skills()["Ben", "Ratio", date(2026, 1, 6)].prior == 0.5


def test_a_classmate_of_two_classes_counts_once(school: School) -> None:
    school.take_answers(
        answer("Ada", 5, 1),
        answer("Ada", 6, 1, **{"class": "Art"}),
        answer("Ben", 4, 0),
        answer("Ben", 5, 0, **{"class": "Art"}),
        answer("Cem", 9, 1, **{"class": "Art"}),
    )
    # Ada: two right; Ben: two wrong; both share Art with Cem.
    assert school.skills()["Cem", "Ratio", date(2026, 1, 9)].prior == (2 + 2) / (4 + 4)


def test_a_new_classmate_changes_the_past_of_the_class(school: School) -> None:
    school.take_answers(answer("Ada", 5, 0), answer("Ben", 6, 1, **{"class": ""}))
    assert school.skills()["Ben", "Ratio", date(2026, 1, 6)].prior == 0.5
    school.take_answers(answer("Ben", 20, 1))
    assert school.skills()["Ben", "Ratio", date(2026, 1, 6)].prior == 2 / 5
    assert school.derived() == afresh(school)


def test_leaving_a_class_is_marked_before_it_happens(school: School) -> None:
    school.take_answers(answer("Ada", 5, 0), answer("Ben", 6, 1))
    with school.factory.begin() as session:
        ada = select(Student.id).where(Student.source_id == "Ada")
        mark_classmates_stale(session, [session.scalars(ada).one()])
        session.execute(delete(Enrolment).where(Enrolment.student_id.in_(ada)))
    assert set(school.marks().values()) == {BEGINNING}
    assert len(school.marks()) == 2
    refresh_progress(school.factory, school.workspace_id)
    assert school.skills()["Ben", "Ratio", date(2026, 1, 6)].prior == 0.5


def test_a_session_joined_by_a_late_answer_is_one(school: School) -> None:
    late = answer("Ada", 6, 1, answered_at="2026-01-06T00:10:00")
    school.take_answers(
        answer("Ada", 5, 1, answered_at="2026-01-05T23:20:00"),
        answer("Ada", 5, 1, answered_at="2026-01-05T23:45:00"),
    )
    school.take_answers(late)
    (session,) = school.sessions()
    assert (session.questions, session.seconds) == (3, 600)
    assert school.derived() == afresh(school)


def test_a_session_of_a_classmate_over_the_stale_midnight_stays_whole(school: School) -> None:
    school.take_answers(
        answer("Ada", 5, 1, answered_at="2026-01-05T23:50:00"),
        answer("Ada", 5, 1, answered_at="2026-01-06T00:05:00"),
        answer("Ben", 5, 1),
    )
    school.take_answers(answer("Ben", 6, 1))
    assert [one.questions for one in school.sessions()] == [1, 2, 1]
    assert school.derived() == afresh(school)


def test_another_zone_moves_every_day(school: School) -> None:
    school.take_answers(answer("Ada", 5, 1, answered_at="2026-01-05T23:30:00"))
    with school.factory.begin() as session:
        session.get_one(Workspace, school.workspace_id).timezone = "Europe/Berlin"
        mark_all_stale(session, school.workspace_id)
    assert school.marks()
    refresh_progress(school.factory, school.workspace_id)
    assert list(school.totals()) == [("Ada", date(2026, 1, 6))]
    assert not school.marks()


def test_rows_that_no_longer_hold_are_removed(school: School) -> None:
    school.take_answers(answer("Ada", 5, 1), answer("Ada", 9, 1, item="last"))
    with school.factory.begin() as session:
        session.execute(delete(Answer).where(Answer.item == "last"))
        mark_stale(
            session.connection(), school.workspace_id, [(student_id(session), date(2026, 1, 9))]
        )
    refresh_progress(school.factory, school.workspace_id)
    assert list(school.totals()) == [("Ada", date(2026, 1, 5))]
    assert len(school.skills()) == len(school.sessions()) == 1


def student_id(session: Any) -> int:
    return int(session.scalars(select(Student.id)).one())


def test_long_histories_in_many_stretches_and_parts_end_alike(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A session with an id is taken up again after it was forgotten.
    long = (2, 3, 9, 20)
    answers = [
        answer(student, day, (day + place) % 2, session_id="long" if day in long else "")
        for place, student in enumerate(("Ada", "Ben", "Cem"))
        for day in range(1, 29)
    ]
    school.take_answers(*answers)
    whole = school.derived()
    monkeypatch.setattr(replay, "STRETCH_ROWS", 3)
    monkeypatch.setattr(saving, "MOST_ROWS", 2)
    assert afresh(school) == whole
    assert max(one.questions for one in school.sessions()) == 4


def test_a_replay_stopped_half_way_goes_on(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [
        answer("Ada", day, day % 2, session_id="s" if day < 6 else "") for day in range(1, 20)
    ]
    school.take_answers(*answers)
    whole = afresh(school)
    monkeypatch.setattr(replay, "STRETCH_ROWS", 3)
    with monkeypatch.context() as broken, pytest.raises(PowerCut):
        broken.setattr(saving.Derived, "write", failing_after(3))
        afresh(school)
    assert school.marks()
    refresh_progress(school.factory, school.workspace_id)
    assert school.derived() == whole
    assert school.marks() == {}


def test_a_moved_start_holds_after_a_crash(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    days = (4, 5, 6, 7)
    school.take_answers(
        *(answer("Ada", day, 1, session_id="s") for day in days), answer("Ben", 4, 1)
    )
    monkeypatch.setattr(replay, "STRETCH_ROWS", 1)
    with monkeypatch.context() as broken, pytest.raises(PowerCut):
        broken.setattr(saving.Derived, "write", failing_after(1))
        school.take_answers(answer("Ben", 6, 0))
    refresh_progress(school.factory, school.workspace_id)
    assert school.derived() == afresh(school)


class PowerCut(Exception):
    """Stands for the process ending at this point."""


def failing_after(times: int) -> Any:
    """Derived.write that ends the process in its (times + 1)-th transaction."""
    write, left = saving.Derived.write, iter(range(times))

    def write_or_fail(self: saving.Derived, batch: Batch, students: list[int]) -> None:
        if next(left, None) is None:
            raise PowerCut
        write(self, batch, students)

    return write_or_fail


@pytest.mark.parametrize("skill", ["Ratio", "Area"])
def test_answers_that_arrive_during_a_replay_are_not_lost(
    school: School, monkeypatch: pytest.MonkeyPatch, skill: str
) -> None:
    write = saving.Derived.write
    late = [skill]

    def write_while_others_import(self: saving.Derived, batch: Batch, students: list[int]) -> None:
        write(self, batch, students)
        if late:
            add_behind_its_back(school, batch, late.pop())

    monkeypatch.setattr(replay, "STRETCH_ROWS", 1)
    monkeypatch.setattr(saving.Derived, "write", write_while_others_import)
    school.take_answers(*(answer("Ada", day, 1) for day in (5, 6, 7)))
    assert not late
    assert school.totals()["Ada", date(2026, 1, 6)].questions == 3
    assert school.marks() == {}
    assert school.derived() == afresh(school)


def test_a_replay_that_others_have_done_meanwhile_stops(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold, others = replay.Replay._hold, [refresh_progress]

    def hold_late(self: replay.Replay, from_day: date) -> dict[int, int]:
        if others:
            others.pop()(school.factory, school.workspace_id)
        return hold(self, from_day)

    monkeypatch.setattr(replay.Replay, "_hold", hold_late)
    school.take_answers(answer("Ada", 5, 1))
    assert school.totals()["Ada", date(2026, 1, 5)].questions == 1
    assert school.marks() == {}


def add_behind_its_back(school: School, batch: Batch, skill: str) -> None:
    """Save two answers of one moment as another import would, with their mark."""
    found = select(Skill.id).where(Skill.source_id == skill)
    skill_id = batch.execute(found).scalar()
    if skill_id is None:
        new = {"workspace_id": school.workspace_id, "source_id": skill, "name": skill}
        batch.execute(insert(Skill).values(**new))
        skill_id = batch.execute(found).scalar_one()
    first = dict(batch.execute(select(Answer.__table__).limit(1)).mappings().one())
    noon = NOW.replace(month=1, day=6, hour=17, minute=0)
    for key in (1, 2):
        changed = {"answered_at": noon, "key": key, "skill_id": skill_id, "outcome": 0}
        batch.execute(insert(Answer).values(**first | changed))
    mark_stale(batch.connection, school.workspace_id, [(first["student_id"], date(2026, 1, 6))])


def test_progress_is_told(school: School) -> None:
    told: list[tuple[int, int, str]] = []
    school.take_answers(
        answer("Ada", 5, 1), answer("Ben", 6, 1), progress=lambda *one: told.append(one)
    )
    phases = list(dict.fromkeys(phase for _, _, phase in told))
    assert phases == ["reading", "working out progress"]
    assert told[-1][:2] == (2, 2)


def test_workspaces_do_not_mix(school: School, sqlite_factory: SessionFactory) -> None:
    other = School(sqlite_factory, school.folder, make_workspace(sqlite_factory, name="Other"))
    school.take_answers(answer("Ada", 5, 1))
    other.take_answers(answer("Ada", 6, 0), answer("Ben", 7, 1))
    assert list(school.totals()) == [("Ada", date(2026, 1, 5))]
    with sqlite_factory() as session:
        assert session.scalar(select(func.count()).select_from(Class)) == 2
        assert session.scalar(select(func.count()).select_from(StaleProgress)) == 0


def test_marking_before_any_answer_leaves_no_work(school: School) -> None:
    with school.factory.begin() as session:
        student = Student(
            workspace_id=school.workspace_id, source_id="x", given_name="X", created_at=NOW
        )
        session.add(student)
        session.flush()  # for its id
        mark_classmates_stale(session, [student.id])
    assert school.marks() == {}
