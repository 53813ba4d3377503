"""What families read of their child, from the report's figures."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from analytics.reports.data import (
    Concern,
    ConcernKind,
    OwnAssignment,
    Severity,
    StudentAssignments,
    StudentReport,
    Trend,
)
from handlers.families.facts import at_home, facts_of, reason_of
from handlers.families.letter import paragraphs_of, report_as_of
from handlers.families.starters import starter
from handlers.families.tongues import tongue_of
from handlers.families.wording import EN, ES
from interventions.parents import Choice, ConcernType
from school.access import viewer_of
from school.database import SessionFactory
from school.models import Student, User
from tests.handlers.school import RUIZ, School

LATE = OwnAssignment(1, "Decimals", (), date(2026, 1, 1), "overdue", 10, 0, None, None, None, 3)


@pytest.fixture
def report(factory: SessionFactory, school: School) -> StudentReport:
    """Leo's report for his family."""
    with factory() as session:
        teacher = session.scalars(select(User).where(User.slack_user_id == RUIZ)).one()
        now = school.today
        viewer = viewer_of(session, teacher, now=now)
        student = session.get_one(Student, school.students["Leo Park"])
        where = viewer, student, school.maths, "parent"
        return report_as_of(*where, session=session, now=now, at=now)


def concern(kind: ConcernKind, **more: object) -> Concern:
    return replace(Concern(kind, Severity.HIGH, "no words for families"), **more)  # type: ignore[arg-type]


def test_a_family_reads_of_its_child_alone(report: StudentReport) -> None:
    values = {one.label: one.value for one in facts_of(report, "en")}
    assert "questions on" in values["Practice"]
    assert values["Goes well"] == "Ratio"
    assert values["Needs more practice"] == "Fractions"
    spanish = {one.label: one.value for one in facts_of(report, "es")}
    assert "preguntas en" in spanish["Práctica"]
    assert list(spanish.values())[-1] != values["Last practice"]


def test_little_practice_is_not_judged_and_none_is_said(report: StudentReport) -> None:
    few = replace(report, overall=replace(report.overall, questions=1, active_days=1))
    values = {one.label: one.value for one in facts_of(few, "en")}
    assert values["Practice"] == "1 question on 1 day"
    assert values["Right answers"] == "too few questions to say"
    none = replace(report, overall=replace(report.overall, questions=0, active_days=0))
    values = {one.label: one.value for one in facts_of(none, "en")}
    assert values["Practice"] == "none in these days"
    assert "Right answers" not in values


def test_the_reason_is_said_by_what_is_known(report: StudentReport) -> None:
    idle = replace(report, concerns=(concern(ConcernKind.INACTIVE, days=10),))
    fell = {"start": 0.78, "end": 0.64, "weeks": 7}
    down = replace(report, concerns=(concern(ConcernKind.DECLINING, **fell),))
    late = replace(report, assignments=StudentAssignments(1, 0, 0, 0.0, overdue=(LATE,)))

    def said(of: StudentReport, what: ConcernType, language: str = "en") -> str:
        return reason_of(of, what, "Leo", language)

    assert said(idle, ConcernType.INACTIVITY) == "Leo has not practised for 10 school days."
    assert said(down, ConcernType.DECLINING).endswith("from 78 % to 64 % in 7 weeks.")
    assert said(late, ConcernType.OVERDUE_WORK, "es") == "Sin entregar todavía: Decimals."
    hard = concern(ConcernKind.STRUGGLING, skill="Division")
    assert "Division" in said(replace(report, concerns=(hard,)), ConcernType.STRUGGLING)


def test_a_plain_sentence_stands_where_nothing_is_known(report: StudentReport) -> None:
    bare = replace(report, concerns=(), trend=None, skills=(), missed_school_days=None)
    for what in ConcernType:
        for words in (EN, ES):
            language = "en" if words is EN else "es"
            said = reason_of(replace(bare, assignments=None), what, "Leo", language)
            assert said == words.concerns[what].format(name="Leo")
            assert at_home(what, "L{e}o", language)
    falling = Trend("declining", 5, 6, -0.02, 0.01, 0.8, 0.7)
    assert "from 80 % to 70 % in 6 weeks" in reason_of(
        replace(bare, trend=falling), ConcernType.DECLINING, "Leo", "en"
    )


def test_first_texts_name_what_is_there(report: StudentReport) -> None:
    late = replace(report, assignments=StudentAssignments(1, 0, 0, 0.0, overdue=(LATE,)))
    assert "“Decimals”" in starter(late, ConcernType.OVERDUE_WORK, "Leo", "en")
    assert "lo que queda pendiente" in starter(report, ConcernType.OVERDUE_WORK, "Leo", "es")
    assert starter(report, ConcernType.OTHER, "Leo", "en") == ""


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("Could you please look at it with your son this week?", "en"),
        ("¿Podrían mirar esto con su hijo esta semana? Muchas gracias por la ayuda.", "es"),
        ("Leo: 10/10!", None),
        ("", None),
    ],
)
def test_a_language_is_told_by_its_common_words(text: str, tongue: str | None) -> None:
    assert tongue_of(text) == tongue


def test_paragraphs_stay_as_they_were_typed() -> None:
    assert paragraphs_of("One\n two\n\n\n\nThree \n") == (("One", "two"), ("Three",))


def test_both_languages_have_everything() -> None:
    for one in (EN, ES):
        assert set(one.concerns) == set(one.home) == set(ConcernType)
        assert set(one.choices) == set(Choice)
    assert set(EN.labels) == set(ES.labels)
