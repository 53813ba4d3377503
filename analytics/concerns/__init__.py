"""Who needs the teacher and who deserves praise, by the alert rules (docs/metrics.md, "Concerns").

Pure functions of evidence: nothing here asks a database or a clock, and the order in which the
evidence comes changes nothing. Reports and alerts share these rules.
"""

from analytics.concerns.evidence import DayOnSkill, OwnEvidence, RecentTrend, SkillPractice
from analytics.concerns.praise import praise_of
from analytics.concerns.rules import concerns_of, gravity_of
from analytics.concerns.sensitivity import EARLY, LATE, NORMAL, SENSITIVITIES, Sensitivity
from analytics.concerns.struggling import LOOKED_BACK_SCHOOL_DAYS
from analytics.concerns.trends import may_matter, recent_trends, recent_weeks

__all__ = [
    "EARLY",
    "LATE",
    "LOOKED_BACK_SCHOOL_DAYS",
    "NORMAL",
    "SENSITIVITIES",
    "DayOnSkill",
    "OwnEvidence",
    "RecentTrend",
    "Sensitivity",
    "SkillPractice",
    "concerns_of",
    "gravity_of",
    "may_matter",
    "praise_of",
    "recent_trends",
    "recent_weeks",
]
