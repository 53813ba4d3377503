"""Every figure of every report on made-up schools is what their raw rows come to.

The schools are imported by the real importers; the figures are worked out anew from the rows by
tests/independent/raw, with scipy and statsmodels. What is hard and rare is in each of them
(tests/independent/generated.py), and one by one in tests/analytics/generated.
"""

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pytest

from tests.analytics.generated.classes import agree_class
from tests.analytics.generated.comparisons import agree_class_comparison, agree_student_comparison
from tests.analytics.generated.everything import OF_CLASSES, OF_STUDENTS, agree_everywhere
from tests.analytics.generated.school import Made, made, ranges
from tests.analytics.generated.skill import agree_skill
from tests.analytics.generated.students import agree_student
from tests.analytics.generated.trends import agree_class_trend, agree_student_trend
from tests.independent.generated import ART, MATHS, PLACES, SKILLS, generate
from tests.independent.raw.truth import Days
from tests.independent.wild import wild

SEEDS = range(5)


def test_reports_from_postgresql_agree(postgres_url: str, tmp_path: Path) -> None:
    with made(generate(5), tmp_path, postgres_url) as school:
        days = ranges(school.raw)["to today"]
        agree_class(school, MATHS, days)
        for student in school.truth.members(MATHS, days)[::2]:
            agree_student(school, student, MATHS, days)
            agree_student_comparison(school, student, MATHS, days)


@pytest.fixture(scope="module", params=SEEDS, ids=[f"{PLACES[one][0]}-{one}" for one in SEEDS])
def school(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Made]:
    """The school of a seed."""
    with made(generate(request.param), tmp_path_factory.mktemp("generated")) as found:
        yield found


def classes(school: Made) -> Iterator[tuple[str, Days]]:
    """Both classes over all ranges."""
    for days in ranges(school.raw).values():
        yield MATHS, days
        yield ART, days


def students(school: Made) -> Iterator[tuple[str, str, Days]]:
    """Everyone in them."""
    for course, days in classes(school):
        for student in school.truth.members(course, days):
            yield student, course, days


def test_every_student_s_report_agrees(school: Made) -> None:
    for student, course, days in students(school):
        agree_student(school, student, course, days)


def test_every_class_s_report_agrees(school: Made) -> None:
    for course, days in classes(school):
        agree_class(school, course, days)


def test_every_skill_s_report_agrees(school: Made) -> None:
    for course, days in classes(school):
        for skill in SKILLS:
            agree_skill(school, course, skill, days)


def test_every_trend_of_a_class_agrees(school: Made) -> None:
    for course, days in classes(school):
        for metric, by in OF_CLASSES:
            agree_class_trend(school, course, days, metric, by)


def test_trends_of_every_student_agree(school: Made) -> None:
    # Each student over each range in two of the kinds of trend: all kinds come up many times.
    kinds = cycle(OF_STUDENTS)
    for student, course, days in students(school):
        for metric, by in islice(kinds, 2):
            agree_student_trend(school, student, course, days, metric, by)


def test_every_comparison_agrees(school: Made) -> None:
    for course, days in classes(school):
        agree_class_comparison(school, course, [ART if course == MATHS else MATHS], days)
    for student, course, days in students(school):
        agree_student_comparison(school, student, course, days)


@pytest.mark.parametrize("seed", [3, 7, 8, 10, 11, 13])
def test_every_report_of_a_wild_school_agrees(seed: int, tmp_path: Path) -> None:
    raw, spans = wild(seed)
    with made(raw, tmp_path) as school:
        for days in spans:
            agree_everywhere(school, days)
