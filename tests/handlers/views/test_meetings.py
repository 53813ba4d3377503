"""Cards, reminders, questions and forms of meetings, within Slack's limits."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from handlers.codec import Ref
from handlers.views.meetings.home_meetings import home_meetings
from handlers.views.meetings.meeting import (
    MeetingForm,
    WhoMet,
    meeting_modal,
    move_modal,
    outcome_notes_modal,
)
from handlers.views.meetings.meeting_card import meeting_card
from handlers.views.meetings.meeting_outcome import outcome_question
from handlers.views.reports.prep import Prep, prep_modal, reminder_message
from interventions.meetings import (
    LastNotes,
    MeetingStatus,
    MeetingType,
    MeetingView,
)
from tests.handlers.views.meetings import (
    LIMA,
    LONDON,
    MEETINGS,
    MOMENTS,
    NEW_YORK,
    NOW,
    POSSIBLE,
    TEXTS,
)
from tests.handlers.views.reports import NAMES, STUDENT_REPORTS, TODAY
from tests.handlers.views.test_limits import QUICK, sound, sound_view, words_in

LAST = st.none() | st.builds(
    LastNotes,
    meeting_id=st.integers(1, 9),
    scheduled_at=MOMENTS,
    meeting_type=st.sampled_from(MeetingType),
    status=st.sampled_from(MeetingStatus),
    notes=TEXTS,
    outcome_notes=TEXTS,
)
PREPS = st.builds(
    Prep, report=STUDENT_REPORTS, last=LAST, alerts=st.integers(0, 99), today=st.just(TODAY)
)
FORMS = st.builds(
    MeetingForm,
    student=st.none() | st.builds(WhoMet, st.integers(1, 2**31 - 1), NAMES, NAMES),
    kind=st.sampled_from(MeetingType),
    day=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    at=st.times(),
    minutes=st.integers(5, 480),
    zone=st.sampled_from([NEW_YORK, LIMA]),
    possible=st.lists(POSSIBLE, max_size=25, unique_by=lambda one: one.invitee).map(tuple),
    place=NAMES,
    others=NAMES,
    notes=NAMES,
    said=st.lists(NAMES.filter(bool), max_size=3).map(tuple),
)


@QUICK
@given(MEETINGS, st.lists(MOMENTS, max_size=5), st.sampled_from([None, LIMA]))
def test_a_card_fits(view: MeetingView, reminders: list[datetime], zone: str | None) -> None:
    blocks = meeting_card(view, viewer_id=1, now=NOW, reminders=reminders, school_zone=zone)
    sound(blocks)
    assert words_in(blocks) == []


@QUICK
@given(MEETINGS)
def test_a_question_and_its_forms_fit(view: MeetingView) -> None:
    blocks = outcome_question(view, viewer_id=1, now=NOW)
    sound(blocks)
    assert words_in(blocks) == []
    ref = Ref(meeting=view.id, version=view.version)
    sound_view(outcome_notes_modal(view, ref))


@QUICK
@given(MEETINGS, FORMS)
def test_the_form_of_a_change_fits(view: MeetingView, form: MeetingForm) -> None:
    sound_view(move_modal(view, form, Ref(meeting=view.id, version=view.version)))


@QUICK
@given(MEETINGS, PREPS)
def test_a_reminder_and_a_prep_card_fit(view: MeetingView, prep: Prep) -> None:
    blocks = reminder_message(view, prep, now=NOW, school_zone=LONDON)
    sound(blocks)
    assert words_in(blocks) == []
    sound_view(prep_modal(view, prep, now=NOW))


@QUICK
@given(st.lists(MEETINGS, max_size=15))
def test_home_shows_ten_meetings_and_says_that_there_are_more(views: list[MeetingView]) -> None:
    blocks = home_meetings(views, NOW)
    sound_view({"type": "home", "blocks": blocks or [{"type": "divider"}]})
    assert bool(blocks) == bool(views)
    assert len(blocks) <= 12


@QUICK
@given(FORMS)
def test_a_form_fits(form: MeetingForm) -> None:
    ref = Ref(student=form.student.id if form.student else None, draft="d")
    for own in (ref, Ref(draft="d")):
        sound_view(meeting_modal(form, own))
