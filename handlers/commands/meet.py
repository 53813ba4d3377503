"""`/homeroom meet [student] [day] [time] [for … minutes] [parents|group]`, in any order."""

import html
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.codec import Ref
from handlers.ids import Kind
from handlers.meetings.form import Filled, Wish, local_now
from handlers.meetings.typed import (
    TypedMeeting,
    beginnings,
    drop_more,
    drop_odd,
    read_end,
    read_start,
)
from handlers.modals.meeting import filled_form, show_form
from handlers.people import Asker, opening
from handlers.services import Services
from handlers.subjects import STUDENT, Subjects, find_subjects, which_one
from handlers.views.help import meet_help
from school.names import fold

MOST_DROPPED, MOST_OFFERED = 3, 3
"""So often words behind a name are left out; so many are offered where nobody is called so."""


def meet_command(ask: Ask, services: Services) -> None:
    """Open the form with what was typed; where several students may be meant, ask which."""
    if html.unescape(ask.words).strip().lower() == "help":
        ask.ack(**meet_help().message())
        return
    with opening(ask, services) as (session, asker):
        now = local_now(asker, session=session)
        typed, meant = _meant(session, asker, ask.words, now)
        asked = Ref(kind=Kind.MEETING_CARD.value, when=_wish(typed).code)
        filled = _form(asker, typed, meant, asked, session=session)
    if filled is None:
        ask.ack(**which_one(typed.name, meant, asked, what="students").message())
        return
    show_form(ask, services, filled)


def _form(
    asker: Asker, typed: TypedMeeting, meant: Subjects, asked: Ref, *, session: Session
) -> Filled | None:
    """The form, where it is clear whom it is about or nobody was named."""
    if typed.name and len(meant.found) != 1:
        return None
    ref = meant.found[0].asked(asked) if typed.name else asked
    return filled_form(asker, ref, typed.notes, session=session)


def _wish(typed: TypedMeeting) -> Wish:
    found = typed.found
    return Wish(found.day, found.at, found.minutes, typed.kind, bool(typed.notes))


def _meant(
    session: Session, asker: Asker, words: str, now: datetime
) -> tuple[TypedMeeting, Subjects]:
    """Whom the words mean, and when. What could be a name or a day is a name where one is so."""
    read = read_end(words, now)
    tried = [(one, _found(session, asker, one)) for one in _readings(read, now)]
    for one, subjects in tried[: len(read.longer)]:
        if any(_is_named(found.name, one.name) for found in subjects.found):
            return one, subjects
    rest = tried[len(read.longer) :]
    meant = next((pair for pair in rest if pair[1].found or not pair[0].name), None)
    near = next((pair for pair in rest if pair[1].near), None)
    return meant or near or _begun(session, asker, rest[-1][0])


def _readings(read: TypedMeeting, now: datetime) -> Iterator[TypedMeeting]:
    """The words with less and less of them read as the name."""
    yield from read.longer
    yield replace(read, longer=())
    if read.name:
        yield (first := read_start(read, now))
        yield read_start(drop_odd(first), now)
        for _ in range(MOST_DROPPED):
            yield (first := drop_more(first, now))


def _begun(session: Session, asker: Asker, typed: TypedMeeting) -> tuple[TypedMeeting, Subjects]:
    """Nobody is called so: whose name it begins with is offered, as the rest may be no name."""
    tried = (_found(session, asker, replace(typed, name=one)) for one in beginnings(typed.name))
    offered = next((one.found for one in tried if one.found), ())
    return typed, Subjects((), near=offered[:MOST_OFFERED])


def _found(session: Session, asker: Asker, typed: TypedMeeting) -> Subjects:
    if not typed.name:
        return Subjects(())
    return find_subjects(session, asker.viewer, typed.name, (STUDENT,))


def _is_named(name: str, typed: str) -> bool:
    """Whether somebody is called just so."""
    return sorted(fold(name).split()) == sorted(fold(typed).split())
