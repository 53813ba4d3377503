"""The id that makes a modal's submission count once."""

from uuid import uuid4


def new_draft() -> str:
    """A fresh draft id, for a modal's private metadata."""
    return uuid4().hex
