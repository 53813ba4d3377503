from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from analytics.exports.blocks import Chart, Figures, Heading, Points, Sheet, States, Table, Words
from analytics.exports.sheets.classes import class_sheet
from analytics.exports.sheets.parent import parent_sheet
from analytics.exports.sheets.series import (
    accuracy_chart,
    over_time_alt,
    questions_chart,
    spread_chart,
)
from analytics.exports.sheets.skill import skill_sheet
from analytics.exports.sheets.student import student_sheet
from analytics.reports.data import TrendPoint
from tests.analytics.exports.samples import (
    NOW,
    class_report,
    nothing_yet,
    skill_report,
    student_report,
)

TODAY = date(2026, 11, 20)


def headings(sheet: Sheet) -> list[str]:
    return [one.text for one in sheet.blocks if isinstance(one, Heading)]


def points(sheet: Sheet) -> dict[str, str]:
    lists = [one.points for one in sheet.blocks if isinstance(one, Points)]
    return {name: words for each in lists for name, words in each}


def figures(sheet: Sheet) -> dict[str, tuple[str, ...]]:
    """Each figure with its notes."""
    (found,) = [one for one in sheet.blocks if isinstance(one, Figures)]
    return {one.name: (one.value, *one.notes) for one in found.figures}


def table(sheet: Sheet, first: str) -> Table:
    """The table whose first column has that name."""
    tables = [one for one in sheet.blocks if isinstance(one, Table)]
    return next(one for one in tables if one.columns[0].name == first)


def said(sheet: Sheet) -> list[str]:
    return [one.text for one in sheet.blocks if isinstance(one, Words)]


def test_a_sheet_says_which_days_in_dates() -> None:
    sheet = student_sheet(student_report(), NOW)
    assert sheet.subtitle == ("Grade 5 Maths · 22 Sep – 20 Nov 2026 · data to 20 Nov 2026, 8:00")
    assert sheet.footer == "Maya Okafor · made on 20 Nov 2026"


def test_a_sheet_without_data_says_so() -> None:
    report = student_report()
    unknown = replace(report, coverage=replace(report.coverage, data_through=None))
    assert student_sheet(unknown, NOW).subtitle.endswith("no data yet")


def test_a_students_figures_stand_beside_the_range_before_and_the_class() -> None:
    report = student_report()
    mates = replace(
        report.comparison,
        average_questions=250.4,
        average_time=20_000.0,
        average_skills_mastered=6.66,
    )
    found = figures(student_sheet(replace(report, comparison=mates), NOW))
    assert found == {
        "Accuracy": (
            "68 %",
            "95 % interval 62 to 73 %",
            "+5 points on the 60 days before",
            "class 66 %",
            "percentile 72, upper middle",
        ),
        "Questions": ("277", "+41 on the 60 days before", "class 250 on average"),
        "Time": ("6 h 10 min", "+37 min on the 60 days before", "class 5 h 33 min on average"),
        "Skills mastered": ("8 of 12", "class 6.7 on average"),
    }


@pytest.mark.parametrize(("before", "change"), [(22_200, "±0 min"), (30_000, "−2 h 10 min")])
def test_a_change_of_the_time_has_its_sign(before: int, change: str) -> None:
    report = student_report()
    assert report.previous
    earlier = replace(report, previous=replace(report.previous, time=before))
    assert figures(student_sheet(earlier, NOW))["Time"][1] == f"{change} on the 60 days before"


def test_a_time_that_is_mostly_estimated_is_about_right() -> None:
    report = student_report()
    guessed = replace(report, overall=replace(report.overall, time_estimated=20_000))
    assert figures(student_sheet(guessed, NOW))["Time"][0] == "about 6 h 10 min"


def test_what_stands_out_comes_first_and_few_of_each() -> None:
    report = student_report()
    many = replace(report, concerns=report.concerns * 4)
    assert headings(student_sheet(many, NOW))[0] == "What stands out"
    assert points(student_sheet(many, NOW))["Concerns:"].endswith("; 3 more")


def test_a_student_without_concerns_is_on_track() -> None:
    fine = replace(student_report(), on_track=True, concerns=())
    assert points(student_sheet(fine, NOW))["On track:"].startswith("no concern by the rules")


def test_absent_parts_are_absent() -> None:
    bare = nothing_yet(student_report())
    assert headings(student_sheet(bare, NOW)) == headings(parent_sheet(bare, NOW)) == []
    assert len(student_sheet(bare, NOW).blocks) == 1


def test_a_student_who_is_left_out_has_no_place() -> None:
    report = student_report()
    assert report.motivation
    out = replace(report.motivation, place=None, left_out=True, streak=0)
    sheet = student_sheet(replace(report, motivation=out), NOW)
    assert not any("Place" in words for words in said(sheet))
    assert any("The longest streak was 12 school days." in words for words in said(sheet))


def test_practice_that_is_being_counted_is_said() -> None:
    for sheet in (
        student_sheet(replace(student_report(), replaying=True), NOW),
        class_sheet(replace(class_report(), replaying=True), NOW),
        skill_sheet(replace(skill_report(), replaying=True), NOW),
    ):
        assert "New practice was being counted when this was made." in said(sheet)


def test_a_classs_grid_shows_the_first_skills_and_the_table_all() -> None:
    sheet = class_sheet(class_report(27, 42), NOW)
    (grid,) = [one for one in sheet.blocks if isinstance(one, States)]
    assert len(grid.skills) == 12 and len(grid.students) == 27
    assert {letter for row in grid.letters for letter in row} == {"M", "P", "W", "–"}
    rows = table(sheet, "Skill").rows
    assert len(rows) == 42
    assert all(sum(int(str(cell)) for cell in row[1:]) == 27 for row in rows)
    assert any("The first 12 of 42 skills." in words for words in said(sheet))


def test_a_class_names_who_needs_somebody() -> None:
    found = points(class_sheet(class_report(), NOW))
    assert found["On track:"] == "18 of 27 students"
    assert found["Need you:"].startswith("Priya Nair (no practice for 10 school days); Tom Baker")
    expected = "Equivalent fractions (would help 13 students, opens 4 later skills)"
    assert found["Focus next:"] == expected


def test_without_concerns_the_ranking_says_who_struggles() -> None:
    report = class_report()
    struggling = tuple(replace(one, reason="52 % of 40 questions") for one in report.struggling)
    plain = replace(report, concerns=(), on_track=None, struggling=struggling)
    found = points(class_sheet(plain, NOW))
    assert found["Need you:"].startswith("Priya Nair (52 % of 40 questions)")
    assert "On track:" not in found


def test_a_class_without_a_range_before_has_no_change() -> None:
    notes = figures(class_sheet(replace(class_report(), previous=None), NOW))["Accuracy"]
    assert not any("before" in note for note in notes)


def test_needs_are_named_up_to_three() -> None:
    rows = table(class_sheet(class_report(), NOW), "Place").rows
    assert (
        rows[4][5] == "Equivalent fractions, Ratio and proportion, Division with remainders, 2 more"
    )


def test_a_long_leaderboard_shows_its_first_places() -> None:
    sheet = class_sheet(class_report(), NOW)
    assert "Leaderboard by XP in these days, the first 10 of 27" in headings(sheet)
    short = class_sheet(class_report(5, 3), NOW)
    assert "Leaderboard by XP in these days" in headings(short)


def test_medians_may_lie_between_two_numbers_or_not_be_there() -> None:
    found = figures(skill_sheet(skill_report(), NOW))
    assert found["Questions to mastery"][0] == "31"
    assert found["School days to mastery"][0] == "8.5"
    report = skill_report()
    open_ended = replace(report.survival, median_questions=None, median_days=None)
    found = figures(skill_sheet(replace(report, survival=open_ended), NOW))
    assert found["Questions to mastery"][0] == "–"


def test_a_skills_students_say_what_they_are_stuck_on_where_any_is() -> None:
    columns = [one.name for one in table(skill_sheet(skill_report(), NOW), "Student").columns]
    assert columns[-1] == "Stuck on"
    free = tuple(replace(one, root_cause=None) for one in skill_report().students)
    sheet = skill_sheet(replace(skill_report(), students=free), NOW)
    assert [one.name for one in table(sheet, "Student").columns][-1] == "Last practised"


def points_of(*shares: float | None) -> list[TrendPoint]:
    return [
        TrendPoint(date(2026, 11, 2 + 7 * place), share, 0 if share is None else 20)
        for place, share in enumerate(shares)
    ]


def test_an_alt_text_says_where_a_series_starts_and_ends() -> None:
    series = [*points_of(0.5, 0.7), replace(points_of(0.5, 0.7, 0.8)[2], class_accuracy=0.66)]
    assert over_time_alt(series, "week", TODAY) == (
        "Accuracy by week: 50 % in the week from 2 Nov to 80 % in the week from 16 Nov; "
        "the class 66 % then. The table after it has all of its numbers."
    )
    one = over_time_alt(points_of(None, 0.7), "day", TODAY, name="Right answers")
    assert one.startswith("Right answers by day: 70 % on 9 Nov. ")
    assert over_time_alt([], "month", TODAY) == "Accuracy by month: too little practice."


def test_where_there_is_nothing_to_draw_words_say_so() -> None:
    for blocks in (accuracy_chart(points_of(None), "week", ""), spread_chart((0,) * 10)):
        assert [type(one) for one in blocks] == [Words]
    assert questions_chart(points_of(None), "week") == []


def test_the_spread_leaves_out_the_empty_tens_below() -> None:
    chart, rows = spread_chart((0, 0, 0, 0, 0, 0, 0, 1, 0, 3))
    assert isinstance(chart, Chart) and isinstance(rows, Table)
    assert rows.rows == (("70 to 79 %", "1"), ("80 to 89 %", "0"), ("90 to 100 %", "3"))
    assert chart.alt == "Students by accuracy: most, 3 of 4, get 90 to 100 % right."


def test_a_chart_is_the_same_each_time() -> None:
    def drawn(report: Any) -> list[str]:
        blocks = student_sheet(report, NOW).blocks
        return [one.svg for one in blocks if isinstance(one, Chart)]

    assert drawn(student_report()) == drawn(student_report())
    assert all(
        "<metadata>" not in svg or "matplotlib" not in svg for svg in drawn(student_report())
    )


def test_who_struggles_with_a_skill_stands_there_with_the_reason_of_the_message() -> None:
    report = skill_report()
    low = replace(report.students[0], mastery="in progress", reason="55 % of 20 questions lately")
    sheet = skill_sheet(replace(report, struggling=(low,)), NOW)
    assert points(sheet)["Struggling:"] == f"{low.student} (55 % of 20 questions lately)"
    few = figures(skill_sheet(replace(report, judged=1, interval=None), NOW))["Accuracy"]
    assert few[:2] == ("–", "too little to judge")
