"""What the history says: counts, times until an answer, answers, ratings, effects."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from analytics.effects import KindEffect, LeftOut, Outcome, Verdict
from analytics.reports.data import Interval
from analytics.wording.effects import effects_alt_text
from handlers.ids import Action
from handlers.views.interventions.history import history_modal, pattern_words
from handlers.views.interventions.what_works import (
    drawn_effects,
    what_works_message,
    what_works_modal,
)
from interventions.effectiveness import OwnRatings, WhatWorks
from interventions.history import HistoryEntry, InterventionHistory
from interventions.outcomes import Outcome as Standing
from interventions.outcomes import State
from interventions.patterns import Pattern
from sandbox import Message, full_text
from school.models import InterventionType

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
MESSAGE, MEETING = InterventionType.MESSAGE, InterventionType.MEETING


def words(blocks: list[dict[str, Any]]) -> str:
    return full_text(Message("", "", "", "", blocks))


def pattern(kind: InterventionType = MESSAGE, **more: Any) -> Pattern:
    usual = {"done": 6, "read": 5, "replied": 4, "completed": 3, "judged": 6, "followed": 4}
    return Pattern(kind=kind, **{"reply_after": None, **usual, **more})


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (pattern(), "Messages: 6 · opened 5 · answered 4 · practice followed 4 of 6"),
        (
            pattern(MEETING, judged=4),
            "Meetings: 6 · took place 3 · "
            "practice followed: too few to tell, 4 of the 5 that are needed",
        ),
        (
            pattern(InterventionType.ASSIGNMENT),
            "Assignments: 6 · completed 3 · practice followed 4 of 6",
        ),
    ],
)
def test_counts_in_one_line(shown: Pattern, said: str) -> None:
    assert pattern_words(shown) == said


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(minutes=40), "40 minutes"),
        (timedelta(hours=5), "5 hours"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_the_typical_time_until_an_answer(span: timedelta, said: str) -> None:
    assert f"answered 4, typically after {said} ·" in pattern_words(pattern(reply_after=span))


def entry(**more: Any) -> HistoryEntry:
    usual: dict[str, Any] = {
        "id": 1,
        "version": 1,
        "kind": MESSAGE,
        "action_taken": "Message: Check In",
        "by": None,
        "at": NOW,
        "outcome": Standing(State.SENT),
        "skills": (),
        "concern": None,
        "notes": None,
        "rating": None,
        "is_withdrawn": False,
    }
    return HistoryEntry(**usual | more)


def shown(*entries: HistoryEntry) -> str:
    history = InterventionHistory(
        1, "Leo Park", "America/New_York", entries, 0, 1, len(entries), ()
    )
    return words(history_modal(history, [], {}, NOW)["blocks"])


def test_an_answer_stands_with_its_time_and_words() -> None:
    replied = Standing(State.REPLIED, NOW + timedelta(minutes=98), "Sorry, I was sick.")
    said = shown(entry(outcome=replied, skills=("Fractions", "Division")))
    assert "by you, Tue 24 Nov 10:00 · answered Tue 24 Nov 11:38" in said
    assert "Message: Check In (Fractions, Division)" in said
    assert "Answer: “Sorry, I was sick.”" in said
    assert "Your rating: none yet" in said


def test_how_far_practice_has_come_and_notes_are_said_codes_are_not() -> None:
    running = Standing(State.RUNNING, None, "5 of 15")
    assert "5 of 15" in shown(entry(outcome=running, notes="Away & back."))
    assert "Notes: Away & back." in shown(entry(notes="Away & back."))
    assert "past_use" not in shown(entry(outcome=Standing(State.FAILED, NOW, "past_use")))


def test_the_title_is_not_said_twice() -> None:
    said = shown(entry(action_taken="Message sent: “Hi Leo!”"))
    assert said.count("Message sent") == 1
    assert "“Hi Leo!”" in said
    assert shown(entry(action_taken="Message sent")).count("Message sent") == 1
    gone = entry(action_taken="Message sent: “Hi Leo!”", outcome=Standing(State.TAKEN_BACK, NOW))
    assert "Message sent" not in shown(gone)
    assert "“Hi Leo!”" in shown(gone)
    letter = entry(kind=InterventionType.PARENT_NOTICE, letter="Leo has been away.")
    assert "“Leo has been away.”" in shown(letter)


def test_what_a_family_clicked_is_said_in_words() -> None:
    clicked = Standing(State.REPLIED, NOW, "meet", answers=(("meet", ""),))
    letter = entry(kind=InterventionType.PARENT_NOTICE, outcome=clicked)
    assert "Answer: I would like to meet" in shown(letter)
    assert "Answer: “meet”" in shown(entry(outcome=Standing(State.REPLIED, NOW, "meet")))


def test_a_click_with_words_and_each_guardian_s_answer_are_all_told() -> None:
    answers = (("call", "After five."), ("", "Thank you!"))
    replied = Standing(State.REPLIED, NOW, "Thank you!", answers=answers)
    said = shown(entry(kind=InterventionType.PARENT_NOTICE, outcome=replied))
    assert "Please call me: “After five.”" in said
    assert "Answer: “Thank you!”" in said


def test_a_skill_that_the_words_name_is_not_added_to_them() -> None:
    title = "Practice assigned: Targeted Practice - Division"
    assert "Division (Fractions)" in shown(
        entry(action_taken=title, skills=("Division", "Fractions"))
    )
    assert "(" not in shown(entry(action_taken=title, skills=("Division",)))


def test_a_meeting_to_come_is_not_under_way() -> None:
    to_come = Standing(State.RUNNING, NOW, "Wed 25 Nov 14:30; of 2 invited 1 comes")
    said = shown(entry(kind=MEETING, action_taken="Parent conference", outcome=to_come))
    assert "Wed 25 Nov 14:30; of 2 invited 1 comes" in said
    assert "under way" not in said


def test_a_colleagues_rating_is_theirs() -> None:
    said = shown(entry(by="Mr Moss", rating=2), entry(by="Mr Moss"))
    assert said.count("Their rating") == 1
    assert "Their rating: 2 of 5 (hardly)" in said
    assert "Your rating" not in said


def effect(**more: Any) -> KindEffect:
    usual: dict[str, Any] = {
        "kind": "message",
        "outcome": Outcome.ACCURACY,
        "class_ids": (1,),
        "verdict": Verdict.HELPED,
        "why": None,
        "students": 12,
        "treated": 10,
        "comparable": 24,
        "waiting": 0,
        "known_from": None,
        "left_out": LeftOut(),
        "gain": 0.06,
        "interval": Interval(0.01, 0.11),
        "before": 0.6,
        "after": 0.7,
        "others_before": 0.6,
        "others_after": 0.64,
    }
    return KindEffect(**usual | more)


def test_what_works_says_the_gain_the_facts_and_ones_own_ratings() -> None:
    days = effect(outcome=Outcome.DAYS, gain=1.4, interval=Interval(0.3, 2.5), after=4.2)
    ratings = {"message": OwnRatings(3, 11 / 3)}
    found = WhatWorks(1, "Grade 5 Maths", (effect(), days), {"message": 12}, ratings)
    view = what_works_modal(found, date(2026, 11, 24))
    said = words(view["blocks"])
    assert "After messages\n10 students, +6 points (95 % interval +1 to +11)" in said
    assert "After messages about missing practice" in said
    assert "Helped: 60 % before, 70 % after." in said
    assert said.count("Your own ratings: 3.7 of 5 on average, 3 rated.") == 1
    assert Action.WHAT_WORKS_PICTURE in str(view)
    drawn = drawn_effects(found)
    assert [kinds for kinds, _ in drawn] == ["messages", "messages about missing practice"]
    message = what_works_message(found, date(2026, 11, 24), "F1")
    [image] = [block for block in message if block["type"] == "image"]
    assert image["alt_text"] == effects_alt_text("Grade 5 Maths", drawn)
    assert "+1.4 days of the next 10 (95 % interval +0.3 to +2.5), helped" in image["alt_text"]
    without = what_works_message(found, date(2026, 11, 24), None)
    assert [block for block in message if block is not image] == without
