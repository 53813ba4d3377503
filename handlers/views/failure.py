"""A note about what could not be sent, to whom it concerns."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from analytics.wording import clock_words, moment_words
from bot.outbox.overview import is_useful
from handlers.failures import Tried, is_worth_trying
from handlers.views.blocks import Blocks, actions, bold, line
from handlers.views.deliveries import try_again_button
from handlers.views.kinds import kind_words
from handlers.views.limits import shorten
from handlers.views.reports.reasons import reason_of
from school.days import local_day
from school.models import Delivery, DeliveryState, Lane, Medium

TEXT = "Something could not be sent."
"""What a lock screen shows: it names nobody."""
FOR_LONG = timedelta(minutes=2)
"""What was tried for longer is said to have been tried since when."""
TRIED = {
    Tried.NOW: "I am trying it again.",
    Tried.UNDER_WAY: "It is being tried again already.",
    Tried.SENT: "It has been sent meanwhile.",
    Tried.FAILED_AGAIN: "It was tried again meanwhile, and failed again. The newest note says why.",
    Tried.OVER: "It is of no use any more, so it is not sent.",
}
"""What a click on [Try again] is answered with."""


@dataclass(frozen=True, slots=True)
class Trial:
    """That somebody had it tried again; `by` is None where that is the reader."""

    at: datetime
    by: str | None


@dataclass(frozen=True, slots=True)
class FailureNote:
    """What one note says to one reader. `about` names whom or what the message was about, if the
    reader may know, `to` to whom it was to go besides the reader; `round` is which failure it
    tells of."""

    failed: Delivery
    about: str
    round: int
    zone: str
    now: datetime
    is_administrator: bool = False
    trial: Trial | None = None
    to: str = ""

    def moment(self, moment: datetime) -> str:
        """A moment in words."""
        return moment_words(moment, self.zone, self.now)


def failure_blocks(note: FailureNote) -> Blocks:
    """What, since when, why, and what to do; or what became of it since."""
    failed = note.failed
    about = f" about {shorten(note.about, 'name')}" if note.about else ""
    to = f" to {shorten(note.to, 'name')}" if note.to else ""
    what = f"I could not send the {kind_words(failed.kind, Medium(failed.medium))}{to}{about}."
    first = line(bold(what), f"\n{_since(note)}")
    stands = failed.state == DeliveryState.FAILED.value and failed.retried == note.round
    if not stands:
        return [first, line(_since_then(note))]
    is_worth = is_worth_trying(failed.kind, is_useful=is_useful(failed, note.now))
    again = (actions(try_again_button(failed.id, note.round)),) if is_worth else ()
    return [first, line(_why(note, is_worth=is_worth)), *again]


def _since(note: FailureNote) -> str:
    failed = note.failed
    verb = "It was due" if failed.lane == Lane.SCHEDULED.value else "It was asked for"
    asked = f"{verb} {note.moment(failed.due_at)}"
    since, ended = failed.failing_since, failed.finished_at
    if since is None or ended is None or ended - since < FOR_LONG:
        return f"{asked}."
    return f"{asked}; I tried until {note.moment(ended)}."


def _why(note: FailureNote, *, is_worth: bool) -> str:
    failed = note.failed
    reason = reason_of(failed.error or "", Medium(failed.medium))
    to_do = reason.advice(is_administrator=note.is_administrator)
    number = f" Reference {failed.reference}." if failed.reference else ""
    return f"{reason.why} {to_do if is_worth else TRIED[Tried.OVER]}{number}"


def _since_then(note: FailureNote) -> str:
    """That it was tried again, by whom, and what came of it."""
    state = note.failed.state
    trial = note.trial
    by = f" {_when(note, trial.at)} by {trial.by or 'you'}" if trial else ""
    tried = f"Tried again{by}"
    if state == DeliveryState.SENT.value and note.failed.finished_at:
        return f"{tried}, and sent."
    if state == DeliveryState.FAILED.value:
        return f"{tried}, and failed again."
    if state in (DeliveryState.CLOSED.value, DeliveryState.TAKEN_BACK.value):
        return TRIED[Tried.OVER]
    return f"{tried}."


def _when(note: FailureNote, at: datetime) -> str:
    """`at 9:12` on the day that it was asked for, else with its day."""
    zone = ZoneInfo(note.zone)
    if local_day(at, zone) == local_day(note.failed.created_at, zone):
        return f"at {clock_words(at, note.zone)}"
    return note.moment(at)
