"""XP, streaks, achievements and leaderboards, counted by hand.

In 2024 the clocks go forward on Sunday, 10 March; 27 May (a Monday) is taken as a holiday.
"""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from analytics.calendar import SchoolCalendar
from analytics.motivation import (
    Racer,
    Streaks,
    achievements,
    leaderboard,
    motivation_of,
    place_of,
    streaks,
)
from analytics.queries import people
from analytics.queries.mastery import SkillDay
from analytics.queries.practice import PracticeDay
from analytics.reports.data import Achievement, Place
from analytics.wording.printed import ES
from school.days import DateRange
from school.mastery import Mastery
from school.models import Student
from tests.analytics.school import SmallSchool, day

CALENDAR = SchoolCalendar.of([day("05-27")])
MASTERED, NEEDS = Mastery.MASTERED.value, Mastery.NEEDS_WORK.value


def until(text: str) -> DateRange:
    """The days up to one that is over."""
    return DateRange(day("01-01"), day(text))


def streak(*texts: str, over: str) -> Streaks:
    """The streaks of one who practised on these days, when the day `over` is the last one over."""
    return streaks([day(text) for text in texts], CALENDAR, until(over))


def practised(text: str, questions: int = 10, *, xp: float = 100.0) -> PracticeDay:
    """One day of practice."""
    return PracticeDay(day(text), questions, questions // 2, 60.0, 0.0, xp)


def on(skill: str, text: str, label: str) -> SkillDay:
    """One day of practice of a skill, whose id is its first letter's number."""
    return SkillDay(ord(skill[0]), skill, day(text), 10, 5, label, 0.7, 30)


def test_a_weekend_without_practice_breaks_no_streak() -> None:
    assert streak("05-16", "05-17", "05-20", over="05-20") == (3, 3)


def test_practice_at_a_weekend_neither_counts_nor_bridges_a_missed_day() -> None:
    assert streak("05-16", "05-17", "05-18", "05-19", over="05-19") == (2, 2)
    assert streak("05-16", "05-18", "05-20", over="05-20") == (1, 1)
    assert streak("05-18", "05-19", over="05-19") == (0, 0)


def test_a_holiday_breaks_no_streak_practised_or_not() -> None:
    assert streak("05-24", "05-28", over="05-28") == (2, 2)
    assert streak("05-24", "05-27", "05-28", over="05-28") == (2, 2)


def test_a_missed_school_day_breaks_it_and_the_longest_is_kept() -> None:
    days = ("05-06", "05-07", "05-08", "05-10", "05-13")
    assert streak(*days, over="05-13") == (2, 3)
    assert streak(*days, over="05-14") == (0, 3)


def test_a_day_that_is_not_over_breaks_no_streak_and_counts_once_practised() -> None:
    assert streak("05-13", "05-14", over="05-14") == (2, 2)
    assert streak("05-13", "05-14", "05-15", over="05-14") == (3, 3)
    assert streaks([day("05-15")], CALENDAR, None) == (1, 1)


def test_a_streak_goes_on_over_the_weekend_until_monday_is_over() -> None:
    assert streak("05-16", "05-17", over="05-19") == (2, 2)
    assert streak("05-16", "05-17", over="05-20") == (0, 2)


def test_the_week_in_which_clocks_change_is_a_week_like_any_other() -> None:
    days = ("03-06", "03-07", "03-08", "03-11", "03-12")
    assert streak(*days, over="03-12") == (5, 5)


def test_nobody_starts_with_a_streak() -> None:
    assert streaks([], CALENDAR, until("05-20")) == (0, 0)


def test_a_day_counts_once_however_often_it_is_named() -> None:
    assert streak("05-14", "05-13", "05-13", over="05-14") == (2, 2)


def test_round_numbers_of_questions_are_reached_on_the_day_that_completes_them() -> None:
    days = [practised("05-13", 99), practised("05-14", 1), practised("05-15", 900)]
    assert achievements(days, [], CALENDAR) == (
        Achievement("First 1,000 questions", day("05-15")),
        Achievement("First 500 questions", day("05-15")),
        Achievement("First 100 questions", day("05-14")),
    )


def test_a_streak_is_an_achievement_the_first_time_alone() -> None:
    first, second = day("04-01"), day("05-13")
    starts = [first + timedelta(days=n) for n in (0, 1, 2, 3, 4)]
    later = [second + timedelta(days=n) for n in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]
    days = [PracticeDay(one, 1, 1, 1.0, 0.0) for one in (*starts, *later)]
    assert achievements(days, [], CALENDAR) == (
        Achievement("10-day streak", day("05-24")),
        Achievement("5-day streak", day("04-05")),
    )


def test_days_with_time_but_no_question_make_no_streak() -> None:
    days = [practised(f"05-{n}", questions=0, xp=0) for n in range(13, 18)]
    assert achievements(days, [], CALENDAR) == ()


def test_skills_mastered_count_once_each_in_the_order_of_their_days() -> None:
    names = "ABCDE"
    days = [on(name, f"05-{13 + place}", MASTERED) for place, name in enumerate(names)]
    lost_and_back = [on("A", "05-20", "in progress"), on("A", "05-21", MASTERED)]
    assert achievements([], [*days, *lost_and_back], CALENDAR) == (
        Achievement("5 skills mastered", day("05-17")),
        Achievement("First skill mastered", day("05-13")),
    )


def test_a_skill_brought_from_needs_work_to_mastered_is_named_once() -> None:
    history = [("05-06", NEEDS), ("05-07", "in progress"), ("05-08", MASTERED)]
    again = [("05-09", NEEDS), ("05-10", MASTERED)]
    days = [on("Division", text, label) for text, label in (*history, *again)]
    assert achievements([], days, CALENDAR) == (
        Achievement("First skill mastered", day("05-08")),
        Achievement("Division brought from needs work to mastered", day("05-08")),
    )


def test_all_that_may_be_reached_can_be_said_in_spanish() -> None:
    days = [practised(f"05-{n}", 120) for n in range(13, 18)]
    skills = [on("Division", "05-13", NEEDS), on("Division", "05-14", MASTERED)]
    found = achievements(days, skills, CALENDAR)
    assert {one.name: ES.written.achievement(one) for one in found} == {
        "First 500 questions": "Primeras 500 preguntas",
        "First 100 questions": "Primeras 100 preguntas",
        "5-day streak": "Racha de 5 días de clase",
        "First skill mastered": "Primera destreza dominada",
        "Division brought from needs work to mastered": (
            "Division: de necesitar refuerzo a dominada"
        ),
    }


def test_the_order_of_rows_within_a_day_changes_nothing() -> None:
    days = [on(name, "05-13", NEEDS) for name in "BA"] + [on(n, "05-14", MASTERED) for n in "BA"]
    swapped = [days[1], days[0], days[3], days[2]]
    assert achievements([], days, CALENDAR) == achievements([], swapped, CALENDAR)


def test_ties_share_the_better_place_and_the_next_one_is_left_out() -> None:
    racers = [Racer(1, "Cy", 50), Racer(2, "Bo", 80), Racer(3, "Al", 80), Racer(4, "Di", 10)]
    assert leaderboard(racers) == (
        Place(3, "Al", 1, 80),
        Place(2, "Bo", 1, 80),
        Place(1, "Cy", 3, 50),
        Place(4, "Di", 4, 10),
    )


def test_whoever_is_left_out_is_neither_named_nor_counted() -> None:
    racers = [Racer(1, "Al", 90, on_leaderboard=False), Racer(2, "Bo", 80), Racer(3, "Cy", 0)]
    board = leaderboard(racers)
    assert board == (Place(2, "Bo", 1, 80),)
    assert [place_of(one, board) for one in (1, 2, 3)] == [None, 1, None]


def test_equal_sums_tie_whatever_the_order_of_their_days() -> None:
    first, second = 0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1
    assert first != second
    assert {one.place for one in leaderboard([Racer(1, "A", first), Racer(2, "B", second)])} == {1}


def test_nobody_races_on_an_empty_board() -> None:
    assert leaderboard([]) == ()
    assert leaderboard([Racer(1, "Al", 0.0)]) == ()


@pytest.mark.parametrize("left_out", [False, True])
def test_all_of_it_is_as_of_the_range_s_end(left_out: bool) -> None:
    days = [practised("05-10", 95), practised("05-13", 10, xp=40), practised("05-14", 10, xp=60)]
    skills = [on("Ratio", "05-13", MASTERED), on("Angles", "05-15", MASTERED)]
    board = leaderboard([Racer(1, "Al", 100), Racer(7, "Me", 40)])
    found = motivation_of(
        7,
        [*days, practised("05-15", 900)],
        skills,
        DateRange(day("05-13"), day("05-14")),
        calendar=CALENDAR,
        judged=until("05-14"),
        board=() if left_out else board,
        left_out=left_out,
    )
    assert (found.xp, found.total_xp) == (100, 200)
    assert (found.streak, found.longest_streak) == (3, 3)
    assert (found.place, found.placed) == ((None, 0) if left_out else (2, 2))
    assert found.left_out is left_out
    assert found.achievements == (
        Achievement("First 100 questions", day("05-13")),
        Achievement("First skill mastered", day("05-13")),
    )


def test_members_say_who_is_left_out_of_leaderboards(session: Session, school: SmallSchool) -> None:
    maths = school.a_class()
    ana, ben = school.a_student("Ana", maths), school.a_student("Ben", maths)
    session.get_one(Student, ben).on_leaderboard = False
    session.flush()
    found = people.members(session, maths, DateRange(day("05-01"), day("05-31")))
    assert [(one.student_id, one.on_leaderboard) for one in found] == [(ana, True), (ben, False)]
    assert people.student_head(session, ben).member.on_leaderboard is False
