"""Files to take along: their buttons, their notices, and what stands beside them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from analytics.wording import day_words, plural
from bot.outgoing import FileTrouble
from handlers.ask import Answer
from handlers.codec import Ref
from handlers.forms import Form, export_ref, report_of
from handlers.ids import Action
from handlers.views.blocks import (
    Block,
    Blocks,
    Element,
    Span,
    actions,
    bold,
    button,
    line,
    link_button,
    section,
)
from handlers.views.limits import shorten
from handlers.views.reports.answers import held_words
from school.days import local_day

LABELS = {
    Form.PDF: "PDF",
    Form.CSV: "CSV",
    Form.PARENTS: "For parents",
    Form.PACK: "Class pack",
}


def export_buttons(ref: Ref, forms: Sequence[Form]) -> list[Element]:
    """A button for each of these files of the report that `ref` is about."""
    return [
        button(LABELS[form], Action.EXPORT, export_ref(ref, form).encode(), number=number)
        for number, form in enumerate(forms)
    ]


def on_its_way(name: str, link: str | None, *, here: bool, wait: int | None) -> Answer:
    """That a file is being made, and where it will be; as `pointer` says it of a report."""
    if wait:
        return Answer(held_words(wait), [line(bold(held_words(wait)))])
    short = shorten(name, "name")
    if here:
        return Answer("Your file is being made.", [section(f"{short}: the file follows here.")])
    words = section(f"{short}: the file is being made. It comes in your messages with me.")
    to_it = [actions(link_button("Open", Action.OPEN_LINK, link))] if link else []
    return Answer("Your file comes in your messages with me.", [words, *to_it])


class FileWords:
    """All that is said of one file: `subject` and `days` may name, the rest names nobody.

    `what` is such as `student report`; `sort` such as `PDF, Letter`; `others` is the same in other
    languages.
    """

    def __init__(
        self,
        subject: str,
        days: str,
        what: str,
        sort: str,
        *,
        zone: str,
        left_out: int = 0,
        others: Mapping[str, Ref] | None = None,
    ) -> None:
        self.subject, self.days, self.what, self.sort = subject, days, what, sort
        self._zone, self._left_out = ZoneInfo(zone), left_out
        self._others = others or {}

    def being_made(self, done: int = 0, total: int = 0) -> Blocks:
        """The notice while it is made: in parts, how many of them are done."""
        so_far = f"{done} of {plural(total, 'report')}" if total > 1 else "being made…"
        return [self._notice(so_far)]

    def at_end(self, until: datetime | None) -> Blocks:
        """The notice in the end."""
        if until is None:
            return [self._notice("did not come as it should; why stands below")]
        buttons = [
            button(f"In {name}", Action.EXPORT, ref.encode()) for name, ref in self._others.items()
        ]
        return [self._notice("sent below"), *([actions(*buttons)] if buttons else [])]

    def beside(self, until: datetime) -> Blocks:
        """What stands with the file, and on lock screens."""
        here = f"Your file, here until {self._day(until)}."
        return [line(" ".join([here, *_left_out(self._left_out)]))]

    def instead(self, trouble: FileTrouble, again: Ref) -> Blocks:
        """Why there is no file, and what to do."""
        head: list[Span | str] = [
            bold(shorten(self.subject, "name")),
            f" · {self.days} · {self.sort}: ",
        ]
        report = button("Report as a message", Action.PICK_REPORT, report_of(again).encode())
        if trouble is FileTrouble.LACKING:
            return [line(*head, NO_FILES), actions(report)]
        retry = button("Try again", Action.EXPORT, again.encode())
        why = UNSEEN if trouble is FileTrouble.UNSEEN else "this file could not be made or sent."
        return [line(*head, why), actions(retry, report)]

    def _notice(self, state: str) -> Block:
        subject = bold(shorten(self.subject, "name"))
        return line(subject, f" · {self.days} · {self.what} as {self.sort} · {state}")

    def _day(self, moment: datetime) -> str:
        day = local_day(moment, self._zone)
        return day_words(day, day)


NO_FILES = (
    "I cannot put files into this Slack, so it does not come. The same report comes as a message: "
    "click below. Whoever runs Homeroom can tell by “python app.py check” what is missing."
)
UNSEEN = (
    "Slack took this file, but does not say whether it shows it. If you do not find it here, try "
    "again, or take the report as a message."
)


def _left_out(number: int) -> list[str]:
    """Who is not in a pack, where that is somebody."""
    if not number:
        return []
    students, are = plural(number, "student"), "is" if number == 1 else "are"
    return [f"{students} without practice in these days {are} left out."]
