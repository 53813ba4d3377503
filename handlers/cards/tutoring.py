"""The card of a tutoring: who helps whom, how it goes, sessions, and practice before and since."""

from datetime import datetime

from sqlalchemy.orm import Session

from analytics.wording import skill_words
from handlers.cards.part import Part
from handlers.codec import Ref
from handlers.taking_back import can_be_taken_back
from handlers.views.assignments.assignment_card import progress_words
from handlers.views.blocks import Element
from handlers.views.tutoring.tutoring import (
    NO_WAY,
    act_on,
    followed_words,
    more_on,
    sessions_words,
    somebody_else,
)
from interventions.assignments import assignment_view
from interventions.outcomes import Outcome, State
from interventions.tutoring import PairView, pair_of, pair_view
from interventions.tutoring.comparing import followed
from interventions.tutoring.queries import outcome_of
from interventions.tutoring.rules import PURPOSE
from interventions.tutoring.telling import by_mail, match_key, request_key, sent_as
from school.access import open_student, viewer_of
from school.days import local_day
from school.errors import NotFound
from school.models import Delivery, Intervention, PairState, User
from school.zones import zone_of

NO_NAME = "A student whom you do not teach any more"
BARRED = "These two are not to be put together."


def tutoring_part(session: Session, intervention: Intervention, now: datetime) -> Part:
    """What the card says of a pair."""
    pair = pair_of(intervention.id, session=session)
    if pair is None:
        return Part(Outcome(State.TAKEN_BACK, intervention.withdrawn_at))
    view = pair_view(pair, session=session)
    request = sent_as(pair, request_key(pair.id), session=session)
    asked = view.state is PairState.ASKED
    waits = asked and request is not None and can_be_taken_back(request, now)
    outcome = outcome_of(pair, request, len(view.days))
    tutor = _tutor(view, intervention, session=session, now=now)
    return Part(
        outcome,
        lines=(
            _who(view, tutor, request, waiting=waits),
            *_progress(view, session=session, now=now),
            *_notes(view, tutor, session=session),
        ),
        buttons=() if waits else _buttons(view),
        delivery_id=request.id if request is not None and waits else None,
        can_undo=asked or (view.state is PairState.ACTIVE and not view.days),
    )


def _tutor(view: PairView, intervention: Intervention, *, session: Session, now: datetime) -> str:
    """The tutor's name, audited; to who may not see them any more it is not said."""
    teacher = session.get_one(User, intervention.teacher_id)
    viewer = viewer_of(session, teacher, now=now)
    try:
        return open_student(session, viewer, view.tutor.id, PURPOSE, now=now).name
    except NotFound:
        return NO_NAME


def _who(view: PairView, tutor: str, request: Delivery | None, *, waiting: bool) -> str:
    """Who helps whom on what, or is asked to."""
    what = f"{view.student.given_name} with {skill_words(view.skill)}"
    if view.state is PairState.ACTIVE:
        return f"{tutor} helps {what}."
    if view.state is PairState.DECLINED:
        return f"{tutor} cannot help {what} just now. {view.student.given_name} was told nothing."
    if view.state is PairState.ENDED:
        was = "helped" if view.pair.answered_at else "was asked to help"
        return f"{tutor} {was} {what}."
    if request is None:
        return f"There is no way for me to ask {tutor}, who could help {what}: please ask yourself."
    if by_mail(request):
        return f"{tutor} {_is(waiting)} asked by e-mail to help {what}, and to answer you."
    return f"{tutor} {_is(waiting)} asked in Slack to help {what}."


def _is(waiting: bool) -> str:
    return "will be" if waiting else "is"


def _progress(view: PairView, *, session: Session, now: datetime) -> tuple[str, ...]:
    """The practice, the sessions, and the skill before and since, once a tutor has said yes."""
    if view.pair.answered_at is None or view.state in (PairState.ASKED, PairState.DECLINED):
        return ()
    zone = zone_of(session, view.pair.workspace_id)
    number = view.pair.assignment_id
    practice = None if number is None else assignment_view(number, session=session)
    lines = [sessions_words(view.days, local_day(now, zone))]
    if practice is not None and practice.parts and practice.withdrawn_at is None:
        lines.insert(0, f"Practice: {progress_words(practice, now, zone.key)}")
    figures = followed(view.pair, session=session, now=now)
    if figures is not None:
        lines.append(followed_words(figures, view.skill))
    return tuple(lines)


def _notes(view: PairView, tutor: str, *, session: Session) -> tuple[str, ...]:
    """What there is to know beside it: a word that did not arrive, a bar, who opted out."""
    found = []
    told = sent_as(view.pair, match_key(view.pair.id), session=session)
    if view.state is PairState.ACTIVE and told is None:
        found.append(NO_WAY.format(who=view.student.given_name))
    if view.is_barred:
        found.append(BARRED)
    if not view.tutor.may_tutor:
        found.append(f"{tutor} has asked not to be asked again.")
    return tuple(found)


def _buttons(view: PairView) -> tuple[Element, ...]:
    """What can be done now; what is rarely wanted stands behind three dots."""
    pair_id, state = view.pair.id, view.state
    found: list[Element] = []
    rare: list[tuple[str, str]] = []
    if state is PairState.ASKED:
        found = [
            act_on("Yes, they will", pair_id, "yes", 0, primary=True),
            act_on("They said no", pair_id, "no", 1),
        ]
    elif state is PairState.ACTIVE:
        found = [act_on("Log a session", pair_id, "session", 0, primary=True)]
        if view.days:
            found.append(act_on("Undo the last session", pair_id, "unsession", 1))
            found.append(act_on("End", pair_id, "end", 2))
    else:
        about = Ref(student=view.student.id, class_id=view.pair.class_id, skill=view.pair.skill_id)
        found = [somebody_else(about)]
        if state is PairState.ENDED and view.pair.answered_at and not view.is_barred:
            found.append(act_on("Go on together", pair_id, "resume", 0))
    if view.is_barred:
        found.append(act_on("Undo: allow these two", pair_id, "unbar", 3))
    else:
        rare.append(("bar", "Not these two together"))
    if not view.tutor.may_tutor:
        rare.append(("again", "The tutor may be asked again"))
    return (*found, *([more_on(pair_id, rare)] if rare else []))
