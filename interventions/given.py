"""What a service is given by any program, looked at before anything else is done with it.

A form of ours gives what it should; another program may give anything. What is of a wrong type, or
more than a database takes, is InvalidInput on the parameter's own name, as is all that cannot be.
"""

from datetime import UTC, datetime

from school.errors import InvalidInput

LARGEST_ID = 2**31 - 1
LONGEST_KEY = 75
"""Beside a key the database's column has the teacher's and a student's id."""
LONGEST_CODE = 50
YEARS = range(1900, 9999)
"""In any other year a moment may have no local time."""


def is_id(value: object) -> bool:
    """Whether something may be the id of a record: a whole number that a database takes."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_ID


def check_id(value: object, field: str, *, may_be_none: bool = False) -> None:
    """Raises InvalidInput where something is no id."""
    if not (is_id(value) or (may_be_none and value is None)):
        raise InvalidInput(field, "An id is a whole number. Look it up once more.")


def check_ids(values: object, field: str) -> None:
    """Raises InvalidInput where something is no list of ids."""
    if not isinstance(values, (list, tuple, set, frozenset)) or not all(map(is_id, values)):
        raise InvalidInput(field, f"The {field.replace('_', ' ')} are a list of numbers.")


def check_text(value: object, field: str, *, may_be_none: bool = False) -> None:
    """Raises InvalidInput where something is no text; what a text may be says its own rule."""
    if not (isinstance(value, str) or (may_be_none and value is None)):
        raise InvalidInput(field, "This is to be text.")


def check_code(value: object, field: str) -> None:
    """Raises InvalidInput where something is neither None nor a short word, such as a concern's."""
    check_text(value, field, may_be_none=True)
    if isinstance(value, str) and not (value.isprintable() and len(value) <= LONGEST_CODE):
        raise InvalidInput(field, f"This is a word of at most {LONGEST_CODE} characters.")


def check_flag(value: object, field: str) -> None:
    """Raises InvalidInput where something is neither True nor False."""
    if not isinstance(value, bool):
        raise InvalidInput(field, "This is either true or false.")


def check_key(key: object) -> None:
    """Raises InvalidInput on `key` where it is neither None nor a key."""
    check_text(key, "key", may_be_none=True)
    if isinstance(key, str) and not (key.isprintable() and 0 < len(key) <= LONGEST_KEY):
        words = f"A key has 1 to {LONGEST_KEY} characters that can be seen."
        raise InvalidInput("key", words)


def moment_of(value: object, field: str) -> datetime:
    """A moment in UTC. Raises InvalidInput where it has no zone, or is at an end of all time."""
    if not isinstance(value, datetime):
        raise InvalidInput(field, "Say a moment with its time zone.")
    if value.utcoffset() is None:
        raise InvalidInput(field, "The time needs a time zone, such as 14:30-05:00.")
    if value.year not in YEARS:
        raise InvalidInput(field, "Choose a day of our time.")
    return value.astimezone(UTC)
