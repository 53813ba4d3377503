"""What stands in forms that are open."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import Base, UserRef, WorkspaceKey


class KeptForm(Base):
    """What stood in a form when its sender was shown how it will read, to be sent as it is.

    `draft` is the form's own id; `content` the fields with what was put into them, as Slack sent
    them. Kept for a day.
    """

    __tablename__ = "kept_forms"
    __table_args__ = (Index("ix_kept_forms_when", "workspace_id", "kept_at"),)

    workspace_id: Mapped[WorkspaceKey]
    draft: Mapped[str] = mapped_column(String(100), primary_key=True)
    user_id: Mapped[UserRef]
    content: Mapped[dict[str, Any]]
    kept_at: Mapped[datetime]
