"""The effects of what was done for the students of a class, asked of the database."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from analytics.effects.data import Action, KindEffect, StudentEffect


def class_effects(
    session: Session, class_ids: Collection[int], actions: Sequence[Action], *, now: datetime
) -> tuple[KindEffect, ...]:
    """What each kind of help did for the students of these classes, taken together.

    One for each kind and outcome among `actions`, in the order of the kinds' names. Raises NotFound
    where there is no such class.
    """
    raise NotImplementedError


def student_effects(
    session: Session,
    asked: Sequence[Action],
    *,
    class_id: int,
    actions: Sequence[Action],
    now: datetime,
) -> tuple[StudentEffect, ...]:
    """What followed each of the actions `asked` about, in that order; all queries asked once.

    `actions` are all that was done for anyone in the class.
    """
    raise NotImplementedError


def student_effect(
    session: Session,
    action: Action,
    *,
    class_id: int,
    actions: Sequence[Action] = (),
    now: datetime,
) -> StudentEffect:
    """What followed one action."""
    return student_effects(session, [action], class_id=class_id, actions=actions, now=now)[0]
