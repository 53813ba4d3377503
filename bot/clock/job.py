"""What the clock can do: jobs, each by the name that its timers bear."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from school.models import Timer

Change = Callable[[Session], None]
"""A small write, such as setting one timer."""


@dataclass(frozen=True, slots=True)
class Job:
    """`act` does what a timer is for, in the transaction in which the timer is marked as done.

    It saves deliveries and further timers, and sends nothing: what it writes and the mark are kept
    together or not at all. It may set the timer's state to `closed` where there is nothing to do
    any more. What it raises leaves no trace but a pause until the next try.

    `plan` looks whether timers are missing or wrong. It reads only; what it returns is written
    afterwards, a few changes to a transaction, so that it must hold whatever happens in between:
    `set_timer` and `withdraw_timers` leave alone what has acted.
    """

    name: str
    act: Callable[[Session, Timer, datetime], None]
    plan: Callable[[Session, datetime], Iterable[Change]] | None = None
