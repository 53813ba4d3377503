"""Questions, time, sessions and XP, as docs/metrics.md counts them."""

from datetime import date
from typing import Any

import pytest

from tests.school.imports.practice import School, Transaction

DAY = date(2026, 1, 5)


def answer(at: str, **more: Any) -> dict[str, Any]:
    """An answer on 5 January 2026, at a local time of New York."""
    given = {"student_id": "Ada", "skill": "Ratio", "answered_at": f"2026-01-05T{at}"}
    return {**given, "correct": 1, **more}


def counts(school: School, day: date = DAY) -> tuple[int, int]:
    totals = school.totals()["Ada", day]
    return totals.questions, totals.correct


def test_the_first_answer_at_an_item_on_a_day_is_the_question(school: School) -> None:
    school.take_answers(
        answer("09:00:00", item="a", correct=0),
        answer("09:01:00", item="a"),
        answer("09:02:00", item="b"),
        answer("00:00:00", item="a", answered_at="2026-01-06T09:00:00"),
    )
    assert counts(school) == (2, 1)
    assert counts(school, date(2026, 1, 6)) == (1, 1)


def test_without_items_each_row_is_a_question(school: School) -> None:
    school.take_answers(answer("09:00:00"), answer("09:00:00"), answer("09:00:00", correct=0))
    assert counts(school) == (3, 2)
    assert school.skills()["Ada", "Ratio", DAY].questions == 3


def test_several_skills_count_once_in_totals_and_once_each(school: School) -> None:
    school.take_answers(
        answer("09:00:00", item="a", seconds=20),
        answer("09:00:00", item="a", seconds=20, skill="Area"),
        answer("09:05:00", item="b", seconds=400, skill="Area", correct=0),
    )
    assert counts(school) == (2, 1)
    skills = school.skills()
    assert (skills["Ada", "Ratio", DAY].questions, skills["Ada", "Ratio", DAY].seconds) == (1, 20)
    assert (skills["Ada", "Area", DAY].questions, skills["Ada", "Area", DAY].seconds) == (2, 320)
    assert school.totals()["Ada", DAY].seconds == 320


def test_a_question_with_a_wrong_part_is_wrong_and_each_skill_has_its_own(school: School) -> None:
    school.take_answers(
        answer("09:00:00", item="a", skill="Area", correct=1),
        answer("09:00:00", item="a", skill="Ratio", correct=0),
    )
    assert counts(school) == (1, 0)
    assert school.skills()["Ada", "Area", DAY].correct == 1
    assert school.skills()["Ada", "Ratio", DAY].correct == 0


def test_wrong_comes_before_right_at_one_moment(school: School) -> None:
    school.take_answers(
        answer("09:00:00", item="a", correct=1), answer("09:00:00", item="a", correct=0)
    )
    assert counts(school) == (1, 0)


def test_hints_of_unknown_order_make_an_answer_incorrect(school: School) -> None:
    school.take_answers(answer("09:00:00", hints=2), answer("09:01:00", hints=0))
    assert counts(school) == (2, 1)


def test_a_hint_asked_first_makes_the_step_incorrect(school: School) -> None:
    school.take_transactions(
        Transaction(1, "2026-01-05 15:00:00", "HINT"),
        Transaction(2, "2026-01-05 15:00:10", "CORRECT"),
        Transaction(3, "2026-01-05 15:00:20", "CORRECT", step="S2"),
        Transaction(4, "2026-01-05 15:00:30", "HINT", step="S2"),
        Transaction(5, "2026-01-05 15:00:40", "HINT", step="S3"),
    )
    assert counts(school) == (3, 1)
    assert school.totals()["Ada", DAY].seconds == 40


def test_the_row_decides_within_one_second(school: School) -> None:
    school.take_transactions(
        Transaction(2, "2026-01-05 15:00:00", "INCORRECT"),
        Transaction(1, "2026-01-05 15:00:00", "CORRECT"),
    )
    assert counts(school) == (1, 1)


def test_events_without_an_outcome_add_time_only(school: School) -> None:
    school.take_transactions(
        Transaction(1, "2026-01-05 15:00:00", ""),
        Transaction(2, "2026-01-05 15:00:30", "", kcs=()),
    )
    assert counts(school) == (0, 0)
    totals = school.totals()["Ada", DAY]
    assert (totals.seconds, totals.seconds_estimated, totals.xp) == (30, 30, 0)
    on_skill = school.skills()["Ada", "Ratio", DAY]
    assert (on_skill.questions, on_skill.total_questions) == (0, 0)
    assert on_skill.label == "too little practice"


def test_a_step_is_its_problem_and_its_name(school: School) -> None:
    school.take_transactions(
        Transaction(1, "2026-01-05 15:00:00", problem="P1", step="S1"),
        Transaction(2, "2026-01-05 15:00:01", problem="P2", step="S1"),
        Transaction(3, "2026-01-05 15:00:02", problem="", step="", kcs=("Ratio", "Area")),
        Transaction(4, "2026-01-05 15:00:03", problem="", step=""),
    )
    assert counts(school) == (4, 4)


def test_several_kcs_on_a_row_are_judged_by_what_was_known_before(school: School) -> None:
    school.take_transactions(Transaction(1, "2026-01-05 15:00:00", kcs=("Ratio", "Area")))
    ratio, area = (school.skills()["Ada", skill, DAY] for skill in ("Ratio", "Area"))
    assert ratio.prior == area.prior == 0.5
    assert ratio.estimate == area.estimate == pytest.approx((4 * 0.5 + 1) / 5)
    assert school.totals()["Ada", DAY].excess_count == 2


@pytest.mark.parametrize(
    ("recorded", "seconds", "estimated"),
    [("12", 12, 0), ("300.5", 300, 0), ("0", 60, 60), (".", 60, 60), ("", 60, 60)],
)
def test_time_is_recorded_or_the_gap_before(
    school: School, recorded: str, seconds: float, estimated: float
) -> None:
    school.take_transactions(
        Transaction(1, "2026-01-05 15:00:00"),
        Transaction(2, "2026-01-05 15:01:00", duration=recorded),
    )
    totals = school.totals()["Ada", DAY]
    assert (totals.seconds, totals.seconds_estimated) == (seconds, estimated)


def test_gaps_are_capped_and_counted_within_their_session(school: School) -> None:
    school.take_transactions(
        Transaction(1, "2026-01-05 15:00:00", session="s1"),
        Transaction(2, "2026-01-05 15:00:10", session="s2"),
        Transaction(3, "2026-01-05 15:20:00", session="s1"),
    )
    assert school.totals()["Ada", DAY].seconds == 300
    assert [one.session_key for one in school.sessions()] == ["s1", "s2"]


def test_half_an_hour_without_an_event_ends_a_session(school: School) -> None:
    school.take_answers(answer("09:00:00"), answer("09:29:59"), answer("09:59:59"))
    assert [(one.questions, one.seconds) for one in school.sessions()] == [(2, 300), (1, 0)]
    assert school.totals()["Ada", DAY].sessions == 2


def test_a_session_over_midnight_is_one_and_its_time_goes_to_each_day(school: School) -> None:
    school.take_answers(
        answer("23:59:00"),
        answer("", answered_at="2026-01-06T00:01:00"),
    )
    (session,) = school.sessions()
    assert (session.day, session.questions, session.seconds) == (DAY, 2, 120)
    totals = school.totals()
    assert (totals["Ada", DAY].seconds, totals["Ada", DAY].sessions) == (0, 1)
    after = totals["Ada", date(2026, 1, 6)]
    assert (after.seconds, after.sessions, after.questions) == (120, 0, 1)


def test_a_session_says_how_many_questions_each_skill_had(school: School) -> None:
    school.take_answers(
        answer("09:00:00", skill="Area"), answer("09:01:00"), answer("09:02:00", correct=0)
    )
    (session,) = school.sessions()
    assert session.skill_questions == [2, 1]
    assert (session.questions, session.correct) == (3, 2)


def test_a_session_with_an_id_goes_on_after_days(school: School) -> None:
    school.take_answers(
        *(answer("", answered_at=f"2026-01-{day:02d}T09:00:00", session_id="s") for day in (5, 9))
    )
    assert len(school.sessions()) == 1
    assert school.totals()["Ada", date(2026, 1, 9)].seconds == 300


def test_xp_is_as_reported_or_by_right_and_wrong(school: School) -> None:
    school.take_answers(
        answer("09:00:00", item="a"),
        answer("09:01:00", item="b", correct=0),
        answer("09:02:00", item="c", xp=7.5),
        answer("09:03:00", item="a"),
    )
    assert school.totals()["Ada", DAY].xp == 10 + 2 + 7.5


def test_days_are_local_when_clocks_change(school: School) -> None:
    # New York: 2 November 2025 has 25 hours, 9 March 2025 has 23.
    school.take_answers(
        *(answer("", answered_at=at) for at in ("2026-01-01T04:59:59Z", "2026-01-01T05:00:00Z")),
        *(answer("", answered_at=at) for at in ("2025-11-02T03:59:59Z", "2025-11-03T04:59:59Z")),
        *(answer("", answered_at=at) for at in ("2025-03-09T04:59:59Z", "2025-03-10T04:00:00Z")),
    )
    assert [day.isoformat() for _, day in sorted(school.totals())] == [
        "2025-03-08",
        "2025-03-10",
        "2025-11-01",
        "2025-11-02",
        "2025-12-31",
        "2026-01-01",
    ]
