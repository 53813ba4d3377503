"""Two who resolve the same alert at the same moment: one does, the other is told who."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select

from interventions.alerts import mark_alert_resolved
from school.database import SessionFactory
from school.errors import Conflict
from school.models import AlertEvent, Intervention
from tests.interventions.doing import alert
from tests.interventions.staff import NOW, lay_out


def test_of_two_at_once_one_wins(session_factory: SessionFactory) -> None:
    with session_factory.begin() as session:
        staff = lay_out(session)
        number = alert(session, staff).id
    together = Barrier(2)

    def resolve(who: int) -> str:
        together.wait()
        try:
            with session_factory.begin() as session:
                mark_alert_resolved(who, number, "", "Talked", session=session, now=NOW, version=3)
        except Conflict as late:
            return str(late)
        return "done"

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(resolve, (staff.ruiz, staff.moss)))
    assert answers[1] == "done"
    assert answers[0] in (
        "Already resolved by Ms Ruiz at 10:00.",
        "Already resolved by Mr Moss at 10:00.",
    )
    with session_factory() as session:
        assert len(session.scalars(select(AlertEvent)).all()) == 1
        assert len(session.scalars(select(Intervention)).all()) == 1
