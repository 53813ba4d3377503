"""What is waited for after what a teacher sent out: a part of Home, and each sort in a modal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from analytics.wording import day_words, plural
from handlers.codec import Ref
from handlers.ids import Act, Action, Modal
from handlers.views.blocks import Block, Blocks, Element, bold, button, line, paragraph, section
from handlers.views.interventions.act_buttons import OFFERED
from handlers.views.limits import shorten
from handlers.views.modals import View, modal
from handlers.views.moments import near_words
from handlers.views.paging import page_of
from interventions.waiting import MOST, WaitingFor, WaitingLine

TITLES = {
    WaitingFor.READING: "Not read yet",
    WaitingFor.ANSWER: "Not answered yet",
    WaitingFor.PRACTICE: "Assignments running",
}
NOTHING = "Nothing is waited for here any more."


@dataclass(frozen=True, slots=True)
class Seen:
    """When and in which zone it is read."""

    now: datetime
    zone: str

    def at(self, moment: datetime) -> str:
        """A moment in words."""
        return near_words(moment, self.zone, self.now)


def waiting_blocks(found: Mapping[WaitingFor, Sequence[WaitingLine]], seen: Seen) -> Blocks:
    """The part of Home: a line of each sort with the way to it; nothing where nothing waits."""
    if not found:
        return []
    lines = [_sort(what, lines, seen, at) for at, (what, lines) in enumerate(found.items())]
    return [line(bold("Waiting")), *lines]


def waiting_modal(what: WaitingFor, lines: Sequence[WaitingLine], number: int, seen: Seen) -> View:
    """All of one sort, in pages, each with the way to what was done for that student."""
    page = page_of(lines, number)
    ref = Ref(kind=what.value, page=number)
    shown = [_line(what, one, seen, at) for at, one in enumerate(page.lines)]
    blocks = [*(shown or [section(NOTHING)]), *page.turning(Action.WAITING_PAGE, ref)]
    return modal(Modal.WAITING, TITLES[what], blocks)


def _sort(what: WaitingFor, lines: Sequence[WaitingLine], seen: Seen, number: int) -> Block:
    count = f"{MOST} or more" if len(lines) >= MOST else ""
    words = _WORDS[what](lines, seen)
    text = f"{count} {words.partition(' ')[2]}" if count else words
    ref = Ref(kind=what.value, page=0)
    return section(text, button("Open", Action.WAITING, ref.encode(), number=number))


def _unread(lines: Sequence[WaitingLine], seen: Seen) -> str:
    return f"{plural(len(lines), 'message')} not read yet{_oldest(lines, seen)}"


def _unanswered(lines: Sequence[WaitingLine], seen: Seen) -> str:
    return f"{plural(len(lines), 'e-mail')} to parents not answered yet{_oldest(lines, seen)}"


def _running(lines: Sequence[WaitingLine], seen: Seen) -> str:
    """How many, and how many of them are late."""
    late = sum(one.due_at is not None and one.due_at < seen.now for one in lines)
    return f"{plural(len(lines), 'assignment')} running{f', {late} overdue' if late else ''}"


_WORDS = {
    WaitingFor.READING: _unread,
    WaitingFor.ANSWER: _unanswered,
    WaitingFor.PRACTICE: _running,
}


def _oldest(lines: Sequence[WaitingLine], seen: Seen) -> str:
    since = seen.at(min(one.since for one in lines))
    return f", since {since}" if len(lines) == 1 else f", the oldest since {since}"


def _line(what: WaitingFor, one: WaitingLine, seen: Seen, number: int) -> Block:
    detail = {
        WaitingFor.READING: f"sent {seen.at(one.since)}",
        WaitingFor.ANSWER: f"e-mail to {shorten(one.detail, 'name')}, {seen.at(one.since)}",
        WaitingFor.PRACTICE: f"{shorten(one.detail, 'name')}, {_due(one, seen)}",
    }[what]
    return paragraph(one.student, detail, accessory=_way_on(one, number))


def _due(one: WaitingLine, seen: Seen) -> str:
    if one.due_at is None:
        return "without a due date"
    if one.due_at >= seen.now:
        return f"due {seen.at(one.due_at)}"
    here = ZoneInfo(seen.zone)
    day, today = one.due_at.astimezone(here).date(), seen.now.astimezone(here).date()
    return f"was due {day_words(day, today)}"


def _way_on(one: WaitingLine, number: int) -> Element:
    """To what was done for the student; else to another message."""
    act = Act.HISTORY if Act.HISTORY in OFFERED else Act.MESSAGE
    words = "History" if act is Act.HISTORY else "Message"
    ref = Ref(student=one.student_id, act=act.value)
    return button(words, Action.ACT, ref.encode(), number=number)
