"""What is committed names no machine, no person's folder and keeps the house's promises."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/")


def committed_texts() -> dict[str, str]:
    """Every committed text file by its path."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    texts: dict[str, str] = {}
    for name in filter(None, listed.split("\0")):
        data = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b"\0"
        if b"\0" not in data:
            texts[name] = data.decode("utf-8")
    return texts


def test_no_committed_file_names_a_path_of_a_machine() -> None:
    wrong = [
        f"{name}: {found.group()}"
        for name, text in committed_texts().items()
        for found in MACHINE_PATHS.finditer(text)
        if name != "tests/house/test_workplace.py"
    ]
    assert wrong == []


def test_no_broad_except_and_no_silent_one() -> None:
    broad = re.compile(r"except\s+(?:Base)?Exception\b(?!.*noqa: BLE001)|except\s*:")
    silent = re.compile(r"except[^\n]*:\n\s+pass\b")
    wrong = [
        name
        for name, text in committed_texts().items()
        if name.endswith(".py") and (broad.search(text) or silent.search(text))
    ]
    assert wrong == []


def test_every_folder_of_the_layout_is_there() -> None:
    for part in ("bot", "handlers", "analytics", "interventions", "templates", "school"):
        assert (ROOT / part).is_dir(), part
