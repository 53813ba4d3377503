"""What the clock does of its own accord, each job by name (bot/clock)."""

from bot.clock import Job
from handlers.jobs.assignments import ASSIGNMENT_JOBS
from handlers.jobs.digest import DIGEST_JOBS
from handlers.jobs.housekeeping import HOUSEKEEPING_JOBS
from handlers.jobs.meetings import MEETING_JOBS

JOBS: tuple[Job, ...] = (*HOUSEKEEPING_JOBS, *MEETING_JOBS, *ASSIGNMENT_JOBS, *DIGEST_JOBS)
"""All of them. A new job is one module here and its line in this list."""
