"""Classes' reports of any size with any names, as hypothesis makes them."""

from datetime import date

from hypothesis import strategies as st

from analytics.reports.data import (
    AssignmentLine,
    ClassOverall,
    ClassReport,
    Heatmap,
    Place,
    StudentConcerns,
    StudentLine,
)
from tests.handlers.views.reports import (
    CONCERNS,
    COUNTS,
    COVERAGES,
    DAYS,
    FOCUS,
    INTERVALS,
    NAMES,
    POINTS,
    PRAISES,
    RANGES,
    SHARES,
    TODAY,
    several,
)

CLASS_OVERALLS = st.builds(
    ClassOverall,
    accuracy=SHARES,
    interval=INTERVALS,
    judged=COUNTS,
    pooled=SHARES,
    questions=COUNTS,
    time=COUNTS,
    students=COUNTS,
    active_students=COUNTS,
    engagement=SHARES,
    days_a_week=st.none() | st.floats(0, 5),
    weekend_days=st.none() | st.floats(0, 90),
    assigned=COUNTS,
    completed=COUNTS,
    completed_late=COUNTS,
    completion=SHARES,
)
LINES = st.builds(
    StudentLine,
    student_id=st.integers(1, 2**31),
    student=NAMES,
    accuracy=SHARES,
    questions=COUNTS,
    place=st.none() | COUNTS,
    percentile=st.none() | st.floats(0, 100),
    skills_mastered=COUNTS,
    needs_work=several(NAMES, 40),
    last_practised=DAYS,
    reason=st.none() | NAMES,
)
STUDENT_CONCERNS = st.builds(
    StudentConcerns,
    student_id=st.integers(1, 2**31),
    student=NAMES,
    concerns=several(CONCERNS, 20),
    praise=several(PRAISES, 20),
)
ASSIGNMENT_LINES = st.builds(
    AssignmentLine,
    assignment_id=COUNTS,
    title=NAMES,
    skills=several(NAMES, 9),
    due=st.dates(date(2024, 1, 1), TODAY),
    is_due=st.booleans(),
    assigned=COUNTS,
    completed=COUNTS,
    late=COUNTS,
    questions=COUNTS,
    accuracy=SHARES,
)
PLACES = st.builds(Place, student_id=COUNTS, student=NAMES, place=COUNTS, xp=st.floats(0, 90_000))
CLASS_REPORTS = st.builds(
    ClassReport,
    class_id=st.integers(1, 2**31),
    title=NAMES,
    range=RANGES,
    timezone=st.just("America/New_York"),
    coverage=COVERAGES,
    overall=CLASS_OVERALLS,
    previous=st.none() | CLASS_OVERALLS,
    ranking=several(LINES, 60),
    distribution=st.sampled_from([(0,) * 10, (3,) * 10]),
    heatmap=st.just(Heatmap((), (), (), (), (), ())),
    trends=several(POINTS, 200),
    top=several(LINES, 5),
    struggling=several(LINES, 30),
    finding=NAMES,
    replaying=st.booleans(),
    left_since=st.integers(0, 30),
    on_track=st.none() | COUNTS,
    concerns=several(STUDENT_CONCERNS, 30),
    focus=several(FOCUS, 12),
    assignments=several(ASSIGNMENT_LINES, 60),
    leaderboard=several(PLACES, 30),
)
