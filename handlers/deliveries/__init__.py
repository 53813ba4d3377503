"""One builder per kind of delivery, for the outbox: messages in Slack, and e-mails."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from bot.links import Pages
from bot.outbox.entries import EntryBuilder
from bot.outbox.mails import MailBuilder
from bot.outgoing import Mail, Outgoing
from handlers.deliveries.again import shown_again
from handlers.deliveries.assignments import (
    assignment_notice,
    student_assignment,
    student_assignment_mail,
    student_assignment_withdrawn,
    student_assignment_withdrawn_mail,
)
from handlers.deliveries.compare import comparison_delivery
from handlers.deliveries.digest import digest_delivery
from handlers.deliveries.export import (
    class_pack_delivery,
    export_delivery,
    export_notice_delivery,
)
from handlers.deliveries.failures import failure_notice
from handlers.deliveries.greeting import greeting
from handlers.deliveries.interventions import intervention_card_delivery
from handlers.deliveries.meeting_answers import meeting_answer_delivery
from handlers.deliveries.meeting_entries import meeting_entry
from handlers.deliveries.meeting_mails import (
    meeting_cancelled_mail,
    meeting_invitation_mail,
    meeting_moved_mail,
    meeting_own_mail,
    meeting_reminder_mail,
)
from handlers.deliveries.meetings import (
    meeting_card_delivery,
    meeting_outcome_delivery,
    meeting_reminder_delivery,
)
from handlers.deliveries.parent_answer import parent_answer_delivery
from handlers.deliveries.parent_mail import parent_mail
from handlers.deliveries.reports import class_report_delivery, student_report_delivery
from handlers.deliveries.skill_report import skill_report_delivery
from handlers.deliveries.student_messages import (
    student_message_delivery,
    student_message_mail,
    student_note_delivery,
)
from handlers.deliveries.student_replies import student_reply_delivery
from handlers.deliveries.trend import trend_delivery
from handlers.deliveries.tutoring import (
    tutor_request,
    tutor_request_mail,
    tutoring_answer,
    tutoring_match,
    tutoring_match_mail,
    tutoring_over,
    tutoring_over_mail,
)
from handlers.deliveries.what_works import what_works_delivery
from handlers.ids import Kind
from school.models import Delivery

Builder = Callable[[Session, Delivery, datetime], Outgoing]

BUILDERS: dict[str, Builder] = {
    Kind.STUDENT_REPORT.value: student_report_delivery,
    Kind.CLASS_REPORT.value: class_report_delivery,
    Kind.SKILL_REPORT.value: skill_report_delivery,
    Kind.COMPARISON.value: comparison_delivery,
    Kind.DIGEST.value: digest_delivery,
    Kind.EXPORT.value: export_delivery,
    Kind.EXPORT_NOTICE.value: export_notice_delivery,
    Kind.CLASS_PACK.value: class_pack_delivery,
    Kind.TREND.value: trend_delivery,
    Kind.MEETING_CARD.value: meeting_card_delivery,
    Kind.MEETING_REMINDER.value: meeting_reminder_delivery,
    Kind.MEETING_OUTCOME.value: meeting_outcome_delivery,
    Kind.MEETING_ANSWER.value: meeting_answer_delivery,
    Kind.INTERVENTION_CARD.value: intervention_card_delivery,
    Kind.WHAT_WORKS.value: what_works_delivery,
    Kind.PARENT_ANSWER.value: parent_answer_delivery,
    Kind.FAILURE_NOTICE.value: failure_notice,
    Kind.STUDENT_MESSAGE.value: student_message_delivery,
    Kind.STUDENT_NOTE.value: student_note_delivery,
    Kind.STUDENT_REPLY.value: student_reply_delivery,
    Kind.GREETING.value: greeting,
    Kind.STUDENT_ASSIGNMENT.value: student_assignment,
    Kind.STUDENT_ASSIGNMENT_WITHDRAWN.value: student_assignment_withdrawn,
    Kind.ASSIGNMENT_NOTICE.value: assignment_notice,
    Kind.TUTOR_REQUEST.value: tutor_request,
    Kind.TUTORING_MATCH.value: tutoring_match,
    Kind.TUTORING_OVER.value: tutoring_over,
    Kind.TUTORING_ANSWER.value: tutoring_answer,
}
BUILDERS[Kind.SHOWN_AGAIN.value] = partial(shown_again, BUILDERS)

MAILS: dict[str, MailBuilder] = {
    Kind.MEETING_CANCELLED_MAIL.value: meeting_cancelled_mail,
    Kind.MEETING_OWN_MAIL.value: meeting_own_mail,
    Kind.STUDENT_ASSIGNMENT_MAIL.value: student_assignment_mail,
    Kind.STUDENT_ASSIGNMENT_WITHDRAWN_MAIL.value: student_assignment_withdrawn_mail,
    Kind.TUTOR_REQUEST_MAIL.value: tutor_request_mail,
    Kind.TUTORING_MATCH_MAIL.value: tutoring_match_mail,
    Kind.TUTORING_OVER_MAIL.value: tutoring_over_mail,
}
"""One builder per kind of e-mail."""

ENTRIES: dict[str, EntryBuilder] = {Kind.MEETING_EVENT.value: meeting_entry}
"""One builder per kind of entry in a calendar."""

LINKED_MAILS: dict[str, Callable[[Pages | None, Session, Delivery, datetime], Mail]] = {
    Kind.MEETING_INVITATION_MAIL.value: meeting_invitation_mail,
    Kind.MEETING_MOVED_MAIL.value: meeting_moved_mail,
    Kind.MEETING_REMINDER_MAIL.value: meeting_reminder_mail,
    Kind.PARENT_MAIL.value: parent_mail,
    Kind.STUDENT_MESSAGE_MAIL.value: student_message_mail,
}
"""One builder per kind of e-mail that bears the address of a page; without `Pages` there is none,
and the mail asks for a reply instead."""


def mails(pages: Pages | None) -> dict[str, MailBuilder]:
    """Every kind of e-mail, those with an address of a page by these pages."""
    linked = {kind: partial(builder, pages) for kind, builder in LINKED_MAILS.items()}
    return {**MAILS, **linked}
