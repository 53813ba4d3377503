"""What the tests of practice imports share: a workspace, files, and the derived tables as read."""

from datetime import UTC, datetime

from school.database import SessionFactory
from school.models import Workspace

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)


def make_workspace(factory: SessionFactory, zone: str = "America/New_York") -> int:
    """A new workspace's id."""
    with factory.begin() as session:
        workspace = Workspace(name=f"School in {zone}", timezone=zone, created_at=NOW)
        session.add(workspace)
        session.flush()  # for its id
        return workspace.id
