"""The form of one message to several students: whom, a template, and each one's own preview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from analytics.wording import joined, plural
from handlers.codec import Ref
from handlers.ids import Action, Modal
from handlers.views.blocks import (
    Blocks,
    Element,
    actions,
    bold,
    button,
    divider,
    line,
    section,
)
from handlers.views.fields import several_field
from handlers.views.interventions.taking_back import take_back_words
from handlers.views.last_look import pages_of_look
from handlers.views.limits import shorten
from handlers.views.marked import rich_blocks
from handlers.views.messages.written import SEVERAL, Written, sent_note, written_blocks
from handlers.views.modals import View, modal
from interventions.messages import Filled, trouble_words
from interventions.students import Reach, Way

PAGE, LONG = 5, 600
"""So many previews stand on one page of the form; of a text of more characters each alone: Slack
takes 250 kB.
"""
SUBMIT = "Send to all"
NAMED = 10
"""So many of those who cannot be reached are named."""


@dataclass(frozen=True, slots=True)
class Own:
    """One of several students, with the text as this one will read it (None: not made yet).

    `said` are lines of warning.
    """

    id: int
    name: str
    reach: Reach
    filled: Filled | None = None
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkForm(Written):
    """What stands in the form. `entries` are the menu of students, `chosen` those in it who are
    meant, `unreached` those among them whom nothing reaches.
    """

    title: str
    entries: Sequence[Element]
    chosen: Sequence[Own]
    unreached: Sequence[Own]
    students_mark: str
    page: int = 0

    @property
    def per_page(self) -> int:
        """How many previews stand on a page."""
        return PAGE if len(self.text) <= LONG else 1

    @property
    def pages(self) -> int:
        """How many pages of previews there are."""
        return max(1, -(-len(self.chosen) // self.per_page))


def bulk_modal(form: BulkForm, ref: Ref) -> View:
    """The whole form."""
    meant = {Ref(student=one.id).encode() for one in (*form.chosen, *form.unreached)}
    blocks = [
        line(bold(shorten(form.title, "name"))),
        several_field(
            "Students",
            Action.BULK_STUDENTS,
            form.entries,
            meant,
            placeholder="Choose students",
        )
        | {"block_id": f"{Action.BULK_STUDENTS}|{form.students_mark}", "optional": False},
        *written_blocks(form, SEVERAL),
        actions(button("Update preview", Action.BULK_PREVIEW, Ref(page=0).encode())),
        divider(),
        *_previews(form),
    ]
    return modal(Modal.BULK, "Message several", blocks, ref=ref, submit=SUBMIT)


def bulk_sent(
    reached: Sequence[Own],
    unreached: Sequence[Own],
    delivery_id: int,
    window: timedelta,
    link: str | None,
) -> View:
    """What follows the form: how many get it by which way, and the way to take it back."""
    by_mail = sum(one.reach.way is Way.MAIL for one in reached)
    ways = [
        f"{count} {words}"
        for count, words in ((len(reached) - by_mail, "in Slack"), (by_mail, "by e-mail"))
        if count
    ]
    seconds = plural(round(window.total_seconds()), "second")
    words = (
        f"{plural(len(reached), 'student')} will get your message in {seconds}: {joined(ways)}. "
        "Until then you can take all of them back, here or on their card in your messages with me."
    )
    return sent_note([section(words), *_left_out(unreached)], delivery_id, link)


def bulk_previews(form: BulkForm) -> Blocks:
    """The same outside of the form: nobody can be left out there."""
    return _shown(form, pages_of_look(form.page, form.pages), is_open=False)


def _previews(form: BulkForm) -> Blocks:
    """Each one's own text, a page at a time; who cannot be reached; how to take it back."""
    if not form.chosen:
        return [*_left_out(form.unreached), section("Choose whom to write to.")]
    return _shown(form, _turning(form), is_open=True)


def _shown(form: BulkForm, turning: Blocks, *, is_open: bool) -> Blocks:
    shown = [one for one in form.chosen if one.filled is not None]
    head = line(bold(f"As each of the {len(form.chosen)} will see it"))
    if len(form.chosen) == 1:
        head = line(bold("As the student will see it"))
    previews = [
        block
        for at, one in enumerate(shown)
        for block in [*_preview(one, at if is_open else None), divider()]
    ]
    return [
        head,
        *previews,
        *turning,
        *_left_out(form.unreached),
        section(take_back_words(form.take_back)),
    ]


def _preview(one: Own, number: int | None) -> Blocks:
    """One's own text; with a number also the button that leaves them out."""
    filled = one.filled or Filled("")
    out = None
    if number is not None:
        own = Ref(student=one.id).encode()
        out = button("Leave out", Action.BULK_LEAVE_OUT, own, number=number)
    troubles = [section(trouble_words(trouble)) for trouble in filled.troubles]
    name = section(f"{shorten(one.name, 'name')} · {one.reach.hint}", out)
    said = [section(words) for words in one.said]
    return [name, *said, *rich_blocks(filled.text), *troubles]


def _turning(form: BulkForm) -> Blocks:
    if form.pages == 1:
        return []
    turns = [(form.page - 1, "Previous"), (form.page + 1, "Next")]
    buttons = [
        button(label, Action.BULK_PREVIEW, Ref(page=to).encode(), number=number)
        for number, (to, label) in enumerate(turns, start=1)
        if 0 <= to < form.pages
    ]
    return [section(f"Page {form.page + 1} of {form.pages}"), actions(*buttons)]


def _left_out(unreached: Sequence[Own]) -> Blocks:
    """Whom nothing reaches."""
    if not unreached:
        return []
    names = [shorten(one.name, "name") for one in unreached[:NAMED]]
    more = len(unreached) - len(names)
    who = joined([*names, f"{more} more"] if more else names)
    return [section(f"Cannot be reached, and are left out: {who}.")]
