"""Which classes practise a skill, and when last, on both kinds of database."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from analytics.queries.skills import classes_practising, last_practised, practice_on
from analytics.ranges import ranges_with_skill
from school.days import DateRange
from school.mastery import Mastery
from tests.analytics.school import SmallSchool, day

NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
LABEL = Mastery.IN_PROGRESS.value
TODAY = day("06-03")


def practise(school: SmallSchool, student: int, skill: int, *days: str) -> None:
    for one in days:
        school.on_skill(student, skill, one, 10, 7, LABEL, 0.7)
        school.practised(student, one, 10, 7)


def test_a_class_practises_what_its_students_of_today_have(
    school: SmallSchool, session: Session
) -> None:
    maths, art = school.a_class("Maths"), school.a_class("Art")
    fractions, ratio = school.a_skill("Fractions"), school.a_skill("Ratio")
    practise(school, school.a_student("Ana", maths), fractions, "05-06", "05-07")
    practise(school, school.a_student("Ben", art, ends="05-20"), fractions, "05-06")
    practise(school, school.a_student("Cy", art, starts="06-20"), ratio, "05-06")
    asked = (school.workspace.id, [maths, art], [fractions, ratio])
    assert classes_practising(session, *asked, TODAY) == {(maths, fractions)}
    assert classes_practising(session, *asked, day("05-06")) == {
        (maths, fractions),
        (art, fractions),
    }
    assert classes_practising(session, school.workspace.id, [maths], [ratio], TODAY) == set()


def test_practice_is_that_of_the_skill_and_the_days_alone(
    school: SmallSchool, session: Session
) -> None:
    maths, fractions, ratio = school.a_class(), school.a_skill("Fractions"), school.a_skill("Ratio")
    ana, ben = school.a_student("Ana", maths), school.a_student("Ben", maths)
    practise(school, ana, fractions, "05-06", "05-08", "05-20")
    school.on_skill(ana, ratio, "05-07", 5, 5, LABEL, 0.7)
    days = DateRange(day("05-06"), day("05-12"))
    found = practice_on(session, school.workspace.id, [ana, ben], fractions, days)
    assert [(one.day, one.questions, one.correct) for one in found[ana]] == [
        (day("05-06"), 10, 7),
        (day("05-08"), 10, 7),
    ]
    assert found[ben] == []
    last = last_practised(session, school.workspace.id, [ana, ben], fractions)
    assert last == day("05-20")
    assert last_practised(session, school.workspace.id, [ben], fractions) is None


def test_ranges_that_hold_practice_of_a_skill_end_with_its_last_day(
    school: SmallSchool, session: Session
) -> None:
    maths, fractions, ratio = school.a_class(), school.a_skill("Fractions"), school.a_skill("Ratio")
    ana = school.a_student("Ana", maths)
    practise(school, ana, fractions, "02-05", "03-11")
    school.practised(ana, "05-31", 10, 7)
    school.data_through(datetime(2024, 5, 31, 20, tzinfo=UTC))
    offer = ranges_with_skill(session=session, now=NOW, class_id=maths, skill_id=fractions)
    assert offer.last_day == day("03-11")
    assert [(one.start, one.end, one.kind) for one in offer.ranges] == [
        (day("02-11"), day("03-11"), "custom"),
        (day("02-05"), day("05-31"), "all"),
    ]
    never = ranges_with_skill(session=session, now=NOW, class_id=maths, skill_id=ratio)
    assert (never.last_day, never.ranges) == (None, ())
