"""A OneRoster folder comes in whole, and again without effect."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from school.imports.outcome import Severity
from school.imports.roster import import_roster
from school.models import (
    Answer,
    Class,
    ClassTeacher,
    DailySkillProgress,
    Enrolment,
    Feed,
    ImportRun,
    School,
    Skill,
    StaleProgress,
    Student,
    Term,
    User,
)
from school.progress import mark_all_stale, refresh_progress
from tests.school.conftest import NOW, SmallSchool
from tests.school.imports.roster.folders import edit, everything, one_of, take_in


def test_everything_comes_in(school: SmallSchool, folder: Path) -> None:
    outcome = take_in(school, folder)
    assert (outcome.rows, outcome.refused, outcome.problems) == (16, 0, ())
    with school.session_factory() as session:
        assert [one.name for one in session.scalars(select(School))] == ["Harbour School"]
        assert [one.title for one in session.scalars(select(Term))] == ["Spring"]
        people = {one.source_id: one for one in session.scalars(select(User))}
        names = [one.name for one in session.scalars(select(Student).order_by(Student.source_id))]
    assert [(one.name, one.email, one.role) for one in people.values()] == [
        ("Ada Lovelace", "ada@school.test", "teacher"),
        ("Bob Boole", "bob@school.test", "administrator"),
    ]
    assert names == ["Maya Okafor", "Cher"]


def test_a_class_has_its_school_term_and_its_courses_grade(
    lite_school: SmallSchool, folder: Path
) -> None:
    take_in(lite_school, folder)
    with lite_school.session_factory() as session:
        fifth, sixth = session.scalars(select(Class).order_by(Class.source_id))
        assert (fifth.title, fifth.grade, sixth.grade) == ("Grade 5 Maths", "05", None)
        assert fifth.school_id is not None
        assert fifth.term_id == session.scalars(select(Term.id)).one()


def test_enrolments_have_their_days_and_teachers_their_part(
    lite_school: SmallSchool, folder: Path
) -> None:
    take_in(lite_school, folder)
    with lite_school.session_factory() as session:
        days = [
            (one.starts_on, one.ends_on)
            for one in session.scalars(select(Enrolment).order_by(Enrolment.source_id))
        ]
        roles = [
            one.role for one in session.scalars(select(ClassTeacher).order_by(ClassTeacher.id))
        ]
    assert days == [(date(2026, 1, 5), date(2026, 6, 12)), (None, None)]
    assert roles == ["primary", "co-teacher"]


def test_a_second_import_changes_nothing(school: SmallSchool, folder: Path) -> None:
    take_in(school, folder)
    before = everything(school.session_factory)
    outcome = take_in(school, folder)
    assert (outcome.rows, outcome.new) == (16, 0)
    assert everything(school.session_factory) == before


def test_what_differs_is_changed(school: SmallSchool, folder: Path) -> None:
    take_in(school, folder)
    edit(folder, "users", "Maya,Okafor", "Maya,Okafor-Lee")
    edit(folder, "enrollments", "2026-06-12", "2026-05-01")
    assert take_in(school, folder).new == 2
    maya = one_of(school, Student, "u3")
    enrolment = one_of(school, Enrolment, "e2")
    assert isinstance(maya, Student)
    assert isinstance(enrolment, Enrolment)
    assert (maya.name, enrolment.ends_on) == ("Maya Okafor-Lee", date(2026, 5, 1))


def test_progress_is_told_up_to_the_whole(lite_school: SmallSchool, folder: Path) -> None:
    heard: list[tuple[int, int, str]] = []
    import_roster(
        folder,
        session_factory=lite_school.session_factory,
        workspace_id=lite_school.workspace_id,
        now=NOW,
        progress=lambda *step: heard.append(step),
    )
    done = [step[0] for step in heard if step[2] == "storing"]
    assert done == sorted(done)
    assert done[-1] <= heard[0][1] == 16


@pytest.mark.shared_data
def test_the_real_bundle_comes_in_with_its_gaps_named(
    school: SmallSchool, shared_data: Path
) -> None:
    outcome = take_in(school, shared_data / "oneroster")
    assert outcome.refused == 0
    assert {(one.file, one.field, one.severity) for one in outcome.problems} == {
        ("classes.csv", "termSourcedIds", Severity.WARNING)
    }
    assert [one.line for one in outcome.problems] == [2, 3, 4]
    with school.session_factory() as session:
        counts = [
            session.scalar(select(func.count()).select_from(model))
            for model in (School, Class, Student, Enrolment, User)
        ]
    assert counts == [2, 3, 2, 3, 0]
    assert take_in(school, shared_data / "oneroster").new == 0


def test_the_import_is_written_down_without_its_content(
    lite_school: SmallSchool, folder: Path
) -> None:
    take_in(lite_school, folder)
    with lite_school.session_factory() as session:
        run = session.scalars(select(ImportRun)).one()
    assert (run.kind, run.rows_read, run.rows_refused) == ("roster", 16, 0)


def test_who_comes_into_a_class_has_progress_worked_out_beside_the_others(
    school: SmallSchool, folder: Path
) -> None:
    """Mastery rests on who is a classmate, so both students' rows are made anew."""
    students = [school.student("Maya", "u3"), school.student("Cher", "u4")]
    at = {"workspace_id": school.workspace_id}
    with school.session_factory.begin() as session:
        feed, skill = Feed(**at, name="file"), Skill(**at, source_id="s", name="Fractions")
        session.add_all((feed, skill))
        session.flush()
        for number, student_id in enumerate(students):
            for minute in range(10):
                session.add(
                    Answer(
                        **at,
                        student_id=student_id,
                        answered_at=NOW + timedelta(hours=number - 2, minutes=minute),
                        key=minute,
                        skill_id=skill.id,
                        feed_id=feed.id,
                        outcome=1 - number,
                    )
                )
        session.flush()  # The marks are made by what is in the database.
        mark_all_stale(session, school.workspace_id)
    refresh_progress(school.session_factory, school.workspace_id)
    alone = priors(school)
    take_in(school, folder)
    together = priors(school)
    # Maya answered first and all right: Cher, now a classmate, is expected to know more.
    assert together[0] == alone[0]
    assert together[1] > alone[1]
    with school.session_factory() as session:
        assert session.scalars(select(StaleProgress)).all() == []


def priors(school: SmallSchool) -> list[float]:
    """What was expected of each student before their last answer."""
    with school.session_factory() as session:
        query = select(DailySkillProgress.prior).order_by(DailySkillProgress.student_id)
        return list(session.scalars(query))
