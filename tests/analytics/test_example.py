"""The specification's example report, from rows of practice by a real import to the message."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from analytics.charts.student import student_figure
from analytics.ranges import resolve_range
from analytics.reports.data import StudentReport
from analytics.reports.student import get_student_performance_report
from analytics.wording import percent
from handlers.codec import Ref
from handlers.views.reports.student_report import student_report_message
from handlers.views.tables import student_table
from school.database import make_engine, make_session_factory
from school.imports.practice import import_practice
from school.models import Base, Student
from school.workspaces import ensure_workspace
from tests.analytics.charts.reading import words
from tests.analytics.example import EXAMPLE, NOW, RANGE, TITLE, example_csv
from tests.e2e.reading import words_of


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudentReport]:
    """The example student's report after a real import."""
    folder = tmp_path_factory.mktemp("example")
    engine = make_engine(f"sqlite:///{folder}/homeroom.db")
    Base.metadata.create_all(engine)
    factory = make_session_factory(engine)
    with factory.begin() as session:
        workspace = ensure_workspace(session, zone="America/New_York", now=NOW).id
    import_practice(
        example_csv(folder),
        session_factory=factory,
        workspace_id=workspace,
        class_title=TITLE,
        now=NOW,
    )
    with factory() as session:
        student = session.scalars(select(Student.id).where(Student.source_id == EXAMPLE)).one()
        days = resolve_range(RANGE, session=session, now=NOW, student_id=student)
        yield get_student_performance_report(student, days, session=session, now=NOW)
    engine.dispose()


def test_the_figures_are_those_of_the_specification(report: StudentReport) -> None:
    overall = report.overall
    assert percent(overall.accuracy) == "75 %"
    assert (overall.questions, overall.time) == (450, 12 * 3600)
    assert (overall.skills_mastered, overall.skills_total) == (8, 15)
    assert report.comparison.percentile == 50.0
    first, last = report.progress[0], report.progress[-1]
    assert (percent(first.accuracy), percent(last.accuracy)) == ("65 %", "75 %")
    assert (last.start - first.start).days == 28
    stands = {line.skill: (percent(line.accuracy), line.mastery) for line in report.skills}
    assert stands["Multiplication"] == ("90 %", "mastered")
    assert stands["Division"] == ("75 %", "in progress")
    assert stands["Fractions"] == ("60 %", "needs work")
    assert report.on_track


def test_the_message_shows_them(report: StudentReport) -> None:
    ref = Ref(student=report.student_id, class_id=report.class_id, range=RANGE)
    said = words_of(student_report_message(report, ref, NOW, (), "F1"))
    for shown in (
        "Accuracy 75 % (class 76 %; percentile 50, upper middle)",
        "Questions 450",
        "Time 12 h",
        "Skills mastered 8 of 15",
        "Mastered: Multiplication 90 % right",
        "Needs work: Fractions 60 % right",
    ):
        assert shown in said
    assert "Maya Okafor gets 75 % right" in said
    assert "improving" not in said  # the weeks carry no such verdict


def test_the_picture_and_its_table_show_the_weeks_and_the_three_skills(
    report: StudentReport,
) -> None:
    drawn = words(student_figure(report))
    for text in ("65 %", "75 %", "Multiplication", "90 %", "Division", "Fractions", "60 %"):
        assert text in drawn
    rows = words_of([student_table(report)])
    assert "Week from 19 Oct" in rows
    assert "65 %" in rows
