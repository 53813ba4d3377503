"""`app.py import …`: a progress bar, then what was taken in and what was wrong."""

from pathlib import Path

import typer
from rich.console import Console

from bot.settings import Settings
from handlers.cli.opening import open_school, read_settings, utc_now
from handlers.cli.progress import showing_progress
from school.imports.outcome import ImportOutcome, Problem
from school.imports.practice import import_practice
from school.imports.roster import import_roster

SHOWN = 20
"""How many problems are listed; the rest is counted."""
