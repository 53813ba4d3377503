"""A skill's report as a message: opened anew, with access checked and audited, when it is sent."""

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from analytics.charts.pictures import skill_picture
from analytics.wording.skill import skill_alt_text
from bot.outgoing import Outgoing, Picture
from handlers.codec import Ref
from handlers.deliveries.shared import FILE_NAME, TEXT, ranges_with_more, replaces, viewer_for
from handlers.ids import Kind
from handlers.reports import skill_report
from handlers.views.reports.skill_report import is_practised, skill_report_message
from school.models import Delivery


def skill_report_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """How a class stands with a skill. Raises NotFound or NotAllowed where it may not be seen."""
    ref = Ref.from_payload(delivery.payload)
    viewer = viewer_for(session, delivery, now)
    report = skill_report(viewer, ref, "report", session=session, now=now)
    here = Ref(
        kind=Kind.SKILL_REPORT.value,
        class_id=report.class_id,
        skill=report.skill_id,
        range=report.range.code(),
    )
    practised = report.questions > 0
    offers = () if practised else ranges_with_more(here, report.range, session=session, now=now)
    compose = partial(skill_report_message, report, here, now, offers)
    drawn = Picture(skill_picture, (report,), FILE_NAME, skill_alt_text(report))
    return Outgoing(TEXT, compose, drawn if is_practised(report) else None, replaces(ref))
