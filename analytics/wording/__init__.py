"""Findings in words, alt texts and number formats, the same for views, charts and exports.

All of it is plain text: whoever puts it into Slack or a page escapes it there. Nothing here imports
more than the reports' shapes, so that drawing processes stay small.
"""

from analytics.wording.alts import class_alt_text, student_alt_text
from analytics.wording.findings import class_finding, student_finding
from analytics.wording.formats import (
    MISSING,
    accuracy_change,
    class_accuracy,
    class_beside,
    count,
    data_to,
    day_words,
    days_a_week,
    hours,
    hours_change,
    interval_words,
    joined,
    percent,
    percent_span,
    percentile_count,
    percentile_words,
    period_words,
    plural,
    points,
    range_words,
    shorten,
    signed,
    signed_days,
    skill_words,
)
from analytics.wording.moments import clock_words, date_words, moment_words

__all__ = [
    "MISSING",
    "accuracy_change",
    "class_accuracy",
    "class_alt_text",
    "class_beside",
    "class_finding",
    "clock_words",
    "count",
    "data_to",
    "date_words",
    "day_words",
    "days_a_week",
    "hours",
    "hours_change",
    "interval_words",
    "joined",
    "moment_words",
    "percent",
    "percent_span",
    "percentile_count",
    "percentile_words",
    "period_words",
    "plural",
    "points",
    "range_words",
    "shorten",
    "signed",
    "signed_days",
    "skill_words",
    "student_alt_text",
    "student_finding",
]
