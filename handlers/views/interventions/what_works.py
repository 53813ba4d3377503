"""What each kind of help did for the students of a class, in a modal; a rise alone is no effect."""

from datetime import date

from analytics.effects import KindEffect, Outcome
from analytics.wording.effects import before_and_after, effect_words, effects_alt_text
from handlers.codec import Ref
from handlers.ids import Action, Kind, Modal
from handlers.views.blocks import (
    Blocks,
    actions,
    bold,
    button,
    divider,
    line,
    paragraph,
    picture,
)
from handlers.views.interventions.intervention_words import PLURALS
from handlers.views.limits import shorten
from handlers.views.modals import View, modal
from interventions.effectiveness import OwnRatings, WhatWorks
from school.models import InterventionType

WHAT_WORKS = "What works"
HOW = (
    "Each kind of help is compared with classmates who practised alike before and got no help. "
    "A rise alone is no effect: most who are low rise without help too."
)
NOTHING = "Nothing has reached a student of this class yet, so there is nothing to compare."


def what_works_modal(found: WhatWorks, today: date) -> View:
    """A paragraph for each kind of help, with how much it rests on."""
    ref = Ref(kind=Kind.WHAT_WORKS.value, class_id=found.class_id)
    ask = button("Send me the picture", Action.WHAT_WORKS_PICTURE, ref.encode())
    more = [divider(), actions(ask)] if drawn_effects(found) else []
    return modal(Modal.WHAT_WORKS, WHAT_WORKS, [*_blocks(found, today), *more], ref=ref)


def what_works_message(found: WhatWorks, today: date, file_id: str | None) -> Blocks:
    """The same as a message; its words stand in for a picture that did not come."""
    head, *body = _blocks(found, today)
    alt = effects_alt_text(found.title, drawn_effects(found))
    return [head, *([picture(file_id, alt)] if file_id else []), *body]


def drawn_effects(found: WhatWorks) -> tuple[tuple[str, KindEffect], ...]:
    """The kinds of help of which there is something to draw, each as it is called."""
    known = (one for one in found.effects if one.gain is not None)
    return tuple((kinds_words(one), one) for one in known)


def _blocks(found: WhatWorks, today: date) -> Blocks:
    head = line(bold(shorten(found.title, "class")), f"\n{HOW if found.effects else NOTHING}")
    told = sorted(found.effects, key=lambda one: one.gain is None)  # what is known comes first
    return [head, *[block for one in told for block in _kind(one, found, today)]]


def kinds_words(effect: KindEffect) -> str:
    """What is looked at: `messages`, or `messages about missing practice`."""
    kinds = PLURALS[InterventionType(effect.kind)]
    return f"{kinds} about missing practice" if effect.outcome is Outcome.DAYS else kinds


def _kind(effect: KindEffect, found: WhatWorks, today: date) -> Blocks:
    about, _, found_words = effect_words(effect, kinds_words(effect), today).partition(": ")
    said = [found_words[:1].upper() + found_words[1:]]
    if effect.gain is not None:
        said.append(before_and_after(effect))
    rating = found.ratings.get(effect.kind)
    # They are of the whole kind: where it is looked at twice, they stand once.
    whole = min(
        (one for one in found.effects if one.kind == effect.kind),
        key=lambda one: one.outcome is Outcome.DAYS,
    )
    if rating is not None and effect is whole:
        said.append(_rating(rating))
    return [divider(), line(bold(about)), paragraph(*said)]


def _rating(rating: OwnRatings) -> str:
    """The teacher's own word, beside the estimate and no part of it."""
    if rating.count == 1:
        return f"Your own rating: {rating.mean:.0f} of 5."
    return f"Your own ratings: {rating.mean:.1f} of 5 on average, {rating.count} rated."
