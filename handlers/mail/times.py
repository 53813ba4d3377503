"""Moments in the words of an e-mail, by language and time zone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from analytics.wording.dates import MONTHS, WEEKDAYS
from school.languages import ENGLISH, SPANISH

_PLACES = {
    SPANISH: {"New_York": "Nueva York", "London": "Londres", "Mexico_City": "Ciudad de México"}
}


@dataclass(frozen=True, slots=True)
class _Language:
    """How one language says a day, a clock's time, a stretch of time and a zone."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    day: str
    short_day: str
    clock: Callable[[datetime], str]
    moment: str
    stretch: str
    zone: str
    late: str


def _twelve_hours(moment: datetime) -> str:
    half = "am" if moment.hour < 12 else "pm"
    return f"{(moment.hour - 1) % 12 + 1}:{moment:%M} {half}"


def _twenty_four_hours(moment: datetime) -> str:
    return f"{moment.hour}:{moment:%M}"


_LANGUAGES = {
    ENGLISH: _Language(
        weekdays=WEEKDAYS[ENGLISH],
        months=MONTHS[ENGLISH],
        day="{weekday} {day} {month} {year}",
        short_day="{weekday:.3} {day} {month:.3}",
        clock=_twelve_hours,
        moment="{day}, {start} ({zone})",
        stretch="{day}, {start} to {end} ({zone})",
        zone="{place} time",
        late="This was to reach you on {day} at {clock}, and was sent late.",
    ),
    SPANISH: _Language(
        weekdays=WEEKDAYS[SPANISH],
        months=MONTHS[SPANISH],
        day="{weekday} {day} de {month} de {year}",
        short_day="{weekday:.3} {day} {month:.3}",
        clock=_twenty_four_hours,
        moment="{day}, {start} ({zone})",
        stretch="{day}, {start} a {end} ({zone})",
        zone="hora de {place}",
        late="Este correo debía llegarle el {day} a las {clock} y se envió con retraso.",
    ),
}
LANGUAGES = frozenset(_LANGUAGES)


def when_words(starts_at: datetime, minutes: int | None, zone: ZoneInfo, language: str) -> str:
    """Such as "Tuesday 24 November 2026, 2:30 pm to 3:00 pm (New York time)".

    Where the clock shows the time twice that day, the zone says which of the two is meant.
    """
    words, start = _LANGUAGES[language], starts_at.astimezone(zone)
    end = (starts_at + timedelta(minutes=minutes or 0)).astimezone(zone)
    pattern = words.stretch if minutes else words.moment
    return pattern.format(
        day=_day(start, words.day, words),
        start=words.clock(start),
        end=words.clock(end),
        zone=_zone(start, zone, language),
    )


def short_when(starts_at: datetime, zone: ZoneInfo, language: str) -> str:
    """Such as "Tue 24 Nov, 2:30 pm", for a subject."""
    words, start = _LANGUAGES[language], starts_at.astimezone(zone)
    return f"{_day(start, words.short_day, words)}, {words.clock(start)}"


def day_line(day: date, language: str) -> str:
    """Such as "Tuesday 24 November 2026"."""
    words = _LANGUAGES[language]
    return _day(day, words.day, words)


def plain_day(day: date, language: str) -> str:
    """Such as "24 November 2026"."""
    words = _LANGUAGES[language]
    return _day(day, words.day.removeprefix("{weekday} "), words)


def late_line(due_at: datetime, zone: ZoneInfo, language: str) -> str:
    """That a mail was to come at another time, for `Mail.late`."""
    words, due = _LANGUAGES[language], due_at.astimezone(zone)
    return words.late.format(day=_day(due, words.short_day, words), clock=words.clock(due))


def _day(moment: date, pattern: str, words: _Language) -> str:
    return pattern.format(
        weekday=words.weekdays[moment.weekday()],
        day=moment.day,
        month=words.months[moment.month - 1],
        year=moment.year,
    )


def _zone(moment: datetime, zone: ZoneInfo, language: str) -> str:
    city = zone.key.rpartition("/")[2]
    place = _PLACES.get(language, {}).get(city, city.replace("_", " "))
    name = _LANGUAGES[language].zone.format(place=place) if "/" in zone.key else city
    twice = moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
    return f"{name}, {moment.tzname()}" if twice else name
