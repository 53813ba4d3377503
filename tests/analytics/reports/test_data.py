"""Reports as plain data: what JSON can hold, by the specified names."""

import json
from dataclasses import replace
from enum import StrEnum

from analytics.reports.data import plain
from tests.analytics.reports_by_hand import class_report, skill, student_report


class Colour(StrEnum):
    """An enum to be written by its value."""

    RED = "red"


def test_a_student_s_report_is_json_with_the_specified_names() -> None:
    report = student_report(skills=(skill("Fractions", "needs work"),))
    data = json.loads(json.dumps(report.as_dict()))
    assert data["overall"].keys() >= {"accuracy", "questions", "time", "skills_mastered"}
    assert data["skills"][0].keys() >= {"skill", "accuracy", "mastery", "questions"}
    assert data["comparison"].keys() >= {"class_average", "percentile"}
    assert data["trends"] == []
    assert data["coverage"]["data_through"] == "2024-05-30T20:00:00+00:00"


def test_a_class_s_report_is_json_too() -> None:
    data = json.loads(json.dumps(replace(class_report(), finding="All is well.").as_dict()))
    assert data["finding"] == "All is well."
    assert data["heatmap"]["labels"] == [["in progress"], ["in progress"]]
    assert data["range"] == {"start": "2024-05-01", "end": "2024-05-30", "kind": "days"}


def test_enums_are_written_by_value() -> None:
    assert plain((Colour.RED,)) == ["red"]
