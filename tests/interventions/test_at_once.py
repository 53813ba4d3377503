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

from interventions.alerts import mark_alert_resolved
from interventions.assignments import create_assignment, create_targeted_assignment
from interventions.meetings import schedule_meeting
from interventions.messages import send_message, send_messages
from interventions.parents import notify_parent
from interventions.tutoring import assign_peer_tutor
from school.database import SessionFactory
from school.models import Base, Delivery, Intervention
from tests.interventions.assignments.classroom import data_for
from tests.interventions.doing import alert
from tests.interventions.staff import NOW, TUESDAY, lay_out
from tests.interventions.tutoring.classmates import Classmates, lay_out_classmates

AT_ONCE = 4
Act = Callable[..., Any]
"""Asks for one act of Ms Ruiz, given `session`, `now` and `key`; returns what was made."""


def acts(mates: Classmates) -> dict[str, Act]:
    """The acts of the specification, each ready to be asked for."""
    who = mates.staff.ruiz, mates.staff.leo
    data = data_for(mates.staff.leo, mates.fractions)
    number = alert(mates.session, mates.staff).id
    return {
        "message": lambda **at: send_message(*who, "Hi", **at),
        "messages": lambda **at: send_messages(who[0], {who[1]: "Hi"}, **at)[0],
        "assignment": lambda **at: create_assignment(who[0], data, **at),
        "targeted": lambda **at: create_targeted_assignment(*who, **at),
        "meeting": lambda **at: schedule_meeting(*who, "one_on_one", TUESDAY, **at),
        "parent": lambda **at: notify_parent(*who, "struggling", "Hello", **at),
        "tutor": lambda **at: assign_peer_tutor(*who, mates.ids["Ida Moon"], **at),
        "resolve": lambda **at: mark_alert_resolved(who[0], number, "", "Talked", **at),
    }


def laid_out(factory: SessionFactory) -> dict[str, Act]:
    """The acts in a database of their own."""
    with factory.begin() as session:
        return acts(lay_out_classmates(session, lay_out(session)))


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


@pytest.mark.parametrize(
    "name",
    ["message", "messages", "assignment", "targeted", "meeting", "parent", "tutor", "resolve"],
)
def test_what_is_asked_for_at_one_moment_is_done_once(
    session_factory: SessionFactory, name: str
) -> None:
    act = laid_out(session_factory)[name]
    given: dict[str, Any] = {"now": NOW, "key": "request 1"}
    answers = at_once(session_factory, lambda session: act(session=session, **given).id)
    assert len(set(answers)) == 1
    assert count(session_factory, Intervention) == 1
    sent = count(session_factory, Delivery)
    with session_factory.begin() as session:
        assert act(session=session, **given).id == answers[0]
    assert count(session_factory, Delivery) == sent > 0
