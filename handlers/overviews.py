"""How deliveries stand, as an administrator asks for it."""

from datetime import UTC, datetime, time

from sqlalchemy.orm import Session

from bot.outbox.overview import MOST_LISTED, delivery_overview
from handlers.people import Asker
from handlers.services import Services
from handlers.views.deliveries import SHOWN, Delivering
from school.errors import NotAllowed
from school.models import Role
from school.zones import own_zone

FOR_ADMINISTRATORS = "How deliveries stand is for administrators of Homeroom alone."


def is_administrator(asker: Asker) -> bool:
    """Whether the asker is shown how deliveries stand."""
    return asker.viewer.role is Role.ADMINISTRATOR


def delivering(
    asker: Asker, services: Services, *, session: Session, whole: bool, said: str = ""
) -> Delivering:
    """All of it, or as much as Home shows. Raises NotAllowed for who is no administrator.

    No record of a student or class is opened by it, so nothing is audited.
    """
    if not is_administrator(asker):
        raise NotAllowed(FOR_ADMINISTRATORS)
    zone = own_zone(asker.viewer, session=session)
    overview = delivery_overview(
        session,
        asker.viewer.workspace_id,
        settings=services.settings,
        now=asker.now,
        day_began=datetime.combine(asker.now.astimezone(zone), time(), zone).astimezone(UTC),
        most=MOST_LISTED if whole else SHOWN,
    )
    return Delivering(overview, zone.key, said)
