"""Ranges as a menu offers them and as words name them."""

from school.days import DateRange

OFFERED = ("7d", "30d", "60d", "90d", "term", "all")
CUSTOM = "custom"
"""The menu's entry that opens two date pickers."""


def range_words(code: str) -> str:
    """A range's code in words: `60 days`, `this term`, `16 Feb 2024 – 12 May 2024`."""
    if code == "term":
        return "This term"
    if code == "all":
        return "All practice"
    if code[:-1].isdecimal() and code.endswith("d"):
        days = int(code[:-1])
        return "1 day" if days == 1 else f"{days} days"
    return code.replace("..", " – ")


def span_code(date_range: DateRange) -> str:
    """The two days of a range, whatever it was called."""
    return f"{date_range.start.isoformat()}..{date_range.end.isoformat()}"
