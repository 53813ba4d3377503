"""What a class's message says of little practice, of days long past, and of who does well."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from analytics.exports.blocks import Figures, Points
from analytics.exports.sheets.classes import class_sheet
from analytics.reports.data import ClassReport, Praise, PraiseKind, StudentConcerns
from analytics.wording import class_alt_text
from analytics.wording.praised import doing_well
from handlers.codec import Ref
from handlers.views.reports.class_report import class_report_message
from tests.analytics.charts.samples import class_report
from tests.analytics.exports.samples import class_report as full_report
from tests.e2e.reading import words_of

TODAY = datetime(2026, 11, 20, 9, tzinfo=UTC)


def said(report: ClassReport, now: datetime = TODAY) -> str:
    """The message in words."""
    return words_of(class_report_message(report, Ref(class_id=1), now, (), "F1"))


def judged(number: int, **changes: Any) -> ClassReport:
    """A class of which so many students answered enough."""
    report = class_report()
    interval = report.overall.interval if number > 1 else None
    overall = replace(report.overall, judged=number, interval=interval, **changes)
    return replace(report, overall=overall)


def test_one_judged_student_is_no_class_in_any_of_its_forms() -> None:
    for number in (0, 1):
        report = judged(number)
        assert "Accuracy – (too little to judge; all questions together" in said(report)
        assert "ccuracy" not in class_alt_text(replace(report, finding="Few."))
        (figures,) = [one for one in class_sheet(report, TODAY).blocks if isinstance(one, Figures)]
        assert (figures.figures[0].value, figures.figures[0].notes[0]) == (
            "–",
            "too little to judge",
        )


def test_a_change_of_the_class_accuracy_needs_a_class_before() -> None:
    report = judged(20)
    before = replace(report.overall, judged=1)
    assert "point" not in said(replace(report, previous=before)).split("\nEngagement")[0]
    assert "±0 points" in said(replace(report, previous=replace(before, judged=2)))


def test_the_alt_text_leaves_out_an_engagement_that_cannot_be_said() -> None:
    report = judged(20, days_a_week=None, engagement=None)
    assert "ngagement" not in class_alt_text(replace(report, finding="Few."))
    few = judged(1, days_a_week=None, engagement=None, questions=3)
    assert class_alt_text(replace(few, finding="Few.")) == "Few. 3 questions."


def test_who_needed_the_teacher_in_a_past_range_is_told_in_the_past() -> None:
    report = full_report()
    assert "Need you:" in said(report)
    assert "Focus next:" in said(report)
    past = said(report, TODAY + timedelta(days=30))
    assert "Needed you on 20 Nov:" in past
    assert "Did well on 20 Nov:" in past
    assert "Focus on 20 Nov:" in past
    assert "Need you:" not in past


def test_the_printed_report_names_who_does_well_as_the_message_does() -> None:
    praise = (Praise(PraiseKind.STREAK, "8-day streak"),)
    report = full_report()
    praised = StudentConcerns(999, "Noor Rahman", (), praise)
    report = replace(report, concerns=(*report.concerns, praised))
    found = doing_well(report)
    assert ("Noor Rahman", "8-day streak") in found
    points = [one.points for one in class_sheet(report, TODAY).blocks if isinstance(one, Points)]
    printed = {name: words for each in points for name, words in each}["Doing well:"]
    for name, why in found[:3]:
        assert f"{name} ({why})" in printed
        assert f"{name} ({why})" in said(report)
