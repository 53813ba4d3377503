"""Each act asked for at the same moment from several places, under one key: it is done once.

Nothing but the service stands between them: no form, and nobody who holds the teacher's row.
"""

from typing import Any

import pytest

from school.database import SessionFactory
from school.models import Delivery, Intervention
from tests.interventions.acts import NAMES, laid_out
from tests.interventions.staff import NOW
from tests.interventions.twins import at_once, count


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
