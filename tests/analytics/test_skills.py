"""Which skills matter most, for one student and for a class."""

from analytics.queries.mastery import SkillDay, SkillState
from analytics.skills import (
    heatmap,
    latest,
    mastered,
    needs_work,
    practised_skills,
    skill_lines,
    skills_mastered,
    standings,
)
from school.days import DateRange
from school.mastery import Mastery
from tests.analytics.school import day

MAY = DateRange(day("05-01"), day("05-31"))


def on(
    skill: str, text: str, label: Mastery, estimate: float, questions: int = 10, correct: int = 5
) -> SkillDay:
    """One day of practice of a skill, whose id is its letter's number."""
    return SkillDay(ord(skill), skill, day(text), questions, correct, label.value, estimate, 30)


def state(student: int, skill: str, label: Mastery, estimate: float) -> SkillState:
    """Where a student stands with a skill."""
    return SkillState(
        student, ord(skill), skill, day("04-01"), day("05-01"), label.value, estimate, 30
    )


def test_the_standing_is_that_of_the_last_day_up_to_the_one_asked() -> None:
    days = [on("A", "05-01", Mastery.MASTERED, 0.9), on("A", "05-20", Mastery.IN_PROGRESS, 0.69)]
    assert latest(days, day("05-19"))[ord("A")].estimate == 0.9
    assert mastered(days, day("05-19")) == 1
    assert mastered(days, day("05-20")) == 0
    assert mastered(days, day("04-30")) == 0


def test_a_skill_line_has_the_range_s_figures_and_the_last_standing() -> None:
    days = [
        on("A", "04-02", Mastery.NEEDS_WORK, 0.4),
        on("A", "05-03", Mastery.NEEDS_WORK, 0.5, questions=8, correct=4),
        on("A", "05-04", Mastery.IN_PROGRESS, 0.71, questions=2, correct=2),
        on("A", "06-04", Mastery.MASTERED, 0.9),
    ]
    (line,) = skill_lines(days, MAY)
    assert (line.questions, line.accuracy, line.mastery) == (10, 0.6, "in progress")
    assert (line.last_practised, line.total_questions, line.estimate) == (day("05-04"), 30, 0.71)


def test_what_needs_work_comes_first_then_what_is_under_way() -> None:
    days = [
        on("T", "05-02", Mastery.TOO_LITTLE, 0.3),
        on("M", "05-02", Mastery.MASTERED, 0.9),
        on("P", "05-02", Mastery.IN_PROGRESS, 0.7),
        on("O", "04-02", Mastery.NEEDS_WORK, 0.2),
        on("W", "05-02", Mastery.NEEDS_WORK, 0.5),
        on("V", "05-02", Mastery.NEEDS_WORK, 0.4),
    ]
    lines = skill_lines(days, MAY)
    assert "".join(line.skill for line in lines) == "VWOPMT"
    assert [line.rank for line in lines] == [0, 1, 2, 3, 4, 5]
    assert (lines[2].questions, lines[2].accuracy) == (0, None)


def test_a_class_s_skills_are_those_that_anyone_had_practised_by_then() -> None:
    states = [state(1, "A", Mastery.MASTERED, 0.9), state(2, "B", Mastery.TOO_LITTLE, 0.5)]
    assert practised_skills(states, day("04-01")) == {ord("A"), ord("B")}
    assert practised_skills(states, day("03-31")) == set()


def test_a_student_s_weak_skills_are_named_lowest_first() -> None:
    own = standings(
        [
            state(1, "A", Mastery.NEEDS_WORK, 0.6),
            state(1, "B", Mastery.NEEDS_WORK, 0.3),
            state(1, "C", Mastery.MASTERED, 0.9),
        ]
    )[1]
    assert needs_work(own) == ("B", "A")
    assert skills_mastered(own) == 1


def test_a_heatmap_has_everyone_and_the_skills_most_in_need_first() -> None:
    found = standings(
        [
            state(1, "A", Mastery.MASTERED, 0.9),
            state(1, "B", Mastery.NEEDS_WORK, 0.5),
            state(2, "B", Mastery.NEEDS_WORK, 0.6),
            state(2, "C", Mastery.NEEDS_WORK, 0.4),
            state(1, "D", Mastery.TOO_LITTLE, 0.1),
            state(2, "E", Mastery.IN_PROGRESS, 0.7),
        ]
    )
    drawn = heatmap([(2, "Ben"), (1, "Ana"), (3, "Cy")], found)
    assert drawn.students == ("Ben", "Ana", "Cy")
    assert drawn.student_ids == (2, 1, 3)
    assert drawn.skills == ("B", "C", "E", "A", "D")
    assert drawn.labels[0][:3] == ("needs work", "needs work", "in progress")
    assert drawn.estimates[1] == (0.5, None, None, 0.9, 0.1)
    assert set(drawn.labels[2]) == {"too little practice"}


def test_a_class_without_practice_has_a_heatmap_without_columns() -> None:
    drawn = heatmap([(1, "Ana")], {})
    assert (drawn.skills, drawn.labels, drawn.estimates) == ((), ((),), ((),))
