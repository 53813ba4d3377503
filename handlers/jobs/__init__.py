"""What the clock does of its own accord, each job by name (bot/clock)."""

from bot.clock import Job

JOBS: tuple[Job, ...] = ()
"""All of them. A new job is one module here and its line in this list."""
