"""Words of a student's sheet that only rare cases need."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.exports.sheets.own import assignments, motivation
from analytics.reports.data import Motivation, OwnAssignment, StudentAssignments
from tests.analytics.exports.samples import student_report

TODAY = date(2026, 11, 20)


def an_assignment(questions: int) -> OwnAssignment:
    return OwnAssignment(1, "Ratio", (), TODAY, "completed", 15, questions, 0.8, TODAY, None)


@pytest.mark.parametrize(("questions", "told"), [(12, "12 of 15"), (40, "40 (15 set)")])
def test_who_goes_on_beyond_what_was_set_is_told_with_both(questions: int, told: str) -> None:
    found = StudentAssignments(1, 1, 0, 1.0, (an_assignment(questions),))
    assert told in str(assignments(found, TODAY))


@pytest.mark.parametrize(
    ("streak", "longest", "told"),
    [
        (5, 5, "5 school days in a row at their end."),
        (5, 9, "5 school days in a row at their end, once 9 school days."),
        (0, 9, "The longest streak was 9 school days."),
    ],
)
def test_a_streak_says_the_longest_where_that_is_another(
    streak: int, longest: int, told: str
) -> None:
    found = Motivation(10.0, 10.0, streak, longest, None, 0, False)
    report = replace(student_report(), motivation=found)
    assert told in str(motivation(report, TODAY))
