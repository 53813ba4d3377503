"""The house stays light: no function and no file grows beyond what can be read at once."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

LONGEST_FUNCTION, LONGEST_FILE = 40, 300
ROOT = Path(__file__).parents[2]


def sources() -> Iterator[Path]:
    """Every committed Python file but migrations, which are lists of columns and written once."""
    listed = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.split():
        if not name.startswith("migrations/versions/") and (ROOT / name).exists():
            yield ROOT / name


def functions(text: str) -> Iterator[tuple[str, int]]:
    """Each function of a file, and its lines, those of signature and docstring included."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_over_40_lines_and_no_file_over_300() -> None:
    long = []
    for path in sources():
        name, text = str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        if len(text.splitlines()) > LONGEST_FILE:
            long.append(name)
        long += [f"{name}: {one}" for one, lines in functions(text) if lines > LONGEST_FUNCTION]
    assert long == []
