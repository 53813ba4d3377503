"""Who may open whose record, and what is written down when they do."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from school.access import (
    FOR_GUESTS,
    FOR_NOBODY,
    FOR_OTHER_TEAMS,
    FOR_STUDENTS,
    SWITCHED_OFF,
    SlackStanding,
    classes_shared,
    open_class,
    open_student,
    teaches,
    viewer_for_slack,
    visible_classes,
    visible_enrolments,
)
from school.errors import NotAllowed, NotFound
from school.models import AuditEntry, Student, User
from tests.school.conftest import NOW, TODAY, SmallSchool

DAY = timedelta(days=1)


def test_a_teacher_opens_a_student_of_their_class(school: SmallSchool) -> None:
    maths = school.a_class("Maths")
    teacher = school.teacher("U1")
    school.teaches(teacher, maths)
    maya = school.student("Maya Okafor", "1", maths)
    with school.session_factory.begin() as session:
        found = open_student(session, school.viewer(teacher), maya, "report", now=NOW)
    assert found.name == "Maya Okafor"


def test_opening_a_student_writes_who_saw_whom_and_why(school: SmallSchool) -> None:
    maths = school.a_class("Maths")
    teacher = school.teacher("U1")
    school.teaches(teacher, maths)
    maya = school.student("Maya Okafor", "1", maths)
    with school.session_factory.begin() as session:
        open_student(session, school.viewer(teacher), maya, "student_report", now=NOW)
    with school.session_factory() as session:
        entry = session.scalars(select(AuditEntry)).one()
    assert (entry.user_id, entry.student_id, entry.class_id) == (teacher, maya, None)
    assert (entry.purpose, entry.happened_at) == ("student_report", NOW)


def test_opening_a_class_writes_it_down_too(school: SmallSchool) -> None:
    maths = school.a_class("Maths")
    teacher = school.teacher("U1")
    school.teaches(teacher, maths)
    with school.session_factory.begin() as session:
        assert open_class(session, school.viewer(teacher), maths, "report", now=NOW).id == maths
    with school.session_factory() as session:
        entry = session.scalars(select(AuditEntry)).one()
    assert (entry.student_id, entry.class_id) == (None, maths)


def test_what_is_rolled_back_leaves_no_audit_row(school: SmallSchool) -> None:
    maths = school.a_class("Maths")
    teacher = school.teacher("U1")
    school.teaches(teacher, maths)
    with school.session_factory() as session:
        open_class(session, school.viewer(teacher), maths, "report", now=NOW)
        session.rollback()
    with school.session_factory() as session:
        assert session.scalars(select(AuditEntry)).all() == []


def refusal_of_student(school: SmallSchool, user_id: int, student_id: int) -> str:
    with school.session_factory.begin() as session, pytest.raises(NotFound) as refused:
        open_student(session, school.viewer(user_id), student_id, "report", now=NOW)
    with school.session_factory() as session:
        assert session.scalars(select(AuditEntry)).all() == []
    return str(refused.value)


def test_a_forbidden_student_and_an_absent_one_get_the_same_words(school: SmallSchool) -> None:
    maths, art = school.a_class("Maths"), school.a_class("Art")
    teacher = school.teacher("U1")
    school.teaches(teacher, maths)
    ben = school.student("Ben Stone", "1", art)
    assert refusal_of_student(school, teacher, ben) == refusal_of_student(school, teacher, 999_999)


def test_a_forbidden_class_and_an_absent_one_get_the_same_words(school: SmallSchool) -> None:
    art = school.a_class("Art")
    viewer = school.viewer(school.teacher("U1"))
    words = []
    for class_id in (art, 999_999):
        with school.session_factory.begin() as session, pytest.raises(NotFound) as refused:
            open_class(session, viewer, class_id, "report", now=NOW)
        words.append(str(refused.value))
    assert words[0] == words[1]


def test_a_co_teacher_sees_the_class_between_their_days_only(school: SmallSchool) -> None:
    maths = school.a_class("Maths")
    maya = school.student("Maya Okafor", "1", maths)
    days = {
        "now": (TODAY, TODAY),
        "over": (None, TODAY - DAY),
        "later": (TODAY + DAY, None),
    }
    seen = {}
    for number, (name, (first, last)) in enumerate(days.items()):
        user = school.teacher(f"U{number}")
        school.teaches(user, maths, first=first, last=last)
        with school.session_factory() as session:
            seen[name] = [
                one.student_id for one in visible_enrolments(session, school.viewer(user))
            ]
    assert seen == {"now": [maya], "over": [], "later": []}


def test_a_student_who_left_or_has_not_come_is_not_seen(school: SmallSchool) -> None:
    maths = school.a_class("Maths")
    teacher = school.teacher("U1")
    school.teaches(teacher, maths)
    here = school.student("Maya Okafor", "1")
    school.enrol(here, maths, first=TODAY, last=TODAY)
    for name, (first, last) in {"2": (None, TODAY - DAY), "3": (TODAY + DAY, None)}.items():
        school.enrol(school.student("Ben Stone", name), maths, first=first, last=last)
    with school.session_factory() as session:
        assert [one.student_id for one in visible_enrolments(session, school.viewer(teacher))] == [
            here
        ]


def test_classes_shared_are_those_of_today(school: SmallSchool) -> None:
    past, maths, unseen = (school.a_class(title) for title in ("Art", "Maths", "Biology"))
    teacher = school.teacher("U1")
    for one in (past, maths):
        school.teaches(teacher, one)
    maya = school.student("Maya Okafor", "1", maths, unseen)
    school.enrol(maya, past, last=TODAY - DAY)
    with school.session_factory() as session:
        assert classes_shared(session, school.viewer(teacher), maya) == [maths]


def test_today_is_the_schools_day(school: SmallSchool) -> None:
    teacher = school.teacher("U1")
    late = datetime.fromisoformat("2026-03-03T03:00:00+00:00")
    assert school.viewer(teacher, now=late).today == date(2026, 3, 2)


def test_a_class_or_student_that_is_no_more_is_not_seen(school: SmallSchool) -> None:
    maths = school.a_class("Maths")
    gone = school.a_class("Art", is_active=False)
    teacher = school.teacher("U1")
    for one in (maths, gone):
        school.teaches(teacher, one)
    school.student("Ben Stone", "1", gone)
    school.student("Ines Costa", "2", maths, is_active=False)
    with school.session_factory() as session:
        viewer = school.viewer(teacher)
        assert [one.id for one in visible_classes(session, viewer)] == [maths]
        assert visible_enrolments(session, viewer) == []


def test_students_come_by_name_and_once_for_each_class(school: SmallSchool) -> None:
    maths, art = school.a_class("Maths"), school.a_class("Art")
    teacher = school.teacher("U1")
    for one in (maths, art):
        school.teaches(teacher, one)
    school.student("Zoë Adams", "1", maths)
    school.student("Ana Ruiz", "2", maths, art)
    with school.session_factory() as session:
        viewer = school.viewer(teacher)
        seen = [(one.given_name, one.class_title) for one in visible_enrolments(session, viewer)]
        in_art = [one.given_name for one in visible_enrolments(session, viewer, class_id=art)]
    assert seen == [("Ana", "Art"), ("Ana", "Maths"), ("Zoë", "Maths")]
    assert in_art == ["Ana"]


def test_an_administrator_sees_the_workspace_and_no_other(
    school: SmallSchool, other_school: SmallSchool
) -> None:
    maya = school.student("Maya Okafor", "1", school.a_class("Maths"))
    far = other_school.student("Ben Stone", "1", other_school.a_class("Maths"))
    chief = school.teacher("U1", administrator=True)
    with school.session_factory.begin() as session:
        assert open_student(session, school.viewer(chief), maya, "report", now=NOW).id == maya
    with school.session_factory.begin() as session, pytest.raises(NotFound):
        open_student(session, school.viewer(chief), far, "report", now=NOW)


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (SlackStanding(restricted=True), FOR_GUESTS),
        (SlackStanding(stranger=True), FOR_OTHER_TEAMS),
        (SlackStanding(other_team=True), FOR_OTHER_TEAMS),
        (SlackStanding(deleted=True), SWITCHED_OFF),
    ],
)
def test_slack_decides_that_a_linked_teacher_is_no_full_member(
    lite_school: SmallSchool, standing: SlackStanding, words: str
) -> None:
    lite_school.teacher("U1")
    with lite_school.session_factory() as session, pytest.raises(NotAllowed) as refused:
        viewer_for_slack(session, lite_school.workspace_id, "U1", standing, now=NOW)
    assert str(refused.value) == words


def test_a_linked_teacher_becomes_a_viewer(lite_school: SmallSchool) -> None:
    teacher = lite_school.teacher("U1")
    with lite_school.session_factory() as session:
        viewer = viewer_for_slack(session, lite_school.workspace_id, "U1", None, now=NOW)
    assert (viewer.user_id, viewer.today) == (teacher, TODAY)


def test_students_strangers_and_retired_teachers_are_refused(lite_school: SmallSchool) -> None:
    lite_school.student("Leo Park", "1", slack_user_id="ULEO")
    lite_school.teacher("UOLD", is_active=False)
    words = {}
    for slack_id in ("ULEO", "UNOBODY", "UOLD"):
        with lite_school.session_factory() as session, pytest.raises(NotAllowed) as refused:
            viewer_for_slack(session, lite_school.workspace_id, slack_id, None, now=NOW)
        words[slack_id] = str(refused.value)
    assert words == {"ULEO": FOR_STUDENTS, "UNOBODY": FOR_NOBODY, "UOLD": SWITCHED_OFF}


def test_a_slack_account_of_another_workspace_is_nobody_here(
    school: SmallSchool, other_school: SmallSchool
) -> None:
    other_school.teacher("U1")
    with school.session_factory() as session, pytest.raises(NotAllowed, match="do not know you"):
        viewer_for_slack(session, school.workspace_id, "U1", SlackStanding(), now=NOW)


def test_a_student_keeps_the_name_of_the_roster(lite_school: SmallSchool) -> None:
    lite_school.student("Cher", "1")
    with lite_school.session_factory() as session:
        assert session.scalars(select(Student)).one().name == "Cher"


def test_an_administrator_sees_the_students_of_no_class_too(school: SmallSchool) -> None:
    maths = school.a_class("Maths")
    maya, ben = school.student("Maya Okafor", "1", maths), school.student("Ben Stone", "2")
    teacher, chief = school.teacher("U1"), school.teacher("U2", administrator=True)
    school.teaches(teacher, maths)
    viewer, other = school.viewer(chief), school.viewer(teacher)
    with school.session_factory.begin() as session:
        seen = [(one.student_id, one.class_title) for one in visible_enrolments(session, viewer)]
        in_maths = visible_enrolments(session, viewer, class_id=maths)
        assert seen == [(maya, "Maths"), (ben, "")]
        assert [one.student_id for one in in_maths] == [maya]
        assert open_student(session, viewer, ben, "report", now=NOW).name == "Ben Stone"
        assert [one.student_id for one in visible_enrolments(session, other)] == [maya]
        people = {one: session.get_one(User, one) for one in (teacher, chief)}
        asked = [(teacher, maya), (teacher, ben), (chief, ben), (chief, 999)]
        sees = [teaches(people[one], of, session=session, now=NOW) for one, of in asked]
        assert sees == [True, False, True, False]
        people[chief].is_active = False
        assert not teaches(people[chief], ben, session=session, now=NOW)
