"""Assignments: practice that a teacher sets for students, and what came of it."""

from interventions.assignments.changing import note_seen, take_back_assignment
from interventions.assignments.creating import create_assignment
from interventions.assignments.queries import assignment_of, assignment_view, outcomes
from interventions.assignments.shapes import (
    AssignmentData,
    AssignmentView,
    Draft,
    PartView,
    SkillChoice,
    ToChoose,
)
from interventions.assignments.targeted import (
    create_targeted_assignment,
    draft_for,
    group_draft,
)

__all__ = [
    "AssignmentData",
    "AssignmentView",
    "Draft",
    "PartView",
    "SkillChoice",
    "ToChoose",
    "assignment_of",
    "assignment_view",
    "create_assignment",
    "create_targeted_assignment",
    "draft_for",
    "group_draft",
    "note_seen",
    "outcomes",
    "take_back_assignment",
]
