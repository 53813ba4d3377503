"""How deliveries stand, for administrators: a part of Home, and all of it in a modal.

No student, parent or address is named here, and nothing of what a message says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from analytics.wording import hours, plural
from bot.outbox.overviewed import Failed, Late, Overview, Person, Why
from handlers.codec import Ref
from handlers.failures import is_worth_trying
from handlers.ids import Action, Modal
from handlers.views.blocks import (
    Block,
    Blocks,
    Element,
    actions,
    bold,
    button,
    line,
    paragraph,
    section,
)
from handlers.views.kinds import kind_words, kinds_words
from handlers.views.limits import shorten
from handlers.views.modals import View, modal
from handlers.views.moments import near_words
from handlers.views.paging import page_of
from handlers.views.reports.reasons import reason_of
from school.models import Medium

TITLE = "Delivery"
SHOWN = 3
"""Lines of each sort in Home; the modal has all."""


@dataclass(frozen=True, slots=True)
class Delivering:
    """An overview as one administrator reads it: in their `zone`, with what was just `said`."""

    overview: Overview
    zone: str
    said: str = ""

    def at(self, moment: datetime) -> str:
        """A moment in words: `today 9:12`, `Tue 24 Nov 9:12`."""
        return near_words(moment, self.zone, self.overview.now)

    def clock(self, moment: datetime) -> str:
        """A moment still to come: `14:32`, `tomorrow 14:32`."""
        return self.at(moment).removeprefix("today ")

    def age(self, since: datetime) -> str:
        """How long ago, in words: `12 s`, `25 min`."""
        seconds = max(0.0, (self.overview.now - since).total_seconds())
        return f"{seconds:.0f} s" if seconds < 90 else hours(seconds)


def delivery_blocks(shown: Delivering) -> Blocks:
    """The part of Home: one sentence, then the first lines of each sort."""
    overview = shown.overview
    failed = [_failed_block(one, shown) for one in overview.failed[:SHOWN]]
    late = _lines("Late", [late_words(one, shown) for one in overview.late[:SHOWN]])
    buttons = [button("Refresh", Action.REFRESH_HOME, Ref().encode())]
    if overview.failed or overview.late or overview.waiting:
        buttons.insert(0, button("See all", Action.DELIVERIES, Ref(page=0).encode()))
    return [
        line(bold(TITLE)),
        _head(shown),
        *failed,
        *late,
        *_clock_blocks(shown),
        actions(*buttons),
    ]


def deliveries_modal(shown: Delivering, page: int) -> View:
    """One page of all that failed, then of all that is late; on the first also what waits."""
    overview = shown.overview
    lines: list[Failed | Late] = [*overview.failed, *overview.late]
    here = page_of(lines, page)
    blocks = [
        _head(shown),
        *([] if here.number else _waiting_blocks(shown)),
        *(_one_block(one, shown) for one in here.lines),
        *(_left_out(overview) if here.last else ()),
        *_clock_blocks(shown),
        *here.turning(Action.DELIVERIES_PAGE, Ref()),
    ]
    return modal(Modal.DELIVERIES, TITLE, blocks, ref=Ref(page=here.number))


def headline(shown: Delivering) -> str:
    """The sentence that alone is worth reading."""
    overview = shown.overview
    waiting = overview.waiting_count - overview.late_count
    parts = [
        _held(shown),
        f"{overview.failed_count:,} could not be sent in the last 14 days."
        if overview.failed_count
        else "",
        _late_sentence(shown),
    ]
    told = [part for part in parts if part]
    if not told and overview.overdue:
        told = ["Nothing waits to be sent, but the clock is behind."]
    if not told:
        told = ["Nothing is late." if waiting else "All is sent."]
    if waiting:
        told.append(_waiting_sentence(waiting, shown))
    return " ".join(told)


def late_words(one: Late, shown: Delivering) -> str:
    """One that should have gone, and why it has not."""
    due = f"due {shown.at(one.due_at)}"
    subject = _subject(one.kind, one.medium, one.person)
    return f"{subject[:1].upper()}{subject[1:]} · {due} · {_why(one, shown)}"


def try_again_button(delivery_id: int, round_: int) -> Element:
    """Have a failed one sent; `round_`: how often that was done already."""
    ref = Ref(delivery=delivery_id, version=round_)
    return button("Try again", Action.TRY_AGAIN, ref.encode())


def _head(shown: Delivering) -> Block:
    overview, today = shown.overview, shown.overview.today
    counts = [f"{today.sent:,} sent"]
    if today.closed:
        counts.append(f"{today.closed:,} not sent, as not needed any more")
    if today.taken_back:
        counts.append(f"{today.taken_back:,} taken back")
    planned = f" · {overview.planned:,} planned for later" if overview.planned else ""
    today_words = f"Today: {', '.join(counts)}{planned}"
    said = [shown.said] if shown.said else []
    return line("\n".join([*said, headline(shown), today_words]))


def _held(shown: Delivering) -> str:
    until = shown.overview.held_until
    return f"Slack is holding posts back until {shown.clock(until)}." if until else ""


def _late_sentence(shown: Delivering) -> str:
    late = shown.overview.late_count
    if not late:
        return ""
    by = shown.age(shown.overview.late[0].due_at)
    return f"1 is late by {by}." if late == 1 else f"{late:,} are late, the oldest by {by}."


def _waiting_sentence(waiting: int, shown: Delivering) -> str:
    are = "1 is waiting" if waiting == 1 else f"{waiting:,} are waiting"
    oldest = shown.overview.oldest
    if oldest is None or shown.overview.late_count:
        return f"{are} beside that." if shown.overview.late_count else f"{are}."
    return f"{are}, {'' if waiting == 1 else 'the oldest '}for {shown.age(oldest)}."


def _waiting_blocks(shown: Delivering) -> Sequence[Block]:
    words = [
        f"{kinds_words(one.count, one.kind, one.medium)}, since {shown.at(one.oldest)}"
        for one in shown.overview.waiting
    ]
    return _lines("Waiting", words)


def _clock_blocks(shown: Delivering) -> Sequence[Block]:
    """That the clock is behind, where it is."""
    overdue = shown.overview.overdue
    if overdue is None:
        return ()
    timers = plural(overdue.count, "timer")
    why = (
        f"It breaks on my side ({overdue.error}): tell whoever runs Homeroom."
        if overdue.error
        else "Is Homeroom running, and is its machine keeping up?"
    )
    words = f"{timers} not acted on, the oldest due {shown.at(overdue.oldest)}. {why}"
    return (line(bold("The clock is behind: "), words),)


def _lines(title: str, words: Sequence[str]) -> Sequence[Block]:
    return (line(bold(f"{title}:"), *(f"\n{one}" for one in words)),) if words else ()


def _one_block(one: Failed | Late, shown: Delivering) -> Block:
    if isinstance(one, Late):
        return section(f"Late: {late_words(one, shown)}")
    return _failed_block(one, shown)


def _failed_block(one: Failed, shown: Delivering) -> Block:
    reason = reason_of(one.error, one.medium)
    is_worth = is_worth_trying(one.kind, is_useful=one.is_useful)
    to_do = reason.to_do if is_worth else "It is of no use any more."
    number = f" Reference {one.reference}." if one.reference else ""
    subject = _subject(one.kind, one.medium, one.person)
    again = try_again_button(one.delivery_id, one.round) if is_worth else None
    return paragraph(
        f"Not sent: {subject} · {shown.at(one.failed_at)}",
        f"{reason.why} {to_do}{number}",
        accessory=again,
    )


def _left_out(overview: Overview) -> Sequence[Block]:
    listed = len(overview.failed) + len(overview.late)
    more = overview.failed_count + overview.late_count - listed
    return (section(f"And {more:,} more."),) if more > 0 else ()


def _subject(kind: str, medium: Medium, person: Person | None) -> str:
    words = kind_words(kind, medium)
    if person is None:
        return words
    name = shorten(person.name, "name")
    return f"{words} for {name}" if person.is_recipient else f"{words}, sent by {name}"


def _why(one: Late, shown: Delivering) -> str:
    at = f"at {shown.clock(one.until)}" if one.until else "in a moment"
    until = f" until {shown.clock(one.until)}" if one.until else ""
    words = {
        Why.IN_HAND: "being sent just now",
        Why.UNSETTLED: f"no clear answer came; I look whether it has arrived {at}",
        Why.RETRYING: f"next try {at}. {reason_of(one.error or '', one.medium).why}",
        Why.HELD: f"held back{until}",
        Why.BEHIND: "waits for another message to the same place",
        Why.UNTAKEN: "nobody has taken it up. Is Homeroom running and keeping up?",
    }
    return words[one.why]
