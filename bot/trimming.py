"""What the machinery need not keep for ever, taken out a little at a time.

What stays, and why:

- what was taken in (events, submissions) for 7 days: Slack repeats an event for an hour at most;
- what stands in a form whose sender looks at it before it goes, for a day;
- finished deliveries for 180 days, for the administrator's page and for their unique keys. While a
  picture is still to be deleted in Slack its delivery stays whatever its age: it says where the
  message is that is to keep the picture's words. Buttons of older messages carry all they need;
- timers that have ended for 60 days: what has acted must not be set again, and nobody sets a timer
  for a day or a meeting that long past;
- gates while they hold anything back: an open gate is as good as none.

A workspace's own records (practice, meetings, the audit log …) are not touched here.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, literal, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased
from sqlalchemy.sql.dml import ReturningDelete

from school.models import Delivery, Gate, KeptForm, SeenEvent, Timer, id_before

EVENTS_KEPT = timedelta(days=7)
FORMS_KEPT = timedelta(days=1)
DELIVERIES_KEPT = timedelta(days=180)
TIMERS_KEPT = timedelta(days=60)
GATES_KEPT = timedelta(days=1)

Columns = tuple[InstrumentedAttribute[Any], ...]


def trim(session: Session, workspace_id: int, *, now: datetime, most: int) -> bool:
    """Delete up to `most` old rows of each kind; returns whether there may be more."""
    kinds = (
        _some(
            (SeenEvent.workspace_id, SeenEvent.event_id),
            most,
            SeenEvent.workspace_id == workspace_id,
            SeenEvent.seen_at < now - EVENTS_KEPT,
        ),
        _some(
            (KeptForm.workspace_id, KeptForm.draft),
            most,
            KeptForm.workspace_id == workspace_id,
            KeptForm.kept_at < now - FORMS_KEPT,
        ),
        _some((Delivery.workspace_id, Delivery.id), most, *_old_deliveries(workspace_id, now)),
        _some(
            (Timer.workspace_id, Timer.id),
            most,
            Timer.workspace_id == workspace_id,
            Timer.id < id_before(now - TIMERS_KEPT),
            Timer.ended_at < now - TIMERS_KEPT,
        ),
        _some(
            (Gate.workspace_id, Gate.method, Gate.channel),
            most,
            Gate.workspace_id == workspace_id,
            Gate.free_at < now - GATES_KEPT,
            or_(Gate.banned_until.is_(None), Gate.banned_until < now - GATES_KEPT),
        ),
    )
    # A list: each of them is to be carried out.
    deleted = [len(session.execute(each).all()) for each in kinds]
    return max(deleted) == most


def _old_deliveries(workspace_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    deleting = aliased(Delivery)
    shown = exists().where(
        deleting.workspace_id == workspace_id,
        deleting.queue == literal("file ") + Delivery.file_id,
        deleting.finished_at.is_(None),
    )
    return (
        Delivery.workspace_id == workspace_id,
        # Ids grow with time: only the old end of the table is looked through.
        Delivery.id < id_before(now - DELIVERIES_KEPT),
        Delivery.finished_at < now - DELIVERIES_KEPT,
        ~shown,
    )


def _some(key: Columns, most: int, *conditions: ColumnElement[bool]) -> ReturningDelete[Any]:
    old = select(*key).where(*conditions).limit(most)
    table = key[0].class_
    # The rows are in no session: there is nothing to keep in step.
    gone = delete(table).where(tuple_(*key).in_(old)).returning(key[-1])
    return gone.execution_options(synchronize_session=False)
