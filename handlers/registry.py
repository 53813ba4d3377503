"""Which function answers what: ids to undecorated functions, and their registration with Bolt."""

import re
from collections.abc import Mapping

from slack_bolt import App

from handlers.actions.assignments import got_assignment_action
from handlers.actions.compare import comparison_numbers_action, leave_out_action, put_back_action
from handlers.actions.deliveries import (
    deliveries_action,
    deliveries_page_action,
    refresh_home_action,
    take_back_action,
    try_again_action,
)
from handlers.actions.export import export_action
from handlers.actions.interventions import rate_intervention_action, undo_intervention_action
from handlers.actions.links import field_changed_action, link_opened_action
from handlers.actions.meetings import (
    cancel_meeting_action,
    meeting_moved,
    move_meeting_action,
    prep_card_action,
    restore_meeting_action,
)
from handlers.actions.more import more_action
from handlers.actions.numbers import numbers_action, numbers_page_action
from handlers.actions.outcomes import (
    add_outcome_notes_action,
    meet_again_action,
    meeting_held_action,
    meeting_missed_action,
    outcome_notes_submitted,
    reopen_outcome_action,
)
from handlers.actions.picked import picked_action
from handlers.actions.reports import (
    class_student_action,
    full_report_action,
    home_report_action,
    range_chosen_action,
    report_picked_action,
)
from handlers.actions.skill_numbers import skill_numbers_action, skill_numbers_page_action
from handlers.actions.skills import all_skills_action, skills_page_action
from handlers.actions.student import (
    answer_message_action,
    message_read_action,
    student_answer_submitted,
)
from handlers.actions.trends import (
    metric_chosen_action,
    period_chosen_action,
    trend_numbers_action,
    trend_numbers_page_action,
)
from handlers.actions.tutoring import tutor_answer_action, tutoring_action
from handlers.actions.waiting import waiting_action, waiting_page_action
from handlers.acts import act_action, for_whom_submitted
from handlers.again import told_again
from handlers.commands.class_report import class_report_command
from handlers.commands.homeroom import homeroom_command
from handlers.commands.skill_report import skill_report_command
from handlers.commands.student_report import student_report_command
from handlers.home import home_opened
from handlers.ids import Action, Command, Event, Modal, Shortcut
from handlers.listening import Listener, failing, listening
from handlers.meetings.preview import meeting_preview_action
from handlers.messages import message_received
from handlers.modals.assignment import assignment_preview_action, assignment_submitted
from handlers.modals.bulk import (
    bulk_leave_out_action,
    bulk_preview_action,
    bulk_template_action,
    bulk_use_template_action,
)
from handlers.modals.custom_range import custom_range_closed, custom_range_submitted
from handlers.modals.history import (
    history_page_action,
    what_works_action,
    what_works_picture_action,
)
from handlers.modals.last_look import last_look_submitted, look_page_action, seen_first
from handlers.modals.meeting import meeting_form_action, meeting_submitted
from handlers.modals.message import (
    message_preview_action,
    template_chosen_action,
    use_template_action,
)
from handlers.modals.parent import parent_form_action
from handlers.modals.pickers import student_options, student_picked_submitted
from handlers.modals.resolve import resolve_submitted
from handlers.modals.settings import open_settings, settings_submitted
from handlers.modals.skill_picker import skill_options, skill_picked_submitted
from handlers.modals.templates import template_action, template_preview_action, template_submitted
from handlers.modals.tutor import tutor_skill_action, tutor_submitted
from handlers.modals.tutor_preview import tutor_preview_action
from handlers.quiet import QUIET
from handlers.services import Services
from handlers.shortcuts import help_student_shortcut, what_can_i_do_shortcut

COMMANDS: Mapping[Command, Listener] = {
    Command.STUDENT_REPORT: student_report_command,
    Command.CLASS_REPORT: class_report_command,
    Command.SKILL_REPORT: skill_report_command,
    Command.HOMEROOM: homeroom_command,
}
ACTIONS: Mapping[Action, Listener] = {
    **dict.fromkeys(QUIET, field_changed_action),
    Action.OPEN_LINK: link_opened_action,
    Action.PICK_REPORT: picked_action,
    Action.USE_RANGE: range_chosen_action,
    Action.REPORT_RANGE: range_chosen_action,
    Action.ALL_SKILLS: all_skills_action,
    Action.SKILLS_PAGE: skills_page_action,
    Action.NUMBERS: numbers_action,
    Action.NUMBERS_PAGE: numbers_page_action,
    Action.SKILL_NUMBERS: skill_numbers_action,
    Action.SKILL_NUMBERS_PAGE: skill_numbers_page_action,
    Action.COMPARE: report_picked_action,
    Action.COMPARISON_NUMBERS: comparison_numbers_action,
    Action.LEAVE_OUT: leave_out_action,
    Action.PUT_BACK: put_back_action,
    Action.TREND_METRIC: metric_chosen_action,
    Action.TREND_BY: period_chosen_action,
    Action.TREND_NUMBERS: trend_numbers_action,
    Action.TREND_NUMBERS_PAGE: trend_numbers_page_action,
    Action.CLASS_STUDENT: class_student_action,
    Action.CLASS_SKILL: class_student_action,
    Action.EXPORT: export_action,
    Action.MORE: more_action,
    Action.HOME_REPORT: home_report_action,
    Action.FULL_REPORT: full_report_action,
    Action.MEETING_DAY: meeting_form_action,
    Action.MEETING_SLOT: meeting_form_action,
    Action.MEETING_TIME: meeting_form_action,
    Action.MEETING_WEEK: meeting_form_action,
    Action.MEETING_TAKE: meeting_form_action,
    Action.MEETING_MINUTES: meeting_form_action,
    Action.OPEN_SETTINGS: open_settings,
    Action.HELP_STUDENT: help_student_shortcut,
    Action.MEETING_STUDENT: meeting_form_action,
    Action.MEETING_STUDENTS: meeting_form_action,
    Action.MEETING_TYPE: meeting_form_action,
    Action.MEET_AGAIN: meet_again_action,
    Action.MOVE_MEETING: move_meeting_action,
    Action.CANCEL_MEETING: cancel_meeting_action,
    Action.RESTORE_MEETING: restore_meeting_action,
    Action.PREP_CARD: prep_card_action,
    Action.MEETING_HELD: meeting_held_action,
    Action.MEETING_MISSED: meeting_missed_action,
    Action.REOPEN_OUTCOME: reopen_outcome_action,
    Action.ADD_OUTCOME_NOTES: add_outcome_notes_action,
    Action.TRY_AGAIN: try_again_action,
    Action.TAKE_BACK: take_back_action,
    Action.DELIVERIES: deliveries_action,
    Action.DELIVERIES_PAGE: deliveries_page_action,
    Action.REFRESH_HOME: refresh_home_action,
    Action.GOT_ASSIGNMENT: got_assignment_action,
    Action.ASSIGNMENT_PREVIEW: assignment_preview_action,
    Action.ACT: act_action,
    Action.PARENT_CONCERN: parent_form_action,
    Action.PARENT_LANGUAGE: parent_form_action,
    Action.PARENT_PREVIEW: parent_form_action,
    Action.MESSAGE_READ: message_read_action,
    Action.ANSWER_MESSAGE: answer_message_action,
    Action.STUDENT_ANSWER: field_changed_action,
    Action.UNDO_INTERVENTION: undo_intervention_action,
    Action.RATE_INTERVENTION: rate_intervention_action,
    Action.HISTORY_PAGE: history_page_action,
    Action.WHAT_WORKS: what_works_action,
    Action.WHAT_WORKS_PICTURE: what_works_picture_action,
    Action.WAITING: waiting_action,
    Action.MESSAGE_TEMPLATE: template_chosen_action,
    Action.MESSAGE_PREVIEW: message_preview_action,
    Action.USE_TEMPLATE: use_template_action,
    Action.BULK_TEMPLATE: bulk_template_action,
    Action.BULK_PREVIEW: bulk_preview_action,
    Action.BULK_LEAVE_OUT: bulk_leave_out_action,
    Action.BULK_USE_TEMPLATE: bulk_use_template_action,
    Action.TEMPLATE: template_action,
    Action.TEMPLATE_PREVIEW: template_preview_action,
    Action.WAITING_PAGE: waiting_page_action,
    Action.TUTOR_SKILL: tutor_skill_action,
    Action.TUTOR_PREVIEW: tutor_preview_action,
    Action.MEETING_PREVIEW: meeting_preview_action,
    Action.TUTOR_ANSWER: tutor_answer_action,
    Action.TUTORING: tutoring_action,
    Action.LOOK_PAGE: look_page_action,
}
VIEWS: Mapping[Modal, Listener] = {
    Modal.STUDENT_PICKER: student_picked_submitted,
    Modal.SKILL_PICKER: skill_picked_submitted,
    Modal.CUSTOM_RANGE: custom_range_submitted,
    Modal.MEETING: told_again(meeting_submitted),
    Modal.PARENT: told_again(seen_first(Modal.PARENT)),
    Modal.MOVE_MEETING: meeting_moved,
    Modal.ASSIGNMENT: told_again(assignment_submitted),
    Modal.OUTCOME_NOTES: outcome_notes_submitted,
    Modal.STUDENT_ANSWER: student_answer_submitted,
    Modal.SETTINGS: settings_submitted,
    Modal.RESOLVE: told_again(resolve_submitted),
    Modal.FOR_WHOM: for_whom_submitted,
    Modal.MESSAGE: told_again(seen_first(Modal.MESSAGE)),
    Modal.BULK: told_again(seen_first(Modal.BULK)),
    Modal.TEMPLATE: template_submitted,
    Modal.TUTOR: told_again(tutor_submitted),
    Modal.LAST_LOOK: last_look_submitted,
}
CLOSED: Mapping[Modal, Listener] = {
    Modal.CUSTOM_RANGE: custom_range_closed,
}
OPTIONS: Mapping[Action, Listener] = {
    Action.CLASS_STUDENT: student_options,
    Action.CHOOSE_STUDENT: student_options,
    Action.MEETING_STUDENT: student_options,
    Action.MEETING_STUDENTS: student_options,
    Action.CLASS_SKILL: skill_options,
    Action.CHOOSE_SKILL: skill_options,
}
EVENTS: Mapping[Event, Listener] = {
    Event.HOME_OPENED: home_opened,
    Event.MESSAGE: message_received,
}

SHORTCUTS: Mapping[Shortcut, Listener] = {
    Shortcut.HELP_STUDENT: help_student_shortcut,
    Shortcut.WHAT_CAN_I_DO: what_can_i_do_shortcut,
}


def register(app: App, services: Services) -> None:
    """Hand every listener to Bolt, each with the services it needs."""
    for command, listener in COMMANDS.items():
        app.command(command.value)(listening(listener, services))
    for action, listener in ACTIONS.items():
        app.action(_numbered(action))(listening(listener, services))
    for modal, listener in VIEWS.items():
        app.view(modal.value)(listening(listener, services))
    for modal, listener in CLOSED.items():
        app.view_closed(modal.value)(listening(listener, services))
    for action, listener in OPTIONS.items():
        app.options(action.value)(listening(listener, services))
    for shortcut, listener in SHORTCUTS.items():
        app.shortcut(shortcut.value)(listening(listener, services))
    for event, listener in EVENTS.items():
        app.event(event.value)(listening(listener, services))
    app.error(failing(services))


def _numbered(action: Action) -> re.Pattern[str]:
    """Several buttons of one kind in a row carry a number after their id."""
    return re.compile(rf"^{action.value}(:\d+)?$")
