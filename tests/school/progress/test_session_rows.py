"""Sessions told as a whole, beside single answers: counts, time, XP and mastery."""

from datetime import date
from typing import Any

import pytest

from school.models import from_millis, to_millis
from tests.school.imports.practice import School

DAY = date(2026, 1, 5)


def session(at: str, questions: int, correct: int, duration: object = "", **more: Any) -> Any:
    """A session on 5 January 2026, from a local time of New York on."""
    given = {"student_id": "Ada", "skill": "Ratio", "started_at": f"2026-01-05T{at}"}
    counts = {"questions": questions, "correct": correct, "duration_seconds": duration}
    return {**given, **counts, **more}


def answer(at: str, correct: int, **more: Any) -> dict[str, Any]:
    given = {"student_id": "Ada", "skill": "Ratio", "answered_at": f"2026-01-05T{at}"}
    return {**given, "correct": correct, **more}


def test_a_session_counts_its_questions_time_and_xp(school: School) -> None:
    school.take_answers(session("09:00:00", 10, 8, 600))
    totals = school.totals()["Ada", DAY]
    assert (totals.questions, totals.correct, totals.sessions) == (10, 8, 1)
    assert (totals.seconds, totals.seconds_estimated) == (600, 0)
    assert totals.xp == 8 * 10 + 2 * 2
    (one,) = school.sessions()
    assert (one.questions, one.correct, one.seconds, one.skill_questions) == (10, 8, 600, [10])
    assert to_millis(one.ended_at) - to_millis(one.started_at) == 600_000


@pytest.mark.parametrize(
    ("questions", "duration", "seconds"),
    [
        (2, 599, 599),
        (2, 601, 600),
        (2, 1e300, 600),
        (0, 1799, 1799),
        (0, 1801, 1800),
        (3, 0, 0),
        (3, ".", 0),
        (3, "", 0),
    ],
)
def test_a_recorded_session_counts_at_most_five_minutes_a_question(
    school: School, questions: int, duration: object, seconds: float
) -> None:
    school.take_answers(session("09:00:00", questions, 0, duration))
    assert school.totals()["Ada", DAY].seconds == seconds
    assert school.skills()["Ada", "Ratio", DAY].seconds == seconds


def test_a_session_without_questions_adds_time_and_no_active_day(school: School) -> None:
    school.take_answers(session("09:00:00", 0, 0, 120))
    totals, skill = school.totals()["Ada", DAY], school.skills()["Ada", "Ratio", DAY]
    assert (totals.questions, totals.xp, totals.seconds) == (0, 0, 120)
    assert (skill.total_questions, skill.label) == (0, "too little practice")


def test_a_missing_duration_is_the_gap_before_and_estimated(school: School) -> None:
    school.take_answers(answer("09:00:00", 1))
    school.take_answers(session("09:04:00", 5, 5))
    totals = school.totals()["Ada", DAY]
    assert (totals.seconds, totals.seconds_estimated) == (240, 240)


def test_a_gap_is_counted_from_the_end_of_the_session_before(school: School) -> None:
    school.take_answers(session("09:00:00", 10, 5, 600))
    # One answer while the session still goes on, one a minute after it.
    school.take_answers(answer("09:05:00", 1), answer("09:11:00", 1))
    totals = school.totals()["Ada", DAY]
    assert (totals.seconds, totals.seconds_estimated, totals.sessions) == (660, 60, 1)


def test_half_an_hour_after_its_end_another_session_begins(school: School) -> None:
    school.take_answers(session("09:00:00", 10, 5, 600), session("09:39:59", 1, 1, 1))
    assert [one.questions for one in school.sessions()] == [11]
    school.take_answers(session("10:10:00", 2, 1, 60))
    assert [one.questions for one in school.sessions()] == [11, 2]


def test_a_session_of_two_skills_is_two_rows_of_one_id(school: School) -> None:
    both = {"session_id": "s"}
    school.take_answers(
        session("09:00:00", 4, 2, 60, **both), session("09:00:00", 6, 3, 90, skill="Area", **both)
    )
    (one,) = school.sessions()
    assert (one.questions, one.correct, one.seconds) == (10, 5, 150)
    assert one.skill_questions == [6, 4]


def test_a_session_over_midnight_counts_on_the_day_on_which_it_starts(school: School) -> None:
    school.take_answers(session("23:50:00", 10, 5, 1200))
    school.take_answers(answer("00:00:00", 1, answered_at="2026-01-06T00:20:00"))
    totals = school.totals()
    assert totals["Ada", DAY].questions == 10
    assert (totals["Ada", date(2026, 1, 6)].seconds, len(school.sessions())) == (300, 1)


def test_what_joins_a_session_that_ended_before_midnight_is_one_with_it(school: School) -> None:
    # Begun long before midnight, over shortly before it: its end decides, not its start.
    school.take_answers(session("22:00:00", 60, 30, 6900))
    school.take_answers(answer("", 1, answered_at="2026-01-06T00:10:00"))
    (one,) = school.sessions()
    assert (one.questions, one.seconds) == (61, 6900 + 300)
    school.take_answers(answer("", 1, answered_at="2026-01-06T00:45:00"))
    assert [each.questions for each in school.sessions()] == [61, 1]


def test_reported_xp_holds(school: School) -> None:
    school.take_answers(session("09:00:00", 10, 5, 60, xp=33))
    assert school.totals()["Ada", DAY].xp == 33


def test_a_label_is_judged_after_the_whole_session(school: School) -> None:
    school.take_answers(session("09:00:00", 20, 20, 600))
    skill = school.skills()["Ada", "Ratio", DAY]
    weight = 10 * (1 - 0.9**20)
    assert skill.weight_correct == skill.weight_total == pytest.approx(weight)
    assert skill.estimate == pytest.approx((4 * 0.5 + weight) / (4 + weight))
    assert (skill.label, skill.mastered_at_question, skill.mastered_on) == ("mastered", 20, DAY)


def test_a_session_of_one_question_is_like_one_answer(school: School) -> None:
    school.take_answers(session("09:00:00", 1, 1, 20))
    school.take_answers(answer("09:00:00", 1, student_id="Ben", seconds=20))
    told, single = (school.skills()[student, "Ratio", DAY] for student in ("Ada", "Ben"))
    for column in ("estimate", "weight_correct", "weight_total", "prior", "label", "seconds"):
        assert getattr(told, column) == getattr(single, column)


def test_mastery_of_a_mixed_student_is_as_computed_by_hand(school: School) -> None:
    """Ben, a classmate, answers 3 of 4 right in a session before; Ada mixes both kinds."""
    mates = {"class": "Maths"}
    school.take_answers(session("08:00:00", 4, 3, 200, student_id="Ben", **mates))
    school.take_answers(answer("09:00:00", 0, **mates), answer("09:30:00", 1, **mates))
    school.take_answers(session("09:10:00", 6, 5, 300, **mates))

    mean = (3 + 2) / (4 + 4)  # Ben's 3 of 4, shrunk by 4 answers to a half.
    # 09:00, wrong: nothing is known of Ada yet.
    a, n, excess, count = 0.0, 1.0, 0 - mean, 1
    # 09:10, 5 of 6: judged by what was known before it.
    a = 0.9**6 * a + 10 * (1 - 0.9**6) * 5 / 6
    n = 0.9**6 * n + 10 * (1 - 0.9**6)
    excess, count = excess + 5 - 6 * mean, count + 6
    # 09:30, right.
    prior = mean + excess / (count + 10)
    a, n = 0.9 * a + 1, 0.9 * n + 1
    excess, count = excess + 1 - mean, count + 1

    skill, totals = school.skills()["Ada", "Ratio", DAY], school.totals()["Ada", DAY]
    assert (skill.total_questions, skill.total_correct) == (8, 6)
    assert skill.prior == pytest.approx(prior)
    assert skill.weight_correct == pytest.approx(a)
    assert skill.weight_total == pytest.approx(n)
    assert skill.estimate == pytest.approx((4 * prior + a) / (4 + n))
    assert totals.excess_sum == pytest.approx(excess)
    assert totals.excess_count == count == 8
    # 300 s told; 09:00 has no event before it; 09:30 comes 15 minutes after the session's end.
    assert (totals.seconds, totals.seconds_estimated) == (600, 300)
    assert totals.xp == 6 * 10 + 2 * 2
    # Ben's next answer would meet Ada's 6 of 8.
    school.take_answers(answer("10:00:00", 1, student_id="Ben", **mates))
    ben = school.skills()["Ben", "Ratio", DAY]
    own = 3 - 4 * 0.5  # In his session nothing was known of anybody.
    assert ben.prior == pytest.approx((6 + 2) / (8 + 4) + own / (4 + 10))


def test_a_session_keeps_its_moment(school: School) -> None:
    school.take_answers(session("09:00:00", 3, 2, 60))
    (row,) = school.answers()
    assert (row.outcome, row.questions, row.correct, row.seconds) == (4, 3, 2, 60)
    assert row.answered_at == from_millis(to_millis(row.answered_at))
    assert row.answered_at.isoformat() == "2026-01-05T14:00:00+00:00"
