"""Typed words mean a student, a class or a skill, of the asker's own."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from handlers.codec import Ref
from handlers.subjects import CLASS, STUDENT, find_subjects
from school.access import Viewer, viewer_of
from school.models import ClassTeacher, User
from tests.analytics import conftest as small
from tests.analytics.school import SmallSchool

school = small.school
NOW = datetime(2024, 5, 13, 14, tzinfo=UTC)


@pytest.fixture
def viewer(session: Session, school: SmallSchool) -> Viewer:
    """A teacher of one class with two students, one of whom is named like it."""
    maths = school.a_class("Maths")
    school.a_student("Maya Maths", maths)
    school.a_student("Leo Park", maths)
    workspace_id = school.workspace.id
    user = User(workspace_id=workspace_id, email="e@x.org", name="E", created_at=NOW)
    session.add(user)
    session.flush()
    session.add(ClassTeacher(workspace_id=workspace_id, class_id=maths, user_id=user.id))
    session.flush()
    return viewer_of(session, user, now=NOW)


def test_a_whole_name_of_one_kind_settles_it(session: Session, viewer: Viewer) -> None:
    found = find_subjects(session, viewer, "maths").found
    assert [one.name for one in found] == ["Maths"]
    assert found[0].ref.class_id is not None


def test_a_part_of_a_name_may_mean_several_kinds(session: Session, viewer: Viewer) -> None:
    found = find_subjects(session, viewer, "ma", (STUDENT, CLASS)).found
    assert [one.name for one in found] == ["Maya Maths", "Maths"]


def test_near_names_of_all_kinds_are_offered(session: Session, viewer: Viewer) -> None:
    subjects = find_subjects(session, viewer, "Leu Perk")
    assert not subjects.found
    assert [one.name for one in subjects.near] == ["Leo Park"]


def test_a_choice_keeps_what_was_asked_for(session: Session, viewer: Viewer) -> None:
    (leo,) = find_subjects(session, viewer, "Leo").found
    choice = leo.choice(Ref(kind="trend", metric="xp", range="60d"))
    assert Ref.decode(choice.value) == Ref(
        kind="trend", student=leo.ref.student, metric="xp", range="60d"
    )
