"""The form of an e-mail to a student's family: who gets it, about what, and how it will look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from analytics.wording import plural
from handlers.codec import Ref
from handlers.families.letter import LetterWords
from handlers.families.wording import EN
from handlers.ids import Action, Modal
from handlers.views.blocks import (
    Block,
    Blocks,
    Element,
    actions,
    bold,
    button,
    divider,
    italic,
    line,
    link_button,
    option,
    section,
)
from handlers.views.families.parent_words import CONCERNS, WHY_NOT
from handlers.views.fields import boxes_field, long_field, menu_field
from handlers.views.interventions.taking_back import take_back_button, take_back_words
from handlers.views.limits import LIMITS, shorten
from handlers.views.modals import View, modal
from interventions.parents import MOST_WORDS, ConcernType, OnRecord
from school.languages import ENGLISH, OURS, spoken_name

EACH = "each"
"""The value of the menu where each gets it in their own language."""
WITH_REPORT = "report"


@dataclass(frozen=True, slots=True)
class ParentForm:
    """What stands in the form. `text` is what is typed, `placed` what we had put there.

    `previews` are the letters as they will read, by language, for those `chosen`. `said` are lines
    of warning above all else; `linked`: they can answer on a page. A new `mark` forgets what was
    typed before.
    """

    name: str
    given: str
    where: str
    student_id: int
    guardians: Sequence[OnRecord]
    chosen: frozenset[int]
    concern: ConcernType
    language: str
    text: str
    placed: str
    with_report: bool
    previews: Mapping[str, LetterWords]
    mark: str
    said: tuple[str, ...] = ()
    linked: bool = True
    take_back: timedelta = timedelta(seconds=30)


def parent_modal(form: ParentForm, ref: Ref) -> View:
    """The whole form."""
    blocks = [
        _head(form.name, form.where),
        *[section(one) for one in form.said],
        _guardians(form),
        *_unreached(form.guardians),
        menu_field(
            "About",
            Action.PARENT_CONCERN,
            {one.value: words for one, words in CONCERNS.items()},
            form.concern.value,
            told=True,
        ),
        menu_field("Language", Action.PARENT_LANGUAGE, _languages(form), form.language, told=True),
        _text(form),
        _report(form),
        actions(button("Update preview", Action.PARENT_PREVIEW, ref.encode())),
        *_previews(form),
    ]
    return modal(Modal.PARENT, parent_title(form.given), blocks, ref=ref, submit="Send")


def parent_previews(form: ParentForm) -> Blocks:
    """About whom it is, and what they will get, outside of the form."""
    said = [section(one) for one in form.said]
    return [_head(form.name, form.where), *said, *_previews(form)]


def nobody_modal(form: ParentForm, words: str) -> View:
    """That nobody of the family can be written to, why, and what to do."""
    blocks = [_head(form.name, form.where), section(words), *_unreached(form.guardians)]
    return modal(Modal.NOTE, parent_title(form.given), blocks)


def parent_sent(
    given: str, count: int, delivery_id: int | None, window: timedelta, link: str | None
) -> View:
    """What follows the form: when it goes, and the way to take it back or see its card."""
    one = count == 1
    what, go, it = ("E-mail", "goes", "it") if one else (f"{count} e-mails", "go", "them")
    words = (
        f"{what} to the family of {shorten(given, 'name')} {go} out in "
        f"{plural(round(window.total_seconds()), 'second')}. Until then you can take {it} back, "
        f"here or on {'its' if one else 'their'} card in your messages with me, which also shows "
        f"who opened {it} and what they answer."
    )
    back = [] if delivery_id is None else [take_back_button(delivery_id)]
    to_it = [link_button("Open", Action.OPEN_LINK, link)] if link else []
    buttons: list[Element] = [*back, *to_it]
    return modal(
        Modal.NOTE,
        parent_title(given),
        [section(words), *([actions(*buttons)] if buttons else [])],
    )


def parent_title(given: str) -> str:
    """`Tell Leo's parents`, where there is room for the name."""
    words = f"Tell {given}'s parents"
    return words if len(words) <= LIMITS["modal title"] else "Tell the parents"


def _head(name: str, where: str) -> Block:
    return line(bold(shorten(name, "name")), f" · {shorten(where, 'class')}" if where else "")


def _guardians(form: ParentForm) -> Block:
    block_id = f"{Action.PARENT_GUARDIANS}|{form.student_id}"
    boxes = [
        option(shorten(one.name, "name"), str(one.id), _reached(one))
        for one in form.guardians
        if one.why_not is None
    ]
    ticked = {str(one) for one in form.chosen}
    to = boxes_field("To", block_id, Action.PARENT_GUARDIANS, boxes, ticked)
    return to | {"optional": False}


def _reached(one: OnRecord) -> str:
    """`e-mail to f***@x.org, in Spanish`; what is spoken at home where we do not write it."""
    tongue = EN.languages[one.language]
    speaks = one.speaks or ENGLISH
    other = "" if speaks[:2].lower() in OURS else f" (on record: {spoken_name(speaks)})"
    return f"e-mail to {one.hint}, in {tongue}{other}"


def _unreached(guardians: Sequence[OnRecord]) -> Blocks:
    without = [one for one in guardians if one.why_not is not None]
    return [
        line(f"Not to be written to: {shorten(one.name, 'name')} – {WHY_NOT[one.why_not]}.")
        for one in without[:10]
        if one.why_not is not None
    ]


def _languages(form: ParentForm) -> dict[str, str]:
    reached = [one.language for one in form.guardians if one.why_not is None]
    own = " and ".join(EN.languages[one] for one in dict.fromkeys(reached))
    return {EACH: f"As on record: {own}", **{one: f"All in {EN.languages[one]}" for one in OURS}}


def _text(form: ParentForm) -> Block:
    return long_field(
        "Your words",
        f"{Action.PARENT_TEXT}|{form.mark}",
        Action.PARENT_TEXT,
        form.placed,
        most=MOST_WORDS,
        hint="They are passed on as you write them, and not translated.",
    )


def _report(form: ParentForm) -> Block:
    words = "Attach the report as a PDF"
    as_well = " It is on its page as well." if form.linked else ""
    where = f"In the language of the e-mail.{as_well}"
    boxes = [option(words, WITH_REPORT, where)]
    ticked = {WITH_REPORT} if form.with_report else set[str]()
    return boxes_field("Report", Action.PARENT_REPORT, Action.PARENT_REPORT, boxes, ticked)


def _previews(form: ParentForm) -> Blocks:
    """The letter as it will read, once for each language; how it can be answered, and taken
    back.
    """
    shown: Blocks = []
    for language, letter in form.previews.items():
        names = [
            one.name
            for one in form.guardians
            if one.id in form.chosen and language in (one.language, form.language)
        ]
        who = " and ".join(shorten(one, "choice name") for one in names[:3])
        shown += [divider(), line(bold(f"What {who or 'they'} will get"), _in(language))]
        shown += _letter(letter)
    return [*shown, divider(), section(_foot(form))]


def _in(language: str) -> str:
    return f" · in {EN.languages[language]}"


def _letter(letter: LetterWords) -> Blocks:
    own = "\n\n".join("\n".join(lines) for lines in letter.paragraphs) or "…"
    facts = [f"{one.label}: {one.value}" for one in letter.facts]
    return [
        line(bold(letter.title)),
        line(letter.reason),
        line(italic(letter.own_words)),
        _quote(own),
        line(bold(letter.doing), f" · {letter.period}"),
        _list(facts),
        line(bold(letter.helps)),
        _list(letter.home),
    ]


def _quote(text: str) -> Block:
    return {
        "type": "rich_text",
        "elements": [_part("rich_text_quote", text[: LIMITS["rich text"]])],
    }


def _list(lines: Sequence[str]) -> Block:
    items = [_part("rich_text_section", one) for one in lines if one]
    bullets = {"type": "rich_text_list", "style": "bullet", "elements": items}
    return {"type": "rich_text", "elements": [bullets]}


def _part(kind: str, text: str) -> Element:
    return {"type": kind, "elements": [{"type": "text", "text": text}]}


def _foot(form: ParentForm) -> str:
    answer = "on a page of their own or by replying" if form.linked else "by replying to the e-mail"
    return (
        f"{len(form.text):,} of {MOST_WORDS:,} characters. They can answer {answer}. "
        f"{take_back_words(form.take_back)}"
    )
