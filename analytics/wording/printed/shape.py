"""What a language has to have for a printed report of a student."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from analytics.reports.data import Achievement, Interval
from school.days import DateRange
from school.mastery import Mastery

Points = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """How a language writes days, figures and periods.

    `day` stands in tables, `said_day` in sentences, both with the year where it is not that of the
    day beside it; `counted` is a number with one of the English nouns `question`, `day`, `school
    day` and `week`; `in_period` is a period within a sentence, by its first day.
    """

    day: Callable[[date | None, date], str]
    said_day: Callable[[date | None, date], str]
    counted: Callable[[int, str], str]
    span: Callable[[float | None, float | None], str]
    interval: Callable[[Interval | None], str]
    time: Callable[[float | None], str]
    period: Callable[[DateRange], str]
    in_period: Callable[[date, str, date], str]
    achievement: Callable[[Achievement], str]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a sheet: its PDF's title, the line below its heading, its foot.

    `pages` is Typst's pattern of a page's number: its ones become figures.
    """

    title: str
    pages: str
    no_data: str
    data_to: str
    made_on: str
    more: str


@dataclass(frozen=True, slots=True)
class Series:
    """Charts over time and their table, by `day`, `week` or `month` (`periods`).

    `rows` begin the rows of the table; `alt_then` is the class beside the last value.
    """

    periods: Mapping[str, str]
    accuracy: str
    questions: str
    students: str
    interval: str
    beside: str
    heading: str
    numbers: str
    rows: Mapping[str, str]
    no_accuracy: str
    alt: str
    alt_nothing: str
    alt_ends: str
    alt_then: str
    alt_questions: str


@dataclass(frozen=True, slots=True)
class Tables:
    """A student's skills, assignments and what motivates. `..._columns` are their names."""

    of: str
    about: str
    skills: str
    skills_note: str
    skill_columns: tuple[str, ...]
    mastery: Mapping[Mastery, str]
    assignments: str
    assignment_columns: tuple[str, ...]
    done: str
    done_late: str
    states: Mapping[str, str]
    overdue: str
    answered: str
    motivation: str
    xp: str
    longest: str
    streak: str
    streak_once: str
    reached_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForFamily:
    """The sentences of the sheet for a student's parents, and what its words mean."""

    none: str
    last: str
    few: str
    said: str
    up: str
    down: str
    right: str
    class_average: str
    questions: str
    on_days: str
    time: str
    mastered: str
    glance: str
    well: str
    needs: str
    late: str
    idle: str
    meaning: str
    meanings: Points


@dataclass(frozen=True, slots=True)
class Printed:
    """All that a language has for it."""

    language: str
    written: Written
    around: Around
    series: Series
    tables: Tables
    family: ForFamily
