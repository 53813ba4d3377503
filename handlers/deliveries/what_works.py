"""What works in a class as a message with its picture: opened anew, audited, when it is sent."""

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from analytics.charts.pictures import effects_picture
from analytics.wording.effects import effects_alt_text
from bot.outgoing import Outgoing, Picture
from handlers.codec import Ref
from handlers.deliveries.shared import FILE_NAME, TEXT, viewer_for
from handlers.views.interventions.what_works import drawn_effects, what_works_message
from interventions.effectiveness import what_works
from school.models import Delivery


def what_works_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """What each kind of help did for a class. Raises NotFound or NotAllowed where it may not be
    seen.
    """
    ref = Ref.from_payload(delivery.payload)
    viewer = viewer_for(session, delivery, now)
    found = what_works(viewer.user_id, ref.class_id or 0, session=session, now=now)
    shown = drawn_effects(found)
    alt = effects_alt_text(found.title, shown)
    drawn = Picture(effects_picture, (found.title, shown), FILE_NAME, alt) if shown else None
    return Outgoing(TEXT, partial(what_works_message, found, viewer.today), drawn)
