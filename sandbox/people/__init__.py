"""Acting as a person: the one path that the page, the admin addresses and the tests all use."""

from sandbox.people.acting import People
from sandbox.people.outcome import Outcome

__all__ = ["Outcome", "People"]
