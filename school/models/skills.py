"""Skills and the graph of what has to be known first."""

from sqlalchemy import ForeignKey, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from school.models.base import Base, Code, Key, WorkspaceRef


class Skill(Base):
    """A skill (a knowledge component). Without an id of its own its name is its `source_id`.

    `is_listed`: a skills file names it, so that practice which says its name alone means it.
    """

    __tablename__ = "skills"
    __table_args__ = (UniqueConstraint("workspace_id", "source_id"),)

    id: Mapped[Key]
    workspace_id: Mapped[WorkspaceRef]
    source_id: Mapped[Code]
    name: Mapped[str] = mapped_column(String(1000))
    grade: Mapped[str | None] = mapped_column(String(50))
    is_listed: Mapped[bool] = mapped_column(default=False, server_default=text("FALSE"))


class SkillPrerequisite(Base):
    """An edge of the graph: `prerequisite_id` comes before `skill_id`."""

    __tablename__ = "skill_prerequisites"

    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), primary_key=True)
    prerequisite_id: Mapped[int] = mapped_column(
        ForeignKey("skills.id"), primary_key=True, index=True
    )
    workspace_id: Mapped[WorkspaceRef]
