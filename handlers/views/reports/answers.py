"""What the asker alone sees at once: pointers, choices, not found, refusals."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.wording import plural
from handlers.ask import Answer
from handlers.ids import Action
from handlers.views.blocks import (
    Element,
    Span,
    actions,
    bold,
    button,
    code,
    joined,
    line,
    link_button,
    section,
)
from handlers.views.limits import shorten, shorten_middle

MOST_CHOICES = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several that may be meant. `where` is the class (empty for a class itself).

    `source_id` is empty for what has no id but its name, as many a skill.
    """

    name: str
    where: str
    source_id: str
    value: str

    @property
    def label(self) -> str:
        """Name, class and id: enough to tell two of one name apart."""
        name = shorten(self.name, "choice name")
        return f"{name} · {self.place}" if self.where or self.source_id else name

    @property
    def name_and_id(self) -> str:
        """The name, and what tells it from another of the same class."""
        source_id = shorten_middle(self.source_id, "choice id")
        return f"{shorten(self.name, 'choice name')} ({source_id})"

    @property
    def place(self) -> str:
        """Class and id alone, to stand under the name."""
        parts = [shorten(self.where, "choice class")] if self.where else []
        parts += [shorten_middle(self.source_id, "choice id")] if self.source_id else []
        return " · ".join(parts)


def pointer(
    name: str, link: str | None, *, here: bool, wait: int | None, what: str = "report"
) -> Answer:
    """Where the report is. `here`: asked for in the direct messages, where it appears itself.

    `link` opens the direct messages; `wait` is for how many seconds Slack holds us back.
    """
    if wait:
        return Answer(held_words(wait), [line(bold(held_words(wait)))])
    if here:
        return Answer(f"Your {what} follows.", [section(f"{name}: the {what} follows here.")])
    words = section(f"{report_of(name, what)} is in your messages with me.")
    to_it = [actions(link_button("Open", Action.OPEN_LINK, link))] if link else []
    return Answer(f"Your {what} is in your messages with me.", [words, *to_it])


def several(typed: str, choices: Sequence[Choice], *, what: str) -> Answer:
    """Which of several is meant: a button for each, and what to do when there are too many."""
    shown, left = choices[:MOST_CHOICES], len(choices) - MOST_CHOICES
    intro = line("Several of your ", what, " fit ", bold(shorten(typed, "name")), ". Which one?")
    blocks = [intro, actions(*_buttons([one.label for one in shown], shown))]
    if left > 0:
        blocks.append(section(f"And {left} more: type more of the name, or its id."))
    return Answer(f"Several of your {what} fit. Which one?", blocks)


def not_found(typed: str, near: Sequence[Choice], *, what: str) -> Answer:
    """That nobody is called so, with the nearest of the asker's own where there are some.

    The words are the same whether there is no such record or none that the asker may see.
    """
    text = f"None of your {what} is called that."
    sentence: list[Span | str] = [f"None of your {what} is called ", shorten(typed, "name"), "."]
    if not near:
        return Answer(text, [line(*sentence)])
    offers = [_offer(one) for one in near]
    names = _first_names(near) if what == "students" else [one.name for one in near]
    return Answer(
        text,
        [
            line(*sentence, " Did you mean ", *_either(offers), "?"),
            actions(*_buttons(_telling_apart(names, near), near)),
        ],
    )


def which_class(choices: Sequence[Choice]) -> Answer:
    """Which class is meant, where none was named."""
    shown, left = choices[:MOST_CHOICES], len(choices) - MOST_CHOICES
    labels = _telling_apart([one.name for one in shown], shown)
    blocks = [section("Which class?"), actions(*_buttons(labels, shown))]
    if left > 0:
        blocks.append(section(f"And {left} more: name one after the command."))
    return Answer("Which class?", blocks)


def no_classes() -> Answer:
    """For a teacher without a class."""
    return Answer.plain(
        "You have no classes here yet. Ask the person who runs Homeroom to import them or to "
        "link you to them."
    )


def usage(words: str, examples: Sequence[str]) -> Answer:
    """How a command is used."""
    return Answer(words, [section(words), line(*joined([code(one) for one in examples], "\n"))])


def held_words(wait: int) -> str:
    """That Slack takes nothing from us for so many seconds."""
    span = plural(wait, "second") if wait < 120 else plural(round(wait / 60), "minute")
    return f"Slack is holding me back for {span}; your report will follow."


def report_of(name: str, what: str = "report") -> str:
    """Whose: Maya's report; The report on James, on Grade 5 Maths, on Alex Kim (s-6)."""
    short = shorten(name, "name")
    if short.endswith(("s", "S", ")", "”")):
        return f"The {what} {'on' if what == 'report' else 'of'} {short}"
    return f"{short}'s {what}"


def _offer(choice: Choice) -> list[Span | str]:
    where = f" ({shorten(choice.where, 'class')})" if choice.where else ""
    return [bold(shorten(choice.name, "name")), where]


def _either(offers: Sequence[list[Span | str]]) -> list[Span | str]:
    """One, another or a third."""
    words: list[Span | str] = []
    for number, offer in enumerate(offers):
        if number:
            words.append(" or " if number == len(offers) - 1 else ", ")
        words += offer
    return words


def _first_names(choices: Sequence[Choice]) -> list[str]:
    return [(one.name.split() or [one.name])[0] for one in choices]


def _telling_apart(names: Sequence[str], choices: Sequence[Choice]) -> list[str]:
    """The names where they tell everybody apart, else the whole labels."""
    counts = Counter(names)
    return [
        name if counts[name] == 1 else one.label for name, one in zip(names, choices, strict=True)
    ]


def _buttons(labels: Sequence[str], choices: Sequence[Choice]) -> list[Element]:
    return [
        button(label, Action.PICK_REPORT, one.value, number=number)
        for number, (label, one) in enumerate(zip(labels, choices, strict=True))
    ]
