"""Saying that work is under way, where its result is not there within a second or so."""

import logging
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from handlers.ask import Answer, Ask
from handlers.quick import respond
from handlers.services import Services
from school.database import reading
from school.models import Delivery, DeliveryState

LOG = logging.getLogger(__name__)
DONE = (DeliveryState.SENT.value, DeliveryState.FAILED.value)


def notice_when_slow(ask: Ask, services: Services, delivery: Delivery, words: str) -> None:
    """Look a little later whether the delivery is done; if not, say so to the asker alone.

    A courtesy without promise: it is not kept over a restart, as the delivery itself is.
    """
    say = partial(_say_unless_done, ask, services, (delivery.workspace_id, delivery.id), words)
    services.later(services.settings.notice_after, say)


def _say_unless_done(
    ask: Ask, services: Services, delivery_id: tuple[int, int], words: str
) -> None:
    try:
        with services.session_factory() as session:
            delivery = reading(session).get(Delivery, delivery_id)
    except SQLAlchemyError as trouble:
        LOG.warning("A notice was left out (%s)", type(trouble).__name__)
        return
    if delivery is not None and delivery.state not in DONE:
        respond(ask, services, Answer.plain(words))
