"""The button that takes back what goes to a person, and what a click on it is answered with."""

from datetime import timedelta

from handlers.codec import Ref
from handlers.ids import Action
from handlers.taking_back import TakenBack
from handlers.views.blocks import Element, button

GONE = "It has gone already."


def take_back_button(delivery_id: int) -> Element:
    """For what goes out on the reader's behalf, with all that goes with it."""
    return button("Take back", Action.TAKE_BACK, Ref(delivery=delivery_id).encode())


def take_back_words(window: timedelta) -> str:
    """How long there is, to stand beside the button: `You can take this back for 30 s.`"""
    return f"You can take this back for {window.total_seconds():.0f} s."


def taken_back_words(taken: TakenBack) -> str:
    """What came of it."""
    if taken.gone and taken.now:
        have = "1 has" if taken.gone == 1 else f"{taken.gone} have"
        return f"{taken.now} of {taken.count} taken back; {have} gone already."
    if taken.now:
        return "Taken back."
    if taken.gone:
        return GONE
    return "It was taken back already." if taken.before else "It is not sent any more."
