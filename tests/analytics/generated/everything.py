"""All reports of a made-up school at once."""

from itertools import cycle, islice, product

from tests.analytics.generated.classes import agree_class
from tests.analytics.generated.comparisons import agree_class_comparison, agree_student_comparison
from tests.analytics.generated.school import Made
from tests.analytics.generated.skill import agree_skill
from tests.analytics.generated.students import agree_student
from tests.analytics.generated.trends import agree_class_trend, agree_student_trend
from tests.independent.raw.truth import Days

OF_STUDENTS = tuple(product(("accuracy", "questions", "time", "xp"), ("day", "week", "month")))
"""Metrics and periods of a student's trend."""
OF_CLASSES = tuple(
    product(
        ("accuracy", "questions", "time", "xp", "engagement", "completion"),
        ("day", "week", "month"),
    )
)


def agree_everywhere(made: Made, days: Days) -> None:
    """Every figure of every report over some days is what the rows come to.

    Of the kinds of trend each student has five: all come up in turn.
    """
    kinds = cycle(OF_STUDENTS)
    for course in made.courses:
        agree_class(made, course, days)
        agree_class_comparison(made, course, [one for one in made.courses if one != course], days)
        for metric, by in OF_CLASSES:
            agree_class_trend(made, course, days, metric, by)
        for skill in made.raw.skills:
            agree_skill(made, course, skill, days)
        for student in made.truth.members(course, days):
            agree_student(made, student, course, days)
            agree_student_comparison(made, student, course, days)
            for metric, by in islice(kinds, 5):
                agree_student_trend(made, student, course, days, metric, by)
