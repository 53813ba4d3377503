"""The names of days and months in the languages that we write, and a day within a line."""

from collections.abc import Mapping
from datetime import date

from school.languages import ENGLISH, SPANISH

WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    ENGLISH: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    SPANISH: ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
MONTHS: Mapping[str, tuple[str, ...]] = {
    ENGLISH: (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    SPANISH: (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
}
_SHORT = 3
"""Letters of a month's short name, in both languages."""


def short_day(day: date, beside: date, language: str) -> str:
    """A day as a table has it: `12 May`, `12 may`; with its year where `beside` has another."""
    words = f"{day.day} {MONTHS[language][day.month - 1][:_SHORT]}"
    return words if day.year == beside.year else f"{words} {day.year}"
