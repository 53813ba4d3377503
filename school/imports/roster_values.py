"""Single values of a OneRoster row: names, days, lists; what is wrong with one refuses the row."""

from datetime import date

from school.imports.outcome import shown
from school.imports.roster_files import Row

LONGEST_GRADE = 50


class BadRow(Exception):
    """The row is refused for what stands in a column."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def needed(row: Row, column: str) -> str:
    """A value that must be there. Raises BadRow."""
    if not row[column]:
        raise BadRow(column, "the field is empty")
    return row[column]


def names(row: Row) -> tuple[str, str]:
    """Given and family name, as the person prefers them. Raises BadRow where there is neither.

    A single name is the given one.
    """
    given = row["preferredGivenName"] or row["preferredFirstName"] or row["givenName"]
    family = row["preferredFamilyName"] or row["preferredLastName"] or row["familyName"]
    if not (given or family):
        raise BadRow("familyName", "the person has no name")
    return (given, family) if given else (family, "")


def name(row: Row) -> str:
    """The whole name. Raises BadRow where there is none."""
    return " ".join(names(row)).strip()


def grade(row: Row) -> str | None:
    """The first of the grades."""
    return next((one[:LONGEST_GRADE] for one in several(row["grades"] or row["grade"])), None)


def several(text: str) -> list[str]:
    """The values of a list in one field."""
    return [part.strip() for part in text.split(",") if part.strip()]


def span(row: Row, start: str, end: str) -> tuple[date | None, date | None]:
    """First and last day; None where one is not said. Raises BadRow."""
    starts, ends = day(row, start), day(row, end)
    if starts and ends and ends < starts:
        raise BadRow(end, "the last day comes before the first")
    return starts, ends


def day(row: Row, column: str) -> date | None:
    """A day, also of a moment; None where it is not said. Raises BadRow."""
    if not row[column]:
        return None
    try:
        return date.fromisoformat(row[column][:10])
    except ValueError:
        text = shown(row[column])
        raise BadRow(column, f"{text} is no day such as 2026-09-01") from None
