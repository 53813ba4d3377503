"""How deliveries stand: looked at, tried again, taken back."""

from sqlalchemy.orm import Session

from handlers.ask import Answer, Ask
from handlers.failures import Tried, note_of, show_note_anew, try_again
from handlers.home import show_home
from handlers.ids import Kind
from handlers.overviews import delivering
from handlers.people import Asker, looking, saving
from handlers.quick import View, change_view, lay_view, open_view, respond
from handlers.services import Services
from handlers.taking_back import message_at, show_again, take_all_back
from handlers.views.deliveries import deliveries_modal
from handlers.views.failure import TRIED
from handlers.views.interventions.taking_back import taken_back_words
from handlers.views.modals import note


def refresh_home_action(ask: Ask, services: Services) -> None:
    """Show Home as things stand now."""
    ask.ack()
    show_home(ask, services)


def deliveries_action(ask: Ask, services: Services) -> None:
    """Open all of it in a modal."""
    view = _page(ask, services, ask.ref.page or 0)
    ask.ack()
    open_view(ask, services, view)


def deliveries_page_action(ask: Ask, services: Services) -> None:
    """Show another page in the same modal."""
    view = _page(ask, services, ask.ref.page or 0)
    ask.ack()
    change_view(ask, services, view)


def _page(ask: Ask, services: Services, number: int, said: str = "") -> View:
    with looking(ask, services) as (session, asker):
        shown = delivering(asker, services, session=session, whole=True, said=said)
    return deliveries_modal(shown, number)


def try_again_action(ask: Ask, services: Services) -> None:
    """Have what could not be sent tried once more, and show it where it was clicked.

    In Home and its modal it says what came of the click. The note about a failure is edited in
    place; a word beside it is needed only where somebody was earlier.
    """
    with saving(ask, services) as (session, asker):
        tried = try_again(asker, ask.ref, session=session)
        if tried is not Tried.NOW and ask.message_ts is not None:
            _change_note(ask, asker, session=session)
    ask.ack()
    services.wake()
    place = ask.view.get("type")
    if place == "home":
        show_home(ask, services, TRIED[tried])
    elif place == "modal":
        number = ask.carried.page
        change_view(ask, services, _page(ask, services, number or 0, TRIED[tried]))
    elif tried is not Tried.NOW:
        respond(ask, services, Answer.plain(TRIED[tried]))


def _change_note(ask: Ask, asker: Asker, *, session: Session) -> None:
    """Have the note that was clicked in say what holds now."""
    ref, workspace_id = ask.ref, asker.viewer.workspace_id
    clicked = note_of(workspace_id, ref.delivery or 0, ref.version or 0, session=session)
    if clicked is not None and clicked.recipient_id == asker.user.id:
        show_note_anew(clicked, ask.key, session=session, now=asker.now)


def take_back_action(ask: Ask, services: Services) -> None:
    """Take back what goes to a person, where it has not gone; the message clicked in shows it."""
    with saving(ask, services) as (session, asker):
        taken = take_all_back(asker, ask.ref, session=session)
        _show_clicked(ask, asker, is_news=taken.now > 0, session=session)
    ask.ack()
    services.wake()
    answer = Answer.plain(taken_back_words(taken))
    if ask.view.get("submit"):  # a form, with what is typed in it
        lay_view(ask, services, note("Taking back", answer))
    elif ask.view.get("type") == "modal":
        stands = {"clear_on_close": bool(ask.view.get("clear_on_close"))}
        change_view(ask, services, note("Taking back", answer) | stands)
    else:
        respond(ask, services, answer)


def _show_clicked(ask: Ask, asker: Asker, *, is_news: bool, session: Session) -> None:
    """Have the message that was clicked in shown as things stand now.

    The card of an intervention follows news by itself.
    """
    if ask.message_ts is None:
        return
    workspace_id, where = asker.viewer.workspace_id, (ask.channel or "", ask.message_ts)
    shown = message_at(session, workspace_id, asker.user.id, *where)
    if shown is not None and not (is_news and shown.kind == Kind.INTERVENTION_CARD.value):
        show_again(session, shown, due=asker.now, now=asker.now, key=ask.key)
