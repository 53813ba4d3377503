"""What comes before a skill, found by walking every way."""

from tests.independent.raw.mastery import WEAK, Standing

Needs = list[tuple[str, str]]
"""Prerequisite and skill."""


def ways_down(needs: Needs, skill: str) -> list[tuple[str, ...]]:
    """Every way from a skill down, itself first, however short."""
    found: list[tuple[str, ...]] = [(skill,)]
    for before in sorted({one for one, after in needs if after == skill}):
        found += [(skill, *way) for way in ways_down(needs, before)]
    return found


def depths(needs: Needs, skill: str) -> dict[str, int]:
    """What lies below a skill, by the longest way down to it."""
    found: dict[str, int] = {}
    for way in ways_down(needs, skill):
        if len(way) > 1:
            found[way[-1]] = max(found.get(way[-1], 0), len(way) - 1)
    return found


def later(needs: Needs, skill: str) -> set[str]:
    """What depends on a skill, directly or through others."""
    everything = {one for edge in needs for one in edge}
    return {one for one in everything if skill in depths(needs, one)}


def root_cause(needs: Needs, skill: str, own: dict[str, Standing]) -> str | None:
    """The deepest prerequisite that needs work too; then the lowest estimate, then the name."""
    below = depths(needs, skill)
    weak = [one for one in below if one in own and own[one].label == WEAK]
    return min(weak, key=lambda one: (-below[one], own[one].estimate, one), default=None)


def unmet(needs: Needs, skill: str, own: dict[str, Standing]) -> set[str]:
    """The prerequisites that need work, have too little practice, or none."""
    good = {one for one, standing in own.items() if standing.label in ("mastered", "in progress")}
    return set(depths(needs, skill)) - good
