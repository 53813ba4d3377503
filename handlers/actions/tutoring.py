"""What is clicked about a tutoring: by the tutor who was asked, and by the teacher on the card."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from handlers.ask import Answer as Words
from handlers.ask import Ask
from handlers.codec import OLDER
from handlers.people import saving
from handlers.quick import respond
from handlers.services import Services
from handlers.students import student_saving
from handlers.taking_back import show_again
from interventions.tutoring import (
    Answer,
    allow_again,
    answer_request,
    bar_pair,
    end_pair,
    log_session,
    mark_answer,
    resume_pair,
    unbar_pair,
    undo_session,
)
from interventions.tutoring.keeping import LOGGED
from interventions.tutoring.telling import by_mail, request_key, sent_as
from school.errors import InvalidInput
from school.models import TutoringPair

Doing = Callable[..., Any]
TELLING: Mapping[str, Doing] = {
    "yes": lambda teacher, pair, **more: mark_answer(teacher, pair, Answer.YES, **more),
    "no": lambda teacher, pair, **more: mark_answer(teacher, pair, Answer.NO, **more),
    "end": end_pair,
    "bar": bar_pair,
}
"""What somebody else hears of, once it cannot be taken back."""
QUIET: Mapping[str, Doing] = {
    "session": log_session,
    "unsession": undo_session,
    "resume": resume_pair,
    "unbar": unbar_pair,
    "again": allow_again,
}


def tutor_answer_action(ask: Ask, services: Services) -> None:
    """The tutor answers, once; their message says what, and the teacher is told."""
    ref = ask.ref
    if ref.form not in set(Answer):
        raise InvalidInput("form", OLDER)
    with student_saving(ask, services) as (session, asking):
        pair = answer_request(
            ref.pair or 0,
            asking.student,
            Answer(ref.form),
            session=session,
            now=asking.now,
            take_back=_window(services),
        )
        show_request_again(pair, session=session, now=asking.now)
    ask.ack()
    services.wake()


def tutoring_action(ask: Ask, services: Services) -> None:
    """The teacher does something about a pair; its card shows it."""
    ref = ask.ref
    doing = _doing(str(ref.form), services)
    with saving(ask, services) as (session, asker):
        done = doing(asker.user.id, ref.pair or 0, session=session, now=asker.now)
        pair = session.get(TutoringPair, ref.pair)
        if pair is not None:
            show_request_again(pair, session=session, now=asker.now)
    ask.ack()
    services.wake()
    if ref.form == "session" and not done:
        respond(ask, services, Words.plain(LOGGED))


def show_request_again(pair: TutoringPair, *, session: Session, now: datetime) -> None:
    """Have the tutor's message say what holds now, where it has come to them in Slack."""
    session.flush()
    shown = sent_as(pair, request_key(pair.id), session=session)
    if shown is not None and not by_mail(shown):
        key = f"tutoring {pair.id} shown v{pair.version} {pair.state}"
        show_again(session, shown, due=now, now=now, key=key)


def _doing(form: str, services: Services) -> Doing:
    """What a button stands for. Raises InvalidInput on one that is none of ours."""
    if form in TELLING:
        return partial(TELLING[form], take_back=_window(services))
    if form in QUIET:
        return QUIET[form]
    raise InvalidInput("form", OLDER)


def _window(services: Services) -> timedelta:
    """How long those concerned are not told yet, for who thinks better of it."""
    return timedelta(seconds=services.settings.take_back)
