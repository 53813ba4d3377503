"""How much its teacher finds that something helped: the menu, and the words for a rating."""

from handlers.codec import Ref
from handlers.ids import Action
from handlers.views.blocks import Element, menu, option

SCALE = {
    1: "1 – not at all",
    2: "2 – hardly",
    3: "3 – somewhat",
    4: "4 – well",
    5: "5 – very well",
}


def rating_menu(intervention_id: int, rating: int | None) -> Element:
    """From 1 to 5; [Clear] where there is a rating."""
    entries = [option(words, _value(intervention_id, each)) for each, words in SCALE.items()]
    clear = [] if rating is None else [option("Clear", _value(intervention_id, 0))]
    label = "Rate" if rating is None else f"Rated {rating} of 5"
    return menu(Action.RATE_INTERVENTION, label, [*entries, *clear])


def rating_words(rating: int) -> str:
    """A rating in words: `4 of 5 (well)`."""
    return f"{rating} of 5 ({SCALE[rating].partition(' – ')[2]})"


def _value(intervention_id: int, rating: int) -> str:
    return Ref(intervention=intervention_id, rating=rating).encode()
