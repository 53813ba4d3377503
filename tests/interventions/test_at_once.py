"""Each act asked for at the same moment from several places, under one key: it is done once.

Nothing but the service stands between them: no form, and nobody who holds the teacher's row.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from school.database import SessionFactory
from school.models import Base, Delivery, Intervention
from tests.interventions.acts import NAMES, laid_out
from tests.interventions.staff import NOW

AT_ONCE = 4


def at_once(factory: SessionFactory, act: Callable[[Session], int]) -> list[int]:
    """The same, in several transactions that begin together."""
    together = Barrier(AT_ONCE)

    def run(_number: int) -> int:
        with factory() as session:
            session.connection().close()  # each has its connection before they begin
        together.wait()
        with factory.begin() as session:
            return act(session)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(run, range(AT_ONCE)))


def count(factory: SessionFactory, model: type[Base]) -> int:
    with factory() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize("name", NAMES)
def test_what_is_asked_for_at_one_moment_is_done_once(
    session_factory: SessionFactory, name: str
) -> None:
    act = laid_out(session_factory)[name]
    given: dict[str, Any] = {"now": NOW, "key": "request 1"}
    answers = at_once(session_factory, lambda session: act(session=session, **given))
    assert len(set(answers)) == 1
    assert count(session_factory, Intervention) == 1
    sent = count(session_factory, Delivery)
    with session_factory.begin() as session:
        assert act(session=session, **given) == answers[0]
    assert count(session_factory, Delivery) == sent > 0
