"""What is derived from the answers: sessions, daily progress, mastery (docs/metrics.md).

The derived tables are a pure function of the answers, the enrolments and the school's zone: in
whatever order files arrive, they end in the same rows.
"""

from school.progress.refresh import refresh_progress
from school.progress.stale import mark_all_stale, mark_classmates_stale

__all__ = ["mark_all_stale", "mark_classmates_stale", "refresh_progress"]
