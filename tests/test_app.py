"""The command line as a whole: thin at the top, clear in words."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.running import ROOT, run_app

HEAVY = (
    "typer",
    "fastapi",
    "slack_sdk",
    "sqlalchemy",
    "numpy",
    "matplotlib",
    "handlers",
    "sandbox",
)


def test_a_process_that_imports_the_app_again_loads_nothing_of_it() -> None:
    words = f"import sys, app; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_help_lists_what_can_be_done(tmp_path: Path) -> None:
    done = run_app("--help", folder=tmp_path)
    assert done.returncode == 0
    for word in ("demo", "serve", "check", "link", "import"):
        assert word in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"]),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"]),
        ({"SLACK_APP_TOKEN": "xapp-1"}, ["SLACK_BOT_TOKEN"]),
    ],
)
def test_serve_without_tokens_says_in_one_line_what_is_missing(
    tmp_path: Path, given: dict[str, str], missing: list[str]
) -> None:
    done = run_app("serve", folder=tmp_path, variables=given)
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert all(name in line for name in missing)
    assert "https://api.slack.com/apps" in line
    assert "demo" in line


def test_a_broken_setting_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-hush\nPORT=many\n")
    done = run_app("serve", folder=tmp_path)
    [line] = done.stderr.splitlines()
    assert "PORT" in line
    assert "hush" not in line


def test_an_unknown_command_is_refused(tmp_path: Path) -> None:
    done = run_app("dance", folder=tmp_path)
    assert done.returncode == 2
    assert "dance" in done.stderr
