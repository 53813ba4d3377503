"""Reports as messages: opened anew, with access checked and audited, when they are sent."""

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from analytics.charts.pictures import class_picture, student_picture
from analytics.thresholds import JUDGED_QUESTIONS
from analytics.wording import class_alt_text, student_alt_text
from bot.outgoing import Outgoing, Picture
from handlers.codec import Ref
from handlers.deliveries.shared import FILE_NAME, TEXT, ranges_with_more, replaces, viewer_for
from handlers.reports import class_report, student_report
from handlers.views.reports.class_report import class_report_message
from handlers.views.reports.student_report import student_report_message
from school.models import Delivery


def student_report_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """A student's report. Raises NotFound or NotAllowed where it may no longer be seen."""
    ref = Ref.from_payload(delivery.payload)
    viewer = viewer_for(session, delivery, now)
    report = student_report(viewer, ref, "report", session=session, now=now)
    here = Ref(student=report.student_id, class_id=report.class_id, range=report.range.code())
    enough = report.overall.questions >= JUDGED_QUESTIONS
    offers = () if enough else ranges_with_more(here, report.range, session=session, now=now)
    compose = partial(student_report_message, report, here, now, offers)
    drawn = Picture(student_picture, (report,), FILE_NAME, student_alt_text(report))
    return Outgoing(TEXT, compose, drawn if report.overall.questions else None, replaces(ref))


def class_report_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """A class's report. Raises NotFound or NotAllowed where it may no longer be seen."""
    ref = Ref.from_payload(delivery.payload)
    viewer = viewer_for(session, delivery, now)
    report = class_report(viewer, ref, "report", session=session, now=now)
    here = Ref(class_id=report.class_id, range=report.range.code())
    practised = report.overall.questions > 0
    offers = () if practised else ranges_with_more(here, report.range, session=session, now=now)
    compose = partial(class_report_message, report, here, now, offers)
    drawn = Picture(class_picture, (report,), FILE_NAME, class_alt_text(report))
    return Outgoing(TEXT, compose, drawn if report.overall.questions else None, replaces(ref))
