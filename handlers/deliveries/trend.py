"""Trends as messages: opened anew, with access checked and audited, when they are sent."""

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from analytics.charts.pictures import trend_picture
from analytics.wording.trends import trend_alt_text
from bot.outgoing import Outgoing, Picture
from handlers.codec import Ref
from handlers.deliveries.shared import FILE_NAME, TEXT, ranges_with_more, replaces, viewer_for
from handlers.ids import Kind
from handlers.trends import trend_report
from handlers.views.reports.trend import has_numbers, trend_message
from school.models import Delivery


def trend_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """A trend. Raises NotFound or NotAllowed where it may no longer be seen."""
    ref = Ref.from_payload(delivery.payload)
    viewer = viewer_for(session, delivery, now)
    report = trend_report(viewer, ref, "trend", session=session, now=now)
    here = Ref(
        kind=Kind.TREND.value,
        student=report.student_id,
        class_id=report.class_id,
        metric=report.metric.value,
        by=ref.by,
        range=report.range.code(),
    )
    enough = has_numbers(report)
    offers = () if enough else ranges_with_more(here, report.range, session=session, now=now)
    compose = partial(trend_message, report, here, now, offers)
    drawn = Picture(trend_picture, (report,), FILE_NAME, trend_alt_text(report))
    return Outgoing(TEXT, compose, drawn if enough else None, replaces(ref))
