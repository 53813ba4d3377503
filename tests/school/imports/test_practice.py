"""Practice imports: repeatable, whole through crashes, and right about who is in what."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from school.bulk import Pace
from school.errors import InvalidInput
from school.imports.save import AnswerWriter
from school.models import Class, Enrolment, Feed, ImportRun, Skill, Student
from tests.school.imports.practice import (
    NOW,
    School,
    Transaction,
    make_workspace,
    write_csv,
    write_datashop,
)

DAY = date(2026, 1, 5)
HEADER = "student_id,skill,answered_at,correct"


def answer(minute: int, **more: Any) -> dict[str, Any]:
    given = {"student_id": "Ada", "skill": "Ratio", "answered_at": f"2026-01-05T09:{minute:02d}:00"}
    return {**given, "correct": 1, **more}


def count(school: School, model: type[Any]) -> int:
    with school.factory() as session:
        return session.scalars(select(func.count()).select_from(model)).one()


def test_an_import_repeated_changes_nothing(school: School) -> None:
    answers = [answer(1), answer(1), answer(2, item="a"), answer(3, student_id="Ben")]
    first = school.take_answers(*answers)
    before = (school.derived(), len(school.answers()))
    second = school.take_answers(*answers)
    assert (first.rows, first.new, first.refused) == (4, 4, 0)
    assert (second.rows, second.new, second.refused) == (4, 0, 0)
    assert (school.derived(), len(school.answers())) == before
    assert school.totals()["Ada", DAY].questions == 3


def test_a_longer_file_adds_only_what_it_has_more(school: School) -> None:
    school.take_answers(answer(1), answer(1), answer(2))
    outcome = school.take_answers(answer(1), answer(1), answer(1), answer(2), answer(3))
    assert outcome.new == 2
    assert school.totals()["Ada", DAY].questions == 5


def test_overlapping_files_count_equal_rows_once(school: School) -> None:
    school.take_answers(answer(1), answer(2), answer(2))
    outcome = school.take_answers(answer(2), answer(3))
    assert outcome.new == 1
    assert school.totals()["Ada", DAY].questions == 4


def test_transactions_are_known_by_their_id(school: School) -> None:
    one = Transaction(1, "2026-01-05 15:00:00", kcs=("Ratio", "Area"))
    two = Transaction(2, "2026-01-05 15:00:00", step="S2")
    assert school.take_transactions(one, two).new == 2
    school.take_transactions(one, two)
    # The same transaction in another export, with other row numbers.
    two.row, two.transaction, one.row, one.transaction = 1, "t2", 2, "t1"
    assert school.take_transactions(two, one).new == 1
    assert [(one.sequence, one.copies) for one in school.answers()] == [(1, 1)] * 3
    assert count(school, Skill) == 2


def test_another_kc_model_adds_skills_to_the_same_questions(school: School) -> None:
    given = [
        Transaction(1, "2026-01-05 15:00:00", kcs=("Ratio", "Area"), duration="9"),
        Transaction(2, "2026-01-05 15:01:00", "INCORRECT", step="S2", duration="9"),
    ]
    school.take_transactions(*given)
    assert school.take_transactions(*given, kc="Single-KC").new == 2
    totals = school.totals()["Ada", DAY]
    assert (totals.questions, totals.correct, totals.seconds) == (2, 1, 18)
    assert school.skills()["Ada", "Single-KC", DAY].questions == 2


def test_transactions_without_an_id_are_known_by_what_they_say(sqlite_school: School) -> None:
    path = sqlite_school.folder / "export.txt"
    write_datashop(path, [Transaction(1, "2026-01-05 15:00:00", problem="", step="")])
    path.write_text(path.read_text().replace("Transaction Id", "Other Id"), encoding="utf-8")
    assert sqlite_school.take(path).new == 1
    assert sqlite_school.take(path).new == 0
    assert sqlite_school.totals()["Ada", DAY].questions == 1


def test_a_file_name_or_order_makes_no_difference(sqlite_school: School) -> None:
    answers = [answer(minute) for minute in range(10)]
    sqlite_school.take_answers(*answers)
    write_csv(sqlite_school.folder / "other.csv", answers[::-1])
    assert sqlite_school.take(sqlite_school.folder / "other.csv").new == 0


def test_the_feed_knows_its_newest_answer(school: School) -> None:
    school.take_answers(answer(7), answer(3))
    school.take_answers(answer(1))
    school.take_transactions(Transaction(1, "2026-01-04 15:00:00"))
    with school.factory() as session:
        feeds = {feed.name: feed.data_through for feed in session.scalars(select(Feed))}
    assert feeds == {
        "Homeroom CSV": datetime(2026, 1, 5, 14, 7, tzinfo=UTC),
        "DataShop": datetime(2026, 1, 4, 15, tzinfo=UTC),
    }


def test_the_run_says_how_much_was_read(school: School) -> None:
    school.take_rows(HEADER, "Ada,Ratio,2026-01-05T09:00,1", "Ada,Ratio,soon,1")
    with school.factory() as session:
        run = session.scalars(select(ImportRun)).one()
    assert (run.kind, run.rows_read, run.rows_refused) == ("practice", 2, 1)
    assert run.finished_at is not None


def test_students_are_made_with_their_id_as_name(school: School) -> None:
    school.take_answers(answer(1, student_id="Zoë O'Neil"), class_title="5 Maths")
    with school.factory() as session:
        student = session.scalars(select(Student)).one()
        enrolment = session.scalars(select(Enrolment)).one()
        found = session.scalars(select(Class)).one()
    assert (student.name, student.source_id, student.created_at) == (
        "Zoë O'Neil",
        "Zoë O'Neil",
        NOW,
    )
    assert (found.title, found.source_id, found.is_active) == ("5 Maths", "5 Maths", True)
    assert (enrolment.starts_on, enrolment.ends_on) == (None, None)


def test_a_named_class_is_found_and_everyone_in_the_file_enrolled(school: School) -> None:
    add_class(school, source_id="c-1", title="Maths")
    for _ in range(2):
        school.take_answers(answer(1), answer(2, student_id="Ben"), class_title="Maths")
    assert (count(school, Class), count(school, Enrolment)) == (1, 2)


def test_spaces_around_a_class_name_are_none_of_it(sqlite_school: School) -> None:
    sqlite_school.take_answers(answer(1), class_title=" Maths ")
    sqlite_school.take_answers(answer(1), class_title="Maths")
    assert (count(sqlite_school, Class), count(sqlite_school, Enrolment)) == (1, 1)


def test_a_class_that_is_over_gives_way_to_one_that_goes_on(sqlite_school: School) -> None:
    add_class(sqlite_school, source_id="2024", title="Maths", is_active=False)
    going_on = add_class(sqlite_school, source_id="2025", title="Maths")
    sqlite_school.take_answers(answer(1), class_title="Maths")
    with sqlite_school.factory() as session:
        assert list(session.scalars(select(Enrolment.class_id))) == [going_on]


def test_the_class_column_enrols(school: School) -> None:
    add_class(school, source_id="c-1", title="Maths")
    school.take_answers(
        answer(1, **{"class": "c-1"}),
        answer(2, **{"class": "Maths"}),
        answer(3, **{"class": "Art"}),
    )
    assert (count(school, Class), count(school, Enrolment)) == (2, 2)


def test_two_classes_of_one_name_are_not_guessed_between(school: School) -> None:
    for source_id in ("c-1", "c-2"):
        add_class(school, source_id=source_id, title="Maths")
    with pytest.raises(InvalidInput, match=r"Several classes are called “Maths”: c-1, c-2"):
        school.take_answers(answer(1), class_title="Maths")
    outcome = school.take_answers(answer(1, **{"class": "Maths"}), answer(2))
    assert [problem.field for problem in outcome.problems] == ["class"]
    assert outcome.new == 1


@pytest.mark.parametrize("title", ["", "  ", "x" * 201])
def test_a_class_needs_a_usable_name(sqlite_school: School, title: str) -> None:
    with pytest.raises(InvalidInput, match="1 to 200 characters"):
        sqlite_school.take_answers(answer(1), class_title=title)


def add_class(school: School, *, source_id: str, title: str, **more: Any) -> int:
    known: dict[str, Any] = {"workspace_id": school.workspace_id, "created_at": NOW}
    with school.factory.begin() as session:
        made = Class(source_id=source_id, title=title, **known, **more)
        session.add(made)
        session.flush()  # for its id
        return made.id


def add_roster(school: School) -> None:
    class_id = add_class(school, source_id="c-1", title="Maths")
    with school.factory.begin() as session:
        workspace = {"workspace_id": school.workspace_id}
        ada = Student(**workspace, source_id="s-1", given_name="Ada", created_at=NOW)
        session.add(ada)
        session.flush()  # for its id
        session.add(Enrolment(**workspace, class_id=class_id, student_id=ada.id, source_id="e-1"))


def test_with_a_roster_unknown_students_and_classes_are_errors(school: School) -> None:
    add_roster(school)
    outcome = school.take_answers(
        answer(1, student_id="s-1"),
        answer(2, student_id="s-9"),
        answer(3, student_id="s-1", **{"class": "Physics"}),
        answer(4, student_id="s-1", **{"class": "Maths"}),
    )
    assert [(one.line, one.field, one.reason) for one in outcome.problems] == [
        (3, "student_id", "the roster has no student “s-9”"),
        (4, "class", "the roster has no class “Physics”"),
    ]
    assert (outcome.new, count(school, Student), count(school, Class)) == (2, 1, 1)


def test_a_file_that_is_said_to_be_a_class_brings_its_own_students(school: School) -> None:
    add_roster(school)
    outcome = school.take_transactions(
        Transaction(1, "2026-01-05 15:00:00", student="Stu_1"), class_title="Chemistry"
    )
    assert (outcome.new, outcome.refused) == (1, 0)
    assert count(school, Student) == 2


def test_skills_without_an_id_are_their_name(school: School) -> None:
    school.take_answers(
        answer(1, skill_id="5.NF", skill="Fractions"),
        answer(2, skill_id="5.NF", skill="Fractions, renamed"),
        answer(3, skill_id="", skill="Ratio"),
        answer(4, skill_id="6.RP", skill=""),
    )
    with school.factory() as session:
        found = {skill.source_id: skill.name for skill in session.scalars(select(Skill))}
    assert found == {"5.NF": found["5.NF"], "Ratio": "Ratio", "6.RP": "6.RP"}
    assert found["5.NF"].startswith("Fractions")


def test_long_names_of_skills_and_steps_stay_apart(school: School) -> None:
    long = "x" * 400
    school.take_transactions(
        Transaction(1, "2026-01-05 15:00:00", kcs=(long + "1",), problem=long, step="1"),
        Transaction(2, "2026-01-05 15:00:01", kcs=(long + "2",), problem=long, step="2"),
    )
    assert school.totals()["Ada", DAY].questions == 2
    assert count(school, Skill) == 2


class PowerCut(Exception):
    """Stands for the process ending at this point."""


def test_a_crash_between_chunks_loses_nothing(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [answer(minute, item=str(minute)) for minute in range(40)] * 2
    whole = School(school.factory, school.folder, make_workspace(school.factory, name="Other"))
    whole.take_answers(*answers)
    monkeypatch.setattr(Pace, "__init__", small_steps)
    with monkeypatch.context() as broken, pytest.raises(PowerCut):
        broken.setattr(AnswerWriter, "save", failing_after(5))
        school.take_answers(*answers)
    assert 0 < len(school.answers()) < 40
    assert list(school.marks().values()) == [DAY]
    # 25 of the 40 were in before; of all, the second copies are new.
    assert school.take_answers(*answers).new == 15 + 40
    assert school.derived() == whole.derived()
    assert school.marks() == {}


def small_steps(self: Pace) -> None:
    self.rows = 5
    self._target, self._low, self._high = 0.02, 5, 5


def failing_after(times: int) -> Any:
    save, left = AnswerWriter.save, iter(range(times))

    def save_or_fail(self: AnswerWriter, events: list[Any]) -> None:
        if next(left, None) is None:
            raise PowerCut
        save(self, events)

    return save_or_fail
