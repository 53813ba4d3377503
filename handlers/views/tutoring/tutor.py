"""The form in which a tutor is asked: the skill, who can help, and nobody's figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analytics.wording import skill_words
from handlers.codec import Ref
from handlers.ids import Act, Action, Modal
from handlers.views.blocks import Blocks, Element, actions, bold, button, line, option, section
from handlers.views.fields import menu_field, radio_field
from handlers.views.limits import shorten
from handlers.views.modals import View, modal
from interventions.students import Way
from interventions.tutoring import Candidate
from school.models import PairState

TITLE = "Tutor"
NOTHING_STRUGGLING = "Nothing stands out as hard just now. Choose what help would be about."
NO_TUTOR = (
    "I found nobody to ask: of the students whom you can see in the same class or school, none has "
    "mastered a skill that {who} still needs and is free to help. What you can do instead:"
)
WHAT_IS_TOLD = (
    "The tutor is asked half a minute after you click Ask, and reads the name {who} and the "
    "skill, no figures. {given} hears of it once the tutor has said yes; then there are 10 "
    "questions to practise together."
)


@dataclass(frozen=True, slots=True)
class OpenPair:
    """Somebody who is asked already, or helps; no name where the teacher does not see them."""

    tutor: str | None
    state: PairState


@dataclass(frozen=True, slots=True)
class TutorForm:
    """What stands in the form. `skills` are names by id, in the order of need; `given` and `said`
    are the student's name as the teacher and as other students say it; `open` are the pairs for the
    chosen skill.
    """

    name: str
    given: str
    said: str
    skills: dict[int, str]
    skill_id: int | None
    candidates: Sequence[Candidate]
    struggling: bool
    open: Sequence[OpenPair] = ()


def tutor_modal(form: TutorForm, ref: Ref) -> View:
    """The form; where nobody can be asked, that and what else to do."""
    who = line(bold(shorten(form.name, "name")))
    if form.skill_id is None:
        words = NO_TUTOR.format(who=shorten(form.given, "name"))
        return modal(Modal.NOTE, _title(form), [who, section(words), _instead(ref)])
    names = {str(one): skill_words(name) for one, name in form.skills.items()}
    chosen = str(form.skill_id)
    told = WHAT_IS_TOLD.format(who=shorten(form.said, "name"), given=shorten(form.given, "name"))
    blocks: Blocks = [
        who,
        *([] if form.struggling else [section(NOTHING_STRUGGLING)]),
        menu_field("Skill", Action.TUTOR_SKILL, names, chosen, told=True),
        *(_already(one) for one in form.open),
        _candidates(form),
        section(told),
        actions(button("Preview", Action.TUTOR_PREVIEW, ref.encode())),
    ]
    return modal(Modal.TUTOR, _title(form), blocks, ref=ref, submit="Ask")


def _title(form: TutorForm) -> str:
    """`Tutor for Leo`, within what Slack shows of a modal's title."""
    return f"Tutor for {form.given}"


def _already(one: OpenPair) -> Element:
    """`Maya Okafor is asked to help with this already.`: another can be asked all the same."""
    name = "A student" if one.tutor is None else shorten(one.tutor, "name")
    stands = "helps" if one.state is PairState.ACTIVE else "is asked to help"
    return line(f"{name} {stands} with this already. You can still ask somebody else too.")


def _candidates(form: TutorForm) -> Element:
    """Those who can be asked, the first chosen: their order is by lot."""
    entries = [
        option(one.name, Ref(student=one.student_id).encode(), _beside(one))
        for one in form.candidates
    ]
    block = radio_field("Who could help?", Action.TUTOR_CANDIDATE, entries)
    block["block_id"] = f"{Action.TUTOR_CANDIDATE}|{form.skill_id}"
    block["element"]["initial_option"] = entries[0]
    hint = "They have mastered the skill. The order is by lot."
    return block | {"hint": {"type": "plain_text", "text": hint, "emoji": False}}


def _beside(one: Candidate) -> str:
    """`free for 2 more · Grade 6 Science · no way for me to ask`."""
    where = [shorten(one.where, "choice class")] if one.where else []
    ways = {Way.SLACK: "asked in Slack", Way.MAIL: "asked by e-mail", Way.NONE: "you ask yourself"}
    return " · ".join([f"free for {one.free} more", *where, ways[one.reach.way]])


def _instead(ref: Ref) -> Element:
    about = Ref(student=ref.student, class_id=ref.class_id, concern=ref.concern)
    labels = {Act.ASSIGN: "Give practice", Act.MEET: "Arrange a meeting", Act.MESSAGE: "Message"}
    return actions(
        *(
            button(label, Action.ACT, replace(about, act=act.value).encode(), number=number)
            for number, (act, label) in enumerate(labels.items())
        )
    )
