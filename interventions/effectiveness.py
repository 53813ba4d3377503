"""Whether help helped, of what teachers did here: their interventions, handed to the estimator.

What the estimates mean stands in docs/metrics.md, "Effect of interventions".
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.effects import (
    Action,
    Improved,
    KindEffect,
    StudentEffect,
    class_effects,
    improved_after,
    student_effects,
)
from interventions.opening import looking
from interventions.standing import outcomes_of, reached_at
from school.access import open_class
from school.days import local_day
from school.models import (
    Enrolment,
    Intervention,
    InterventionSkill,
    InterventionType,
)
from school.zones import zone_of

PURPOSE = "what works"
HELP = tuple(kind for kind in InterventionType if kind is not InterventionType.RESOLUTION)
"""Kinds that are help: resolving an alert ends a concern and reaches no student."""


@dataclass(frozen=True, slots=True)
class OwnRatings:
    """A teacher's own ratings of one kind: how many, and their mean."""

    count: int
    mean: float


@dataclass(frozen=True, slots=True)
class WhatWorks:
    """What can be said about each kind of help in one class. `done` counts by kind what reached
    students; `ratings` are the viewer's own."""

    class_id: int
    title: str
    effects: tuple[KindEffect, ...]
    done: Mapping[str, int]
    ratings: Mapping[str, OwnRatings]


def what_works(teacher_id: int, class_id: int, *, session: Session, now: datetime) -> WhatWorks:
    """What each kind of help did for the students of a class. Raises NotFound."""
    viewer = looking(teacher_id, session=session, now=now)
    opened = open_class(session, viewer, class_id, PURPOSE, now=now)
    done = done_for([class_id], viewer.workspace_id, session=session, now=now)
    effects = class_effects(session, [class_id], list(done.actions.values()), now=now)
    counts: defaultdict[str, int] = defaultdict(int)
    for action in done.actions.values():
        counts[action.kind] += 1
    ratings = _ratings([one for one in done.rows if one.teacher_id == viewer.user_id])
    return WhatWorks(class_id, opened.title, effects, dict(counts), ratings)


@dataclass(frozen=True, slots=True)
class Done:
    """What was done for the students of some classes; `actions` by the intervention's id are those
    that reached a student."""

    rows: Sequence[Intervention]
    actions: Mapping[int, Action]


def done_for(
    class_ids: Collection[int], workspace_id: int, *, session: Session, now: datetime
) -> Done:
    """All help for whoever is or was in these classes, by any teacher and whatever the class."""
    theirs = select(Enrolment.student_id).where(Enrolment.class_id.in_(class_ids))
    query = select(Intervention).where(
        Intervention.workspace_id == workspace_id,
        Intervention.student_id.in_(theirs),
        Intervention.withdrawn_at.is_(None),
        Intervention.intervention_type.in_([kind.value for kind in HELP]),
    )
    rows = session.scalars(query.order_by(Intervention.created_at, Intervention.id)).all()
    return Done(rows, actions_of(rows, workspace_id, session=session, now=now))


def actions_of(
    rows: Sequence[Intervention], workspace_id: int, *, session: Session, now: datetime
) -> dict[int, Action]:
    """What the estimator is told, by the intervention's id, without what never was."""
    outcomes, skills = outcomes_of(session, rows, now), skills_of(rows, session=session)
    reached, zone = reached_at(session, rows, outcomes, now), zone_of(session, workspace_id)
    return {
        one.id: Action(
            one.student_id,
            one.intervention_type,
            local_day(reached[one.id], zone),
            tuple(sorted(skills.get(one.id, ()))),
            one.concern,
        )
        for one in rows
        if one.id in reached
    }


def skills_of(rows: Sequence[Intervention], *, session: Session) -> dict[int, list[int]]:
    """The skills concerned, by the intervention's id."""
    ids = [one.id for one in rows]
    query = select(InterventionSkill).where(InterventionSkill.intervention_id.in_(ids))
    found: defaultdict[int, list[int]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.intervention_id].append(row.skill_id)
    return found


def student_effects_of(
    rows: Sequence[Intervention], *, workspace_id: int, session: Session, now: datetime
) -> dict[int, StudentEffect]:
    """What followed some interventions, each beside its own class; by the intervention's id.

    Without a class, and of what never was, nothing can be said.
    """
    classes: defaultdict[int, list[int]] = defaultdict(list)
    for one in rows:
        if one.class_id is not None:
            classes[one.class_id].append(one.id)
    found: dict[int, StudentEffect] = {}
    for class_id, ids in classes.items():
        done = done_for([class_id], workspace_id, session=session, now=now)
        asked = {each: done.actions[each] for each in ids if each in done.actions}
        told = student_effects(
            session,
            list(asked.values()),
            class_id=class_id,
            actions=list(done.actions.values()),
            now=now,
        )
        found |= dict(zip(asked, told, strict=True))
    return found


def improved_in(
    class_id: int,
    intervention_ids: Collection[int],
    *,
    workspace_id: int,
    session: Session,
    now: datetime,
) -> Improved:
    """How many rose after these interventions of one class, beside how many would have without."""
    done = done_for([class_id], workspace_id, session=session, now=now)
    asked = [done.actions[each] for each in intervention_ids if each in done.actions]
    actions = list(done.actions.values())
    return improved_after(session, asked, class_id=class_id, actions=actions, now=now)


def _ratings(rows: Sequence[Intervention]) -> dict[str, OwnRatings]:
    given: defaultdict[str, list[int]] = defaultdict(list)
    for one in rows:
        if one.effectiveness_rating is not None:
            given[one.intervention_type].append(one.effectiveness_rating)
    return {kind: OwnRatings(len(values), fmean(values)) for kind, values in given.items()}
