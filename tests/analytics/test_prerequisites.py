"""Root causes and what a class should focus on, against slow recomputations."""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from analytics.prerequisites import Skills, focus_skills, root_cause, root_causes, unmet
from analytics.queries.skills import skill_graph
from analytics.reports.data import FocusSkill, RootCause
from school.mastery import Mastery
from school.skillgraph import SkillGraph
from tests.analytics.school import SmallSchool

Edges = Iterable[tuple[str, str]]


class At(NamedTuple):
    """A label and the estimate behind it."""

    label: str
    estimate: float = 0.5


WEAK, LITTLE = At(Mastery.NEEDS_WORK), At(Mastery.TOO_LITTLE)
DONE, GOING = At(Mastery.MASTERED, 0.9), At(Mastery.IN_PROGRESS, 0.7)
LADDER = [
    ("Counting", "Addition"),
    ("Addition", "Multiplication"),
    ("Multiplication", "Fractions"),
    ("Shapes", "Fractions"),
    ("Fractions", "Ratio"),
    ("Counting", "Ratio"),
]


def number(name: str) -> int:
    """A skill's id: its letters as a number."""
    return int.from_bytes(name.encode()[:4])


def skills(edges: Edges = LADDER) -> Skills:
    """The skills of these edges (what comes before, what after)."""
    edges = list(edges)
    names = {number(name): name for edge in edges for name in edge}
    return Skills(names, SkillGraph.of([(number(a), number(b)) for a, b in edges]))


def own(**states: At) -> dict[int, At]:
    """A student's standings by the skills' names."""
    return {number(name): state for name, state in states.items()}


def test_the_root_cause_is_the_deepest_prerequisite_that_needs_work() -> None:
    states = own(Ratio=WEAK, Fractions=WEAK, Multiplication=DONE, Addition=WEAK, Counting=GOING)
    assert root_cause(states, number("Ratio"), skills()) == RootCause(
        number("Ratio"),
        "Ratio",
        number("Addition"),
        "Addition",
        ("Ratio", "Fractions", "Multiplication", "Addition"),
        ("Addition", "Fractions", "Shapes"),
    )


def test_the_longest_way_down_counts_so_that_what_comes_first_is_the_root() -> None:
    # Counting comes directly before Ratio too, but also before all the others.
    states = own(Ratio=WEAK, Fractions=WEAK, Addition=WEAK, Counting=WEAK)
    found = root_cause(states, number("Ratio"), skills())
    assert found is not None
    assert found.path == ("Ratio", "Fractions", "Multiplication", "Addition", "Counting")


@pytest.mark.parametrize("below", [LITTLE, GOING, DONE])
def test_nothing_below_that_needs_work_is_no_root_cause(below: At) -> None:
    assert root_cause(own(Ratio=WEAK, Counting=below), number("Ratio"), skills()) is None


def test_unmet_is_what_needs_work_or_has_too_little_practice_or_none() -> None:
    states = own(Addition=LITTLE, Multiplication=WEAK, Counting=DONE)
    found = [skills().name(one) for one in unmet(states, number("Fractions"), skills())]
    assert found == ["Multiplication", "Addition", "Shapes"]


def test_of_equally_deep_ones_the_lowest_estimate_is_the_root_then_the_name() -> None:
    edges = [(name, "Ratio") for name in ("Bars", "Arrays", "Coins")]
    states = own(Ratio=WEAK, Bars=WEAK, Arrays=WEAK, Coins=At(Mastery.NEEDS_WORK, 0.4))
    found = root_cause(states, number("Ratio"), skills(edges))
    assert found is not None and found.cause == "Coins"
    found = root_cause(states | own(Coins=DONE), number("Ratio"), skills(edges))
    assert found is not None and found.cause == "Arrays"


def test_each_skill_that_needs_work_has_its_root_cause_the_weakest_first() -> None:
    states = own(Ratio=WEAK, Fractions=At(Mastery.NEEDS_WORK, 0.3), Addition=WEAK)
    found = root_causes(states, skills())
    assert [(one.skill, one.cause) for one in found] == [
        ("Fractions", "Addition"),
        ("Ratio", "Addition"),
    ]


def test_a_skill_that_no_graph_knows_has_neither_root_cause_nor_later_skills() -> None:
    bare = Skills({1: "Fractions"}, SkillGraph.of([]))
    assert root_causes({1: WEAK}, bare) == ()
    assert unmet({1: WEAK}, 1, bare) == ()
    (focus,) = focus_skills({7: {1: WEAK}}, bare, {7: "Maya"})
    assert (focus.students, focus.opens, focus.score) == (1, 0, 1)


def test_focus_weighs_who_needs_it_with_what_waits_on_it() -> None:
    everyone = {
        1: own(Ratio=WEAK, Counting=WEAK),
        2: own(Ratio=WEAK, Fractions=WEAK),
        3: own(Ratio=WEAK, Addition=DONE, Shapes=LITTLE),
        4: own(Ratio=WEAK),
    }
    names = {1: "Leo", 2: "Ana", 3: "Maya"}
    assert focus_skills(everyone, skills(), names) == (
        FocusSkill(number("Counting"), "Counting", 1, 4, 5, (1,), ("Leo",)),
        FocusSkill(number("Ratio"), "Ratio", 3, 0, 3, (2, 1, 3), ("Ana", "Leo", "Maya")),
        FocusSkill(number("Fractions"), "Fractions", 1, 1, 2, (2,), ("Ana",)),
    )


def test_equal_scores_are_in_the_order_of_their_names() -> None:
    everyone = {1: own(Zeros=WEAK, Angles=WEAK, Money=WEAK)}
    edges = [("Zeros", "Ratio"), ("Angles", "Ratio"), ("Money", "Ratio")]
    found = focus_skills(everyone, skills(edges), {1: "Leo"})
    assert [one.skill for one in found] == ["Angles", "Money", "Zeros"]


@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=16),
    st.lists(st.sampled_from([WEAK, LITTLE, DONE, GOING, None]), min_size=8, max_size=8),
)
def test_any_graph_agrees_with_walking_every_way(
    pairs: list[tuple[int, int]], states: list[At | None]
) -> None:
    edges = [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]
    known = Skills({one: f"S{one}" for one in range(8)}, SkillGraph.of(edges))
    standing = {one: state for one, state in enumerate(states) if state}
    for skill in range(8):
        ways = _ways(skill, edges)
        weak = [way for way in ways if standing.get(way[-1]) == WEAK]
        found = root_cause(standing, skill, known)
        if not weak:
            assert found is None
            continue
        deepest = max(len(way) for way in weak)
        assert found is not None and found.path in [
            tuple(f"S{one}" for one in way) for way in weak if len(way) == deepest
        ]
        assert found.cause == min(f"S{way[-1]}" for way in weak if len(way) == deepest)
        assert set(unmet(standing, skill, known)) == {
            way[-1] for way in ways if standing.get(way[-1]) in (None, WEAK, LITTLE)
        }


def _ways(skill: int, edges: list[tuple[int, int]]) -> list[list[int]]:
    """All ways down from a skill, one by one."""
    found = []
    for earlier, later in edges:
        if later == skill:
            found += [[skill, earlier], *([skill, *way] for way in _ways(earlier, edges))]
    return found


@pytest.mark.shared_data
def test_the_standards_of_eight_grades_agree_with_a_plain_recursion(shared_data: Path) -> None:
    names, edges = _standards(shared_data)
    ids = {code: place for place, code in enumerate(names, 1)}
    known = Skills(
        {ids[code]: name for code, name in names.items()},
        SkillGraph.of([(ids[a], ids[b]) for a, b in edges]),
    )
    before: dict[str, list[str]] = {}
    for earlier, later in edges:
        before.setdefault(later, []).append(earlier)

    @cache
    def depth(code: str, below: str) -> int:
        """The longest way from one down to the other; 0 where there is none."""
        steps = [
            1 + depth(one, below)
            for one in before.get(code, ())
            if one == below or depth(one, below)
        ]
        return max(steps, default=0)

    everyone = {7: dict.fromkeys(ids.values(), WEAK)}
    for code in names:
        expected = {ids[one]: depth(code, one) for one in names if depth(code, one)}
        assert known.depths(ids[code]) == expected
        found = root_cause(everyone[7], ids[code], known)
        assert (found and depth(code, _code(names, found.cause))) == (
            max(expected.values()) if expected else None
        )
    focus = {one.skill_id: one.opens for one in focus_skills(everyone, known, {7: "Leo"})}
    for code in names:
        assert focus[ids[code]] == sum(depth(other, code) > 0 for other in names)


def _standards(shared_data: Path) -> tuple[dict[str, str], list[tuple[str, str]]]:
    with (shared_data / "skills" / "standards.csv").open(encoding="utf-8", newline="") as file:
        names = {
            row["skill_id"]: f"{row['skill_id']} {row['name']}" for row in csv.DictReader(file)
        }
    with (shared_data / "skills" / "prerequisites.csv").open(encoding="utf-8") as file:
        edges = [(row["prerequisite_id"], row["skill_id"]) for row in csv.DictReader(file)]
    return names, edges


def _code(names: Mapping[str, str], name: str) -> str:
    return next(code for code, whole in names.items() if whole == name)


def test_the_graph_is_that_of_the_workspace_alone(session: Session, school: SmallSchool) -> None:
    fractions, ratio, alone = map(school.a_skill, ("Fractions", "Ratio", "Money"))
    school.comes_before(fractions, ratio)
    other = SmallSchool(session, zone="Asia/Tokyo")
    other.comes_before(other.a_skill("Kana"), other.a_skill("Kanji"))
    found = skill_graph(session, school.workspace.id)
    assert found.names == {fractions: "Fractions", ratio: "Ratio", alone: "Money"}
    assert found.graph == SkillGraph.of([(fractions, ratio)])
