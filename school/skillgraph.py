"""The graph of what has to be known first: prerequisites, what depends on them, and cycles.

Pure: edges in, answers out. An edge is (prerequisite, skill): the first comes before the second.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

_Node = TypeVar("_Node", bound=Hashable)


class CyclicGraph(ValueError):
    """Skills that wait for each other: `cycle` as `find_cycle` names it."""

    def __init__(self, cycle: list[int]) -> None:
        super().__init__("a graph of prerequisites goes round in a circle")
        self.cycle = cycle


@dataclass(frozen=True, slots=True)
class SkillGraph:
    """What comes directly before and after each skill, by skill id; one without has no entry."""

    prerequisites: Mapping[int, tuple[int, ...]]
    dependents: Mapping[int, tuple[int, ...]]

    @classmethod
    def of(cls, edges: Iterable[tuple[int, int]]) -> "SkillGraph":
        """The graph of these edges. Raises CyclicGraph where they go round in a circle."""
        edges = list(dict.fromkeys(edges))
        if cycle := find_cycle(edges):
            raise CyclicGraph(cycle)
        dependents = _neighbours(edges)
        return cls(_neighbours((skill, first) for first, skill in edges), dependents)

    def ancestors(self, skill: int) -> dict[int, int]:
        """Everything below a skill with its depth: the longest way down to it, 1 for its own.

        So a prerequisite of a prerequisite is always deeper than what it is needed for. The order
        is that of the depth.
        """
        waiting = self._uses_below(skill)
        depth: dict[int, int] = {skill: 0}
        ready = [skill]
        for one in ready:
            for first in self.prerequisites.get(one, ()):
                depth[first] = max(depth.get(first, 0), depth[one] + 1)
                waiting[first] -= 1
                if not waiting[first]:
                    ready.append(first)
        del depth[skill]
        return dict(sorted(depth.items(), key=lambda pair: pair[1]))

    def later(self, skill: int) -> frozenset[int]:
        """All skills that depend on a skill, directly or through others."""
        return frozenset(_reached(self.dependents, skill)) - {skill}

    def _uses_below(self, skill: int) -> dict[int, int]:
        """For everything below a skill: how many of it and of what is below it need it."""
        uses: dict[int, int] = defaultdict(int)
        for one in _reached(self.prerequisites, skill):
            for first in self.prerequisites.get(one, ()):
                uses[first] += 1
        return uses


def find_cycle(edges: Iterable[tuple[_Node, _Node]]) -> list[_Node] | None:
    """A cycle among edges (prerequisite, skill), or None where there is none.

    Each of it needs the next, and the last is the first again. The same edges in the same order
    name the same cycle.
    """
    needs = _neighbours((skill, first) for first, skill in edges)
    done: set[_Node] = set()
    for start in needs:
        if start not in done and (cycle := _cycle_from(start, needs, done)):
            return cycle
    return None


def _cycle_from(
    start: _Node, needs: Mapping[_Node, tuple[_Node, ...]], done: set[_Node]
) -> list[_Node] | None:
    """Go down from `start`, adding to `done` what leads to no cycle. No recursion: it may be deep.

    `way` leads from `start` to where we are, each with what is still to be looked at below it.
    """
    way: dict[_Node, Iterator[_Node]] = {start: iter(needs.get(start, ()))}
    while way:
        here = next(reversed(way))
        below = next((one for one in way[here] if one not in done), None)
        if below is None:
            done.add(here)
            way.popitem()
        elif below in way:
            walked = list(way)
            return [*walked[walked.index(below) :], below]
        else:
            way[below] = iter(needs.get(below, ()))
    return None


def _neighbours(edges: Iterable[tuple[_Node, _Node]]) -> dict[_Node, tuple[_Node, ...]]:
    """The second of each pair by the first, in the order in which they come."""
    found: dict[_Node, list[_Node]] = defaultdict(list)
    for one, other in edges:
        found[one].append(other)
    return {one: tuple(others) for one, others in found.items()}


def _reached(neighbours: Mapping[int, tuple[int, ...]], start: int) -> set[int]:
    """`start` and all that can be reached from it."""
    found, waiting = {start}, [start]
    while waiting:
        fresh = [one for one in neighbours.get(waiting.pop(), ()) if one not in found]
        found.update(fresh)
        waiting += fresh
    return found
