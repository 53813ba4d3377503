"""Which skills are strengths or weaknesses of a student, and which differences are chance."""

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit
from sqlalchemy.orm import Session
from statsmodels.stats.proportion import confint_proportions_2indep

from analytics.queries.mastery import SkillTotal, skill_totals
from analytics.strengths import SkillCount, gaps, overall_gap, own_and_mates, shift, strengths
from bench.strengths import Cell, share_with_one
from school.days import DateRange
from tests.analytics.school import SmallSchool, day

MAY = DateRange(day("05-01"), day("05-31"))
Counts = dict[int, SkillCount]


def counts(*rows: tuple[int, int], students: int = 1) -> Counts:
    """Skills 0, 1, … by questions and right answers."""
    return {key: SkillCount(f"skill {key}", *row, students) for key, row in enumerate(rows)}


def mates(*rows: tuple[int, int]) -> Counts:
    """The same of nine classmates together."""
    return counts(*rows, students=9)


COUNTED = st.integers(1, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
TABLES = st.lists(st.tuples(COUNTED, COUNTED), min_size=1, max_size=8)


def test_a_skill_far_above_the_rest_is_a_strength_and_one_far_below_a_weakness() -> None:
    own = counts((60, 57), (60, 42), (60, 42), (60, 20))
    strong, weak = strengths(own, mates((600, 420), (600, 420), (600, 420), (600, 420)))
    assert [one.skill for one in strong] == ["skill 0"]
    assert [one.skill for one in weak] == ["skill 3"]
    assert (strong[0].accuracy, strong[0].class_accuracy) == (57 / 60, 0.7)
    assert (strong[0].questions, strong[0].skill_id) == (60, 0)


def test_one_who_is_better_at_everything_has_no_relative_strength() -> None:
    own = counts((100, 88), (100, 90), (100, 89))
    everyone = mates((900, 450), (900, 460), (900, 455))
    assert strengths(own, everyone) == ((), ())
    assert all(abs(one.gap) < 0.02 for one in gaps(own, everyone))


def test_the_widest_gap_comes_first() -> None:
    own = counts((80, 79), (80, 74), (80, 40), (80, 34), (80, 60))
    everyone = mates(*[(900, 640)] * 5)
    strong, weak = strengths(own, everyone)
    assert [one.skill_id for one in strong] == [0, 1]
    assert [one.skill_id for one in weak] == [3, 2]
    assert [one.skill_id for one in gaps(own, everyone)] == [0, 1, 4, 2, 3]


def test_without_an_overall_gap_it_is_newcombe_s_interval() -> None:
    own, theirs = counts((40, 38), (40, 22)), mates((400, 300), (400, 300))
    ahead = overall_gap(own.values(), theirs.values())
    found = gaps(own, theirs)
    assert abs(ahead) < 0.02
    for one in found:
        asked, right = own[one.skill_id].questions, own[one.skill_id].correct
        expected = confint_proportions_2indep(
            right, asked, 300, 400, method="newcomb", compare="diff", alpha=0.05 / 2
        )
        assert (one.interval.low, one.interval.high) == pytest.approx(expected, abs=0.004)


@given(TABLES)
def test_the_overall_gap_is_the_one_that_accounts_for_all_right_answers(
    rows: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    own, theirs = counts(*[row[0] for row in rows]), mates(*[row[1] for row in rows])
    asked = np.array([row[0][0] for row in rows])
    odds = logit([(row[1][1] + 0.5) / (row[1][0] + 1) for row in rows])
    right = sum(row[0][1] for row in rows) + 0.5
    wanted = asked.sum() * right / (asked.sum() + 1)
    expected = scipy.optimize.brentq(lambda d: (asked * expit(odds + d)).sum() - wanted, -30, 30)
    assert overall_gap(own.values(), theirs.values()) == pytest.approx(expected, abs=1e-6)


@given(TABLES)
def test_every_gap_lies_within_its_interval_and_the_scale(
    rows: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    own, theirs = counts(*[row[0] for row in rows]), mates(*[row[1] for row in rows])
    for one in gaps(own, theirs):
        assert -1 <= one.interval.low <= one.gap <= one.interval.high <= 1
        assert one.questions >= 10


def test_all_right_and_all_wrong_have_gaps_too() -> None:
    usual = [(20, 14)] * 6
    own = counts((20, 20), (20, 20), (20, 0), *usual)
    theirs = mates((200, 200), (200, 0), (200, 190), *[(200, 140)] * 6)
    found = {one.skill_id: one for one in gaps(own, theirs)}
    assert found[0].gap == 0
    assert found[1].gap == 1
    strong, weak = strengths(own, theirs)
    assert [one.skill_id for one in strong] == [1]
    assert [one.skill_id for one in weak] == [2]
    assert [one.accuracy for one in gaps(counts((12, 0)), mates((90, 90)))] == [0.0]


def test_a_share_at_an_end_stays_there_however_far_it_is_shifted() -> None:
    assert (shift(0.0, 5), shift(1.0, -5)) == (0.0, 1.0)
    assert (shift(0.5, 800), shift(0.5, -800)) == (1.0, 0.0)
    assert shift(0.5, 1) == pytest.approx(expit(1))


def test_little_practice_on_either_side_is_not_compared() -> None:
    assert gaps(counts((9, 9)), mates((500, 100))) == ()
    assert gaps(counts((30, 30)), mates((9, 1))) == ()
    assert gaps(counts((30, 30)), counts((500, 100), students=3)) == ()
    assert len(gaps(counts((30, 30)), counts((500, 100), students=4))) == 1
    assert gaps({}, mates((500, 100))) == ()
    assert gaps(counts((0, 0)), mates((500, 100))) == ()


def test_skills_with_few_questions_still_tell_how_far_ahead_the_student_is() -> None:
    own, theirs = counts((40, 36), *[(9, 9)] * 5), mates((400, 300), *[(400, 200)] * 5)
    alone = gaps(counts((40, 36)), mates((400, 300)))
    assert gaps(own, theirs)[0].gap < alone[0].gap - 0.05


def test_more_skills_looked_at_make_each_interval_wider() -> None:
    few = gaps(counts((30, 25), (30, 20)), mates((300, 200), (300, 200)))
    many = gaps(counts((30, 25), *[(30, 20)] * 9), mates(*[(300, 200)] * 10))
    width = [one[0].interval.high - one[0].interval.low for one in (few, many)]
    assert width[1] > width[0] * 1.2


def test_classmates_are_pooled_without_the_student_and_without_strangers() -> None:
    totals = [
        SkillTotal(student, 5, "Ratio", questions, correct)
        for student, questions, correct in [(1, 20, 10), (2, 30, 15), (3, 10, 10), (9, 99, 99)]
    ]
    own, theirs = own_and_mates(totals, 1, [1, 2, 3])
    assert own == {5: SkillCount("Ratio", 20, 10, 1)}
    assert theirs == {5: SkillCount("Ratio", 40, 25, 2)}


def test_about_five_in_a_hundred_get_one_by_chance_and_a_real_one_is_found() -> None:
    assert share_with_one(Cell("", skills=6), 500, seed=3) < 0.07
    assert share_with_one(Cell("", skills=6, fewest=40, planted=2.5), 1500, seed=3) > 0.5


def test_the_totals_of_a_skill_are_those_of_the_range(
    session: Session, school: SmallSchool
) -> None:
    ratio, place = school.a_skill("Ratio"), school.a_skill("Place value")
    ana, ben = school.a_student("Ana"), school.a_student("Ben")
    for text, questions, correct in [("04-30", 9, 9), ("05-01", 4, 3), ("05-31", 6, 2)]:
        school.on_skill(ana, ratio, text, questions, correct, "in progress", 0.7)
    school.on_skill(ana, place, "06-01", 5, 5, "in progress", 0.7)
    school.on_skill(ben, place, "05-07", 8, 1, "in progress", 0.7)
    found = skill_totals(session, school.workspace.id, [ana, ben], MAY)
    assert sorted(found) == sorted(
        [SkillTotal(ana, ratio, "Ratio", 10, 5), SkillTotal(ben, place, "Place value", 8, 1)]
    )
    assert skill_totals(session, school.workspace.id, [ben + 1], MAY) == []
