"""Imports run downwards, as the layout says, and nowhere else."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

ALLOWED: dict[str, set[str]] = {
    "school": set(),
    "analytics": {"school"},
    "interventions": {"analytics", "school"},
    "bot": {"school"},
    "handlers": {"interventions", "analytics", "bot", "school"},
    "sandbox": set(),
    "migrations": {"school"},
    "app": {"handlers", "interventions", "analytics", "bot", "school", "sandbox"},
}
"""What each part may import of ours. `tests` and `bench` may import everything."""

SLACK = {"slack_bolt", "slack_sdk"}
MAY_KNOW_SLACK = {"app", "handlers", "bot"}


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the product as (dotted name, file)."""
    yield "app", ROOT / "app.py"
    for part in sorted(ALLOWED.keys() - {"app"}):
        for file in sorted((ROOT / part).rglob("*.py")):
            dotted = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            yield dotted.removesuffix(".__init__"), file


def imported(file: Path) -> Iterator[tuple[str, list[str]]]:
    """The modules that a file imports, with the names taken from each."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, []
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name}: imports are absolute here"
            yield node.module or "", [alias.name for alias in node.names]


def test_each_part_imports_only_what_lies_below_it() -> None:
    wrong = [
        f"{name} imports {module}"
        for name, file in modules()
        for module, _ in imported(file)
        if (part := module.split(".")[0]) in ALLOWED
        and part != name.split(".")[0]
        and part not in ALLOWED[name.split(".")[0]]
    ]
    assert wrong == []


def test_only_handlers_bot_and_app_know_slack() -> None:
    wrong = [
        f"{name} imports {module}"
        for name, file in modules()
        for module, _ in imported(file)
        if module.split(".")[0] in SLACK and name.split(".")[0] not in MAY_KNOW_SLACK
    ]
    assert wrong == []


def test_only_the_demo_imports_the_sandbox() -> None:
    knowing = {
        name
        for name, file in modules()
        if name.split(".")[0] != "sandbox"
        and any(module.split(".")[0] == "sandbox" for module, _ in imported(file))
    }
    assert knowing <= {"app"}


def test_no_module_imports_itself_round_a_corner() -> None:
    known = {name for name, _ in modules()}
    graph = {
        name: {
            target
            for module, names in imported(file)
            for target in ({f"{module}.{one}" for one in names} & known or {module} & known)
            if target != name
        }
        for name, file in modules()
    }
    list(TopologicalSorter(graph).static_order())
