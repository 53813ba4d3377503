"""A person's own pause: days in which they are left alone, set and taken away by themselves."""

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from school.days import DateRange
from school.models import Pause


def own_pause(session: Session, user_id: int, today: date) -> DateRange | None:
    """The pause that a person is in, or that comes next; None without one."""
    query = select(Pause).where(Pause.user_id == user_id, Pause.ends_on >= today)
    found = session.scalars(query.order_by(Pause.starts_on, Pause.id).limit(1)).first()
    return None if found is None else DateRange(found.starts_on, found.ends_on)


def set_own_pause(
    session: Session, workspace_id: int, user_id: int, pause: DateRange | None, today: date
) -> None:
    """Have this be the pause from now on, in the place of any that is not over; None for none."""
    if pause == own_pause(session, user_id, today):
        return
    session.execute(
        delete(Pause)
        .where(Pause.user_id == user_id, Pause.ends_on >= today)
        .execution_options(synchronize_session=False)
    )
    if pause is not None:
        row = Pause(workspace_id=workspace_id, user_id=user_id)
        row.starts_on, row.ends_on = pause.start, pause.end
        session.add(row)
