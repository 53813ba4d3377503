"""A key is for one thing: not for another act, and not for the same act with something else."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from school.errors import Conflict, InvalidInput
from school.models import Intervention
from tests.interventions.acts import NAMES, laid_out_in
from tests.interventions.staff import NOW


def test_a_key_of_one_act_is_refused_by_every_other(session: Session) -> None:
    acts = laid_out_in(session)
    for first, other in permutations(NAMES, 2):
        given: dict[str, Any] = {"session": session, "now": NOW, "key": "a key"}
        with session.begin_nested() as both:
            acts[first](**given)
            with pytest.raises(Conflict, match="used for something else"):
                acts[other](**given)
            both.rollback()
    assert session.scalar(select(func.count()).select_from(Intervention)) == 0


OTHERWISE: list[tuple[str, str, Any]] = [
    ("message", "message", "Bye"),
    ("meeting", "duration_minutes", 45),
    ("meeting", "location", "Room 5"),
    ("meeting", "attendees", []),
    ("parent", "message", "Bye"),
    ("parent", "guardian_ids", None),
    ("parent", "language", None),
    ("parent", "with_report", True),
    ("tutor", "skill_id", None),
    ("resolve", "action_taken", "Called"),
    ("targeted", "auto_fill", False),
]


@pytest.mark.parametrize(("name", "parameter", "value"), OTHERWISE)
def test_the_same_act_with_something_else_is_refused(
    session: Session, name: str, parameter: str, value: Any
) -> None:
    act = laid_out_in(session)[name]
    given: dict[str, Any] = {"session": session, "now": NOW, "key": "a key"}
    made = act(**given)
    with pytest.raises(Conflict):
        act(**given, **{parameter: value})
    assert act(**given | {"now": NOW + timedelta(days=30)}) == made


def test_without_a_key_what_is_asked_for_twice_is_done_twice(session: Session) -> None:
    act = laid_out_in(session)["message"]
    assert act(session=session, now=NOW) != act(session=session, now=NOW)


@pytest.mark.parametrize("key", ["", "x" * 76, "a\0b", "a\ud800", 7, b"x", True])
def test_what_is_no_key_is_refused(session: Session, key: Any) -> None:
    act = laid_out_in(session)["message"]
    with pytest.raises(InvalidInput) as refused:
        act(session=session, now=NOW, key=key)
    assert refused.value.field == "key"
