"""Students' reports of any size with any names, as hypothesis makes them, and their parts."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from analytics.reports.data import (
    Achievement,
    Comparison,
    Concern,
    ConcernKind,
    Coverage,
    FocusSkill,
    Interval,
    Motivation,
    Overall,
    OwnAssignment,
    Praise,
    PraiseKind,
    RootCause,
    SessionLine,
    Severity,
    SkillLine,
    Strength,
    StudentAssignments,
    StudentReport,
    TrendPoint,
)
from school.days import DateRange, last_days
from school.mastery import Mastery

NOW = datetime(2026, 5, 12, 12, tzinfo=UTC)
TODAY = date(2026, 5, 12)
NASTY = [
    "<!channel> <@U123> <https://evil.test|click>",
    "*bold* _soft_ ~gone~ `code` ```block```",
    "&amp; & < >",
    "O'Neil-Smith",
    "李 小龙",
    "ابن سينا",
    "👩🏽‍🏫" * 30,
    "x" * 400,
    "a\nb\r\n\tc",
    " ",
    "$\\frac{1}{2}$",
]
NAMES = st.sampled_from(NASTY) | st.text(st.characters(codec="utf-8"), max_size=200)
SHARES = st.none() | st.floats(0, 1)
COUNTS = st.integers(0, 100_000)
DAYS = st.none() | st.dates(date(2024, 1, 1), TODAY)
INTERVALS = st.none() | st.builds(Interval, st.floats(0, 0.5), st.floats(0.5, 1))
RANGES = st.sampled_from(
    [last_days(30, TODAY), last_days(45, TODAY), last_days(1, TODAY)]
    + [DateRange(date(2024, 2, 16), date(2024, 5, 12), kind) for kind in ("term", "all", "custom")]
)
OVERALLS = st.builds(
    Overall,
    accuracy=SHARES,
    questions=COUNTS,
    time=COUNTS,
    skills_mastered=COUNTS,
    skills_total=COUNTS,
    correct=COUNTS,
    interval=INTERVALS,
    time_estimated=COUNTS,
    active_days=COUNTS,
)
COVERAGES = st.builds(
    Coverage,
    st.none() | st.sampled_from([NOW - timedelta(hours=3), NOW - timedelta(days=300)]),
    DAYS,
    DAYS,
    st.integers(0, 200),
)


def several(one: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[tuple[Any, ...]]:
    """None, a few or very many of one kind; the many are copies, as drawing each takes long."""
    few = st.lists(one, max_size=4).map(tuple)
    return few | one.map(lambda each: (each,) * most)


SKILLS = st.builds(
    SkillLine,
    skill=NAMES,
    accuracy=SHARES,
    mastery=st.sampled_from([each.value for each in Mastery]),
    questions=COUNTS,
    skill_id=COUNTS,
    estimate=SHARES,
    total_questions=COUNTS,
    last_practised=DAYS,
    rank=COUNTS,
)
POINTS = st.builds(
    TrendPoint,
    start=st.dates(date(2024, 1, 1), TODAY),
    accuracy=SHARES,
    questions=COUNTS,
    interval=INTERVALS,
    class_accuracy=SHARES,
    students=st.none() | COUNTS,
)
COMPARISONS = st.builds(
    Comparison,
    class_average=SHARES,
    percentile=st.none() | st.floats(0, 100),
    students=COUNTS,
    quarter=st.none() | st.just("upper middle"),
    rough=st.booleans(),
    enrolled=COUNTS,
    average_questions=st.none() | st.floats(0, 900),
    average_time=st.none() | st.floats(0, 90_000),
    average_skills_mastered=st.none() | st.floats(0, 240),
)
SESSIONS = st.builds(
    SessionLine,
    day=st.dates(date(2024, 1, 1), TODAY),
    skill=NAMES,
    questions=COUNTS,
    accuracy=SHARES,
    minutes=st.floats(0, 600),
    estimated=st.booleans(),
)
CONCERNS = st.builds(
    Concern,
    kind=st.sampled_from(ConcernKind),
    severity=st.sampled_from(Severity),
    reason=NAMES,
    skill_id=st.none() | COUNTS,
    skill=st.none() | NAMES,
    accuracy=SHARES,
    questions=st.none() | COUNTS,
    shared=st.booleans(),
)
FOCUS = st.builds(
    FocusSkill, skill_id=COUNTS, skill=NAMES, students=COUNTS, opens=COUNTS, score=COUNTS
)
PRAISES = st.builds(
    Praise, kind=st.sampled_from(PraiseKind), reason=NAMES, skill=st.none() | NAMES, day=DAYS
)
OWN_ASSIGNMENTS = st.builds(
    OwnAssignment,
    assignment_id=COUNTS,
    title=NAMES,
    skills=several(NAMES, 9),
    due=st.dates(date(2024, 1, 1), TODAY),
    state=st.sampled_from(["completed", "completed late", "open", "overdue"]),
    question_count=COUNTS,
    questions=COUNTS,
    accuracy=SHARES,
    completed_on=DAYS,
    score=SHARES,
    overdue_days=st.integers(0, 30),
)
ASSIGNMENTS = st.builds(
    StudentAssignments,
    assigned=COUNTS,
    completed=COUNTS,
    late=COUNTS,
    rate=SHARES,
    lines=several(OWN_ASSIGNMENTS, 60),
    open=several(OWN_ASSIGNMENTS, 9),
    overdue=several(OWN_ASSIGNMENTS, 9),
)
ACHIEVEMENTS = st.builds(Achievement, name=NAMES, day=st.dates(date(2024, 1, 1), TODAY))
MOTIVATIONS = st.builds(
    Motivation,
    xp=st.floats(0, 90_000),
    total_xp=st.floats(0, 90_000),
    streak=st.integers(0, 200),
    longest_streak=st.integers(0, 200),
    place=st.none() | COUNTS,
    placed=COUNTS,
    left_out=st.booleans(),
    achievements=several(ACHIEVEMENTS, 60),
)
ROOT_CAUSES = st.builds(
    RootCause,
    skill_id=COUNTS,
    skill=NAMES,
    cause_id=COUNTS,
    cause=NAMES,
    path=several(NAMES, 12).filter(len),
)
STRENGTHS = st.builds(
    Strength,
    skill_id=COUNTS,
    skill=NAMES,
    accuracy=st.floats(0, 1),
    questions=COUNTS,
    class_accuracy=st.floats(0, 1),
    gap=st.floats(-1, 1),
    interval=st.builds(Interval, st.floats(-2, 0), st.floats(0, 2)),
)
STUDENT_REPORTS = st.builds(
    StudentReport,
    student_id=st.integers(1, 2**31),
    student=NAMES,
    class_id=st.none() | st.integers(1, 2**31),
    class_title=st.none() | NAMES,
    range=RANGES,
    timezone=st.just("America/New_York"),
    coverage=COVERAGES,
    overall=OVERALLS,
    previous=st.none() | OVERALLS,
    skills=several(SKILLS, 240),
    trends=st.just(()),
    progress=several(POINTS, 200),
    progress_by=st.sampled_from(["day", "week", "month"]),
    comparison=COMPARISONS,
    recent=several(SESSIONS, 5),
    finding=NAMES,
    replaying=st.booleans(),
    strengths=several(STRENGTHS, 12),
    weaknesses=several(STRENGTHS, 12),
    root_causes=several(ROOT_CAUSES, 40),
    concerns=several(CONCERNS, 20),
    praise=several(PRAISES, 20),
    on_track=st.none() | st.booleans(),
    assignments=st.none() | ASSIGNMENTS,
    motivation=st.none() | MOTIVATIONS,
)
