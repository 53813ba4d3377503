"""Who asks: from a Slack account to a viewer, refusing everybody who is no teacher here."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.services import Services
from handlers.zones import remember_zone
from school.access import SlackStanding, Viewer, viewer_for_slack
from school.database import reading
from school.errors import NotAllowed
from school.models import User, Workspace

NO_WORKSPACE = (
    "I am not set up for this workspace yet. Ask the person who runs Homeroom to connect it."
)


@dataclass(frozen=True, slots=True)
class Asker:
    """A teacher or administrator who asks, at `now`."""

    viewer: Viewer
    user: User
    now: datetime


@contextmanager
def saving(ask: Ask, services: Services) -> Iterator[tuple[Session, Asker]]:
    """A transaction that writes, and who asks. Raises NotAllowed for everybody who may not.

    The user's row is locked, so that two clicks of one person are looked at one after the other.
    """
    workspace_id, standing = _at_the_door(ask, services)
    with services.session_factory.begin() as session:
        asker = _identify(ask, workspace_id, standing, session=session, now=services.now())
        # Its key stays free: the clock and the outbox save what names the user meanwhile.
        session.refresh(asker.user, with_for_update={"key_share": True})
        yield session, asker


@contextmanager
def looking(ask: Ask, services: Services) -> Iterator[tuple[Session, Asker]]:
    """The same for what only reads: it waits for nobody who writes."""
    workspace_id, standing = _at_the_door(ask, services)
    with services.session_factory() as session:
        reading(session)
        yield session, _identify(ask, workspace_id, standing, session=session, now=services.now())


@contextmanager
def opening(ask: Ask, services: Services) -> Iterator[tuple[Session, Asker]]:
    """The same for what opens records: it reads at length, then writes the audit rows at the end.

    Nobody who writes waits meanwhile. Where the rows cannot be written nothing is shown.
    """
    workspace_id, standing = _at_the_door(ask, services)
    with services.session_factory(autoflush=False) as session:
        reading(session)
        yield session, _identify(ask, workspace_id, standing, session=session, now=services.now())
        rows = list(session.new)
        session.expunge_all()
    with services.session_factory.begin() as session:
        session.add_all(rows)


def workspace_of(team_id: str, services: Services) -> int | None:
    """The workspace that belongs to a Slack team; where none is said, the only one there is.

    Slack itself always says it, a stand-in for Slack may not.
    """
    query = select(Workspace.id).limit(2)
    if team_id:
        query = query.where(Workspace.slack_team_id == team_id)
    with services.session_factory() as session:
        found = reading(session).scalars(query).all()
    return found[0] if len(found) == 1 else None


def _at_the_door(ask: Ask, services: Services) -> tuple[int, SlackStanding | None]:
    """The workspace, and what Slack says of the person: asked outside of any transaction."""
    workspace_id = workspace_of(ask.team_id, services)
    if workspace_id is None:
        raise NotAllowed(NO_WORKSPACE)
    if ask.home_team_id != ask.team_id:
        return workspace_id, SlackStanding(other_team=True)
    call = partial(services.gateway.call, workspace_id, "users.info", user=ask.user_id)
    limits = services.settings
    standing = services.standings.of(
        (workspace_id, ask.user_id),
        call,
        patience=limits.standing_wait,
        kept=limits.standing_kept,
        told=partial(remember_zone, services.session_factory, workspace_id, ask.user_id),
    )
    return workspace_id, standing


def _identify(
    ask: Ask,
    workspace_id: int,
    standing: SlackStanding | None,
    *,
    session: Session,
    now: datetime,
) -> Asker:
    viewer = viewer_for_slack(session, workspace_id, ask.user_id, standing, now=now)
    return Asker(viewer, session.get_one(User, viewer.user_id), now)
