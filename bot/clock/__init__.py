"""The clock: every process ticks, and the database decides which of them acts (docs/clock.md)."""

from bot.clock.clock import Clock
from bot.clock.daily import DailyJob, Turn
from bot.clock.job import Change, Job

__all__ = ["Change", "Clock", "DailyJob", "Job", "Turn"]
