"""Linking teachers to Slack and to what they teach."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from school.access import visible_classes
from school.errors import InvalidInput
from school.models import ClassTeacher, Role, User
from school.people import link_teacher, user_by_slack_id
from tests.school.conftest import NOW, TODAY, SmallSchool

EMAIL = "ada.lovelace@school.test"


def link(
    school: SmallSchool,
    slack_id: str = "U123",
    email: str = EMAIL,
    *titles: str,
    admin: bool = False,
) -> int:
    with school.session_factory.begin() as session:
        user = link_teacher(
            session, slack_id, email, titles, admin, workspace_id=school.workspace_id, now=NOW
        )
        return user.id


def refusal(school: SmallSchool, *arguments: str) -> tuple[str, str]:
    with pytest.raises(InvalidInput) as refused:
        link(school, *arguments)
    return refused.value.field, str(refused.value)


def titles_of(school: SmallSchool, user_id: int) -> list[str]:
    with school.session_factory() as session:
        return [one.title for one in visible_classes(session, school.viewer(user_id))]


def test_linking_makes_a_teacher_who_teaches_the_class(school: SmallSchool) -> None:
    school.a_class("Chemistry")
    user_id = link(school, "U123", " Ada.Lovelace@School.test ", "Chemistry")
    with school.session_factory() as session:
        user = user_by_slack_id(session, school.workspace_id, "U123")
    assert user is not None
    assert (user.id, user.email, user.name, user.role) == (
        user_id,
        EMAIL,
        "Ada Lovelace",
        Role.TEACHER,
    )
    assert titles_of(school, user_id) == ["Chemistry"]


def test_linking_twice_changes_nothing_and_adds_classes(school: SmallSchool) -> None:
    for title in ("Chemistry", "Physics"):
        school.a_class(title)
    first = link(school, "U123", EMAIL, "Chemistry")
    assert link(school, "U123", EMAIL, "chemistry", "Physics") == first
    assert titles_of(school, first) == ["Chemistry", "Physics"]
    with school.session_factory() as session:
        assert len(session.scalars(select(ClassTeacher)).all()) == 2


def test_linking_finds_the_teacher_of_the_roster(school: SmallSchool) -> None:
    with school.session_factory.begin() as session:
        session.add(
            User(
                workspace_id=school.workspace_id,
                email=EMAIL,
                name="Ada King",
                slack_user_id="UOLD",
                slack_channel="DOLD",
                is_active=False,
                created_at=NOW,
            )
        )
    link(school, "U123", EMAIL)
    with school.session_factory() as session:
        user = session.scalars(select(User)).one()
    assert (user.name, user.slack_user_id, user.slack_channel) == ("Ada King", "U123", None)
    assert user.is_active


def test_admin_makes_an_administrator_and_its_absence_takes_nothing(school: SmallSchool) -> None:
    link(school, admin=True)
    user_id = link(school)
    with school.session_factory() as session:
        assert session.get_one(User, user_id).role == Role.ADMINISTRATOR


def test_a_slack_account_of_somebody_else_is_refused(school: SmallSchool) -> None:
    link(school, "U123", EMAIL)
    field, words = refusal(school, "U123", "bob@school.test")
    assert field == "slack"
    assert EMAIL in words
    with school.session_factory() as session:
        assert [one.email for one in session.scalars(select(User))] == [EMAIL]


def test_a_students_slack_account_is_refused(school: SmallSchool) -> None:
    school.student("Maya Okafor", "1", slack_user_id="U123")
    field, words = refusal(school, "U123", EMAIL)
    assert field == "slack"
    assert "student's account" in words


@pytest.mark.parametrize(
    ("slack_id", "email", "field"),
    [("bob", EMAIL, "slack"), ("U1", "no address", "email"), ("u123", EMAIL, "slack")],
)
def test_what_cannot_be_is_refused(
    lite_school: SmallSchool, slack_id: str, email: str, field: str
) -> None:
    assert refusal(lite_school, slack_id, email)[0] == field


def test_an_unknown_class_names_the_near_ones_and_writes_nothing(lite_school: SmallSchool) -> None:
    lite_school.a_class("Chemistry")
    field, words = refusal(lite_school, "U123", EMAIL, "Chemstry")
    assert field == "class"
    assert words == "There is no class called Chemstry. Did you mean Chemistry?"
    with lite_school.session_factory() as session:
        assert session.scalars(select(User)).all() == []


def test_without_any_class_the_words_say_what_to_do(lite_school: SmallSchool) -> None:
    assert "Import" in refusal(lite_school, "U123", EMAIL, "Chemistry")[1]


def test_where_none_comes_near_some_that_there_are_are_named(lite_school: SmallSchool) -> None:
    lite_school.a_class("Art")
    assert refusal(lite_school, "U123", EMAIL, "Zoology")[1].endswith("The classes here are: Art.")
    for number in range(9):
        lite_school.a_class(f"Year {number}")
    words = refusal(lite_school, "U123", EMAIL, "Zoology")[1]
    assert words.endswith("Year 5, Year 6 and 2 more.")


def test_of_two_classes_with_one_title_the_id_decides(lite_school: SmallSchool) -> None:
    lite_school.a_class("Maths", source_id="m1")
    lite_school.a_class("Maths", source_id="m2")
    assert "m1, m2" in refusal(lite_school, "U123", EMAIL, "Maths")[1]
    assert titles_of(lite_school, link(lite_school, "U123", EMAIL, "m2")) == ["Maths"]


def test_linking_opens_a_class_that_was_over_or_not_yet_begun(lite_school: SmallSchool) -> None:
    user_id = link(lite_school)
    day = timedelta(days=1)
    for title, first, last in (
        ("Over", None, TODAY - day),
        ("Later", TODAY + day, None),
        ("Now", TODAY - day, None),
    ):
        lite_school.teaches(user_id, lite_school.a_class(title), first=first, last=last)
    assert titles_of(lite_school, user_id) == ["Now"]
    link(lite_school, "U123", EMAIL, "Over", "Later", "Now")
    assert titles_of(lite_school, user_id) == ["Later", "Now", "Over"]
