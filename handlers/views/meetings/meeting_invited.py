"""Who may be invited to a meeting, as boxes in its form: a group for each student of a group."""

from collections.abc import Collection, Iterable, Sequence

from analytics.wording import joined
from handlers.ids import Action
from handlers.views.blocks import Blocks, Element, option, section
from handlers.views.fields import MOST_BOXES, boxes_field
from handlers.views.limits import shorten
from handlers.views.meetings.meeting_card import INVITED
from interventions.meetings.shapes import AttendeeKind, PossibleAttendee
from school.models import MeetingType

WHO_COMES: dict[MeetingType, frozenset[AttendeeKind]] = {
    MeetingType.ONE_ON_ONE: frozenset({AttendeeKind.STUDENT}),
    MeetingType.PARENT_CONFERENCE: frozenset({AttendeeKind.GUARDIAN}),
    MeetingType.GROUP: frozenset({AttendeeKind.STUDENT, AttendeeKind.COLLEAGUE}),
}
"""Whose boxes are ticked at first."""
NO_MAIL = (
    "No e-mail can be sent from here, so nobody is invited by me: please tell those who are to "
    "come yourself. Whoever runs Homeroom can set a mail server up."
)


def default_boxes(possible: Iterable[PossibleAttendee], kind: MeetingType) -> frozenset[str]:
    """Whose boxes are ticked at first: those whom that type of meeting is with."""
    return frozenset(
        one.invitee.code()
        for one in possible
        if one.invitee.kind in WHO_COMES[kind] and one.address_hint is not None
    )


def invited_fields(
    possible: Sequence[PossibleAttendee],
    student_id: int,
    kind: MeetingType,
    invited: Collection[str] | None = None,
) -> Blocks:
    """Who may come, and how each is reached; whoever the type is with is ticked at first, or who is
    `invited` already.
    """
    ticked = default_boxes(possible, kind) if invited is None else invited
    reached = [one for one in possible if one.address_hint or one.invitee.code() in ticked]
    without = [one for one in possible if one not in reached]
    if not reached:
        return _unreached(without) or [section("Nobody is on record to be invited.")]
    blocks = list[Element]()
    for of_id in dict.fromkeys(one.of_id for one in reached):
        family = [one for one in reached if one.of_id == of_id]
        label = f"Invited for {family[0].of}" if of_id else "Invited"
        # Slack keeps what was ticked in a block that it knows: another type or student is another.
        block_id = f"{Action.MEETING_INVITED}|{of_id or student_id}|{kind.value}"
        blocks += _boxes(label, block_id, family, ticked)
    return [*blocks, *_unreached(without)]


def _boxes(
    label: str, block_id: str, people: Sequence[PossibleAttendee], ticked: Collection[str]
) -> Blocks:
    """Boxes for any number of people, in as many fields as Slack makes of them."""
    fields = []
    for first in range(0, len(people), MOST_BOXES):
        name = f"{block_id}|{first}" if first else block_id
        words = f"{label} (more)" if first else label
        boxes = [_box(one) for one in people[first : first + MOST_BOXES]]
        fields.append(boxes_field(words, name, Action.MEETING_INVITED, boxes, ticked))
    return fields


def _unreached(without: Sequence[PossibleAttendee]) -> Blocks:
    """Who cannot be invited from here, and why."""
    if not without:
        return []
    names = joined([f"{one.name} ({INVITED[one.invitee.kind]})" for one in without])
    return [section(f"Without an e-mail address on record: {names}.")]


def _box(one: PossibleAttendee) -> Element:
    way = f"e-mail to {one.address_hint}" if one.address_hint else "no address on record"
    who = INVITED[one.invitee.kind]
    name = shorten(one.name or one.address_hint or "Somebody", "name")
    return option(name, one.invitee.code(), f"{who}, {way}" if who else way)
