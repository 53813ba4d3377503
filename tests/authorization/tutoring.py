"""Tutoring: who gets what by it, what Slack sends for it; and a pair that was asked for."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from handlers.codec import Ref
from handlers.ids import Act, Action, Modal
from school.models import PairState, TutoringBar, TutoringPair
from tests.authorization.bodies import (
    About,
    Body,
    choice,
    click,
    homeroom,
    in_view,
    nothing,
    submission,
)
from tests.authorization.rows import (
    _OWN_DOING,
    FOR_STUDENT,
    FORM,
    OPEN,
    RECORD,
    SILENT,
    WHEN_SENT,
    Gets,
    Way,
    Who,
)

STATES = (PairState.ASKED, PairState.ACTIVE, PairState.ENDED)
TELLING = ("yes", "no", "end", "bar")
_TO_STUDENT = Way({Who.OWN: Gets.OWN_ONLY}, audited=False)
_NOBODY_THERE = {Who.OWN: Gets.OWN_ONLY, Who.CO: Gets.OWN_ONLY, Who.ADMIN: Gets.OWN_ONLY}

ROWS: Mapping[str, Way] = {
    "command /homeroom#tutor": Way(RECORD),
    "command /homeroom#tutor pick": Way(FORM),
    "command /homeroom#tutor help": Way(OPEN),
    "action act#tutor": Way(RECORD),
    "action tutor_skill": Way(RECORD),
    "action tutor_candidate": Way(SILENT),
    "action tutor_preview": Way({**RECORD, **_NOBODY_THERE}, audited=False),
    # A student is asked to tutor themselves: that is refused.
    "modal tutor": Way({**RECORD, **_NOBODY_THERE}, audited=False),
    "action tutor_answer": Way(FOR_STUDENT),
    **{f"action tutoring#{one}": _OWN_DOING for one in TELLING},
    "delivery tutor_request": _TO_STUDENT,
    "delivery tutoring_match": _TO_STUDENT,
    "delivery tutoring_over": _TO_STUDENT,
    "delivery tutoring_answer": Way(WHEN_SENT),
}


def _doing(form: str) -> Callable[[About], str]:
    return lambda about: Ref(pair=about.intervention, form=form).encode()


def _entered(about: About) -> Body:
    return {
        Action.TUTOR_SKILL.value: {"selected_option": {"value": str(about.skill)}},
        Action.TUTOR_CANDIDATE.value: {"selected_option": {"value": about.student_ref()}},
    }


def _clicked(name: Action) -> Callable[[About], Body]:
    """Another skill was chosen in the form, or its preview asked for."""

    def body(about: About) -> Body:
        clicked = in_view(name, nothing, "modal")(about)
        values = {field: {field: value} for field, value in _entered(about).items()}
        form = {"private_metadata": about.student_ref(draft=about.draft)}
        return clicked | {"view": clicked["view"] | form | {"state": {"values": values}}}

    return body


REQUESTS: Mapping[str, Callable[[About], Body]] = {
    "command /homeroom#tutor": homeroom("tutor {student}"),
    "command /homeroom#tutor pick": homeroom("tutor"),
    "command /homeroom#tutor help": homeroom("tutor help"),
    "action act#tutor": click(Action.ACT, lambda about: about.student_ref(act=Act.TUTOR.value)),
    "action tutor_skill": _clicked(Action.TUTOR_SKILL),
    "action tutor_preview": _clicked(Action.TUTOR_PREVIEW),
    "action tutor_candidate": choice(Action.TUTOR_CANDIDATE, nothing),
    "modal tutor": submission(
        Modal.TUTOR, lambda about: about.student_ref(draft=about.draft), _entered
    ),
    "action tutor_answer": click(Action.TUTOR_ANSWER, _doing("yes")),
    **{f"action tutoring#{one}": click(Action.TUTORING, _doing(one)) for one in TELLING},
}


def lay_pair(session: Session, whose: tuple[int, int, int], skill: int, at: datetime) -> None:
    """Pairs of the student's own teacher, one in each state: of themselves, for want of others."""
    workspace_id, teacher, student = whose
    session.execute(delete(TutoringBar))
    for number, state in enumerate(STATES, start=1):
        pair = TutoringPair(id=number, teacher_id=teacher, tutor_id=student, student_id=student)
        pair.workspace_id, pair.skill_id, pair.created_at = workspace_id, skill, at
        pair.state, pair.version = state.value, 1
        pair.intervention_id = 1 if state is PairState.ASKED else None
        pair.assignment_id = pair.answered_at = pair.ended_at = None
        session.merge(pair)


def payloads(about: About) -> dict[str, Body]:
    """What the deliveries hold: the pair in the state that each is about."""
    kinds = ("tutor_request", "tutoring_match", "tutoring_over")
    found = {kind: {"pair": about.intervention + number} for number, kind in enumerate(kinds)}
    return {**found, "tutoring_answer": found["tutoring_match"]}
