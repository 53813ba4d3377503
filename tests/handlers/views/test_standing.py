"""Concerns, praise, assignments and XP in both messages: each said once, in few words."""

from dataclasses import replace
from datetime import UTC, date, datetime

from analytics.reports.data import (
    IMPROVING,
    Achievement,
    ConcernKind,
    Coverage,
    Interval,
    Motivation,
    Praise,
    PraiseKind,
    RootCause,
    SessionLine,
    Strength,
    StudentAssignments,
    Trend,
)
from handlers.codec import Ref
from handlers.views.reports.student_report import student_report_message
from tests.analytics.charts.samples import student_report
from tests.e2e.reading import words_of
from tests.handlers.views.standing import TODAY, concern, homework, school_class, skills, student


def test_on_track_stands_in_the_first_line_and_nothing_where_it_is_not_so() -> None:
    assert "· on track ·" in student(on_track=True)
    assert "on track" not in student(on_track=False)


def test_what_is_overdue_is_named_and_what_the_sentence_says_is_not_said_again() -> None:
    late = concern(ConcernKind.OVERDUE, "“Ratio homework” not done, 2 school days late")
    idle = concern(ConcernKind.INACTIVE, "no practice for 7 school days")
    weak = concern(ConcernKind.STRUGGLING, "Ratio 40 % of 30 questions", skill_id=3)
    fall = concern(ConcernKind.DECLINING, "declining, 78 to 64 % in 7 weeks as classmates fall too")
    said = student(concerns=(idle, weak, fall, late))
    assert (
        "Concerns: declining, 78 to 64 % in 7 weeks as classmates fall too; "
        "“Ratio homework” not done, 2 school days late\n"
    ) in said
    assert "no practice for" not in said
    steady = student(concerns=(fall, late), trend=None)
    assert "Concerns: “Ratio homework” not done, 2 school days late\n" in steady
    rising = student(concerns=(fall,), trend=Trend(IMPROVING, 4, 4, 0.03, 0.01, 0.6, 0.7))
    assert "Concerns: declining, 78 to 64 % in 7 weeks" in rising
    few = replace(student_report().overall, questions=7)
    assert "Concerns: no practice for 7 school days\n" in student(concerns=(idle,), overall=few)
    shared = student(concerns=(replace(fall, shared=True),))
    assert "Concerns: declining, 78 to 64 % in 7 weeks as classmates fall too\n" in shared
    many = student(concerns=(late,) * 5)
    assert many.count("Ratio homework") == 3
    assert "; 2 more\n" in many


def test_news_is_praised_unless_the_sentence_says_it() -> None:
    mastered = Praise(PraiseKind.MASTERED, "mastered Ratio", 3, "Ratio", date(2026, 11, 18))
    rising = Praise(PraiseKind.IMPROVING, "improving, 61 to 74 % in 8 weeks")
    streak = Praise(PraiseKind.STREAK, "5-day streak")
    said = student(praise=(mastered, rising, streak), trend=None)
    assert "Worth praising: mastered Ratio on 18 Nov; improving, 61 to 74 % in 8 weeks\n" in said
    angles = replace(mastered, skill="Angles", day=date(2026, 11, 16))
    assert "Worth praising: mastered Ratio and Angles since 16 Nov\n" in student(
        praise=(mastered, angles)
    )
    verdict = Trend(IMPROVING, 8, 8, 0.016, 0.001, 0.61, 0.74)
    assert "Worth praising" not in student(praise=(rising, streak), trend=verdict)


def test_a_past_range_is_told_as_of_its_end() -> None:
    late = concern(ConcernKind.OVERDUE, "“Ratio homework” not done")
    last = SessionLine(date(2026, 11, 18), "Ratio", 12, 0.75, 9.0, estimated=False)
    reached = Motivation(2814, 5000, 6, 12, 3, 27, False)
    running = replace(student_report(), concerns=(late,), motivation=reached, recent=(last,))
    now = words_of(student_report_message(running, Ref(student=7), TODAY, (), "F1"))
    assert "Last seen 18 Nov, 12 questions on Ratio" in now
    assert "6-day streak ·" in now
    later = datetime(2027, 1, 9, tzinfo=UTC)
    then = words_of(student_report_message(running, Ref(student=7), later, (), "F1"))
    assert "Concerns on 20 Nov 2026: “Ratio homework” not done\n" in then
    assert "Last in these days " in then
    assert "6-day streak then ·" in then


def test_a_change_of_accuracy_needs_enough_questions_in_both_ranges() -> None:
    report = student_report()
    before = replace(report.overall, questions=9, correct=9, accuracy=1.0)
    assert "points" not in student(previous=before).split("\nQuestions")[0]
    assert "±0 points" in student(previous=report.overall)


def test_a_place_needs_somebody_else() -> None:
    alone = Motivation(2814, 5000, 6, 12, 1, 1, False)
    assert "2,814 XP" in student(motivation=alone)
    assert "place" not in student(motivation=alone).split("2,814 XP")[1][:20]


def test_one_judged_classmate_is_no_class() -> None:
    alone = replace(student_report().comparison, students=1, percentile=None, quarter=None)
    assert "class" not in student(comparison=alone).split("Accuracy ")[1].split("\n")[0]


def test_skills_stuck_on_one_prerequisite_stand_together() -> None:
    weak = [one for one in student_report().skills if one.mastery == "needs work"]
    causes = tuple(
        RootCause(one.skill_id, one.skill, 99, "Division", (one.skill, "Division")) for one in weak
    )
    assert (
        "Needs work: Equivalent fractions 52 % right, Ratio and proportion 60 % "
        "(both stuck on Division, a prerequisite)\n"
    ) in student(root_causes=causes)
    one = student(root_causes=causes[:1])
    assert "52 % right (stuck on Division, a prerequisite) and Ratio and proportion 60 %" in one


def test_a_skill_of_concern_comes_before_the_others() -> None:
    second = student_report().skills[1]
    weak = concern(ConcernKind.STRUGGLING, "", skill_id=second.skill_id)
    assert f"Needs work: {second.skill} 60 % right" in student(concerns=(weak,))


def test_what_stands_out_against_the_class_is_said_in_points() -> None:
    ahead = Strength(1, "Volume", 0.93, 30, 0.7, 0.21, Interval(0.1, 0.3))
    behind = replace(ahead, skill="Ratio", gap=-0.184)
    said = student(strengths=(ahead,), weaknesses=(behind,))
    words = "relatively strong on Volume (+21 points); relatively weak on Ratio (−18 points)"
    assert f"Stands out: {words}\n" in said


def test_what_is_named_as_mastered_or_as_needing_work_does_not_stand_out_once_more() -> None:
    angles = next(one for one in student_report().skills if one.skill == "Angles")
    ahead = Strength(angles.skill_id, "Angles", 0.93, 30, 0.7, 0.21, Interval(0.1, 0.3))
    weak = next(one for one in student_report().skills if one.mastery == "needs work")
    behind = replace(ahead, skill_id=weak.skill_id, skill=weak.skill, gap=-0.2)
    assert "Stands out" not in student(strengths=(ahead,), weaknesses=(behind,))


def test_assignments_are_counted_once_and_the_next_one_is_named() -> None:
    waiting = (homework("Ratio", "open", 23), homework("Angles", "open", 25))
    given = StudentAssignments(3, 2, 1, 2 / 3, (), waiting, ())
    said = student(assignments=given)
    assert "Assignments 2 of 3 done (1 late; 2 open, next due 23 Nov)\n" in said
    first = student(assignments=StudentAssignments(0, 0, 0, None, (), waiting[:1], ()))
    assert "Assignments 1 open (due 23 Nov)\n" in first
    none = student(assignments=StudentAssignments(0, 0, 0, None))
    assert "ssignment" not in none


def test_streak_and_xp_stand_in_one_line_with_what_was_just_achieved() -> None:
    reached = (
        Achievement("Ratio brought from needs work to mastered", date(2026, 11, 18)),
        Achievement("First 500 questions", date(2026, 11, 17)),
        Achievement("First 100 questions", date(2025, 11, 17)),
    )
    found = Motivation(2814, 5000, 6, 12, 3, 27, left_out=False, achievements=reached)
    said = student(motivation=found)
    words = "6-day streak · 2,814 XP, place 3 of 27 · First 500 questions (17 Nov)\n"
    assert words in said
    out = student(motivation=replace(found, place=None, left_out=True))
    assert "2,814 XP · " in out
    assert "XP" not in student(motivation=replace(found, xp=0))


def test_practice_beyond_the_questions_that_were_set_is_said_so() -> None:
    lines = (homework("Ratio", "completed", 10, questions=167),)
    said = skills(assignments=StudentAssignments(1, 1, 0, 1.0, lines))
    assert "Ratio, due 10 Nov: completed · 167 questions, 15 were set, 75 % right" in said


def test_a_source_that_stopped_is_said_to_have_stopped() -> None:
    through = datetime(2026, 11, 12, 20, tzinfo=UTC)
    stopped = Coverage(through, date(2026, 9, 1), date(2026, 11, 12), silent_days=5)
    words = "No data have come since 12 Nov: nothing after it is judged."
    assert words in student(coverage=stopped)
    assert words in school_class(coverage=stopped)
    assert words not in student(coverage=replace(stopped, silent_days=0))
    assert words not in student(coverage=replace(stopped, data_through=TODAY))


def test_all_skills_show_the_classmates_the_concern_and_the_way_down() -> None:
    first = replace(student_report().skills[0], class_accuracy=0.71)
    weak = concern(ConcernKind.STRUGGLING, "", skill_id=first.skill_id, accuracy=0.4, questions=30)
    cause = RootCause(first.skill_id, first.skill, 9, "Place value", (first.skill, "Division", "x"))
    said = skills(skills=(first,), concerns=(weak,), root_causes=(cause,))
    assert "classmates 71 %" in said
    assert "\nA concern: 40 % of 30 questions right in the last 20 school days" in said
    assert "\nStuck on Place value, a prerequisite, by way of Division\n" in said


def test_a_long_way_down_is_told_in_a_few_skills() -> None:
    first = student_report().skills[0]
    way = tuple(f"Step {number}" for number in range(400))
    cause = RootCause(first.skill_id, first.skill, 9, "Place value", (first.skill, *way, "x"))
    said = skills(skills=(first,), root_causes=(cause,))
    assert "by way of Step 0 and Step 1 and Step 2 and 397 more\n" in said


def test_the_last_page_of_skills_lists_assignments_and_achievements() -> None:
    lines = (
        homework("Ratio", "completed late", 10, completed_on=date(2026, 11, 12)),
        homework("Angles", "overdue", 17, overdue_days=2, accuracy=None),
    )
    found = Motivation(0, 5000, 0, 12, None, 0, left_out=False)
    said = skills(assignments=StudentAssignments(2, 1, 1, 0.5, lines), motivation=found)
    assert (
        "Assignments\nRatio, due 10 Nov: completed late on 12 Nov · 12 of 15 questions, "
        "75 % right\n"
        "Angles, due 17 Nov: overdue by 2 school days · 12 of 15 questions\n"
    ) in said
    assert "XP and achievements\n5,000 XP so far, longest streak 12 school days" in said
    many = skills(assignments=StudentAssignments(30, 1, 1, 0.5, lines * 15))
    assert "10 earlier ones" in many
