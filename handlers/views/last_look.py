"""What is shown before something goes out that was changed since it was previewed."""

from handlers.codec import Ref
from handlers.ids import Action, Modal
from handlers.views.blocks import Blocks, Element, actions, button, plain, section
from handlers.views.modals import View, modal

CHANGED = "You have changed it since the last preview. This is how it reads now."
TURNED = "Page {page} of {pages}"


def last_look_modal(blocks: Blocks, ref: Ref, submit: str) -> View:
    """`blocks` as they will be read, with the way to send just that; *Back* leads to the form."""
    view = modal(Modal.LAST_LOOK, "Preview", [section(CHANGED), *blocks], ref=ref, submit=submit)
    return view | {"close": plain("Back", "modal button")}


def pages_of_look(page: int, pages: int) -> Blocks:
    """The ways to the pages before and after."""
    if pages == 1:
        return []
    turns = [(page - 1, "Previous"), (page + 1, "Next")]
    buttons: list[Element] = [
        button(label, Action.LOOK_PAGE, Ref(page=to).encode(), number=number)
        for number, (to, label) in enumerate(turns, start=1)
        if 0 <= to < pages
    ]
    return [section(TURNED.format(page=page + 1, pages=pages)), actions(*buttons)]
