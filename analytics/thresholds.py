"""From how much on something is judged, compared or named (docs/metrics.md says why)."""

JUDGED_QUESTIONS = 10
"""Questions below which an accuracy is not judged or compared."""
JUDGED_STUDENTS = 2
"""Judged students below which a class is not judged."""
COMPARED_STUDENTS = 5
"""Judged students below which nobody is placed among the others."""
ROUGH_QUESTIONS = 30
"""Questions below which a percentile is only rough."""

TOP_MOST = 5
"""How many top performers are named at most."""
SHARED_BY = 2
"""Students who must share a need before a class's sentence names it."""
