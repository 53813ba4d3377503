"""A pair in words: for the two students, kind and without figures, and for their teacher."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.wording import date_words, percent, plural, skill_words
from handlers.codec import Ref
from handlers.ids import Act, Action
from handlers.views.blocks import Blocks, Element, actions, bold, button, line, option, section
from handlers.views.limits import shorten
from interventions.tutoring.comparing import Followed
from school.models import PairState

TEXT = "Your teacher has something for you."
ANSWER_TEXT = "A student has answered you."
"""What a lock screen shows: it names nobody."""
NO_WAY = "There is no way for me to tell {who}: please do so yourself."
NO_EFFECT = "A rise alone does not say that the tutoring did it."
NO_EFFECT_EITHER_WAY = "Such a change alone does not say what the tutoring did."


@dataclass(frozen=True, slots=True)
class StudentPair:
    """A pair as one of its students reads it: `given` is the reader, `other` the other one as
    students are told of one another. `due` is the day of the practice in words, None where there
    is none.
    """

    pair_id: int
    state: PairState
    given: str
    other: str
    teacher: str
    skill: str
    questions: int = 0
    due: str | None = None
    asks_no_more: bool = False


def request_message(view: StudentPair) -> Blocks:
    """Whether they would help; how they answered takes the place of the buttons."""
    teacher, other = shorten(view.teacher, "name"), shorten(view.other, "name")
    first = line(
        f"Hi {shorten(view.given, 'name')}, {teacher} asks: would you help {other} with ",
        bold(skill_words(view.skill)),
        "? You are good at it, and explaining helps you remember it too.",
    )
    if view.state is not PairState.ASKED:
        return [first, section(_answered(view))]
    free = f"It is fine to say no: {other} only hears of it if you say yes."
    buttons = [
        _answer("Yes, I'll help", view, "yes", 0, style="primary"),
        _answer("Not now", view, "no", 1),
        _answer("Please don't ask me again", view, "never", 2),
    ]
    return [first, section(free), actions(*buttons)]


def _answer(label: str, view: StudentPair, form: str, number: int, **more: str) -> Element:
    value = Ref(pair=view.pair_id, form=form).encode()
    return button(label, Action.TUTOR_ANSWER, value, number=number, style=more.get("style"))


def _answered(view: StudentPair) -> str:
    teacher = shorten(view.teacher, "name")
    if view.state is PairState.ACTIVE:
        return f"You help. Thank you! {teacher} will tell you when and where."
    if view.state is PairState.ENDED:
        return "This is over. Thank you!"
    if view.asks_no_more:
        return f"I won't ask you again. If you change your mind, tell {teacher}."
    return "You said not now. That is fine."


def match_message(view: StudentPair) -> Blocks:
    """To the student: who helps them, and the practice that goes with it."""
    other, teacher = shorten(view.other, "name"), shorten(view.teacher, "name")
    blocks = [
        line(
            f"Hi {shorten(view.given, 'name')}, {other} will help you with ",
            bold(skill_words(view.skill)),
            f". {teacher} will tell you when and where.",
        )
    ]
    if view.due is not None:
        number = plural(view.questions, "question")
        blocks.append(section(f"To practise together there are {number}, until {view.due}."))
    return blocks


def over_message(view: StudentPair, *, is_tutor: bool) -> Blocks:
    """That it is over."""
    with_whom = f"{'with' if is_tutor else 'by'} {shorten(view.other, 'name')}"
    thanks = " Thank you for your help!" if is_tutor else ""
    return [
        line(
            f"Hi {shorten(view.given, 'name')}, the tutoring {with_whom} in ",
            bold(skill_words(view.skill)),
            f" is over.{thanks}",
        )
    ]


def answer_notice(
    tutor: str,
    student: str,
    skill: str,
    again: Ref,
    *,
    state: PairState,
    opted_out: bool,
    can_tell: bool,
) -> Blocks:
    """To the teacher: what the tutor said, and the next step where it was a no."""
    who, whom = shorten(tutor, "name"), shorten(student, "name")
    what = skill_words(skill)
    if state is PairState.ACTIVE:
        heard = f"{whom} hears of it in half a minute." if can_tell else NO_WAY.format(who=whom)
        return [
            line(bold(who), f" will help {whom} with {what}. {heard} Tell both when and where.")
        ]
    never = " and would rather not be asked again" if opted_out else ""
    said = f" cannot help {whom} with {what} just now{never}. {whom} was told nothing."
    return [line(bold(who), said), actions(somebody_else(again))]


def somebody_else(ref: Ref) -> Element:
    """Opens the form anew for the same student and skill."""
    about = Ref(act=Act.TUTOR.value, student=ref.student, class_id=ref.class_id, skill=ref.skill)
    return button("Ask somebody else", Action.ACT, about.encode())


def act_on(label: str, pair_id: int, form: str, number: int, *, primary: bool = False) -> Element:
    """A button that does something about a pair."""
    value = Ref(pair=pair_id, form=form).encode()
    style = "primary" if primary else None
    return button(label, Action.TUTORING, value, number=number, style=style)


def more_on(pair_id: int, entries: Sequence[tuple[str, str]]) -> Element:
    """What is rarely wanted, behind three dots."""
    options = [option(words, Ref(pair=pair_id, form=form).encode()) for form, words in entries]
    return {"type": "overflow", "action_id": f"{Action.TUTORING}:9", "options": options}


def sessions_words(days: Sequence[date], today: date) -> str:
    """`3 sessions, the last Mon 23 Nov`."""
    if not days:
        return "No session logged yet."
    return f"{plural(len(days), 'session')}, the last {date_words(days[-1], today)}."


def followed_words(figures: Followed, skill: str) -> str:
    """Before and since, as facts and no effect; with too little it says so."""
    name = skill_words(skill)
    before, since = figures.before, figures.since
    number = plural(figures.questions_before, "question")
    span = f"{number} in the 10 school days before"
    if before is None or since is None:
        return f"{name}: too little to compare yet ({span}, {figures.questions} since)."
    caution = NO_EFFECT if since > before else NO_EFFECT_EITHER_WAY
    after = f"since then {percent(since)} ({plural(figures.questions, 'question')})"
    return f"{name}: before {percent(before)} ({span}), {after}. {caution}"
