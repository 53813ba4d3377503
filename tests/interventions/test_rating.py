"""The teacher's own word on how much something helped."""

import pytest
from sqlalchemy.orm import Session

from interventions.rating import rate_intervention
from interventions.record import withdraw_intervention
from school.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tests.interventions.doing import done
from tests.interventions.staff import NOW, Staff, deliveries


def test_a_rating_is_kept_changed_and_taken_away(session: Session, staff: Staff) -> None:
    one = done(session, staff, card=True)
    for rating in (4, 5, 5):
        rate_intervention(staff.ruiz, one.id, rating, session=session, now=NOW)
    assert (one.effectiveness_rating, one.rated_at, one.version) == (5, NOW, 3)
    rate_intervention(staff.ruiz, one.id, None, session=session, now=NOW)
    assert (one.effectiveness_rating, one.rated_at) == (None, None)
    # One card waits, and shows what holds when it is sent.
    assert len(deliveries(session, "intervention_card")) == 1


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_a_rating_is_from_1_to_5(session: Session, staff: Staff, rating: int) -> None:
    one = done(session, staff)
    with pytest.raises(InvalidInput, match="from 1 to 5"):
        rate_intervention(staff.ruiz, one.id, rating, session=session, now=NOW)


def test_only_who_did_it_rates_it_and_only_while_it_holds(session: Session, staff: Staff) -> None:
    one = done(session, staff)
    with pytest.raises(NotAllowed, match="Only who did this"):
        rate_intervention(staff.moss, one.id, 3, session=session, now=NOW)
    for who, number in ((staff.gray, one.id), (staff.ruiz, 99)):
        with pytest.raises(NotFound, match="None of your interventions is that one"):
            rate_intervention(who, number, 3, session=session, now=NOW)
    withdraw_intervention(one, session=session, now=NOW)
    with pytest.raises(Conflict, match="taken back"):
        rate_intervention(staff.ruiz, one.id, 3, session=session, now=NOW)
