"""The reminder and the prep card: one page, with what is said and what is left out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from analytics.reports.data import (
    Comparison,
    Coverage,
    Overall,
    OwnAssignment,
    StudentAssignments,
    StudentReport,
)
from handlers.views.meetings.home_meetings import home_meetings
from handlers.views.reports.prep import Prep, prep_modal, reminder_message
from interventions.meetings import (
    Answer,
    AttendeeKind,
    AttendeeView,
    LastNotes,
    MeetingStatus,
    MeetingType,
)
from school.days import last_days
from tests.handlers.views.meetings import LONDON, NOW, labels, park, words_of

TODAY = date(2026, 11, 20)
FIGURES = Overall(0.6789, 277, 22_000, 8, 15, 188, None, 0, 20)
REPORT = StudentReport(
    student_id=12,
    student="Leo Park",
    class_id=2,
    class_title="Grade 5 Maths",
    range=last_days(30, TODAY),
    timezone="America/New_York",
    coverage=Coverage(NOW, date(2026, 1, 1), TODAY),
    overall=FIGURES,
    previous=None,
    skills=(),
    trends=(),
    progress=(),
    progress_by="week",
    comparison=Comparison(None, None, 0, None, rough=False),
    recent=(),
    finding="Leo is steady at 68 %.",
    replaying=False,
)


def prepared(**changes: Any) -> Prep:
    return replace(Prep(REPORT, None, 0, TODAY), **changes)


def reminder(prep: Prep, before: timedelta = timedelta(days=1), **meeting: Any) -> str:
    view = park(**meeting)
    return words_of(reminder_message(view, prep, now=view.scheduled_at - before))


def own(title: str, state: str, due: date) -> OwnAssignment:
    return OwnAssignment(1, title, (), due, state, 10, 3, 0.5, None, None)


def test_the_first_line_says_when_what_with_whom_and_where() -> None:
    assert reminder(prepared()).splitlines()[:4] == [
        "Tomorrow 14:30: parent conference, Leo Park's family · Room 12",
        "Invited: Lena Park (guardian)",
        "Leo is steady at 68 %.",
        "Last 30 days: Accuracy 68 % · Questions 277 · Skills mastered 8 of 15",
    ]


def test_shortly_before_it_counts_the_minutes() -> None:
    said = reminder(prepared(), timedelta(minutes=15))
    assert said.startswith("In 15 minutes, 14:30: parent conference")
    assert reminder(prepared(), timedelta(seconds=50)).startswith("In 1 minute, 14:30")


def test_days_before_it_names_the_day() -> None:
    assert reminder(prepared(), timedelta(days=2)).startswith("Tue 14:30: parent")
    assert reminder(prepared(), timedelta(days=8)).startswith("Tue 24 Nov 14:30: parent")


def test_a_reminder_says_who_has_said_not_to_come() -> None:
    ida = AttendeeView("Ida Park", AttendeeKind.GUARDIAN, "i***@home.test", answer=Answer.DECLINED)
    said = reminder(prepared(), attendees=(ida, *park().attendees)).splitlines()
    assert said[1:4] == [
        "Invited: Ida Park (guardian), Lena Park (guardian)",
        "Not coming: Ida Park",
        "No answer yet: Lena Park",
    ]


def test_the_schools_clock_is_named_where_it_differs() -> None:
    blocks = reminder_message(park(), prepared(), now=NOW, school_zone=LONDON)
    assert "Tue 14:30 (19:30 in London): parent" in words_of(blocks)


def test_all_that_can_be_done_stands_below() -> None:
    blocks = reminder_message(park(), prepared(), now=NOW)
    assert labels(blocks) == ["Full report", "PDF", "Move or change", "Cancel meeting"]
    assert labels(prep_modal(park(), prepared(), now=NOW)["blocks"]) == ["Full report"]


def test_late_and_due_assignments_alerts_and_last_notes_are_named() -> None:
    late = own("Ratio", "overdue", date(2026, 11, 13))
    due = own("Fractions", "open", date(2026, 11, 27))
    given = StudentAssignments(4, 1, 0, 0.25, open=(due, due, due), overdue=(late,))
    last = LastNotes(
        3,
        datetime(2026, 10, 6, 2, tzinfo=UTC),
        MeetingType.PARENT_CONFERENCE,
        MeetingStatus.HELD,
        "How is reading?",
        "He reads at home.",
    )
    prep = prepared(report=replace(REPORT, assignments=given), last=last, alerts=2)
    said = reminder(prep, notes="Tests")
    assert (
        "For this meeting: Tests\n"
        "Parent conference on 5 Oct: How is reading? · He reads at home.\n"
        "Assignments: Ratio (overdue since 13 Nov), Fractions (due 27 Nov), "
        "Fractions (due 27 Nov), 1 more\n"
        "Open alerts: 2"
    ) in said


def test_without_practice_it_says_so_and_shows_no_figures() -> None:
    nothing = replace(FIGURES, questions=0, correct=0, accuracy=None)
    report = replace(REPORT, overall=nothing, finding="Leo has not practised yet.")
    said = reminder(prepared(report=report), attendees=())
    assert "Leo has not practised yet." in said
    assert "Accuracy" not in said
    assert "Invited" not in said
    blocks = reminder_message(park(), prepared(report=report), now=NOW)
    assert labels(blocks) == ["Full report", "Move or change", "Cancel meeting"]


def test_home_says_when_and_where_and_counts_what_it_leaves_out() -> None:
    today = park(scheduled_at=NOW + timedelta(hours=3), location=None)
    words = words_of(home_meetings([today, park()], NOW))
    assert "Today 12:12 · parent conference, Leo Park's family" in words
    assert "Tue 14:30 · parent conference, Leo Park's family\nRoom 12" in words
    assert "And more after these." in words_of(home_meetings([today] * 12, NOW))
    assert home_meetings([], NOW) == []


def test_a_name_that_ends_in_s_takes_no_apostrophe() -> None:
    assert "parent conference, the family of James Otis" in reminder(
        prepared(), student_name="James Otis"
    )
