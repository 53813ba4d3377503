"""Peer tutoring: one student helps another with a skill, and what came of it."""

from interventions.tutoring.answering import Answer, answer_request, mark_answer
from interventions.tutoring.candidates import Candidate, tutor_pool
from interventions.tutoring.keeping import (
    allow_again,
    bar_pair,
    end_pair,
    log_session,
    resume_pair,
    take_back_pair,
    unbar_pair,
    undo_session,
)
from interventions.tutoring.pairing import assign_peer_tutor
from interventions.tutoring.queries import PairView, outcomes, pair_of, pair_view

__all__ = [
    "Answer",
    "Candidate",
    "PairView",
    "allow_again",
    "answer_request",
    "assign_peer_tutor",
    "bar_pair",
    "end_pair",
    "log_session",
    "mark_answer",
    "outcomes",
    "pair_of",
    "pair_view",
    "resume_pair",
    "take_back_pair",
    "tutor_pool",
    "unbar_pair",
    "undo_session",
]
