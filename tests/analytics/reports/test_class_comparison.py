"""A class beside others, against scipy and statsmodels, with everything that may be lacking."""

import random
from datetime import UTC, datetime

import pytest
import scipy.stats
from sqlalchemy.orm import Session
from statsmodels.stats.multitest import multipletests

from analytics.reports.class_comparison import get_class_comparison
from analytics.reports.data import ABOVE, BELOW, NOT_CLEAR, ClassComparison
from school.days import DateRange
from school.errors import NotFound
from tests.analytics.school import SmallSchool, day

NOW = datetime(2024, 5, 31, 15, tzinfo=UTC)
MAY = DateRange(day("05-01"), day("05-31"))


def a_class(school: SmallSchool, title: str, rights: list[int], questions: int = 100) -> int:
    """A class whose students have so many right answers of as many questions each."""
    class_id = school.a_class(title)
    for number, right in enumerate(rights):
        student = school.a_student(f"{title} {number:02}", class_id)
        school.practised(student, "05-13", questions, right)
    return class_id


def around(middle: int, seed: int, count: int = 20) -> list[int]:
    """Right answers out of 100 about a middle."""
    chance = random.Random(seed)
    return [min(100, max(0, round(chance.gauss(middle, 9)))) for _ in range(count)]


def compare(session: Session, own: int, others: list[int]) -> ClassComparison:
    return get_class_comparison(own, others, session=session, now=NOW, date_range=MAY)


def test_differences_are_welch_s_adjusted_by_holm(session: Session, school: SmallSchool) -> None:
    rights = {"Own": around(66, 1), "Far": around(50, 2, 14), "Near": around(64, 3, 25)}
    rights["Higher"] = around(75, 4)
    ids = {title: a_class(school, title, values) for title, values in rights.items()}
    found = compare(session, ids["Own"], [ids["Far"], ids["Near"], ids["Higher"]])
    tests = {
        title: scipy.stats.ttest_ind(rights["Own"], values, equal_var=False)
        for title, values in rights.items()
        if title != "Own"
    }
    adjusted = multipletests([tests[t].pvalue for t in ("Far", "Near", "Higher")], method="holm")[1]
    expected = dict(zip(("Far", "Near", "Higher"), adjusted, strict=True))
    for one in found.others:
        low, high = tests[one.title].confidence_interval(0.95)
        assert one.p == pytest.approx(expected[one.title])
        assert one.gap_interval is not None
        assert one.gap_interval.low == pytest.approx(low / 100)
        assert one.gap_interval.high == pytest.approx(high / 100)
    assert {one.title: one.side for one in found.others} == {
        "Far": ABOVE,
        "Near": NOT_CLEAR,
        "Higher": BELOW,
    }
    assert [one.title for one in found.others] == ["Higher", "Near", "Far"]


def test_equal_classes_are_hardly_ever_called_different(
    session: Session, school: SmallSchool
) -> None:
    ids = [a_class(school, f"Class {n}", around(66, n)) for n in range(6)]
    found = [compare(session, own, [one for one in ids if one != own]) for own in ids]
    assert sum(one.side != NOT_CLEAR for each in found for one in each.others) <= 1


def test_each_class_has_its_own_interval(session: Session, school: SmallSchool) -> None:
    rights = around(66, 1, 8)
    found = compare(session, a_class(school, "Own", rights), []).own
    values = [right / 100 for right in rights]
    low, high = scipy.stats.t.interval(0.95, 7, sum(values) / 8, scipy.stats.sem(values))
    assert found.accuracy == pytest.approx(sum(values) / 8)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high))
    assert (found.judged, found.students, found.questions, found.active_days) == (8, 8, 100, 1)


def test_a_class_of_one_is_not_compared(session: Session, school: SmallSchool) -> None:
    own, one = a_class(school, "Own", [60, 70, 80]), a_class(school, "One", [50])
    found = compare(session, own, [one])
    assert (found.others[0].gap, found.others[0].p, found.others[0].side) == (None, None, "")
    assert found.finding.endswith("too little to tell about One.")
    alone = compare(session, one, [own])
    assert alone.finding == "One has 1 student: too little to compare."


def test_classes_without_practice_or_students_come_last(
    session: Session, school: SmallSchool
) -> None:
    own, idle = a_class(school, "Own", around(66, 1)), school.a_class("Idle")
    school.a_student("Ida Idle", idle)
    empty = school.a_class("Empty")
    far = a_class(school, "Far", around(30, 2))
    found = compare(session, own, [idle, empty, far])
    assert [one.title for one in found.others] == ["Far", "Empty", "Idle"]
    assert found.finding.startswith("Own gets ")
    assert ": above Far (" in found.finding
    assert found.finding.endswith("; too little to tell about Empty and Idle.")
    nobody = compare(session, empty, [own]).finding
    assert nobody == "Nobody is enrolled in Empty in these 31 days."
    nothing = compare(session, idle, [own]).finding
    assert nothing.startswith("Idle has 1 student: too little")


def test_where_no_student_scatters_nothing_can_be_told(
    session: Session, school: SmallSchool
) -> None:
    found = compare(session, a_class(school, "A", [50] * 3), [a_class(school, "B", [60] * 3)])
    assert (found.others[0].side, found.others[0].accuracy) == ("", 0.6)


def test_students_of_both_classes_are_counted_in_both(
    session: Session, school: SmallSchool
) -> None:
    own, other = (
        a_class(school, "Own", around(66, 1, 5)),
        a_class(school, "Other", around(60, 2, 5)),
    )
    both = school.a_student("Bo Both", own, other)
    school.practised(both, "05-14", 20, 20)
    found = compare(session, own, [other])
    assert (found.own.students, found.others[0].students, found.others[0].shared) == (6, 6, 1)


def test_a_class_is_not_compared_with_itself(session: Session, school: SmallSchool) -> None:
    own = a_class(school, "Own", around(66, 1))
    found = compare(session, own, [own])
    assert found.others == ()
    assert found.finding.endswith("; there is no other class of yours to compare it with.")


def test_the_last_thirty_days_are_meant_where_none_are_said(
    session: Session, school: SmallSchool
) -> None:
    school.data_through(NOW)
    own = a_class(school, "Own", around(66, 1))
    found = get_class_comparison(own, [], session=session, now=NOW)
    assert (found.range.start, found.range.end) == (day("05-02"), day("05-31"))
    assert found.coverage.data_through == NOW
    assert (found.coverage.first_day, found.coverage.last_day) == (day("05-13"), day("05-13"))


def test_no_absent_class_is_compared(session: Session, school: SmallSchool) -> None:
    own = a_class(school, "Own", around(66, 1))
    with pytest.raises(NotFound):
        compare(session, own + 1, [])
