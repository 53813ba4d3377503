"""Whatever a program gives a service: it is done, or refused in the house's own words, on its
parameter, with nothing written.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from interventions.meetings import AttendeeKind, Invitee
from interventions.record import Reason
from school.errors import HomeroomError, InvalidInput
from school.models import Delivery, Intervention
from tests.interventions.acts import NAMES, Act, laid_out_in
from tests.interventions.staff import NOW

NUMBERS = [-1, 0, 1, 2**31 - 1, 2**31, 2**63, 2**64, -(2**70), 10**5000, 15.0, float("nan"), True]
TEXTS = ["", " \n", "x" * 4000, "a\0b", "\ud800", "\u202e", "\u200b", "group", "easy", "12", "es"]
MOMENTS = [
    datetime.min,  # noqa: DTZ901 - without a zone is what it is for
    datetime.max.replace(tzinfo=UTC),
    datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
    datetime(2026, 11, 24, 14, 30),  # noqa: DTZ001
    datetime(2026, 11, 14, 14, 30, tzinfo=UTC),
    datetime(2150, 1, 1, tzinfo=UTC),
    date.min,
    date.max,
    date(2026, 11, 20),
]
OBJECTS = [None, False, b"x", object(), {}, {1: 2}, {"a"}, Invitee(AttendeeKind.GUARDIAN, 2**40)]
ONE = st.sampled_from([*NUMBERS, *TEXTS, *MOMENTS, *OBJECTS]) | st.text(
    st.characters(exclude_categories=()), max_size=5
)
ANYTHING = ONE | st.lists(ONE, max_size=3) | st.lists(ONE, max_size=2).map(tuple)
DATA = ("title", "description", "student_ids", "skill_ids", "question_count", "difficulty")
FIELDS = {
    "message",
    "attendees",
    "duration_minutes",
    "guardians",
    "students",
    "reason",
    "assignment_data",
}


@pytest.fixture
def acts(session: Session) -> dict[str, Act]:
    """The acts, in a school where they can be done."""
    return laid_out_in(session)


def written(session: Session) -> int:
    """So much has been done or sent."""
    counts = [select(func.count()).select_from(one) for one in (Intervention, Delivery)]
    return sum(session.scalar(one) or 0 for one in counts)


def ask(act: Act, session: Session, changes: dict[str, Any]) -> None:
    """Ask for it; where it is refused, by whom and with nothing written. It leaves nothing."""
    before, known = written(session), {*act.given, *DATA, *FIELDS, "due_date", "key"}
    with session.begin_nested() as attempt:
        try:
            act(session=session, now=NOW, **changes)
        except HomeroomError as refused:
            assert written(session) == before
            assert not isinstance(refused, InvalidInput) or refused.field in known
        attempt.rollback()


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_nothing_but_the_houses_own_errors_leaves_a_service(
    session: Session, acts: dict[str, Act], data: st.DataObject
) -> None:
    act = acts[data.draw(st.sampled_from(NAMES))]
    names = st.sampled_from([*act.given, "key"])
    ask(act, session, data.draw(st.dictionaries(names, ANYTHING, min_size=1, max_size=2)))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(wrong=st.dictionaries(st.sampled_from([*DATA, "due_date"]), ANYTHING, max_size=2))
def test_no_part_of_an_assignment_is_taken_on_trust(
    session: Session, acts: dict[str, Act], wrong: dict[str, Any]
) -> None:
    act = acts["assignment"]
    ask(act, session, {"assignment_data": {**act.given["assignment_data"], **wrong}})


@pytest.mark.parametrize(
    "parts",
    [(7,), ("x" * 51,), ("a\0",), (None, 7), (None, ["a"]), (None, (), "a"), (None, (), 2.5)],
)
def test_a_reason_is_one(parts: tuple[Any, ...]) -> None:
    with pytest.raises(InvalidInput) as refused:
        Reason(*parts)
    assert refused.value.field == "reason"
