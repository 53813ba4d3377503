"""What tests of the skills import share: the two files, and the graph as it is on record."""

from pathlib import Path

from sqlalchemy import select

from school.imports.outcome import ImportOutcome
from school.imports.skills import import_skills
from school.models import Skill, SkillPrerequisite
from tests.school.imports.practice import NOW, School

STANDARDS = ("skill_id,name,grade", "a,Counting,K", "b,Adding,1", "c,Taking away,1", "d,Times,2")
EDGES = ("prerequisite_id,skill_id", "a,b", "a,c", "b,d")


def take_skills(
    school: School,
    standards: tuple[str, ...] = STANDARDS,
    edges: tuple[str, ...] = EDGES,
    *,
    strict: bool = False,
) -> ImportOutcome:
    """Import two files of these lines, the headers first."""
    files = (school.folder / "standards.csv", school.folder / "prerequisites.csv")
    for file, lines in zip(files, (standards, edges), strict=True):
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return take_files(school, *files, strict=strict)


def take_files(
    school: School, standards: Path, prerequisites: Path, *, strict: bool = False
) -> ImportOutcome:
    """Import two files."""
    known = {"workspace_id": school.workspace_id, "now": NOW, "strict": strict}
    return import_skills(
        standards,
        prerequisites,
        session_factory=school.factory,
        **known,  # type: ignore[arg-type]  # the values are of several kinds
    )


def skills(school: School) -> dict[str, tuple[str, str | None]]:
    """Names and grades by id."""
    with school.factory() as session:
        query = select(Skill).where(Skill.workspace_id == school.workspace_id)
        return {one.source_id: (one.name, one.grade) for one in session.scalars(query)}


def edges(school: School) -> set[tuple[str, str]]:
    """Prerequisites with what they come before, by id."""
    with school.factory() as session:
        ids = {one.id: one.source_id for one in session.scalars(select(Skill))}
        query = select(SkillPrerequisite).where(
            SkillPrerequisite.workspace_id == school.workspace_id
        )
        return {(ids[one.prerequisite_id], ids[one.skill_id]) for one in session.scalars(query)}
