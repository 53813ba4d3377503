"""The same asked for at one moment from several places, and how much there is of it afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from school.database import SessionFactory
from school.models import Base

TWINS = 4
Done = TypeVar("Done")


def at_once(factory: SessionFactory, act: Callable[[Session], Done]) -> list[Done]:
    """The same, in several transactions that begin together."""
    together = Barrier(TWINS)

    def run(_number: int) -> Done:
        with factory() as session:
            session.connection().close()  # each has its connection before they begin
        together.wait()
        with factory.begin() as session:
            return act(session)

    with ThreadPoolExecutor(TWINS) as threads:
        return list(threads.map(run, range(TWINS)))


def count(factory: SessionFactory, model: type[Base]) -> int:
    """How many rows there are."""
    with factory() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0
