"""The workspace that imports fill, and its binding to Slack's team at the first connection."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from school.errors import InvalidInput, NotAllowed
from school.models import Workspace
from school.progress.stale import mark_all_stale

DEFAULT_NAME = "School"
"""What a workspace is called until somebody names it."""


def ensure_workspace(
    session: Session, *, zone: ZoneInfo | str, now: datetime, name: str | None = None
) -> Workspace:
    """The workspace called `name`, or the only one there is; made in `zone` where there is none.

    In another zone than before all progress is marked to be made again. Raises InvalidInput (field
    `workspace`) when there are several and none is named, or none of those there are bears `name`.
    """
    found = _named(session, name) if name else _only(session)
    if found is None:
        return _create(session, name or DEFAULT_NAME, str(zone), now)
    if found.timezone != str(zone):
        # The days of all practice are those of the zone: they are to be counted anew.
        found.timezone = str(zone)
        mark_all_stale(session, found.id)
    return found


def _named(session: Session, name: str) -> Workspace | None:
    found = session.scalar(select(Workspace).where(Workspace.name == name))
    others = _all_of_them(session)
    if found is None and others:
        # Made from a slip of the pen, it would be there beside the school's own for good.
        names = ", ".join(one.name for one in others)
        raise InvalidInput("workspace", f"There is no workspace called {name}. There is: {names}.")
    return found


def _only(session: Session) -> Workspace | None:
    all_of_them = _all_of_them(session)
    if len(all_of_them) > 1:
        names = ", ".join(one.name for one in all_of_them)
        raise InvalidInput(
            "workspace", f"There are several workspaces; name one with --workspace: {names}."
        )
    return all_of_them[0] if all_of_them else None


def _all_of_them(session: Session) -> Sequence[Workspace]:
    return session.scalars(select(Workspace).order_by(Workspace.name)).all()


def _create(session: Session, name: str, zone: str, now: datetime) -> Workspace:
    workspace = Workspace(name=name, timezone=zone, created_at=now)
    try:
        with session.begin_nested():
            session.add(workspace)
    except IntegrityError:
        # Another process made it a moment ago: that one is as good.
        return session.scalars(select(Workspace).where(Workspace.name == name)).one()
    return workspace


def bind_team(session: Session, workspace_id: int, team_id: str) -> Workspace:
    """Bind a workspace to Slack's team, once; the same team again changes nothing.

    Raises NotAllowed when it, or the team, is already bound otherwise.
    """
    workspace = session.get_one(Workspace, workspace_id)
    if workspace.slack_team_id not in (None, team_id):
        raise NotAllowed(
            f"The workspace {workspace.name} belongs to the Slack team {workspace.slack_team_id}, "
            f"but the token is of {team_id}. Use that team's token or another database."
        )
    other = session.scalar(select(Workspace).where(Workspace.slack_team_id == team_id))
    if other is not None and other.id != workspace_id:
        raise NotAllowed(f"The Slack team {team_id} already belongs to {other.name}.")
    workspace.slack_team_id = team_id
    return workspace
