"""Skill reports of any size with any names, as hypothesis makes them."""

from hypothesis import strategies as st

from analytics.reports.data import Prerequisite, SkillReport, SkillStudent, Survival
from school.mastery import Mastery
from tests.handlers.views.reports import (
    COUNTS,
    COVERAGES,
    DAYS,
    FOCUS,
    INTERVALS,
    NAMES,
    POINTS,
    RANGES,
    SHARES,
    several,
)

LABELS = st.sampled_from([each.value for each in Mastery])
SKILL_STUDENTS = st.builds(
    SkillStudent,
    student_id=COUNTS,
    student=NAMES,
    accuracy=SHARES,
    questions=COUNTS,
    interval=INTERVALS,
    mastery=LABELS,
    estimate=SHARES,
    total_questions=COUNTS,
    last_practised=DAYS,
    root_cause=st.none() | NAMES,
    recent_accuracy=SHARES,
    recent_questions=COUNTS,
    reason=st.none() | NAMES,
)
PREREQUISITES = st.builds(
    Prerequisite,
    skill_id=COUNTS,
    skill=NAMES,
    depth=st.integers(1, 20),
    needs_work=COUNTS,
    too_little=COUNTS,
    mastered=COUNTS,
    in_progress=COUNTS,
)
SURVIVALS = st.builds(
    Survival,
    started=COUNTS,
    mastered=COUNTS,
    median_questions=st.none() | st.floats(1, 900),
    median_days=st.none() | st.floats(1, 900),
)
SKILL_REPORTS = st.builds(
    SkillReport,
    class_id=COUNTS,
    class_title=NAMES,
    skill_id=COUNTS,
    skill=NAMES,
    range=RANGES,
    timezone=st.just("America/New_York"),
    coverage=COVERAGES,
    students=several(SKILL_STUDENTS, 300),
    distribution=st.just(tuple((each.value, 7) for each in Mastery)),
    accuracy=SHARES,
    interval=INTERVALS,
    judged=COUNTS,
    pooled=SHARES,
    questions=COUNTS,
    survival=SURVIVALS,
    struggling=several(SKILL_STUDENTS, 300),
    prerequisites=several(PREREQUISITES, 120),
    root_causes=several(st.tuples(NAMES, COUNTS), 30),
    later=several(NAMES, 120),
    focus=several(FOCUS, 5),
    trends=several(POINTS, 30),
    trends_by=st.sampled_from(["week", "month"]),
    finding=NAMES,
    replaying=st.booleans(),
    not_practised=st.integers(0, 3),
    left_since=COUNTS,
)
