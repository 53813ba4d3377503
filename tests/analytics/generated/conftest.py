"""Small schools checked whole."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from analytics.reports.data import ClassReport, StudentReport
from tests.analytics.generated.classes import class_report_of
from tests.analytics.generated.everything import agree_everywhere
from tests.analytics.generated.school import Made, made
from tests.analytics.generated.students import report_of
from tests.independent.edges import MARCH
from tests.independent.raw.rows import Raw
from tests.independent.raw.truth import Days


class Checked:
    """A school whose reports agree everywhere over some days."""

    def __init__(self, school: Made, days: Days) -> None:
        self.school, self.days = school, days
        agree_everywhere(school, days)

    def of(self, student: str, course: str = "Maths") -> StudentReport:
        """A student's report."""
        return report_of(self.school, student, course, self.days)

    def whole(self, course: str = "Maths") -> ClassReport:
        """A class's report."""
        return class_report_of(self.school, course, self.days)


Check = Callable[..., Checked]


@pytest.fixture
def check(tmp_path: Path) -> Iterator[Check]:
    """Import a school and compare all of its reports, over March unless said otherwise."""
    with ExitStack() as stack:

        def checked(raw: Raw, days: Days = MARCH) -> Checked:
            folder = tmp_path / str(len(list(tmp_path.iterdir())))
            return Checked(stack.enter_context(made(raw, folder)), days)

        yield checked
