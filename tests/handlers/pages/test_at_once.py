"""Somebody answers on a page while the teacher changes what it is about: each waits for the other.

On PostgreSQL alone, where two write at the same time.
"""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.links import Pages
from handlers.pages.frame import PageRoute
from handlers.pages.meeting import MEETING_PAGE
from handlers.pages.parent import PARENT_PAGE
from handlers.pages.records import Records
from interventions.meetings import move_meeting
from interventions.parents import notify_parent
from interventions.parents.outcome import revoke_pages
from interventions.record import withdraw_intervention
from school.database import SessionFactory
from school.models import Guardian, Intervention, Meeting, MeetingAttendee, PageLink
from tests.handlers.jobs.test_assignments_at_once import while_held
from tests.interventions.staff import NOW, TUESDAY, lay_out

PAGES = Pages("https://pages.test", b"k" * 32)


def post(factory: SessionFactory, route: PageRoute, link: tuple[int, str], **form: str) -> None:
    """What somebody posts on the page of a link, as the first that they do there."""
    records = Records(factory, PAGES, lambda: NOW, 60)
    named = PAGES.read(route.kind, PAGES.token(route.kind, *link))
    assert named is not None
    records.act(route, named, form)


def test_an_answer_comes_while_the_meeting_is_moved(postgres_factory: SessionFactory) -> None:
    with postgres_factory.begin() as session:
        staff = lay_out(session)
        made = staff.schedule(session, attendees=[staff.mum])
        link = session.scalars(select(PageLink.id)).one()
        email = session.get_one(Guardian, staff.mother).email or ""

    def hold(session: Session) -> None:
        session.get_one(Meeting, made.id, with_for_update={"key_share": True})

    def move(session: Session) -> None:
        later = TUESDAY + timedelta(days=7)
        move_meeting(staff.ruiz, made.id, 1, later, session=session, now=NOW)

    def answer(_session: Session) -> None:
        form = {"answer": "accepted", "note": "", "sequence": "0"}
        post(postgres_factory, MEETING_PAGE, (link, email), **form)

    while_held(postgres_factory, hold, move, answer)
    with postgres_factory() as session:
        assert session.get_one(Meeting, made.id).sequence == 1
        assert session.scalars(select(PageLink.opened_at)).one() == NOW
        assert session.scalars(select(MeetingAttendee.answer)).one() is None


def test_a_letter_is_answered_while_it_is_taken_back(postgres_factory: SessionFactory) -> None:
    with postgres_factory.begin() as session:
        staff = lay_out(session)
        who = staff.ruiz, staff.leo, "other", "Please call me."
        made = notify_parent(*who, session=session, now=NOW, guardian_ids=[staff.mother])
        link = session.scalars(select(PageLink.id)).one()
        email = session.get_one(Guardian, staff.mother).email or ""

    def hold(session: Session) -> None:
        session.get_one(Intervention, made.id, with_for_update={"key_share": True})

    def take_back(session: Session) -> None:
        found = session.get_one(Intervention, made.id)
        revoke_pages(session, found, NOW)
        withdraw_intervention(found, session=session, now=NOW)

    def answer(_session: Session) -> None:
        post(postgres_factory, PARENT_PAGE, (link, email), choice="call", words="")

    while_held(postgres_factory, hold, take_back, answer)
    with postgres_factory() as session:
        assert session.get_one(Intervention, made.id).withdrawn_at == NOW
        assert session.scalars(select(PageLink.opened_at)).one() == NOW
