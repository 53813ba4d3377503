"""The effects of what was done for the students of a class, asked of the database."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from analytics.effects.absences import absence_rows
from analytics.effects.accuracy import accuracy_rows
from analytics.effects.data import Action, Improved, KindEffect, Outcome, StudentEffect
from analytics.effects.gather import gather
from analytics.effects.helps import Help, helps
from analytics.effects.individual import improved, may_be_said, student_effect_in
from analytics.effects.judging import effect
from analytics.effects.scene import Scene


def class_effects(
    session: Session, class_ids: Collection[int], actions: Sequence[Action], *, now: datetime
) -> tuple[KindEffect, ...]:
    """What each kind of help did for the students of these classes, taken together.

    One for each kind and outcome among the `actions` for students of these classes, in the order of
    the kinds' names. Raises NotFound where there is no such class.
    """
    if not actions:
        return ()
    scene = gather(session, class_ids, actions, asked=actions, now=now)
    return effects_in(scene, helps(actions), sorted(class_ids))


def effects_in(
    scene: Scene, helped: Sequence[Help], class_ids: Sequence[int]
) -> tuple[KindEffect, ...]:
    """The same of what is known already; who was in none of the classes is passed over."""
    kinds: defaultdict[tuple[str, Outcome], list[Help]] = defaultdict(list)
    for one in helped:
        if one.student_id in scene.pupils:
            kinds[one.kind, one.outcome].append(one)
    found = []
    for (kind, outcome), same in sorted(kinds.items()):
        rows = absence_rows if outcome == Outcome.DAYS else accuracy_rows
        found.append(effect(kind, outcome, class_ids, rows(same, scene)))
    return tuple(found)


def student_effects(
    session: Session,
    asked: Sequence[Action],
    *,
    class_id: int,
    actions: Sequence[Action],
    now: datetime,
) -> tuple[StudentEffect, ...]:
    """What followed each of the actions `asked` about, in that order; all queries asked once.

    `actions` are all that was done for anyone in the class. Raises NotFound where there is no such
    class.
    """
    if not asked:
        return ()
    own = {one.student_id for one in asked}
    scene = gather(session, [class_id], actions, asked=asked, now=now, also=own)
    return tuple(student_effect_in(one, helps([one])[0], scene) for one in asked)


def improved_after(
    session: Session,
    asked: Sequence[Action],
    *,
    class_id: int,
    actions: Sequence[Action],
    now: datetime,
) -> Improved:
    """How many rose after the actions `asked` about, as `improved` says it of `student_effects`.

    It takes a fraction of their time where little can be said. Raises NotFound where there is no
    such class.
    """
    if not asked:
        return Improved(0, 0, 0.0)
    own = {one.student_id for one in asked}
    scene = gather(session, [class_id], actions, asked=asked, now=now, also=own)
    named = ((one, helps([one])[0]) for one in asked)
    return improved(student_effect_in(*one, scene) for one in named if may_be_said(one[1], scene))
