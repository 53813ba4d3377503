"""The shapes of the reports. Queries fill them; charts, views and exports take them.

Accuracies and interval ends are fractions of 1, times are seconds, days are local. `None` stands
for "cannot be said" and is shown as "–". `as_dict()` gives plain, JSON-ready data.
"""

from analytics.reports.data.assignments import (
    AssignmentLine,
    CompletionPoint,
    OwnAssignment,
    StudentAssignments,
)
from analytics.reports.data.classes import ClassOverall, ClassReport, Heatmap, StudentLine
from analytics.reports.data.common import (
    DECLINING,
    IMPROVING,
    STEADY,
    TOO_LITTLE,
    Coverage,
    Interval,
    Plain,
    Trend,
    TrendPoint,
    plain,
)
from analytics.reports.data.comparison import (
    ABOVE,
    BELOW,
    NOT_CLEAR,
    ClassBeside,
    ClassComparison,
    Measure,
    StudentComparison,
)
from analytics.reports.data.concerns import (
    Concern,
    ConcernKind,
    Praise,
    PraiseKind,
    Severity,
    StudentConcerns,
)
from analytics.reports.data.motivation import Achievement, AchievementKind, Motivation, Place
from analytics.reports.data.skill import (
    FocusSkill,
    Prerequisite,
    RootCause,
    SkillReport,
    SkillStudent,
    Survival,
)
from analytics.reports.data.student import (
    Comparison,
    Overall,
    SessionLine,
    SkillLine,
    Strength,
    StudentReport,
)

__all__ = [
    "ABOVE",
    "BELOW",
    "DECLINING",
    "IMPROVING",
    "NOT_CLEAR",
    "STEADY",
    "TOO_LITTLE",
    "Achievement",
    "AchievementKind",
    "AssignmentLine",
    "ClassBeside",
    "ClassComparison",
    "ClassOverall",
    "ClassReport",
    "Comparison",
    "CompletionPoint",
    "Concern",
    "ConcernKind",
    "Coverage",
    "FocusSkill",
    "Heatmap",
    "Interval",
    "Measure",
    "Motivation",
    "Overall",
    "OwnAssignment",
    "Place",
    "Plain",
    "Praise",
    "PraiseKind",
    "Prerequisite",
    "RootCause",
    "SessionLine",
    "Severity",
    "SkillLine",
    "SkillReport",
    "SkillStudent",
    "Strength",
    "StudentAssignments",
    "StudentComparison",
    "StudentConcerns",
    "StudentLine",
    "StudentReport",
    "Survival",
    "Trend",
    "TrendPoint",
    "plain",
]
