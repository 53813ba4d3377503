"""A student beside the class, against scipy and by hand, with everything that may be lacking."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
import scipy.stats
from sqlalchemy.orm import Session

from analytics.reports.comparison import get_student_comparison
from analytics.reports.data import ABOVE, BELOW, NOT_CLEAR, Measure, StudentComparison
from analytics.reports.student import get_student_performance_report
from school.days import DateRange
from school.errors import NotFound
from school.models import DailyProgress, Student
from tests.analytics.school import SmallSchool, day

NOW = datetime(2024, 5, 31, 15, tzinfo=UTC)
MAY = DateRange(day("05-01"), day("05-31"))


@pytest.fixture
def maths(school: SmallSchool) -> int:
    school.data_through(NOW)
    return school.a_class()


def compare(
    session: Session, student: int, class_id: int, days: DateRange = MAY
) -> StudentComparison:
    return get_student_comparison(student, class_id, session=session, now=NOW, date_range=days)


def measure(found: StudentComparison, name: str) -> Measure:
    return next(one for one in found.measures if one.name == name)


def with_xp(session: Session, student: int, xp: float) -> None:
    """All of a student's XP on their first day."""
    row = session.query(DailyProgress).filter_by(student_id=student).first()
    assert row is not None
    row.xp = xp
    session.flush()


def a_class_of(
    school: SmallSchool, class_id: int, rights: list[int], questions: int = 50
) -> list[int]:
    """Students with so many right answers of as many questions each, on one day."""
    ids = [school.a_student(f"Student {n:02}", class_id) for n in range(len(rights))]
    for student, right in zip(ids, rights, strict=True):
        school.practised(student, "05-13", questions, right)
    return ids


def test_averages_and_their_intervals_are_scipy_s(
    session: Session, school: SmallSchool, maths: int
) -> None:
    chance = random.Random(7)
    counts = [(n := chance.randint(10, 90), chance.randint(n // 3, n)) for _ in range(12)]
    ids = [school.a_student(f"Student {n:02}", maths) for n in range(12)]
    for student, (questions, correct) in zip(ids, counts, strict=True):
        school.practised(student, "05-13", questions, correct, seconds=questions * 20.0)
    found = compare(session, ids[3], maths)
    for name, values in {
        "accuracy": [correct / questions for questions, correct in counts],
        "questions": [float(questions) for questions, _ in counts],
        "time": [questions * 20.0 for questions, _ in counts],
    }.items():
        one = measure(found, name)
        mean, error = sum(values) / 12, scipy.stats.sem(values)
        low, high = scipy.stats.t.interval(0.95, 11, mean, error)
        assert one.own == pytest.approx(values[3])
        assert one.average == pytest.approx(mean)
        assert one.interval is not None
        assert (one.interval.low, one.interval.high) == pytest.approx((max(low, 0), high))
        assert one.students == 12
    accuracies = [correct / questions for questions, correct in counts]
    expected = scipy.stats.percentileofscore(accuracies, accuracies[3], kind="mean")
    assert found.percentile == pytest.approx(expected)


def test_the_figures_are_those_of_the_student_s_report(
    session: Session, school: SmallSchool, maths: int
) -> None:
    ids = a_class_of(school, maths, [20, 25, 30, 35, 40, 45])
    found = compare(session, ids[1], maths)
    report = get_student_performance_report(ids[1], MAY, session=session, now=NOW)
    assert found.accuracy.own == report.overall.accuracy
    assert found.accuracy.average == report.comparison.class_average
    assert found.percentile == report.comparison.percentile
    assert found.quarter == report.comparison.quarter == "lower middle"
    assert measure(found, "questions").average == report.comparison.average_questions


def test_an_accuracy_differs_where_its_whole_interval_is_clear_of_the_average(
    session: Session, school: SmallSchool, maths: int
) -> None:
    ids = a_class_of(school, maths, [10, 30, 31, 32, 33, 49])
    sides = [compare(session, one, maths).accuracy.side for one in ids]
    assert sides == [BELOW, NOT_CLEAR, NOT_CLEAR, NOT_CLEAR, NOT_CLEAR, ABOVE]


def test_a_count_differs_where_it_is_clear_of_the_average_s_interval(
    session: Session, school: SmallSchool, maths: int
) -> None:
    ids = [school.a_student(f"Student {n}", maths) for n in range(6)]
    for student, questions in zip(ids, (10, 50, 50, 52, 54, 90), strict=True):
        school.practised(student, "05-13", questions, 5)
    sides = [measure(compare(session, one, maths), "questions").side for one in ids]
    assert sides == [BELOW, NOT_CLEAR, NOT_CLEAR, NOT_CLEAR, NOT_CLEAR, ABOVE]


def test_strengths_are_relative_to_the_classmates(
    session: Session, school: SmallSchool, maths: int
) -> None:
    skills = [school.a_skill(name) for name in ("Ratio", "Angles", "Area", "Graphs")]
    ids = a_class_of(school, maths, [30] * 6)
    for number, student in enumerate(ids):
        for skill in skills:
            right = 38 if (number, skill) == (0, skills[0]) else 24
            school.on_skill(student, skill, "05-13", 40, right, "in progress", 0.7)
    found = compare(session, ids[0], maths)
    assert [one.skill for one in found.strengths] == ["Ratio"]
    assert found.weaknesses == ()
    assert len(found.gaps) == 4
    assert found.finding.endswith("; relatively strong on Ratio.")


def test_skills_mastered_and_days_are_compared_too(
    session: Session, school: SmallSchool, maths: int
) -> None:
    ratio = school.a_skill("Ratio")
    ids = a_class_of(school, maths, [30, 30])
    school.practised(ids[0], "05-14", 10, 5)
    school.on_skill(ids[0], ratio, "05-13", 10, 9, "mastered", 0.9)
    found = compare(session, ids[0], maths)
    mastered, active = measure(found, "skills_mastered"), measure(found, "active_days")
    assert (mastered.own, mastered.average) == (1, 0.5)
    assert (active.own, active.average) == (2, 1.5)
    assert mastered.side == "", "two students are too few to be above or below"


def test_places_are_by_xp_of_the_range_and_leave_out_whoever_is_left_out(
    session: Session, school: SmallSchool, maths: int
) -> None:
    ids = a_class_of(school, maths, [30, 30, 30, 30])
    for student, xp in zip(ids, (500, 400, 400, 100), strict=True):
        with_xp(session, student, xp)
    places = [(one.place, one.placed) for one in (compare(session, s, maths) for s in ids)]
    assert places == [(1, 4), (2, 4), (2, 4), (4, 4)]
    session.get_one(Student, ids[0]).on_leaderboard = False
    session.flush()
    left_out, first = compare(session, ids[0], maths), compare(session, ids[1], maths)
    assert (left_out.place, left_out.placed, left_out.left_out) == (None, 3, True)
    assert (first.place, first.placed, first.left_out) == (1, 3, False)
    assert measure(left_out, "xp").own == 500
    earlier = compare(session, ids[1], maths, DateRange(day("04-01"), day("04-30")))
    assert (earlier.place, earlier.placed) == (None, 0)


def test_ties_share_a_percentile(session: Session, school: SmallSchool, maths: int) -> None:
    ids = a_class_of(school, maths, [30, 30, 30, 30, 40])
    found = [compare(session, one, maths).percentile for one in ids]
    assert found == [40, 40, 40, 40, 90]


def test_all_right_is_above_and_has_no_end_beyond_the_scale(
    session: Session, school: SmallSchool, maths: int
) -> None:
    ids = a_class_of(school, maths, [30, 30, 30, 30, 50])
    found = compare(session, ids[-1], maths).accuracy
    assert found.side == ABOVE
    assert found.around is not None
    assert found.around.high == 1.0


@pytest.mark.parametrize(
    ("questions", "words"),
    [
        (None, "Ana has not practised yet."),
        (1, "Only 1 question in these 31 days: too little to compare. Last practice 13 May."),
        (9, "Only 9 questions in these 31 days: too little to compare. Last practice 13 May."),
    ],
)
def test_little_practice_is_called_little(
    session: Session, school: SmallSchool, maths: int, questions: int | None, words: str
) -> None:
    a_class_of(school, maths, [30] * 6)
    ana = school.a_student("Ana", maths)
    if questions:
        school.practised(ana, "05-13", questions, questions)
    found = compare(session, ana, maths)
    assert found.finding == words
    assert (found.percentile, found.accuracy.side) == (None, "")
    assert found.judged == 6


def test_practice_before_the_range_is_named(
    session: Session, school: SmallSchool, maths: int
) -> None:
    ids = a_class_of(school, maths, [30] * 6)
    days = DateRange(day("05-20"), day("05-31"))
    found = compare(session, ids[0], maths, days)
    assert found.finding == "No practice in these 12 days. Last practice 13 May."


@pytest.mark.parametrize(
    ("mates", "words"),
    [
        (0, "No other student of Maths answered 10 questions in these 31 days"),
        (1, "Only 1 other student of Maths answered 10 questions in these 31 days"),
        (3, "Only 3 other students of Maths answered 10 questions in these 31 days"),
    ],
)
def test_below_five_judged_students_nobody_is_placed(
    session: Session, school: SmallSchool, maths: int, mates: int, words: str
) -> None:
    ids = a_class_of(school, maths, [49] + [20] * mates)
    found = compare(session, ids[0], maths)
    assert found.finding == f"{words}: too few to compare with."
    assert (found.percentile, found.accuracy.side, found.gaps) == (None, "", ())


def test_who_joined_after_the_range_is_not_compared(
    session: Session, school: SmallSchool, maths: int
) -> None:
    a_class_of(school, maths, [30] * 6)
    late = school.a_student("Lea Late", maths, starts="06-03")
    school.practised(late, "05-13", 40, 40)
    found = compare(session, late, maths)
    assert not found.enrolled
    assert found.finding == "Lea was not in Maths in these 31 days."
    assert (found.percentile, found.place, found.judged) == (None, None, 6)
    assert found.accuracy.own == 1.0


def test_who_left_during_the_range_still_counts(
    session: Session, school: SmallSchool, maths: int
) -> None:
    ids = a_class_of(school, maths, [30] * 5)
    gone = school.a_student("Gil Gone", maths, ends="05-15")
    school.practised(gone, "05-13", 50, 10)
    assert compare(session, ids[0], maths).judged == 6
    assert compare(session, gone, maths).accuracy.side == BELOW


def test_days_are_local_when_clocks_change(session: Session, school: SmallSchool) -> None:
    # 03:30 UTC on 11 March is still the 10th in New York, an hour nearer than the day before.
    maths = school.a_class()
    now = datetime(2024, 3, 11, 3, 30, tzinfo=UTC)
    school.data_through(now)
    ana = school.a_student("Ana", maths)
    for text in ("02-10", "03-09", "03-10", "03-11"):
        school.practised(ana, text, 5, 5)
    found = get_student_comparison(ana, maths, session=session, now=now)
    assert found.range.end == date(2024, 3, 10)
    assert found.range.start == date(2024, 3, 10) - timedelta(days=29)
    assert found.questions == 15


def test_nobody_absent_is_compared(session: Session, school: SmallSchool, maths: int) -> None:
    ana = school.a_student("Ana", maths)
    with pytest.raises(NotFound):
        compare(session, ana + 1, maths)
    with pytest.raises(NotFound):
        compare(session, ana, maths + 1)


def test_it_is_plain_data(session: Session, school: SmallSchool, maths: int) -> None:
    ids = a_class_of(school, maths, [30] * 6)
    found = compare(session, ids[0], maths).as_dict()
    assert found["measures"][0]["name"] == "accuracy"
    assert found["range"]["start"] == "2024-05-01"
