"""The form in which a tutor is asked: opened filled in, changed with the skill, sent off once."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from analytics.targeted import evidence_for
from handlers.ask import Ask
from handlers.codec import OLDER, Ref
from handlers.drafts import new_draft
from handlers.ids import Action
from handlers.modals.for_whom import ask_for_whom
from handlers.people import Asker, opening, saving
from handlers.pointers import report_pointer
from handlers.quick import change_view, show_modal
from handlers.refused import on_their_fields
from handlers.reports import title_of
from handlers.services import Services
from handlers.views.fields import chosen_in
from handlers.views.modals import note
from handlers.views.tutoring.tutor import TITLE, OpenPair, TutorForm, tutor_modal
from interventions.record import Reason
from interventions.tutoring import assign_peer_tutor, tutor_pool
from interventions.tutoring.queries import open_pairs
from interventions.tutoring.rules import PURPOSE, said_name
from school.access import open_student
from school.errors import InvalidInput, NotFound
from school.mastery import Mastery
from school.models import PairState, TutoringPair

FIELDS = {"tutor_id": Action.TUTOR_CANDIDATE, "skill_id": Action.TUTOR_SKILL}
"""In which field stands what the service has refused."""
MOST_SKILLS = 100


def open_tutor(ask: Ask, services: Services, ref: Ref) -> None:
    """Open the form for a student, on the skill that needs it most; else ask for whom."""
    if ref.student is None:
        ask_for_whom(ask, services, ref)
        return
    carried = _carried(ref)
    with opening(ask, services) as (session, asker):
        form = _form(asker, carried, ref.skill, session=session)
    show_modal(ask, services, tutor_modal(form, carried))


def tutor_skill_action(ask: Ask, services: Services) -> None:
    """Another skill was chosen: show who can help with that."""
    ref = ask.carried
    skill = _number(chosen_in(ask.view, Action.TUTOR_SKILL))
    with opening(ask, services) as (session, asker):
        form = _form(asker, ref, skill, session=session)
    ask.ack()
    change_view(ask, services, tutor_modal(form, ref))


def tutor_submitted(ask: Ask, services: Services) -> None:
    """Ask the tutor, once; the form says where its card will be."""
    ref = ask.ref
    with on_their_fields(FIELDS, ask.view), saving(ask, services) as (session, asker):
        title = title_of(asker.viewer, Ref(student=ref.student), session=session)
        asked(ask, asker, services, ref, session=session)
    pointer = report_pointer(ask, asker, title, services, kind="tutoring")
    ask.ack(response_action="update", view=note(TITLE, pointer))
    services.wake()


def asked(
    ask: Ask, asker: Asker, services: Services, ref: Ref, *, session: Session
) -> TutoringPair:
    """Ask the tutor who is chosen in the form, in the caller's transaction. Raises NotFound and
    InvalidInput.
    """
    chosen = chosen_in(ask.view, Action.TUTOR_CANDIDATE)
    if chosen is None:
        raise InvalidInput("tutor_id", "Choose who is to be asked.")
    return assign_peer_tutor(
        asker.user.id,
        ref.student or 0,
        Ref.decode(chosen).student or 0,
        session=session,
        now=asker.now,
        skill_id=_number(chosen_in(ask.view, Action.TUTOR_SKILL)),
        class_id=ref.class_id,
        key=f"draft:{ref.draft}",
        reason=Reason(ref.concern, (), ref.alert),
        take_back=timedelta(seconds=services.settings.take_back),
    )


def _form(asker: Asker, ref: Ref, skill_id: int | None, *, session: Session) -> TutorForm:
    """The skills that the student needs and somebody can help with, and who for the chosen one."""
    viewer, now = asker.viewer, asker.now
    student = open_student(session, viewer, ref.student or 0, PURPOSE, now=now)
    pool = tutor_pool(session, viewer, student.id, now)
    own = evidence_for(student.id, session=session, now=now).skills
    needed = [
        one for one in own if one.label != Mastery.MASTERED.value and pool.able(one.skill_id)
    ][:MOST_SKILLS]
    ids = [one.skill_id for one in needed]
    chosen = skill_id if skill_id in ids else next(iter(ids), None)
    candidates = () if chosen is None else pool.candidates(chosen, str(ref.draft))
    for one in candidates:
        open_student(session, viewer, one.student_id, PURPOSE, now=now)
    return TutorForm(
        name=student.name,
        given=student.given_name or student.name,
        said=said_name(student),
        skills={one.skill_id: one.skill for one in needed},
        skill_id=chosen,
        candidates=candidates,
        struggling=any(one.struggling for one in own),
        open=() if chosen is None else _open(asker, student.id, chosen, session=session),
    )


def _open(asker: Asker, student_id: int, skill_id: int, *, session: Session) -> list[OpenPair]:
    """Who is asked or helps already; named only to those who see them."""
    return [
        OpenPair(_name(asker, one.tutor_id, session=session), PairState(one.state))
        for one in open_pairs(student_id, skill_id, session=session)
    ]


def _name(asker: Asker, student_id: int, *, session: Session) -> str | None:
    try:
        return open_student(session, asker.viewer, student_id, PURPOSE, now=asker.now).name
    except NotFound:
        return None


def _carried(ref: Ref) -> Ref:
    """What the form carries: whom it is about, why, and the id that makes it one."""
    plain = Ref(student=ref.student, class_id=ref.class_id, concern=ref.concern, alert=ref.alert)
    return replace(plain, draft=new_draft())


def _number(text: str | None) -> int | None:
    """The id of a skill. Raises InvalidInput on what no form of ours sends."""
    if text is None:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise InvalidInput("skill_id", OLDER)
    return int(text)
