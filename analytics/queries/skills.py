"""The skills of a workspace and which come before which."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from analytics.prerequisites import Skills
from school.models import Skill, SkillPrerequisite
from school.skillgraph import SkillGraph

_SKILLS = (
    select(Skill.id, Skill.name, SkillPrerequisite.prerequisite_id)
    .outerjoin(SkillPrerequisite, SkillPrerequisite.skill_id == Skill.id)
    .where(Skill.workspace_id == bindparam("workspace"))
)


def skill_graph(session: Session, workspace_id: int) -> Skills:
    """All skills of the workspace with their direct prerequisites, by one query."""
    names: dict[int, str] = {}
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for skill, name, earlier in session.execute(_SKILLS, {"workspace": workspace_id}):
        names[skill] = name
        if earlier is not None:
            before.setdefault(skill, []).append(earlier)
            after.setdefault(earlier, []).append(skill)
    # Not looked through for cycles each time: the import refuses them.
    return Skills(names, SkillGraph(_fixed(before), _fixed(after)))


def _fixed(neighbours: dict[int, list[int]]) -> dict[int, tuple[int, ...]]:
    return {skill: tuple(found) for skill, found in neighbours.items()}
