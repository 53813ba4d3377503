"""The services carry the specification's names and positional parameters, in its order."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from interventions.alerts import mark_alert_resolved
from interventions.assignments import create_assignment, create_targeted_assignment
from interventions.history import get_intervention_history
from interventions.meetings import schedule_meeting
from interventions.meetings.rules import checked_type
from interventions.messages import get_message_templates, send_message
from interventions.parents import notify_parent
from interventions.parents.concerns import concern_type_of
from interventions.tutoring import assign_peer_tutor

SPECIFIED: dict[Callable[..., Any], str] = {
    send_message: "teacher_id student_id message template_id",
    get_message_templates: "category",
    create_targeted_assignment: "teacher_id student_id auto_fill",
    create_assignment: "teacher_id assignment_data",
    schedule_meeting: "teacher_id student_id meeting_type datetime",
    notify_parent: "teacher_id student_id concern_type message",
    assign_peer_tutor: "teacher_id student_id tutor_id",
    mark_alert_resolved: "teacher_id alert_id resolution_notes action_taken",
    get_intervention_history: "teacher_id student_id",
}


@pytest.mark.parametrize("service", SPECIFIED)
def test_what_is_specified_is_positional_and_all_else_by_keyword(
    service: Callable[..., Any],
) -> None:
    given = inspect.signature(service).parameters.values()
    positional = [one.name for one in given if one.kind is one.POSITIONAL_OR_KEYWORD]
    others = {one.kind for one in given if one.name not in positional}
    assert positional == SPECIFIED[service].split()
    assert others == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("words", ["one-on-one", "parent conference", "group", "parent_conference"])
def test_a_meeting_s_type_may_be_said_in_the_specification_s_words(words: str) -> None:
    assert checked_type(words).value == words.replace("-", "_").replace(" ", "_")


@pytest.mark.parametrize(
    "words", ["inactivity", "struggling", "overdue work", "declining", "praise"]
)
def test_a_concern_may_be_said_in_the_specification_s_words(words: str) -> None:
    assert concern_type_of(words).value == words.replace(" ", "_")


def test_an_assignment_is_filled_in_unless_one_says_otherwise() -> None:
    assert inspect.signature(create_targeted_assignment).parameters["auto_fill"].default is True
