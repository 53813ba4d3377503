"""Writing to a student's family about how the student is doing, and what the family answers."""

from interventions.parents.answers import Choice, answer_notice, latest_answer
from interventions.parents.concerns import ConcernType
from interventions.parents.guardians import (
    OnRecord,
    WhyNot,
    guardians_on_record,
    languages_at_home,
)
from interventions.parents.notify import MOST_WORDS, notices_of, notify_parent
from interventions.parents.outcome import outcomes, revoke_pages

__all__ = [
    "MOST_WORDS",
    "Choice",
    "ConcernType",
    "OnRecord",
    "WhyNot",
    "answer_notice",
    "guardians_on_record",
    "languages_at_home",
    "latest_answer",
    "notices_of",
    "notify_parent",
    "outcomes",
    "revoke_pages",
]
