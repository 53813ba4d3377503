"""How Homeroom is used, each figure beside the one that the specification aims at."""

from analytics.effects import Improved
from analytics.wording import plural
from analytics.wording.formats import percent
from handlers.ids import Modal
from handlers.views.blocks import Block, Blocks, bold, line
from handlers.views.modals import View, modal
from interventions.usage import FLOOR, FirstAction, Share, Usage

USAGE = "Usage"
ABOUT = "All teachers of this workspace together; nobody is shown alone."
NO_TEACHERS = "Nobody teaches a class here today, so there is nothing to count."
NOT_YET = "too few to tell"


def usage_modal(usage: Usage, so_far: str = "") -> View:
    """A paragraph for each figure, with what it rests on. `so_far`: how far what improved is
    worked out, where it is not known yet.
    """
    head = line(f"{ABOUT} {plural(usage.teachers, 'teacher')} now.")
    blocks = [head, *_figures(usage, so_far)] if usage.teachers else [line(NO_TEACHERS)]
    return modal(Modal.USAGE, USAGE, blocks)


def so_far(done: int, classes: int) -> str:
    """How far it is; to be read in the place of the figure."""
    return f"being worked out: {done:,} of {classes:,} classes so far"


def _figures(usage: Usage, so_far: str) -> Blocks:
    rose = so_far if usage.improved is None else _improved(usage.improved)
    return [
        _figure("Looked at a report, last 7 days", _teachers(usage.viewing), "80 %"),
        _figure("Done for students, each teacher and week, last 4 weeks", _done(usage), "5"),
        _figure("From an alert to the first action, last 30 days", _waited(usage), "24 hours"),
        _figure("Against the first month", _sooner(usage), "40 % sooner"),
        _figure("Rose after help, last 120 days", rose, "60 %"),
        _figure("Messages from a template, last 30 days", _messages(usage.templates), "70 %"),
        _figure("Wrote from a template, last 30 days", _teachers(usage.using_templates), "90 %"),
        _figure("Made a PDF or CSV, last 30 days", _teachers(usage.exporting), "50 %"),
    ]


def _figure(what: str, found: str, target: str) -> Block:
    return line(bold(what), f"\n{found} · aimed at: {target}")


def _teachers(share: Share) -> str:
    return f"{share.count} of {plural(share.of, 'teacher')} ({percent(share.value)})"


def _messages(share: Share) -> str:
    if not share.of:
        return "no messages yet"
    return f"{share.count:,} of {plural(share.of, 'message')} ({percent(share.value)})"


def _done(usage: Usage) -> str:
    each = usage.done_a_week or 0.0
    return f"{each:.1f} ({usage.done:,} in all, each student counted)"


def _waited(usage: Usage) -> str:
    found = usage.first_action
    if not found.alerts:
        return "no alerts"
    acted = f"{found.acted:,} of {plural(found.alerts, 'alert')} acted on"
    if found.alerts < FLOOR:
        return f"{NOT_YET} ({acted})"
    return f"{_hours(found)} ({acted})"


def _hours(found: FirstAction) -> str:
    if found.hours is None:
        return "half or more wait still"
    hours = round(found.hours)
    return f"{plural(hours, 'hour')} in the middle" if hours else "less than an hour in the middle"


def _sooner(usage: Usage) -> str:
    change = usage.sooner
    if change is None:
        return NOT_YET
    if round(100 * change) == 0:
        return "no change"
    return f"{percent(abs(change))} {'sooner' if change > 0 else 'later'}"


def _improved(found: Improved) -> str:
    """What rose, beside what would be expected without help: most who are low rise anyway."""
    if found.students < FLOOR:
        return f"{NOT_YET} ({found.students} so far of whom it can be said)"
    rose = percent(found.rose / found.students)
    expected = percent(found.expected / found.students)
    return f"{rose} of {found.students:,}; {expected} would be expected to without help"
