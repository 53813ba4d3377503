"""One report, three ways to take it along: message, CSV and PDF give the same figures."""

import csv
from io import StringIO

import pytest
from sqlalchemy.orm import Session

from analytics.exports.pdf import export_report_pdf
from analytics.exports.spreadsheet import export_report_csv
from analytics.reports.classes import get_class_performance_report
from analytics.reports.data import ClassReport, SkillReport, StudentReport
from analytics.reports.skill import get_skill_analytics
from analytics.reports.student import get_student_performance_report
from analytics.wording import count, interval_words, percent, percentile_count
from handlers.codec import Ref
from handlers.views.reports.class_report import class_report_message
from handlers.views.reports.skill_report import skill_report_message
from handlers.views.reports.student_report import student_report_message
from tests.analytics.exports.reading import words
from tests.analytics.reports.test_concerns import MAY, NOW, Five
from tests.analytics.school import SmallSchool
from tests.e2e.reading import words_of

Rows = list[dict[str, str]]


@pytest.fixture
def maths(school: SmallSchool) -> Five:
    """A class of five with enough practice each to be compared."""
    found = Five(school)
    for number, student in enumerate(found.ids.values()):
        for text in ("05-07", "05-08", "05-09"):
            school.practised(student, text, 10 + number, 6 + number, xp=60.0 + 10 * number)
    return found


def printed(report: StudentReport | ClassReport | SkillReport, kind: str) -> str:
    """The words of the PDF."""
    return words(export_report_pdf(report, kind, now=NOW))


def rows(report: StudentReport | ClassReport | SkillReport, kind: str) -> Rows:
    """The CSV read back."""
    return list(csv.DictReader(StringIO(export_report_csv(report, kind).decode("utf-8-sig"))))


def test_a_student_s_figures(maths: Five, session: Session) -> None:
    for name in ("Ana", "Ben", "Cy"):
        report = get_student_performance_report(
            maths.ids[name], MAY, session=session, now=NOW, class_id=maths.maths
        )
        overall, mates, found = report.overall, report.comparison, report.motivation
        assert found is not None
        assert mates.percentile is not None
        message = words_of(student_report_message(report, Ref(student=1), NOW, (), "F1"))
        paper, row = printed(report, "student"), rows(report, "student")[0]
        shared = [
            report.finding,
            f"{overall.skills_mastered} of {overall.skills_total}",
            f"class {percent(mates.class_average)}",
            f"percentile {percentile_count(mates.percentile)}, ",
        ]
        for said in shared:
            assert said in message
            assert said in paper
        assert f"Accuracy {percent(overall.accuracy)} " in message
        assert f"Accuracy {percent(overall.accuracy)} " in paper
        assert f"Questions {count(overall.questions)} " in message
        assert f"Questions {count(overall.questions)} " in paper
        assert f"{count(found.xp)} XP, place {found.place} of {found.placed}" in message
        assert f"{count(found.xp)} XP in these days" in paper
        assert f"Place {found.place} of {found.placed} in the class" in paper
        assert row["note"] == report.finding
        assert float(row["accuracy_percent"]) == round(100 * (overall.accuracy or 0), 2)
        assert float(row["class_accuracy_percent"]) == round(100 * (mates.class_average or 0), 2)
        assert (int(row["questions"]), float(row["xp"])) == (overall.questions, found.xp)
        assert (int(row["skills_mastered"]), int(row["skills"])) == (
            overall.skills_mastered,
            overall.skills_total,
        )
        assert float(row["percentile"]) == round(mates.percentile, 1)
        assert int(row["streak_days"]) == found.streak


def test_a_class_s_figures(maths: Five, session: Session) -> None:
    report = get_class_performance_report(maths.maths, MAY, session=session, now=NOW)
    overall = report.overall
    message = words_of(class_report_message(report, Ref(class_id=1), NOW, (), "F1"))
    paper, found = printed(report, "class"), rows(report, "class")
    shared = [
        report.finding,
        f"Accuracy {percent(overall.accuracy)} ",
        f"Questions {count(overall.questions)} ",
        f"{overall.days_a_week:.1f} of 5 days a week",
        f"all questions together {percent(overall.pooled)}",
        interval_words(overall.interval),
    ]
    for said in shared:
        assert said in message
        assert said in paper
    assert found[0]["note"] == report.finding
    assert int(found[0]["questions"]) == overall.questions
    assert float(found[0]["accuracy_percent"]) == round(100 * (overall.accuracy or 0), 2)
    assert float(found[0]["engagement_percent"]) == round(100 * (overall.engagement or 0), 2)
    students = {row["student"]: row for row in found if row["part"] == "student"}
    for line in report.ranking:
        assert int(students[line.student]["questions"]) == line.questions
        assert students[line.student]["place"] == ("" if line.place is None else str(line.place))
    assert sum(int(row["questions"]) for row in students.values()) == overall.questions
    for one in report.struggling[:3]:
        assert one.student in message
        assert f"{one.student} (" in paper


def test_a_skill_s_figures(maths: Five, session: Session) -> None:
    report = get_skill_analytics(maths.maths, maths.ratio, session=session, now=NOW, date_range=MAY)
    message = words_of(skill_report_message(report, Ref(class_id=1, skill=1), NOW, (), "F1"))
    paper, row = printed(report, "skill"), rows(report, "skill")[0]
    for said in (report.finding, f"Accuracy {percent(report.accuracy)} "):
        assert said in message
        assert said in paper
    assert row["note"] == report.finding
    assert float(row["accuracy_percent"]) == round(100 * (report.accuracy or 0), 2)
    assert int(row["questions"]) == report.questions == 40
    states = dict(report.distribution)
    assert int(row["mastered"]) == states["mastered"] == 1
    assert int(row["needs_work"]) == states["needs work"] == 1
    assert float(row["median_questions_to_mastery"] or 0) == report.survival.median_questions
