"""For whom? The small form before an act's own, where nobody was named."""

from handlers.ask import Ask
from handlers.codec import Ref
from handlers.drafts import new_draft
from handlers.ids import Act, Action, Modal
from handlers.people import looking
from handlers.quick import show_modal
from handlers.services import Services
from handlers.views.blocks import field, searching_menu
from handlers.views.modals import View, modal
from handlers.words import check_range

TITLES = {
    Act.MESSAGE: "Message",
    Act.ASSIGN: "Practice",
    Act.MEET: "Meeting",
    Act.PARENT: "E-mail to parents",
    Act.TUTOR: "Tutor",
    Act.RESOLVE: "Resolve",
    Act.HISTORY: "History",
}
"""What the form of an act is called before it is known whom it is for."""


def ask_for_whom(ask: Ask, services: Services, ref: Ref) -> None:
    """Let a student be chosen and go on with `ref.act`: for openers, where none was named."""
    with looking(ask, services) as (_session, asker):
        check_range(ref.range, asker.viewer.today)
    show_modal(ask, services, pick_student_modal(Act(ref.act or ""), ref))


def pick_student_modal(act: Act, ref: Ref | None = None) -> View:
    """The form. `ref` is what else the act's own form is opened with, such as a concern."""
    whom = field(
        "Student",
        Action.CHOOSE_STUDENT,
        searching_menu(Action.CHOOSE_STUDENT, "Type a name"),
        hint="One of the students whom you teach.",
    )
    carried = ref or Ref(act=act.value, draft=new_draft())
    return modal(Modal.FOR_WHOM, TITLES[act], [whom], ref=carried, submit="Next")
