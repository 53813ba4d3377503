"""What those who are invited will read of the meeting that stands in a form.

The meeting is made as the form says, its e-mails are written by their own builder, and all of it is
taken back in the same moment: so the preview is what goes out, and refuses what the form would.
"""

import re
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.links import Pages
from bot.outgoing import Obsolete
from handlers.ask import Ask
from handlers.deliveries.meeting_mails import meeting_invitation_mail
from handlers.ids import Action, Kind
from handlers.modals.meeting import further_in, on_their_fields, scheduled, whole_ref
from handlers.people import Asker, opening
from handlers.quick import lay_view
from handlers.services import Services
from handlers.trying import tried
from handlers.views.fields import chosen_in
from handlers.views.meetings.invitation import Invitation, invitations_modal
from school.access import open_student
from school.models import Delivery

PURPOSE = "meeting"
LINK = re.compile(r"https?://\S+/m/\S+")
OWN_LINK = "(a link of their own)"


def meeting_preview_action(ask: Ask, services: Services) -> None:
    """Show the e-mails to all who would be invited; those whom it is about are audited.

    Raises NotFound, and InvalidInput where the meeting cannot be.
    """
    pages = Pages.of(services.settings)

    def invited(session: Session, asker: Asker) -> list[Invitation]:
        meeting = scheduled(ask, services, asker, session=session)
        return list(_mails(asker, meeting.id, pages, session=session))

    with on_their_fields(ask.view):
        mails = tried(ask, services, invited)
    kind = chosen_in(ask.view, Action.MEETING_TYPE) or ""
    with opening(ask, services) as (session, asker):
        viewer, now = asker.viewer, asker.now
        name = open_student(session, viewer, whole_ref(ask).student or 0, PURPOSE, now=now).name
        for one in further_in(ask.view, kind):
            open_student(session, viewer, one, PURPOSE, now=now)
    ask.ack()
    lay_view(ask, services, invitations_modal(name, mails))


def _mails(
    asker: Asker, meeting_id: int, pages: Pages | None, *, session: Session
) -> Iterator[Invitation]:
    query = select(Delivery).where(
        Delivery.workspace_id == asker.viewer.workspace_id,
        Delivery.kind == Kind.MEETING_INVITATION_MAIL.value,
        Delivery.sender_id == asker.user.id,
        Delivery.created_at == asker.now,
    )
    for one in session.scalars(query.order_by(Delivery.id)):
        if one.payload.get("meeting") != meeting_id:
            continue
        try:
            mail = meeting_invitation_mail(pages, session, one, asker.now)
        except Obsolete:
            continue  # who may not be written to gets nothing
        text = LINK.sub(OWN_LINK, mail.text)
        yield Invitation(mail.to_name or mail.to, mail.subject, text)
