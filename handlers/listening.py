"""Between Bolt and our listeners: what each is called with, and what is said when it breaks."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, BoltContext, BoltResponse

from handlers.ask import Ask
from handlers.errors import first_answer, lacks_windows, say_later, words_for
from handlers.messages import greet_instead
from handlers.services import Services

Listener = Callable[[Ask, Services], None]


def _ask(body: dict[str, Any], ack: Ack, context: BoltContext) -> Ask:
    return Ask(body, ack, str(context.team_id or ""), str(context.user_id or ""))


def listening(listener: Listener, services: Services) -> Callable[..., None]:
    """What Bolt calls for a listener: whatever breaks in it is told in words."""

    def listen(body: dict[str, Any], ack: Ack, context: BoltContext) -> None:
        ask = _ask(body, ack, context)
        try:
            listener(ask, services)
        except Exception as error:  # noqa: BLE001 - whatever breaks is told in words
            # Here and not in Bolt, which takes an acknowledgement back when an error follows it
            # within its 10 ms, and then answers Slack with a failure after 3 s.
            _tell(error, ask, ack, services)

    listen.__name__ = listener.__name__  # What Bolt's own log calls it.
    return listen


def _tell(error: Exception, ask: Ask, ack: Ack, services: Services) -> None:
    """Answer with what went wrong: at once where Slack still waits, else afterwards."""
    words = words_for(error, ask)
    if ack.response is None:
        ack.response = first_answer(error, words, ask)
        if ack.response.body:
            return
    if not say_later(words, ask, services) and lacks_windows(error):
        greet_instead(ask, services)


def failing(services: Services) -> Callable[..., BoltResponse]:
    """For what goes wrong before a listener is reached, as while Bolt asks for the token."""

    def answer(
        error: Exception, body: dict[str, Any], ack: Ack, context: BoltContext
    ) -> BoltResponse:
        ask = _ask(body, ack, context)
        words = words_for(error, ask)
        answered = first_answer(error, words, ask)
        if not answered.body:
            say_later(words, ask, services)
        return answered

    return answer
