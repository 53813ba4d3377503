"""The report for families in Spanish: the same figures as in English, and no English words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from string import Formatter
from typing import Any

import pytest
from matplotlib.figure import Figure

from analytics.charts.progress import draw_accuracy, draw_questions
from analytics.exports.pdf import export_report_pdf
from analytics.reports.data import (
    Achievement,
    AchievementKind,
    Concern,
    ConcernKind,
    Interval,
    Overall,
    Severity,
    StudentReport,
)
from analytics.wording.printed import EN, ES
from school.days import DateRange
from school.languages import ENGLISH, SPANISH
from tests.analytics.charts.reading import words as drawn_words
from tests.analytics.exports.reading import (
    bookmarks,
    elements,
    findings,
    metadata,
    opened,
    words,
)
from tests.analytics.exports.samples import NOW, nothing_yet, student_report
from tests.analytics.exports.test_parent import beside

_NUMBER = re.compile(r"\d[\d,.:]*\d|\d")
"""Thousands and clocks are one number each."""


def everything() -> StudentReport:
    """A report that says all that can be said: idle, estimated, large figures, a class of 27."""
    report = beside(27)
    idle = Concern(ConcernKind.INACTIVE, Severity.HIGH, "no practice", days=10)
    reached = [(AchievementKind.QUESTIONS, 1000, ""), (AchievementKind.STREAK, 5, "")]
    reached += [(AchievementKind.MASTERED, number, "") for number in (1, 5)]
    reached += [(AchievementKind.BROUGHT_UP, 0, "Ratio")]
    names = ("First 1,000 questions", "5-day streak", "First skill mastered", "5 skills mastered")
    end = report.range.end
    achievements = tuple(
        Achievement(name, end, *more)
        for name, more in zip((*names, "Ratio brought up"), reached, strict=True)
    )
    assert report.motivation
    return replace(
        report,
        concerns=(idle,),
        motivation=replace(report.motivation, achievements=achievements, xp=12_345.0),
        overall=replace(report.overall, questions=5553, time_estimated=report.overall.time),
        progress=tuple(replace(one, students=27) for one in report.progress),
    )


def by(period: str) -> StudentReport:
    """The same by day or month, with a decline."""
    report = student_report()
    assert report.trend
    starts = [date(2026, month, 1) for month in range(1, 10)]
    points = [
        replace(one, start=start) for one, start in zip(report.progress, starts, strict=False)
    ]
    declining = replace(report.trend, direction="declining")
    return replace(report, progress=tuple(points), progress_by=period, trend=declining)


def few(kind: str) -> StudentReport:
    """4 questions, over a term or all of practice; no data yet."""
    report = student_report()
    little = Overall(0.5, 4, 10, 0, 3, 2, Interval(0.1, 0.9), 0, 1)
    days = DateRange(report.range.start, report.range.end, kind)
    reach = replace(report.coverage, data_through=None)
    return replace(report, overall=little, range=days, coverage=reach)


def no_streak() -> StudentReport:
    """A streak that broke, on a single day without practice."""
    report = nothing_yet(student_report())
    whole = student_report()
    assert whole.motivation
    end = report.range.end
    return replace(
        report,
        motivation=replace(whole.motivation, streak=0),
        coverage=replace(whole.coverage, last_day=date(2025, 12, 24)),
        range=DateRange(end, end),
    )


REPORTS = {
    "full": student_report(),
    "everything": everything(),
    "nothing": nothing_yet(student_report()),
    "day": by("day"),
    "month": by("month"),
    "term": few("term"),
    "all": few("all"),
    "no streak": no_streak(),
}


def pdf(report: StudentReport, language: str, paper: str = "letter") -> bytes:
    return export_report_pdf(report, "parent", paper=paper, now=NOW, language=language)


def alts(content: bytes) -> list[str]:
    with opened(content) as made:
        return [str(one.Alt) for one in elements(made, "Figure")]


@pytest.mark.parametrize("name", REPORTS)
def test_both_languages_say_the_same_numbers_in_the_same_order(name: str) -> None:
    english, spanish = (pdf(REPORTS[name], one) for one in (ENGLISH, SPANISH))
    numbers = _NUMBER.findall(words(english))
    assert len(numbers) > 8
    assert _NUMBER.findall(words(spanish)) == numbers
    for in_english, in_spanish in zip(alts(english), alts(spanish), strict=True):
        assert in_english != in_spanish
        assert _NUMBER.findall(in_spanish) == _NUMBER.findall(in_english)


def test_both_languages_draw_the_same_numbers() -> None:
    drawn = []
    for language in (ENGLISH, SPANISH):
        figure = Figure(figsize=(12, 6), dpi=72)
        points = everything().progress
        for place, draw in enumerate((draw_accuracy, draw_questions)):
            ax = figure.add_axes((0, place / 2, 1, 0.5))
            ax.set_xlim(0, 2200)
            ax.set_ylim(480, 0)
            draw(ax, points, "week", language=language)
        drawn.append(drawn_words(figure))
    english, spanish = drawn
    assert [_NUMBER.findall(one) for one in spanish] == [_NUMBER.findall(one) for one in english]
    assert "class 14 %" in english and "clase 14 %" in spanish
    assert "16 Nov" in english and "16 nov" in spanish


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("name", ["everything", "nothing"])
def test_a_spanish_report_is_accessible_and_says_its_language(name: str, paper: str) -> None:
    content = pdf(REPORTS[name], SPANISH, paper)
    assert findings(content) == []
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(content)
    assert "Informe para la familia" in metadata(content)
    assert "Maya" not in metadata(content)
    with opened(content) as made:
        assert str(made.Root.Lang) == "es"


def test_headings_and_the_line_below_them_are_in_spanish() -> None:
    content = pdf(student_report(), SPANISH)
    with opened(content) as made:
        assert bookmarks(made)[1:] == [
            "  En resumen",
            "  Respuestas correctas por semana",
            "  Preguntas por semana",
            "    Los números por semana",
            "  Destrezas",
            "  Tareas",
            "  Puntos (XP), racha y logros",
            "  Qué significan las palabras",
        ]
    said = words(content)
    assert "22 sep – 20 nov 2026 · datos hasta el 20 nov 2026, 8:00" in said
    assert "Maya Okafor · hecho el 20 nov 2026 1 de 2" in said


def test_sentences_are_spanish() -> None:
    said = words(pdf(everything(), SPANISH))
    for sentence in (
        "Maya Okafor respondió 5,553 preguntas en estos 60 días y acertó el 68 %. "
        "Los aciertos subieron del 61 al 74 % en 9 semanas.",
        "Sin practicar desde hace: 10 días de clase",
        "aprox. 6 h 10 min",
        "Primeras 1,000 preguntas",
        "Ratio: de necesitar refuerzo a dominada",
        "atrasada desde hace 3 días de clase",
    ):
        assert sentence in said
    (first, second) = alts(pdf(everything(), SPANISH))
    assert first.startswith(
        "Respuestas correctas por semana: 60 % en la semana del 21 de septiembre y 73 % en la "
        "semana del 16 de noviembre; la clase, 14 % entonces."
    )
    assert second == "Preguntas por semana: de 0 a 43."


def test_what_is_no_data_has_a_twin_in_the_other_language() -> None:
    assert dict(texts(EN)).keys() == dict(texts(ES)).keys()
    spanish = dict(texts(ES))
    for place, english in texts(EN):
        assert blanks(spanish[place]) == blanks(english), place
        assert spanish[place] != english or english == "{day}", place


def texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a language, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from texts(one, f"{place}.{key}")
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from texts(one, f"{place}.{number}")
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name), f"{place}.{field.name}")


def blanks(text: str) -> set[str]:
    """What is filled in."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_only_the_report_for_parents_has_another_language() -> None:
    with pytest.raises(ValueError, match="there is no student report in es"):
        export_report_pdf(student_report(), "student", now=NOW, language=SPANISH)
    with pytest.raises(ValueError, match="there is no parent report in ko"):
        export_report_pdf(student_report(), "parent", now=NOW, language="ko")
