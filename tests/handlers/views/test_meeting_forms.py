"""The forms of meetings and settings: what is filled in and said."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from handlers.codec import Ref
from handlers.views.meetings.meeting import MeetingForm, WhoMet, meeting_modal
from handlers.views.settings import OwnSettings, settings_modal
from interventions.meetings import AttendeeKind, Invitee, MeetingType, PossibleAttendee
from tests.handlers.views.meetings import NEW_YORK, words_of
from tests.handlers.views.test_limits import sound_view


def guardian(number: int, hint: str | None = "l***@home.test") -> PossibleAttendee:
    return PossibleAttendee(Invitee(AttendeeKind.GUARDIAN, number), f"Guardian {number}", hint)


def form(**changes: Any) -> MeetingForm:
    own = MeetingForm(
        WhoMet(12, "Leo Park", "Grade 5 Maths"),
        MeetingType.PARENT_CONFERENCE,
        date(2026, 11, 24),
        time(14, 30),
        30,
        NEW_YORK,
        (guardian(1), guardian(2, None)),
    )
    return replace(own, **changes)


def element(view: dict[str, Any], kind: str, of: str = "") -> dict[str, Any]:
    """The first field of a kind, of the block that begins so."""
    fields = [one for one in view["blocks"] if str(one.get("block_id")).startswith(of)]
    found: dict[str, Any] = next(
        one["element"] for one in fields if one.get("element", {}).get("type") == kind
    )
    return found


def boxes(view: dict[str, Any]) -> dict[str, Any]:
    return element(view, "checkboxes")


def test_the_form_ticks_whom_the_type_is_with_and_names_who_has_no_address() -> None:
    view = meeting_modal(form(), Ref(student=12))
    assert [one["value"] for one in boxes(view)["initial_options"]] == ["guardian-1"]
    assert boxes(view)["options"][0]["description"]["text"] == "guardian, e-mail to l***@home.test"
    assert "Without an e-mail address on record: Guardian 2 (guardian)." in words_of(view["blocks"])
    other = meeting_modal(form(kind=MeetingType.ONE_ON_ONE), Ref(student=12))
    assert "initial_options" not in boxes(other)


def test_the_form_says_whose_clock_it_is_and_what_was_not_understood() -> None:
    view = meeting_modal(form(said=("“5/6” may be two days.",), minutes=25), Ref(student=12))
    assert view["blocks"][0]["text"]["text"] == "“5/6” may be two days."
    hints = [one["hint"]["text"] for one in view["blocks"] if "hint" in one]
    assert "New York time" in hints
    lengths = element(view, "static_select", "meeting_minutes")
    assert lengths["initial_option"]["value"] == "25"


def test_the_form_without_a_student_picks_one() -> None:
    empty = meeting_modal(form(student=None, possible=()), Ref())
    assert "choose a student first" in words_of(empty["blocks"])
    picked = meeting_modal(form(), Ref())
    menu = picked["blocks"][0]["element"]
    assert menu["initial_option"]["value"] == "student=12"


def test_settings_show_what_holds() -> None:
    own = OwnSettings((1440, 7), time(20), time(7), "Asia/Kathmandu")
    view = settings_modal(own)
    sound_view(view)
    chosen = [
        one["element"]["initial_option"]["value"]
        for one in view["blocks"]
        if one.get("element", {}).get("type") == "static_select"
    ]
    assert chosen == ["1440", "0", "each", "nobody"]
    assert "Kathmandu" in words_of(view["blocks"])


def ticked(view: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Of each group of boxes how many there are and how many are ticked at first, by its label."""
    groups = [one for one in view["blocks"] if one.get("element", {}).get("type") == "checkboxes"]
    return {
        one["label"]["text"]: (
            len(one["element"]["options"]),
            len(one["element"].get("initial_options", ())),
        )
        for one in groups
    }


def test_more_people_than_slack_has_boxes_in_a_group_are_all_there() -> None:
    view = meeting_modal(form(possible=tuple(map(guardian, range(1, 24)))), Ref(student=12))
    blocks = [one for one in view["blocks"] if "meeting_invited" in str(one.get("block_id"))]
    assert [len(one["element"]["options"]) for one in blocks] == [10, 10, 3]
    assert len({one["block_id"] for one in blocks}) == 3
    sound_view(view)


def test_a_group_has_its_other_students_and_their_families() -> None:
    ben = PossibleAttendee(
        Invitee(AttendeeKind.STUDENT, 13), "Ben Stone", "b***@school.test", "Ben Stone", 13
    )
    father = PossibleAttendee(
        Invitee(AttendeeKind.GUARDIAN, 9), "Bob Stone", "b***@home.test", "Ben Stone", 13
    )
    changes = {"kind": MeetingType.GROUP, "further": (WhoMet(13, "Ben Stone", "Grade 5 Maths"),)}
    whole = form(possible=(guardian(1), ben, father), **changes)
    view = meeting_modal(whole, Ref(student=12))
    assert ticked(view) == {"Invited": (1, 0), "Invited for Ben Stone": (2, 1)}
    others = element(view, "multi_external_select")
    assert [one["text"]["text"] for one in others["initial_options"]] == ["Ben Stone"]
    sound_view(view)
    alone = meeting_modal(form(), Ref(student=12))
    assert "Other students" not in words_of(alone["blocks"])


def test_without_e_mail_nobody_can_be_invited_and_the_form_says_so() -> None:
    view = meeting_modal(form(mailed=False), Ref(student=12))
    words = words_of(view["blocks"])
    assert "No e-mail can be sent from here" in words
    assert "Other e-mail addresses" not in words
    assert ticked(view) == {}
