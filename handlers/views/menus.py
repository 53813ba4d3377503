"""The menus under a report: its range, and a class's students."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from analytics.wording import range_words
from handlers.codec import Ref
from handlers.ids import Action
from handlers.ranges import CUSTOM, OFFERED
from handlers.ranges import range_words as code_words
from handlers.views.blocks import Block, Element, actions, button, menu, option
from school.days import DateRange


def _range_menu(ref: Ref, shown: DateRange, today: date) -> Element:
    """The ranges, the one that is shown now chosen; the last entry opens two date pickers."""
    labels = {code: code_words(code) for code in OFFERED}
    current = shown.code()
    if current not in labels:
        labels = {current: _capital(range_words(shown, today)), **labels}
    options = {code: option(words, ref.with_range(code).encode()) for code, words in labels.items()}
    custom = replace(ref, range=CUSTOM, shown=current)
    entries = [*options.values(), option("Other days…", custom.encode())]
    return menu(Action.REPORT_RANGE, "Range", entries, options[current])


def range_elements(
    ref: Ref, shown: DateRange, offers: Sequence[DateRange], today: date
) -> list[Element]:
    """The menu of ranges, and a button for each that is offered beside it."""
    buttons = [_offer_button(ref, one, today, number) for number, one in enumerate(offers)]
    return [_range_menu(ref, shown, today), *buttons]


def menus_block(ref: Ref, now: datetime, *elements: Element) -> Block:
    """The row under a report. Its id says which report that is, for menus that ask us.

    The id is a new one each time, as Slack keeps what was chosen in a block that it knows.
    """
    return actions(*elements, block_id=f"report|{ref.encode()}|{int(now.timestamp())}")


def ref_in(block_id: str) -> Ref:
    """Which report a menu stands under. Raises InvalidInput."""
    parts = block_id.split("|")
    return Ref.decode(parts[1] if len(parts) > 1 else "")


def _offer_button(ref: Ref, offered: DateRange, today: date, number: int) -> Element:
    """A range that holds practice, where the shown one holds too little."""
    words = range_words(offered, today)
    wanted = ref.with_range(offered.code()).encode()
    return button(f"Show {words}", Action.USE_RANGE, wanted, number=number)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
