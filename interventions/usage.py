"""How Homeroom is used in a workspace, for its administrators: of all teachers together.

There is no figure of one teacher here, and none by which teachers could be ranked. Who teaches an
active class today, and is not switched off, is counted as a teacher.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from analytics.effects import Improved
from interventions.effectiveness import HELP, improved_in
from interventions.opening import looking
from school.access import Viewer, teachers_of
from school.errors import NotAllowed
from school.models import Alert, AuditEntry, Intervention, Role, TeacherMessage

FOR_ADMINISTRATORS = "How Homeroom is used is shown to its administrators alone."
VIEWED = ("report", "comparison", "trend")
"""Purposes in the audit log with which reports are opened (handlers/deliveries)."""
EXPORTED = ("export",)
"""The purpose with which files are made."""
WEEK, MONTH = timedelta(days=7), timedelta(days=30)
WEEKS = 4
"""So many weeks what was done is counted over."""
JUDGED_OVER = timedelta(days=120)
"""So long ago what was done counts among what improved: it takes weeks until that is known."""
PRAISE = "praise"
"""The kind of alert that waits for no help."""
FLOOR = 5
"""Fewer alerts are too few for a typical time."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """A fraction of 1; None of nothing."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class FirstAction:
    """How long alerts waited for the first thing done about them: `acted` of `alerts` had one.

    `hours` is the median, those that wait still being the longest; None where there are fewer than
    `FLOOR` alerts, or where at least half of them wait still.
    """

    alerts: int
    acted: int
    hours: float | None


@dataclass(frozen=True, slots=True)
class Usage:
    """How Homeroom is used: in the last 7 days (`viewing`), 4 weeks (`done`) or 30 days.

    `first_month` is None until the first month with alerts is over and another one has begun.
    `improved` is None until it has been asked for, class by class.
    """

    teachers: int
    viewing: Share
    done: int
    first_action: FirstAction
    first_month: FirstAction | None
    templates: Share
    using_templates: Share
    exporting: Share
    improved: Improved | None = None

    @property
    def done_a_week(self) -> float | None:
        """Interventions per teacher and week; None without teachers."""
        return self.done / self.teachers / WEEKS if self.teachers else None

    @property
    def sooner(self) -> float | None:
        """By what part of the first month's time alerts wait less now; None where unknown."""
        before = self.first_month.hours if self.first_month else None
        now = self.first_action.hours
        return None if not before or now is None else 1 - now / before


def usage_of(administrator_id: int, *, session: Session, now: datetime) -> Usage:
    """How a workspace uses Homeroom, all but what improved. Raises NotAllowed for who is no
    administrator of it.

    No record of a student or class is opened by it, so nothing is audited.
    """
    asked = _asked(administrator_id, session, now)
    total, written_from, writers = asked.messages()
    return Usage(
        teachers=len(asked.teachers),
        viewing=asked.share(asked.opened(VIEWED, WEEK)),
        done=asked.done(),
        first_action=asked.first_action(now - MONTH, now),
        first_month=asked.first_month(),
        templates=Share(written_from, total),
        using_templates=asked.share(writers),
        exporting=asked.share(asked.opened(EXPORTED, MONTH)),
    )


def judged_classes(administrator_id: int, *, session: Session, now: datetime) -> tuple[int, ...]:
    """The classes in which there was help of which it may be known by now what followed.

    Raises NotAllowed for who is no administrator.
    """
    asked = _asked(administrator_id, session, now)
    query = select(Intervention.class_id).where(*asked.judged()).distinct()
    return tuple(sorted(one for one in session.scalars(query) if one is not None))


def improved_of(
    administrator_id: int, class_ids: Collection[int], *, session: Session, now: datetime
) -> Improved:
    """How many rose after help by the teachers in these classes, beside how many would have without
    it. It takes about 50 ms a class. Raises NotAllowed for who is no administrator.
    """
    asked = _asked(administrator_id, session, now)
    return sum((asked.improved(one) for one in class_ids), Improved(0, 0, 0.0))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked, and of whom: `teachers` are the ids of the workspace's."""

    viewer: Viewer
    teachers: frozenset[int]
    session: Session
    now: datetime

    def share(self, who: Collection[int]) -> Share:
        return Share(len(self.teachers & set(who)), len(self.teachers))

    def opened(self, purposes: Sequence[str], within: timedelta) -> set[int]:
        """Whoever opened a record with such a purpose."""
        query = select(AuditEntry.user_id).where(
            AuditEntry.workspace_id == self.viewer.workspace_id,
            AuditEntry.happened_at > self.now - within,
            AuditEntry.purpose.in_(purposes),
        )
        return set(self.session.scalars(query.distinct()))

    def done(self) -> int:
        """Interventions of the teachers, each student's counted, without what was withdrawn."""
        query = select(func.count(Intervention.id)).where(
            Intervention.workspace_id == self.viewer.workspace_id,
            Intervention.teacher_id.in_(self.teachers),
            Intervention.created_at > self.now - WEEKS * WEEK,
            Intervention.withdrawn_at.is_(None),
        )
        return self.session.scalar(query) or 0

    def messages(self) -> tuple[int, int, set[int]]:
        """Messages of the last month, those that came from a template, and whose those are."""
        query = (
            select(TeacherMessage.teacher_id, TeacherMessage.template_id)
            .outerjoin(Intervention, Intervention.id == TeacherMessage.intervention_id)
            .where(
                TeacherMessage.workspace_id == self.viewer.workspace_id,
                TeacherMessage.teacher_id.in_(self.teachers),
                TeacherMessage.sent_at > self.now - MONTH,
                Intervention.withdrawn_at.is_(None),
            )
        )
        rows = self.session.execute(query).all()
        from_templates = [teacher for teacher, template in rows if template is not None]
        return len(rows), len(from_templates), set(from_templates)

    def first_month(self) -> FirstAction | None:
        query = select(func.min(Alert.raised_at)).where(
            Alert.workspace_id == self.viewer.workspace_id, Alert.kind != PRAISE
        )
        first = self.session.scalar(query)
        if first is None or first + MONTH > self.now - MONTH:
            return None
        return self.first_action(first, first + MONTH)

    def first_action(self, start: datetime, end: datetime) -> FirstAction:
        """Of alerts raised in these days; one that closed before anybody acted asks no more."""
        acted = (
            select(func.min(Intervention.created_at))
            .where(Intervention.alert_id == Alert.id, Intervention.withdrawn_at.is_(None))
            .scalar_subquery()
        )
        query = select(Alert.raised_at, acted, Alert.closed_at).where(
            Alert.workspace_id == self.viewer.workspace_id,
            Alert.kind != PRAISE,
            Alert.raised_at >= start,
            Alert.raised_at <= end,
        )
        found = self.session.execute(query)
        rows = [(raised, at) for raised, at, closed in found if at is not None or closed is None]
        waits = [(at - raised).total_seconds() / 3600 for raised, at in rows if at is not None]
        return FirstAction(len(rows), len(waits), _typical(waits, len(rows)))

    def judged(self) -> tuple[ColumnElement[bool], ...]:
        """Help, by whomever, of which it may be known by now what followed."""
        return (
            Intervention.workspace_id == self.viewer.workspace_id,
            Intervention.created_at > self.now - JUDGED_OVER,
            Intervention.withdrawn_at.is_(None),
            Intervention.intervention_type.in_([kind.value for kind in HELP]),
        )

    def improved(self, class_id: int) -> Improved:
        who = select(Intervention.id, Intervention.teacher_id)
        query = who.where(*self.judged(), Intervention.class_id == class_id)
        rows = self.session.execute(query.order_by(Intervention.id)).all()
        return improved_in(
            class_id,
            [number for number, teacher in rows if teacher in self.teachers],
            workspace_id=self.viewer.workspace_id,
            session=self.session,
            now=self.now,
        )


def _asked(administrator_id: int, session: Session, now: datetime) -> _Asked:
    viewer = looking(administrator_id, session=session, now=now)
    if viewer.role is not Role.ADMINISTRATOR:
        raise NotAllowed(FOR_ADMINISTRATORS)
    return _Asked(viewer, frozenset(teachers_of(session, viewer)), session, now)


def _typical(waits: Sequence[float], alerts: int) -> float | None:
    """The median in hours, those that wait still being longer than any other."""
    if alerts < FLOOR or 2 * len(waits) <= alerts:
        return None
    still = [float("inf")] * (alerts - len(waits))
    return median([*waits, *still])
