"""The graph of prerequisites: depth, what depends on a skill, cycles named in order."""

import csv
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school.skillgraph import CyclicGraph, SkillGraph, find_cycle

# 1 and 2 before 3, 3 before 4, 1 before 4 as well, 4 before 5; 6 before 7 apart.
EDGES = [(1, 3), (2, 3), (3, 4), (1, 4), (4, 5), (6, 7)]


def test_direct_neighbours_are_known_both_ways() -> None:
    graph = SkillGraph.of([*EDGES, (1, 3)])
    assert graph.prerequisites == {3: (1, 2), 4: (3, 1), 5: (4,), 7: (6,)}
    assert graph.dependents == {1: (3, 4), 2: (3,), 3: (4,), 4: (5,), 6: (7,)}


def test_depth_is_the_longest_way_down() -> None:
    graph = SkillGraph.of(EDGES)
    assert graph.ancestors(5) == {4: 1, 3: 2, 1: 3, 2: 3}
    assert list(graph.ancestors(5).values()) == [1, 2, 3, 3]
    assert graph.ancestors(1) == graph.ancestors(99) == {}


def test_later_skills_are_all_that_depend_on_one() -> None:
    graph = SkillGraph.of(EDGES)
    assert graph.later(1) == {3, 4, 5}
    assert graph.later(6) == {7}
    assert graph.later(5) == graph.later(99) == frozenset()


def test_a_cycle_is_named_in_the_order_of_need() -> None:
    # c needs b, b needs a, a needs c.
    assert find_cycle([("x", "y"), ("a", "b"), ("b", "c"), ("c", "a")]) == ["b", "a", "c", "b"]
    assert find_cycle([("a", "a")]) == ["a", "a"]
    assert find_cycle(EDGES) is None
    assert find_cycle([]) is None


def test_a_graph_with_a_cycle_is_refused_with_it() -> None:
    with pytest.raises(CyclicGraph) as refused:
        SkillGraph.of([*EDGES, (5, 1)])
    assert refused.value.cycle == [3, 1, 5, 4, 3]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14))
def test_a_cycle_is_found_exactly_where_there_is_one(edges: list[tuple[int, int]]) -> None:
    # By repeatedly taking away what nothing comes before: only cycles and what follows them stay.
    left = set(edges)
    while free := {edge for edge in left if edge[0] not in {skill for _, skill in left}}:
        left -= free
    cycle = find_cycle(edges)
    assert bool(cycle) == bool(left)
    if cycle:
        assert cycle[0] == cycle[-1]
        assert all((first, skill) in edges for skill, first in pairwise(cycle))
        assert len(set(cycle)) == len(cycle) - 1


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_depths_and_later_skills_agree_with_a_plain_recursion(pairs: list[tuple[int, int]]) -> None:
    edges = [(low, high) for low, high in map(sorted, pairs) if low != high]
    graph = SkillGraph.of(edges)

    def longest(skill: int) -> dict[int, int]:
        found: dict[int, int] = {}
        for first in (one for one, other in edges if other == skill):
            for below, depth in [(first, 0), *longest(first).items()]:
                found[below] = max(found.get(below, 0), depth + 1)
        return found

    for skill in range(10):
        assert graph.ancestors(skill) == longest(skill)
        assert graph.later(skill) == {one for one in range(10) if skill in longest(one)}


def test_deep_and_wide_graphs_need_no_recursion() -> None:
    count, chance = 5000, Random(1)
    chain = [(one, one + 1) for one in range(count)]
    more = [tuple(sorted(chance.sample(range(count), 2))) for _ in range(3 * count)]
    graph = SkillGraph.of([*chain, *((low, high) for low, high in more)])
    assert graph.ancestors(count)[0] == count
    assert len(graph.later(0)) == count
    cycle = find_cycle([*chain, (count, 0)])
    assert cycle is not None
    assert len(cycle) == count + 2


@pytest.mark.shared_data
def test_the_graph_of_the_standards_has_no_cycle_and_known_depths(shared_data: Path) -> None:
    with (shared_data / "skills" / "prerequisites.csv").open(encoding="utf-8") as source:
        edges = [(row["prerequisite_id"], row["skill_id"]) for row in csv.DictReader(source)]
    assert len(edges) == 388
    assert find_cycle(edges) is None
    numbers = {
        code: place for place, code in enumerate(sorted({one for both in edges for one in both}))
    }
    graph = SkillGraph.of((numbers[first], numbers[skill]) for first, skill in edges)
    below = graph.ancestors(numbers["1.OA.C.6"])
    assert numbers["K.OA.A.4"] in below
    assert all(
        below[first] > depth
        for skill, depth in below.items()
        for first in graph.prerequisites.get(skill, ())
    )
