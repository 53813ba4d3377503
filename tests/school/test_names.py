"""Whom typed words mean, among one's own students and classes alone."""

import pytest
from sqlalchemy import insert

from school.models import Enrolment, Student
from school.names import (
    Candidate,
    Match,
    fold,
    look,
    match_classes,
    match_students,
    nearest,
    students_of,
    suggest,
)
from tests.school.conftest import NOW, SmallSchool

NAMES = {
    "S1": "Maya Okafor",
    "S2": "Mia Olsen",
    "S3": "Emma Novak",
    "S4": "Sam O’Neil",
    "S5": "小龙 李",
    "S6": "José Núñez",
    "S7": "Ana Ruiz",
    "S8": "Anastasia Petrov",
    "S9": "Søren Ødegård",
    "S10": "Олена Шевченко",
    "S11": "आरव शर्मा",
    "S12": "Mary-Jane Ellis",
}


@pytest.fixture
def viewer_school(lite_school: SmallSchool) -> tuple[SmallSchool, int]:
    """Two classes of one teacher, with a second Emma Novak in the other; and that teacher."""
    fifth = lite_school.a_class("Grade 5 Maths", source_id="g5")
    sixth = lite_school.a_class("Grade 6 Maths", source_id="g6")
    teacher = lite_school.teacher("U1")
    for one in (fifth, sixth):
        lite_school.teaches(teacher, one)
    for source_id, name in NAMES.items():
        lite_school.student(name, source_id, fifth)
    lite_school.student("Emma Novak", "S20", sixth)
    return lite_school, teacher


def match(viewer_school: tuple[SmallSchool, int], words: str) -> Match:
    school, teacher = viewer_school
    with school.session_factory() as session:
        return match_students(session, school.viewer(teacher), words)


@pytest.mark.parametrize(
    ("words", "source_id"),
    [
        ("Maya Okafor", "S1"),
        ("  maya   OKAFOR ", "S1"),
        ("okafor maya", "S1"),
        ("Okafor, Maya", "S1"),
        ("maya", "S1"),
        ("may oka", "S1"),
        ("mayaok", "S1"),
        ("s1", "S1"),
        ("Sam O'Neil", "S4"),
        ("sam oneil", "S4"),
        ("O`Neil", "S4"),
        ("O Neil", "S4"),
        ("Sam O Neil", "S4"),
        ("李小龙", "S5"),
        ("小龙", "S5"),
        ("李", "S5"),
        ("jose nunez", "S6"),
        ("Jose\u0301 Nu\u0301n\u0303ez", "S6"),
        ("Ana", "S7"),
        ("anas", "S8"),
        ("soren odegard", "S9"),
        ("олена", "S10"),
        ("ШЕВЧЕНКО", "S10"),
        ("आरव", "S11"),
        ("mary jane", "S12"),
        ("Emma Novak S20", "S20"),
        ("emma s3", "S3"),
    ],
)
def test_words_find_one_student(
    viewer_school: tuple[SmallSchool, int], words: str, source_id: str
) -> None:
    assert [one.source_id for one in match(viewer_school, words).found] == [source_id]


@pytest.mark.parametrize("words", ["Okafr", "Maya Okfaor", "Maya Okaffor"])
def test_a_slip_of_the_finger_still_finds(
    viewer_school: tuple[SmallSchool, int], words: str
) -> None:
    assert [one.name for one in match(viewer_school, words).found] == ["Maya Okafor"]


@pytest.mark.parametrize("words", ["Maya Okafer", "Anna Ruiz"])
def test_another_letter_may_be_another_child_and_is_only_offered(
    viewer_school: tuple[SmallSchool, int], words: str
) -> None:
    answer = match(viewer_school, words)
    assert answer.found == ()
    assert answer.near[0].name in ("Maya Okafor", "Ana Ruiz")


def test_two_students_with_one_name_are_told_apart(viewer_school: tuple[SmallSchool, int]) -> None:
    found = match(viewer_school, "emma novak").found
    assert [(one.class_title, one.source_id) for one in found] == [
        ("Grade 5 Maths", "S3"),
        ("Grade 6 Maths", "S20"),
    ]


def test_nobody_found_offers_the_nearest_best_first(
    viewer_school: tuple[SmallSchool, int],
) -> None:
    answer = match(viewer_school, "Myaa")
    assert answer.found == ()
    assert [one.name for one in answer.near] == ["Maya Okafor", "Mia Olsen"]


def test_nobody_near_offers_nobody(viewer_school: tuple[SmallSchool, int]) -> None:
    assert match(viewer_school, "Xqzt Vwpk") == Match((), ())


@pytest.mark.parametrize("words", ["", "  ", "'", "…"])
def test_no_words_mean_nobody(viewer_school: tuple[SmallSchool, int], words: str) -> None:
    assert match(viewer_school, words) == Match((), ())


def test_a_name_of_a_stranger_is_neither_found_nor_near(lite_school: SmallSchool) -> None:
    art = lite_school.a_class("Art")
    lite_school.student("Ben Stone", "1", art)
    teacher = lite_school.teacher("U1")
    for words in ("Ben Stone", "Ben Stoen", "1"):
        assert match((lite_school, teacher), words) == Match((), ())


def test_one_class_alone_can_be_searched(viewer_school: tuple[SmallSchool, int]) -> None:
    school, teacher = viewer_school
    viewer = school.viewer(teacher)
    with school.session_factory() as session:
        sixth = match_classes(session, viewer, "grade 6").found[0].id
        found = match_students(session, viewer, "emma", class_id=sixth).found
    assert [one.source_id for one in found] == ["S20"]


def test_a_student_of_two_classes_is_one_candidate_with_both(lite_school: SmallSchool) -> None:
    classes = [lite_school.a_class(title) for title in ("Maths", "Art")]
    teacher = lite_school.teacher("U1")
    for one in classes:
        lite_school.teaches(teacher, one)
    lite_school.student("Maya Okafor", "1", *classes)
    with lite_school.session_factory() as session:
        everybody = students_of(session, lite_school.viewer(teacher))
    assert [(one.name, one.class_title) for one in everybody] == [("Maya Okafor", "Art, Maths")]


def test_classes_are_found_by_part_and_by_id(viewer_school: tuple[SmallSchool, int]) -> None:
    school, teacher = viewer_school
    viewer = school.viewer(teacher)
    with school.session_factory() as session:
        assert [one.name for one in match_classes(session, viewer, "6").found] == ["Grade 6 Maths"]
        assert [one.name for one in match_classes(session, viewer, "G5").found] == ["Grade 5 Maths"]
        assert len(match_classes(session, viewer, "maths").found) == 2
        near = match_classes(session, viewer, "Grad 5 Mats").near
    assert near[0].name == "Grade 5 Maths"


def test_menus_narrow_by_the_beginnings_of_words() -> None:
    people = [Candidate(1, "Ana Ruiz", "", "1"), Candidate(2, "Zoë Ryan", "", "2")]
    assert suggest(people, "") == people
    assert [one.id for one in suggest(people, "r")] == [1, 2]
    assert [one.id for one in suggest(people, "zoe r")] == [2]


def test_folding_keeps_vowels_that_are_no_accents() -> None:
    assert fold("Élodie D’Arc-Łowicz") == "elodie darc lowicz"
    assert fold("सुमन") != fold("समन")


def test_nearest_titles_come_best_first() -> None:
    assert nearest("Chemstry", ["Chemistry", "History", "Art"])[0] == "Chemistry"
    assert nearest("Chemistry", []) == []


def test_five_thousand_students_are_searched_at_once(lite_school: SmallSchool) -> None:
    everywhere = lite_school.a_class("Everybody")
    teacher = lite_school.teacher("U1", administrator=True)
    at = {"workspace_id": lite_school.workspace_id}
    with lite_school.session_factory.begin() as session:
        session.execute(
            insert(Student),
            [
                at
                | {
                    "id": number,
                    "source_id": f"N{number}",
                    "given_name": f"Given{number % 700}",
                    "family_name": f"Family{number}",
                    "created_at": NOW,
                }
                for number in range(1, 5001)
            ],
        )
        session.execute(
            insert(Enrolment),
            [at | {"student_id": n, "class_id": everywhere} for n in range(1, 5001)],
        )
    answer = match((lite_school, teacher), "Givne17 Famly4217")
    assert [one.source_id for one in answer.found] == ["N4217"]


@pytest.mark.parametrize("other", ["Zoe\u0308 Adams", "Zoë  Adams", "ZOË ADAMS", "Zoë\u00a0Adams"])
def test_names_that_look_the_same_are_namesakes(other: str) -> None:
    assert look(other) == look("Zoë Adams")


def test_names_that_look_different_are_none() -> None:
    assert look("Zoe Adams") != look("Zoë Adams")
