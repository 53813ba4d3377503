"""Reports as messages: opened anew, with access checked and audited, when they are sent."""

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from analytics.charts.pictures import class_picture, student_picture
from analytics.ranges import ranges_with_practice
from analytics.reports.data import ClassReport, StudentReport
from analytics.wording import class_alt_text, student_alt_text
from bot.outgoing import Outgoing, Picture
from handlers.codec import Ref
from handlers.deliveries.shared import FILE_NAME, TEXT, other_ranges, replaces, viewer_for
from handlers.reports import class_report, student_report
from handlers.views.class_report import class_report_message
from handlers.views.student_report import student_report_message
from school.days import DateRange
from school.models import Delivery

ENOUGH_QUESTIONS = 10
"""Below these a student's accuracy is not judged (docs/metrics.md), and more is offered."""


def student_report_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """A student's report. Raises NotFound or NotAllowed where it may no longer be seen."""
    ref = Ref.from_payload(delivery.payload)
    viewer = viewer_for(session, delivery, now)
    report = student_report(viewer, ref, "report", session=session, now=now)
    here = Ref(student=report.student_id, class_id=report.class_id, range=report.range.code())
    offers = _student_offers(report, session=session, now=now)
    compose = partial(student_report_message, report, here, now, offers)
    drawn = Picture(student_picture, (report,), FILE_NAME, student_alt_text(report))
    return Outgoing(TEXT, compose, drawn if report.overall.questions else None, replaces(ref))


def class_report_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """A class's report. Raises NotFound or NotAllowed where it may no longer be seen."""
    ref = Ref.from_payload(delivery.payload)
    viewer = viewer_for(session, delivery, now)
    report = class_report(viewer, ref, "report", session=session, now=now)
    here = Ref(class_id=report.class_id, range=report.range.code())
    offers = _class_offers(report, session=session, now=now)
    compose = partial(class_report_message, report, here, now, offers)
    drawn = Picture(class_picture, (report,), FILE_NAME, class_alt_text(report))
    return Outgoing(TEXT, compose, drawn if report.overall.questions else None, replaces(ref))


def _student_offers(
    report: StudentReport, *, session: Session, now: datetime
) -> tuple[DateRange, ...]:
    if report.overall.questions >= ENOUGH_QUESTIONS:
        return ()
    offer = ranges_with_practice(
        session=session, now=now, student_id=report.student_id, class_id=report.class_id
    )
    return other_ranges(offer, report.range)


def _class_offers(report: ClassReport, *, session: Session, now: datetime) -> tuple[DateRange, ...]:
    if report.overall.questions:
        return ()
    offer = ranges_with_practice(session=session, now=now, class_id=report.class_id)
    return other_ranges(offer, report.range)
