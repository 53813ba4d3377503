"""Nothing goes to a student or a family that its sender has not seen as it will read.

A form carries the mark of what its preview showed last. Sent off with something else in it, it is
checked as if it went, and then its sender is shown how it reads now, on top of the form, where one
click sends just that; what stood in the form is kept for it (`KeptForm`), as Slack sends the fields
of the view on top alone. Back in the form everything is as it was typed.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from sqlalchemy.orm import Session

from handlers.ask import Acknowledge, Ask
from handlers.codec import OLDER, Ref
from handlers.ids import Modal
from handlers.listening import Listener
from handlers.people import Asker, opening, saving
from handlers.services import Services
from handlers.views.blocks import Blocks
from handlers.views.last_look import last_look_modal
from school.errors import InvalidInput
from school.models import KeptForm

GONE = "I do not have this preview any more. Go back to the form and send it once more."
View = dict[str, Any]


class UnseenError(Exception):
    """What would go out is another than what the form's preview showed last."""


@dataclass(frozen=True, slots=True)
class Look:
    """How something will read: `blocks`, the mark of it, and what the button says that sends it."""

    blocks: Blocks
    seen: str
    submit: str


Looker = Callable[[Ask, Services, int], Look]
"""Reads an open form: how all of it will read; of several pages that of the number."""


def seen_as(*content: Any) -> str:
    """The mark of what is shown: the same for the same words, wherever a line is broken off."""
    words = [_plain(one) if isinstance(one, str) else one for one in content]
    whole = json.dumps(words, default=str, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:20]


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def check_seen(ref: Ref, seen: str) -> None:
    """To be called when all else is done: raises UnseenError, so that nothing of it is kept."""
    if ref.seen != seen:
        raise UnseenError


def looking_first(modal: Modal, submitted: Listener, look: Looker) -> Listener:
    """The listener of a form, whose sender is shown first what they have not seen."""

    @wraps(submitted)
    def listener(ask: Ask, services: Services) -> None:
        try:
            submitted(ask, services)
        except UnseenError:
            shown = look(ask, services, 0)
            ref = replace(_keep(ask, services), form=modal.value, seen=shown.seen)
            how = "update" if ask.view.get("callback_id") == Modal.LAST_LOOK else "push"
            view = last_look_modal(shown.blocks, ref, shown.submit)
            ask.ack(response_action=how, view=view)

    return listener


def sent_as_seen(ask: Ask, services: Services, submitted: Listener) -> None:
    """Send off what was looked at; what follows stands alone, without the form beneath."""
    submitted(replace(kept_form(ask, services), ack=_alone(ask.ack)), services)


def kept_form(ask: Ask, services: Services) -> Ask:
    """What was asked in a last look, as if it had been in the form. Raises InvalidInput where that
    is not there any more.
    """
    ref = ask.carried
    with opening(ask, services) as (session, asker):
        kept = _kept(asker, ref, session=session)
        if kept is None:
            raise InvalidInput("draft", GONE)
        content = dict(kept.content)
    own = replace(Ref.decode(content["private_metadata"]), seen=ref.seen)
    view = {"private_metadata": own.encode(), "callback_id": Modal.LAST_LOOK.value}
    body = {key: value for key, value in ask.body.items() if key != "actions"}
    return replace(ask, body=body | {"view": {**ask.view, **content, **view}})


def _kept(asker: Asker, ref: Ref, *, session: Session) -> KeptForm | None:
    kept = session.get(KeptForm, (asker.viewer.workspace_id, ref.draft or ""))
    return kept if kept is not None and kept.user_id == asker.user.id else None


def _keep(ask: Ask, services: Services) -> Ref:
    """Keep what stands in a form; what the last look at it carries."""
    own = ask.carried
    if own.draft is None:
        raise InvalidInput("draft", OLDER)
    content = {
        "private_metadata": ask.view["private_metadata"],
        "blocks": [_bare(one) for one in ask.view["blocks"] if one["type"] == "input"],
        "state": ask.view["state"],
    }
    with saving(ask, services) as (session, asker):
        where = {"workspace_id": asker.viewer.workspace_id, "draft": own.draft}
        found = session.get(KeptForm, (where["workspace_id"], own.draft))
        if found is not None and found.user_id != asker.user.id:
            raise InvalidInput("draft", OLDER)
        who = {"user_id": asker.user.id, "kept_at": asker.now}
        session.merge(KeptForm(**where, **who, content=content))
    return Ref(draft=own.draft)


def _bare(block: View) -> View:
    """A field without the entries that it offers."""
    element = block.get("element") or {}
    own = {key: value for key, value in element.items() if not key.startswith("option")}
    return {**block, "element": own}


def _alone(ack: Acknowledge) -> Acknowledge:
    """Have the note that follows close the form beneath with it."""

    def answer(**given: Any) -> Any:
        view = given.get("view") or {}
        if view.get("callback_id") == Modal.NOTE:
            given = given | {"view": view | {"clear_on_close": True}}
        return ack(**given)

    return answer
