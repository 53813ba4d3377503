"""The note about a failure and the page of deliveries: their words, and Slack's limits."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox.overviewed import (
    Failed,
    Group,
    Late,
    Overdue,
    Overview,
    Person,
    Today,
    Why,
)
from handlers.ids import Kind
from handlers.views.deliveries import (
    Delivering,
    deliveries_modal,
    delivery_blocks,
    headline,
    late_words,
)
from handlers.views.failure import FailureNote, Trial, failure_blocks
from school.models import Delivery, Lane, Medium
from tests.handlers.views.meetings import labels, words_of
from tests.handlers.views.reports import NAMES
from tests.handlers.views.test_limits import QUICK, sound, sound_view

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
ZONE = "America/New_York"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MOMENTS = st.integers(-(10**6), 10**6).map(lambda seconds: NOW + timedelta(seconds=seconds))


def failed_delivery(**values: Any) -> Delivery:
    asked = NOW - 2 * HOUR
    plain: dict[str, Any] = {
        "id": 1,
        "kind": "student_report",
        "lane": "interactive",
        "medium": "slack",
        "state": "failed",
        "error": "TimeoutError",
        "reference": "7F3K",
        "retried": 0,
        "due_at": asked,
        "created_at": asked,
        "finished_at": NOW - HOUR,
    }
    return Delivery(**{**plain, **values})


def note_words(failed: Delivery, **more: Any) -> str:
    blocks = failure_blocks(FailureNote(failed, **{**NOTE, **more}))
    sound(blocks)
    return words_of(blocks)


NOTE: dict[str, Any] = {"about": "", "round": 0, "zone": ZONE, "now": NOW}


def test_a_note_says_what_since_when_why_and_what_to_do() -> None:
    failed = failed_delivery(failing_since=NOW - 2 * HOUR)
    words = note_words(failed, about="Maya")
    assert "I could not send the student report about Maya." in words
    assert "It was asked for Mon 2 Mar 7:30; I tried until Mon 2 Mar 8:30." in words
    assert "Slack gave no clear answer for too long. Try again in a while" in words
    assert "Reference 7F3K." in words


def test_what_was_due_is_said_to_have_been_and_an_e_mail_to_be_one() -> None:
    values = {"kind": "meeting_reminder_mail", "medium": "mail", "lane": "scheduled"}
    words = note_words(failed_delivery(**values, error="smtp 550 5.1.1", reference=None))
    assert "I could not send the meeting reminder (e-mail)." in words
    assert "It was due Mon 2 Mar 7:30." in words
    assert "The mail server did not take the address." in words
    assert "Reference" not in words


def test_an_administrator_is_told_what_an_administrator_can_do() -> None:
    words = note_words(failed_delivery(error="invalid_auth"), is_administrator=True)
    assert "SLACK_BOT_TOKEN" in words


def test_what_is_past_its_use_has_no_button() -> None:
    blocks = failure_blocks(FailureNote(failed_delivery(expires_at=NOW), **NOTE))
    assert labels(blocks) == []
    assert "It is of no use any more" in words_of(blocks)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("waiting", "Tried again at 9:12 by you."),
        ("sent", "Tried again at 9:12 by you, and sent."),
        ("failed", "Tried again at 9:12 by you, and failed again."),
        ("taken_back", "It is of no use any more, so it is not sent."),
    ],
)
def test_a_note_says_what_came_of_another_try(state: str, words: str) -> None:
    trial = Trial(datetime(2026, 3, 2, 14, 12, tzinfo=UTC), None)
    assert words in note_words(failed_delivery(state=state, retried=1), trial=trial)


def test_a_try_of_another_day_or_person_says_so() -> None:
    trial = Trial(datetime(2026, 3, 3, 14, 12, tzinfo=UTC), "Ms Head")
    words = note_words(failed_delivery(state="waiting", retried=1), trial=trial)
    assert "Tried again Tue 3 Mar 9:12 by Ms Head." in words
    assert "Tried again." in note_words(failed_delivery(state="waiting", retried=1))


def overview(**values: Any) -> Overview:
    plain: dict[str, Any] = {
        "now": NOW,
        "waiting": (),
        "planned": 0,
        "held_until": None,
        "late_count": 0,
        "late": (),
        "failed_count": 0,
        "failed": (),
        "today": Today(0, 0, 0),
        "overdue": None,
    }
    return Overview(**{**plain, **values})


def group(count: int, age: timedelta) -> Group:
    return Group(Lane.INTERACTIVE, Medium.SLACK, "student_report", count, NOW - age)


def late(why: Why = Why.UNTAKEN, until: datetime | None = None, person: bool = True) -> Late:
    who = Person("Ms Ruiz", is_recipient=person)
    due = NOW - 25 * MINUTE
    return Late(1, "student_report", Medium.SLACK, who, due, why, until, "TimeoutError")


LATE_ONE = {"late_count": 1, "late": (late(),)}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "All is sent."),
        (
            {"waiting": (group(3, timedelta(seconds=12)),)},
            "Nothing is late. 3 are waiting, the oldest for 12 s.",
        ),
        ({"waiting": (group(1, 3 * MINUTE),)}, "Nothing is late. 1 is waiting, for 3 min."),
        ({"held_until": NOW + 2 * MINUTE}, "Slack is holding posts back until 9:32."),
        ({"failed_count": 2}, "2 could not be sent in the last 14 days."),
        ({**LATE_ONE, "waiting": (group(1, 25 * MINUTE),)}, "1 is late by 25 min."),
        (
            {**LATE_ONE, "late_count": 2, "waiting": (group(4, 25 * MINUTE),)},
            "2 are late, the oldest by 25 min. 2 are waiting beside that.",
        ),
        (
            {"overdue": Overdue(1, NOW, None)},
            "Nothing waits to be sent, but the clock is behind.",
        ),
    ],
)
def test_one_sentence_says_how_deliveries_stand(values: dict[str, Any], sentence: str) -> None:
    assert headline(Delivering(overview(**values), ZONE)) == sentence


@pytest.mark.parametrize(
    ("why", "until", "words"),
    [
        (Why.IN_HAND, None, "being sent just now"),
        (Why.UNSETTLED, NOW + MINUTE, "I look whether it has arrived at 9:31"),
        (Why.RETRYING, NOW + MINUTE, "next try at 9:31. Slack gave no clear answer"),
        (Why.RETRYING, None, "next try in a moment"),
        (Why.HELD, NOW + MINUTE, "held back until 9:31"),
        (Why.BEHIND, None, "waits for another message to the same place"),
        (Why.UNTAKEN, None, "Is Homeroom running and keeping up?"),
    ],
)
def test_each_reason_to_be_late_has_words(why: Why, until: datetime | None, words: str) -> None:
    shown = Delivering(overview(), ZONE)
    assert words in late_words(late(why, until), shown)
    assert "Student report, sent by Ms Ruiz" in late_words(late(why, until, person=False), shown)


def test_what_today_brought_is_counted() -> None:
    found = overview(today=Today(1412, 3, 1), planned=12)
    words = words_of(delivery_blocks(Delivering(found, ZONE, said="I am trying it again.")))
    counts = "1,412 sent, 3 not sent, as not needed any more, 1 taken back · 12 planned for later"
    assert f"Today: {counts}" in words
    assert "I am trying it again." in words


def test_a_clock_that_breaks_is_told_with_its_error() -> None:
    found = overview(overdue=Overdue(2, NOW - HOUR, "KeyError"))
    words = words_of(delivery_blocks(Delivering(found, ZONE)))
    assert "2 timers not acted on, the oldest due today 8:30." in words
    assert "It breaks on my side (KeyError)" in words


PEOPLE = st.none() | st.builds(Person, NAMES, st.booleans())
KINDS = st.sampled_from([*Kind, "file_expiry", "of_another_release"])
CODES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=200)
LATES = st.builds(
    Late,
    delivery_id=st.integers(1, 2**63 - 1),
    kind=KINDS,
    medium=st.sampled_from(Medium),
    person=PEOPLE,
    due_at=MOMENTS,
    why=st.sampled_from(Why),
    until=st.none() | MOMENTS,
    error=st.none() | CODES,
)
FAILURES = st.builds(
    Failed,
    delivery_id=st.integers(1, 2**63 - 1),
    kind=KINDS,
    medium=st.sampled_from(Medium),
    person=PEOPLE,
    failed_at=MOMENTS,
    error=CODES,
    reference=st.none() | st.just("7F3K"),
    round=st.integers(0, 9),
    is_useful=st.booleans(),
)
COUNTS = st.integers(0, 10**6)
GROUPS = st.builds(
    Group, st.sampled_from(Lane), st.sampled_from(Medium), KINDS, st.integers(1, 10**6), MOMENTS
)
OVERVIEWS = st.builds(
    Overview,
    now=st.just(NOW),
    waiting=st.lists(GROUPS, max_size=60).map(tuple),
    planned=COUNTS,
    held_until=st.none() | MOMENTS,
    late_count=st.integers(30, 10**6),
    late=st.lists(LATES, min_size=1, max_size=30).map(tuple),
    failed_count=st.integers(30, 10**6),
    failed=st.lists(FAILURES, max_size=30).map(tuple),
    today=st.builds(Today, COUNTS, COUNTS, COUNTS),
    overdue=st.none() | st.builds(Overdue, st.integers(1, 99), MOMENTS, st.none() | CODES),
)


@QUICK
@given(found=OVERVIEWS, page=st.integers(0, 9))
def test_whatever_there_is_to_tell_is_within_slacks_limits(found: Overview, page: int) -> None:
    shown = Delivering(found, ZONE, said="It is being tried again already.")
    sound(delivery_blocks(shown))
    sound_view(deliveries_modal(shown, page))
