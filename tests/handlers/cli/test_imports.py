"""`app.py import …` and `link`: what was taken in, and what was wrong, in words."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.handlers.cli.conftest import Command

HEADER = "student_id,skill,answered_at,correct\n"
GOOD = "ana,Fractions,2026-03-02T09:00:00,1\n"


def rows(folder: Path, table: str) -> int:
    engine = create_engine(f"sqlite:///{folder}/homeroom.db")
    with engine.connect() as connection:
        found = connection.scalar(text(f"SELECT count(*) FROM {table}"))
    engine.dispose()
    return int(found or 0)


def practice(folder: Path, content: str) -> str:
    (folder / "practice.csv").write_text(HEADER + content, encoding="utf-8")
    return "practice.csv"


def test_a_practice_file_is_taken_in_once(command: Command, folder: Path) -> None:
    name = practice(folder, GOOD)
    first = command("import", "practice", name, "--class", "Maths")
    assert (first.code, first.out) == (0, "practice.csv: 1 row read, 1 new.\n")
    assert command("import", "practice", name, "--class", "Maths").out == (
        "practice.csv: 1 row read, 0 new.\n"
    )
    assert rows(folder, "answers") == 1
    assert rows(folder, "enrolments") == 1


def test_students_whom_nobody_teaches_are_told_of_until_they_are_enrolled(
    command: Command, folder: Path
) -> None:
    name = practice(folder, GOOD + GOOD.replace("ana", "ben"))
    told = command("import", "practice", name).out.splitlines()[-1]
    assert told.startswith("2 students are in no class, so only administrators see")
    assert "--class NAME" in told
    assert "in no class" not in command("import", "practice", name, "--class", "Maths").out


def test_a_bad_row_is_told_by_file_line_and_field_and_stops_nothing(
    command: Command, folder: Path
) -> None:
    name = practice(folder, "ana,Ratio,noon,1\n" + GOOD)
    ended = command("import", "practice", name, "--class", "Maths")
    summary, problem = ended.out.splitlines()
    assert ended.code == 0
    assert summary == "practice.csv: 2 rows read, 1 new, 1 refused."
    assert problem.startswith("  practice.csv, line 2, answered_at: ")
    assert problem.endswith("[error]")


def test_many_problems_are_counted_after_the_first_twenty(command: Command, folder: Path) -> None:
    name = practice(folder, GOOD + "ana,Ratio,noon,1\n" * 30)
    ended = command("import", "practice", name, "--class", "Maths")
    lines = ended.out.splitlines()
    assert len(lines) == 1 + 20 + 1
    assert lines[-1] == "  and 10 more"


def test_strict_refuses_the_whole_file(command: Command, folder: Path) -> None:
    ended = command("import", "practice", practice(folder, GOOD + "ana,Ratio,noon,1\n"), "--strict")
    assert ended.code == 1
    assert "nothing was written" in ended.out
    assert rows(folder, "answers") == 0


def test_a_file_without_one_good_row_fails(command: Command, folder: Path) -> None:
    assert command("import", "practice", practice(folder, "ana,Ratio,noon,1\n")).code == 1


def test_contacts_are_taken_in_once(command: Command, folder: Path) -> None:
    command("import", "practice", practice(folder, GOOD), "--class", "Maths")
    (folder / "contacts.csv").write_text(
        "student_id,email,slack_user_id,guardian_name,guardian_email,guardian_language,"
        "do_not_contact\nana,,,Rosa,rosa@home.test,es,no\nben,,,Tom,,,\n",
        encoding="utf-8",
    )
    told = command("import", "contacts", "contacts.csv")
    assert told.code == 0
    assert told.out.splitlines() == [
        "contacts.csv: 2 rows read, 1 new, 1 refused.",
        "  contacts.csv, line 3, student_id: there is no student “ben” [error]",
    ]
    assert command("import", "contacts", "contacts.csv", "--strict").code == 1
    assert rows(folder, "guardians") == 1


def test_holidays_are_taken_in_once(command: Command, folder: Path) -> None:
    (folder / "days.csv").write_text("date,name\n2026-11-26,Thanksgiving\n", encoding="utf-8")
    assert command("import", "holidays", "days.csv").out == "days.csv: 1 row read, 1 new.\n"
    assert command("import", "holidays", "days.csv").out == "days.csv: 1 row read, 0 new.\n"
    assert rows(folder, "holidays") == 1


@pytest.mark.parametrize("kind", ["practice", "roster", "contacts", "holidays"])
def test_a_path_that_is_not_there_is_told(command: Command, kind: str) -> None:
    ended = command("import", kind, "nowhere.csv")
    assert (ended.code, ended.err) == (
        1,
        "Error: nowhere.csv does not exist. Is the path right?\n",
    )


def test_an_unknown_header_is_told_with_what_is_expected(command: Command, folder: Path) -> None:
    (folder / "other.csv").write_text("a,b\n1,2\n")
    ended = command("import", "practice", "other.csv")
    assert ended.code == 1
    assert "student_id" in ended.err


@pytest.mark.shared_data
def test_a_roster_is_taken_in(command: Command, folder: Path, shared_data: Path) -> None:
    ended = command("import", "roster", str(shared_data / "oneroster"))
    assert ended.code == 0
    assert ended.out.startswith("oneroster: ")
    assert rows(folder, "students") > 0


def test_a_teacher_is_linked_to_what_they_teach(command: Command, folder: Path) -> None:
    command("import", "practice", practice(folder, GOOD), "--class", "Maths")
    ended = command("link", "U1", "--email", "mia.ruiz@school.test", "--class", "Maths")
    assert (ended.code, ended.out) == (0, "U1 is Mia Ruiz (teacher), who teaches Maths.\n")
    assert rows(folder, "class_teachers") == 1


def test_an_administrator_is_linked_without_a_class(command: Command) -> None:
    assert command("link", "U1", "--email", "a@b.test", "--admin").out == (
        "U1 is A (administrator).\n"
    )


def test_a_class_that_is_not_there_is_told_with_the_nearest(command: Command, folder: Path) -> None:
    command("import", "practice", practice(folder, GOOD), "--class", "Maths")
    ended = command("link", "U1", "--email", "a@b.test", "--class", "Math")
    assert ended.code == 1
    assert "Did you mean Maths?" in ended.err


def test_skills_are_taken_in_and_a_circle_is_named(command: Command, folder: Path) -> None:
    (folder / "skills.csv").write_text("skill_id,name\na,Counting\nb,Adding\n")
    (folder / "before.csv").write_text("prerequisite_id,skill_id\na,b\n")
    taken = command("import", "skills", "skills.csv", "before.csv")
    assert (taken.code, taken.out) == (0, "skills.csv and before.csv: 3 rows read, 3 new.\n")
    (folder / "before.csv").write_text("prerequisite_id,skill_id\na,b\nb,a\n")
    circle = command("import", "skills", "skills.csv", "before.csv")
    assert circle.code == 1
    assert "before.csv, line 2: the prerequisites go round in a circle: b → a → b." in circle.err
    assert rows(folder, "skill_prerequisites") == 1
    assert command("import", "skills", "skills.csv", "nowhere.csv").err == (
        "Error: nowhere.csv does not exist. Is the path right?\n"
    )
    (folder / "before.csv").write_text("prerequisite_id,skill_id\nq,b\n")
    assert command("import", "skills", "skills.csv", "before.csv", "--strict").code == 1


def test_assignments_are_taken_in_and_practice_counts_towards_them(
    command: Command, folder: Path
) -> None:
    command("import", "practice", practice(folder, GOOD), "--class", "Maths")
    header = "assignment_id,title,class,student_id,skills,question_count,assigned_at,due_at"
    row = "w1,Homework,Maths,ana,Fractions,1,2026-03-01,2026-03-05"
    (folder / "work.csv").write_text(f"{header}\n{row}\n{row.replace('ana', 'ben')}\n")
    taken = command("import", "assignments", "work.csv")
    summary, problem = taken.out.splitlines()
    assert (taken.code, summary) == (0, "work.csv: 2 rows read, 1 new, 1 refused.")
    assert problem == "  work.csv, line 3, student_id: there is no student “ben” [error]"
    assert rows(folder, "assignment_students WHERE questions = 1") == 1
    assert command("import", "assignments", "work.csv", "--strict").code == 1
