"""A trend's message and its numbers: what they say, and that Slack takes them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from analytics.reports.data.trends import Metric, MetricSeries, TrendReport
from handlers.codec import Ref
from handlers.ids import Action
from handlers.views.limits import LIMITS
from handlers.views.reports.trend import trend_message
from handlers.views.reports.trend_numbers import trend_numbers_modal
from school.days import DateRange
from tests.analytics.trends_by_hand import (
    accuracies,
    amounts,
    class_completion,
    class_engagement,
    class_trend,
    moves,
    student_amount,
    student_trend,
    trends,
)
from tests.e2e.reading import words_of
from tests.handlers.views.test_limits import sound, sound_view

NOW = datetime(2026, 11, 22, 21, tzinfo=UTC)
REF = Ref(kind="trend", student=2**31 - 1, class_id=2**31 - 1, metric="completion", by="month")
OFFERS = (DateRange(date(2026, 2, 1), date(2026, 3, 2)),)


def message(report: TrendReport, file_id: str | None = None) -> list[dict[str, Any]]:
    ref = replace(REF, range=report.range.code(), metric=report.metric.value)
    return trend_message(report, ref, NOW, OFFERS, file_id)


def said(report: TrendReport, file_id: str | None = "F123") -> str:
    return words_of(message(report, file_id))


@pytest.mark.parametrize("file_id", [None, "F123"])
@pytest.mark.parametrize("name", trends())
def test_every_trend_fits_into_a_message(name: str, file_id: str | None) -> None:
    sound(message(trends()[name], file_id))


@pytest.mark.parametrize("page", [0, 1, 99])
@pytest.mark.parametrize("name", trends())
def test_every_page_of_numbers_fits_into_a_modal(name: str, page: int) -> None:
    sound_view(trend_numbers_modal(trends()[name], REF, page, NOW))


def test_years_by_day_and_long_names_fit_too() -> None:
    long = student_trend(
        student="W" * 400,
        class_title="C" * 200,
        by="day",
        points=accuracies([(999, 1999)] * 3000, "day"),
        beside=(MetricSeries(Metric.QUESTIONS, "day", amounts([99999.0] * 3000, "day", 999.0)),),
        skills=tuple(replace(one, skill="S" * 1000) for one in moves() * 40),
    )
    for file_id in (None, "F123"):
        sound(message(long, file_id))
    for page in (0, 150, 302, 319, 999):
        sound_view(trend_numbers_modal(long, REF, page, NOW))


def test_values_of_menus_are_short_enough_with_the_longest_ids() -> None:
    values = [
        option["value"]
        for element in message(class_completion())[-1]["elements"]
        for option in element.get("options", ())
    ]
    assert values
    assert max(map(len, values)) <= LIMITS["option value"]


def test_a_student_s_message_says_the_figure_what_it_rests_on_and_the_class_s() -> None:
    words = said(student_trend())
    assert "Maya is improving: 61 to 74 % in 8 weeks." in words
    assert "Accuracy 71 % (95 % interval 65 to 77 %; 228 questions; class 66 %)" in words.replace(
        "\n", ""
    )


def test_a_class_s_accuracy_rests_on_its_judged_students() -> None:
    words = said(class_trend()).replace("\n", "")
    assert "Accuracy 66 % (95 % interval 65 to 77 %; 25 students)" in words


@pytest.mark.parametrize(
    "report", [student_amount(Metric.QUESTIONS, [10.0, 20]), class_engagement(), class_completion()]
)
def test_of_other_metrics_the_sentence_alone_says_the_figure(report: TrendReport) -> None:
    kinds = [block["type"] for block in message(report, "F1")]
    assert kinds == ["rich_text", "rich_text", "image", "actions"]


def test_without_practice_there_is_no_figure_and_another_range_is_offered() -> None:
    report = replace(trends()["no practice"], questions=0, total=None)
    blocks = message(report)
    assert [block["type"] for block in blocks] == ["rich_text", "rich_text", "actions"]
    ids = [one["action_id"] for one in blocks[-1]["elements"]]
    assert f"{Action.USE_RANGE}:0" in ids
    assert Action.TREND_NUMBERS not in ids


def test_the_table_has_each_period_with_its_questions_and_the_class() -> None:
    (table,) = [one for one in message(student_trend()) if one["type"] == "table"]
    rows = [[cell["text"] for cell in row] for row in table["rows"]]
    assert rows[0] == ["Week from", "Accuracy", "Questions", "Class"]
    assert rows[1] == ["21 Sep (part)", "60 %", "10", "66 %"]
    assert rows[3] == ["5 Oct", "–", "0", "68 %"]
    (table,) = [one for one in message(class_trend()) if one["type"] == "table"]
    assert [cell["text"] for cell in table["rows"][0]] == ["Week from", "Accuracy", "Questions"]


def test_the_picture_has_its_finding_as_alt_text() -> None:
    (shown,) = [one for one in message(student_trend(), "F1") if one["type"] == "image"]
    assert shown["alt_text"].startswith(
        "Maya is improving: 61 to 74 % in 8 weeks. Accuracy by week"
    )


def numbers(report: TrendReport, page: int = 0) -> str:
    return words_of(trend_numbers_modal(report, REF, page, NOW)["blocks"])


def test_the_numbers_begin_with_the_newest_period() -> None:
    words = numbers(student_trend())
    assert words.index("16 Nov: 75 %") < words.index("9 Nov: 67 %")
    assert "16 Nov: 75 %, 36 questions, 95 % interval 59 to 86 %, class 66 % (part of it)" in words
    assert "5 Oct: –" in words


def test_the_numbers_hold_all_that_the_picture_draws() -> None:
    words = numbers(student_trend()) + numbers(student_trend(), 1)
    assert "Questions by week" in words
    assert "Ratio: 62 % (needs work), 20 questions" in words
    assert "Division: 58 % (in progress), then 75 % (in progress), 20 questions" in words
    of_class = numbers(class_trend()) + numbers(class_trend(), 1)
    assert (
        "23 Sep: 80 mastered, 90 in progress, 120 needs work, 115 too little practice" in of_class
    )
    done = numbers(class_completion()) + numbers(class_completion(), 1)
    assert "19 Oct: 50 of 54 done, 3 late" in done
