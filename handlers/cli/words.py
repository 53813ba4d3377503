"""What went wrong, for a person at a terminal: what, where, and what to do."""

from pydantic import ValidationError
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from school.errors import HomeroomError

EXPECTED = (HomeroomError, ValidationError, SQLAlchemyError, OSError)
"""What can go wrong without being a fault of ours: it gets words and no traceback."""


def failure_words(error: Exception) -> str:
    """Words for an expected failure."""
    if isinstance(error, ValidationError):
        return settings_words(error)
    if isinstance(error, SQLAlchemyError):
        return database_words(error)
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def settings_words(error: ValidationError) -> str:
    """Which settings cannot be used, by the names of their variables, and why."""
    wrong = [
        f"{str(problem['loc'][0]).upper() if problem['loc'] else 'settings'}: "
        + problem["msg"].removeprefix("Value error, ")
        for problem in error.errors(include_input=False, include_url=False)
    ]
    return "These settings cannot be used. " + "; ".join(wrong)


def database_words(error: SQLAlchemyError) -> str:
    """What the database says, without the address, which may hold a password."""
    cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    hint = " Is DATABASE_URL right, and may I write there?"
    return f"The database cannot be used ({cause}).{hint * isinstance(error, OperationalError)}"
