"""What is to be delivered while processes die: messages, pictures, documents, cards."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from bot.outbox.expiry import FILE_EXPIRY
from bot.outbox.notices import notice_key
from school.cards import refresh_copies
from school.database import SessionFactory, reading
from school.deliveries import enqueue
from school.models import AuditEntry, CardCopy, Delivery, Lane, Medium, Timer, User, Workspace
from school.timers import set_timer
from tests.crash.builders import CARD, MAIL, RING, RUNG, shown

KINDS = ("words", "report", "audited", "pdf", "pack", MAIL, MAIL)
TIMER_WITHIN = 2.0
"""Seconds within which a timer is due."""
TEACHERS = range(1, 25)
CARDS = 2
WORKSPACE = 1


def lay_out_teachers(sessions: SessionFactory) -> None:
    """A workspace with its teachers."""
    now = datetime.now(UTC)
    with sessions.begin() as session:
        session.add(
            Workspace(id=WORKSPACE, name="school", timezone="Europe/London", created_at=now)
        )
        session.flush()  # the teachers refer to it
        for n in TEACHERS:
            user = User(workspace_id=WORKSPACE, email=f"t{n}@school.test", name=f"Teacher {n}")
            user.id, user.slack_user_id, user.created_at = n, f"U{n}", now
            session.add(user)


@dataclass
class Work:
    """Puts deliveries, and knows how many there are."""

    sessions: SessionFactory
    chance: random.Random
    versions: dict[int, int] = field(default_factory=dict)
    number: int = 0

    def put(self, count: int) -> None:
        """So many messages of all kinds to anybody, a change of one card, and a timer."""
        now = datetime.now(UTC)
        for _ in range(count):
            self._put_one(now)
        self._change_card(now)
        self._set_timer(now)

    def left(self) -> int:
        """How many are not finished, with the timers; deletions of files come in days."""
        query = select(func.count()).where(
            Delivery.finished_at.is_(None), Delivery.kind != FILE_EXPIRY
        )
        timers = select(func.count()).where(Timer.ended_at.is_(None))
        with self.sessions() as session:
            reading(session)
            return session.scalars(query).one() + session.scalars(timers).one()

    def all(self) -> list[Delivery]:
        """Every delivery but deletions of files."""
        with self.sessions() as session:
            return list(
                reading(session).scalars(select(Delivery).where(Delivery.kind != FILE_EXPIRY))
            )

    def cards(self) -> dict[tuple[str, str], str]:
        """What each copy of a card must show by now, by where it stands."""
        with self.sessions() as session:
            copies = session.scalars(select(CardCopy)).all()
        return {
            (str(copy.channel), str(copy.message_ts)): shown(self.versions[copy.subject_id])
            for copy in copies
        }

    def stuck(self) -> list[str]:
        """What is not finished, in words for the reader of a failed test."""
        rows = [row for row in self.all() if row.finished_at is None]
        return [f"{row.kind} {row.id} {row.state} {row.file_state} {row.error}" for row in rows]

    def wrong(self) -> list[str]:
        """Deliveries that ended otherwise than they should, and openings not written down once."""
        bad = [row for row in self.all() if not _ended_well(row)]
        said = [f"{row.kind} {row.id}: {row.state} {row.error}" for row in bad]
        audited = sum(row.kind in ("audited", "pdf", "pack") for row in self.all())
        with self.sessions() as session:
            opened = session.scalars(select(func.count()).select_from(AuditEntry)).one()
            timers = session.scalars(select(Timer)).all()
        rung = Counter(row.payload["timer"] for row in self.all() if row.kind == RUNG)
        said += [
            f"timer {each.id} rang {rung[each.id]} times" for each in timers if rung[each.id] != 1
        ]
        return said + ([f"{audited} openings, {opened} written down"] if audited != opened else [])

    def _put_one(self, now: datetime) -> None:
        self.number += 1
        kind, to = self.chance.choice(KINDS), self.chance.choice(TEACHERS)
        key = f"{kind} {self.number}"
        if kind in ("pdf", "pack"):
            self._enqueue("notice", notice_key(key), to, now)
        queue = f"files {to}" if kind in ("pdf", "pack") else None
        self._enqueue(kind, key, to, now, queue)

    def _enqueue(
        self, kind: str, key: str, to: int, now: datetime, queue: str | None = None
    ) -> None:
        lane = Lane.BACKGROUND if queue else self._any_lane()
        with self.sessions.begin() as session:
            enqueue(
                kind,
                {"say": key},
                session=session,
                workspace_id=WORKSPACE,
                unique_key=key,
                recipient_id=to,
                channel=None,
                now=now,
                lane=lane,
                queue=queue,
                medium=Medium.MAIL if kind == MAIL else Medium.SLACK,
            )

    def _set_timer(self, now: datetime) -> None:
        due = now + timedelta(seconds=self.chance.uniform(0, TIMER_WITHIN))
        with self.sessions.begin() as session:
            set_timer(
                RING.name,
                "somebody",
                str(now),
                session=session,
                workspace_id=WORKSPACE,
                due_at=due,
                now=now,
                user_id=self.chance.choice(TEACHERS),
            )

    def _any_lane(self) -> Lane:
        return self.chance.choice((Lane.INTERACTIVE, Lane.SCHEDULED))

    def _change_card(self, now: datetime) -> None:
        subject = self.chance.randint(1, CARDS)
        version = self.versions[subject] = self.versions.get(subject, 0) + 1
        users = (subject, subject + 1)
        with self.sessions.begin() as session:
            refresh_copies(
                CARD,
                subject,
                version,
                users,
                session=session,
                workspace_id=WORKSPACE,
                now=now,
                lane=self._any_lane(),
            )


def _ended_well(row: Delivery) -> bool:
    """A card's delivery may find that a later one has done its work."""
    return row.state == "sent" or (row.kind == CARD and row.state == "closed")
