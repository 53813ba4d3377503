"""Comparisons as messages: opened anew, with access checked and audited, when they are sent."""

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from analytics.charts.pictures import class_comparison_picture, student_comparison_picture
from analytics.thresholds import JUDGED_QUESTIONS
from analytics.wording.comparison import class_comparison_alt_text, student_comparison_alt_text
from bot.outgoing import Outgoing, Picture
from handlers.codec import Ref
from handlers.comparisons import class_comparison, student_comparison
from handlers.deliveries.shared import FILE_NAME, TEXT, ranges_with_more, replaces, viewer_for
from handlers.ids import Kind
from handlers.views.reports.compare import class_comparison_message, student_comparison_message
from school.access import Viewer
from school.models import Delivery


def comparison_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """A student beside the class, or a class beside others.

    Raises NotFound or NotAllowed where it may no longer be seen.
    """
    ref = Ref.from_payload(delivery.payload)
    viewer = viewer_for(session, delivery, now)
    if ref.student is None:
        return _of_class(viewer, ref, session=session, now=now)
    return _of_student(viewer, ref, session=session, now=now)


def _of_student(viewer: Viewer, ref: Ref, *, session: Session, now: datetime) -> Outgoing:
    found = student_comparison(viewer, ref, "comparison", session=session, now=now)
    here = Ref(
        kind=Kind.COMPARISON.value,
        student=found.student_id,
        class_id=found.class_id,
        range=found.range.code(),
    )
    enough = found.questions >= JUDGED_QUESTIONS
    offers = () if enough else ranges_with_more(here, found.range, session=session, now=now)
    compose = partial(student_comparison_message, found, here, now, offers)
    alt = student_comparison_alt_text(found)
    drawn = Picture(student_comparison_picture, (found,), FILE_NAME, alt)
    return Outgoing(TEXT, compose, drawn if found.questions else None, replaces(ref))


def _of_class(viewer: Viewer, ref: Ref, *, session: Session, now: datetime) -> Outgoing:
    found = class_comparison(viewer, ref, "comparison", session=session, now=now)
    here = Ref(kind=Kind.COMPARISON.value, class_id=found.class_id, range=found.range.code())
    enough = found.own.judged > 0
    offers = () if enough else ranges_with_more(here, found.range, session=session, now=now)
    compose = partial(class_comparison_message, found, here, now, offers)
    alt = class_comparison_alt_text(found)
    drawn = Picture(class_comparison_picture, (found,), FILE_NAME, alt)
    return Outgoing(TEXT, compose, drawn if enough else None, replaces(ref))
