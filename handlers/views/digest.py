"""The morning digest: one message, each thing with the button that leads to it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from analytics.wording import joined, plural
from handlers.codec import Ref
from handlers.ids import Act, Action
from handlers.views.blocks import Block, Blocks, actions, bold, button, line, paragraph, section
from handlers.views.interventions.waiting import Seen
from handlers.views.limits import shorten
from handlers.views.meetings.home_meetings import meeting_line
from interventions.digest import AnswerLine, Digest
from interventions.waiting import WaitingFor, WaitingLine

DIGEST_TEXT = "Your day is ready."
"""What a lock screen shows: it names nobody."""
MOST = 5
"""So many of each part are shown; the rest are counted."""
NAMED = 4
FIRST = (
    "This comes on school days when there is something to say. Settings changes its hour, makes it "
    "weekly or stops it."
)


def digest_message(
    name: str, digest: Digest, seen: Seen, *, is_asked: bool = False, is_first: bool = False
) -> Blocks:
    """A teacher's day. `is_asked`: at an hour of their own, which may be no morning; `is_first`
    says once how it is changed or stopped.
    """
    greeting = "Your day" if is_asked else "Good morning"
    return [
        line(bold(f"{greeting}, {shorten(name, 'name')}.")),
        *_meetings(digest, seen),
        *_due(digest.due),
        *_answers(digest.answers, digest.since, seen),
        *([section(FIRST)] if is_first else []),
        actions(button("Settings", Action.OPEN_SETTINGS, Ref().encode())),
    ]


def named_in(digest: Digest) -> set[int]:
    """The students whom `digest_message` names, beside those of meetings."""
    due = [one for who in list(_by_title(digest.due).values())[:MOST] for one in who[:NAMED]]
    return {one.student_id for one in due} | {one.student_id for one in digest.answers[:MOST]}


def nothing_today() -> Blocks:
    """For who asks on a day without anything."""
    words = "Nothing for today: no meetings, nothing due, and no answers since the last school day."
    return [section(words)]


def _meetings(digest: Digest, seen: Seen) -> Blocks:
    if not digest.meetings:
        return []
    shown = [meeting_line(one, seen.now) for one in digest.meetings[:MOST]]
    return [line(bold("Your meetings today")), *shown, *_rest(len(digest.meetings))]


def _due(lines: Sequence[WaitingLine]) -> Blocks:
    """A line for each assignment, and the way to all that run."""
    if not lines:
        return []
    titles = _by_title(lines)
    shown = [_assignment(title, who) for title, who in list(titles.items())[:MOST]]
    ref = Ref(kind=WaitingFor.PRACTICE.value, page=0)
    way = actions(button("See who", Action.WAITING, ref.encode()))
    return [line(bold("Due today, not completed")), *shown, *_rest(len(titles)), way]


def _by_title(lines: Sequence[WaitingLine]) -> dict[str, list[WaitingLine]]:
    titles: defaultdict[str, list[WaitingLine]] = defaultdict(list)
    for one in lines:
        titles[one.detail].append(one)
    return titles


def _assignment(title: str, who: Sequence[WaitingLine]) -> Block:
    shown = [shorten(one.student, "name") for one in who[:NAMED]]
    if len(who) > NAMED:
        shown.append(f"{len(who) - NAMED} more")
    return line(f"{shorten(title, 'name')}: {joined(shown)}")


def _answers(answers: Sequence[AnswerLine], since: datetime, seen: Seen) -> Blocks:
    if not answers:
        return []
    counted = f"{plural(len(answers), 'answer')} since {seen.at(since)}"
    shown = [_answer(one, seen, number) for number, one in enumerate(answers[:MOST])]
    return [line(bold(counted)), *shown, *_rest(len(answers))]


def _answer(one: AnswerLine, seen: Seen, number: int) -> Block:
    whose = f"{shorten(one.guardian, 'name')}, about " if one.guardian else ""
    words = f"{whose}{shorten(one.student, 'name')}"
    ref = Ref(student=one.student_id, act=Act.HISTORY.value)
    way = button("Read", Action.ACT, ref.encode(), number=number)
    return paragraph(words, seen.at(one.at), accessory=way)


def _rest(count: int) -> Blocks:
    return [section(f"And {count - MOST} more.")] if count > MOST else []
