"""Saving that somebody wants a file: once, with the notice that says that it is being made."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.outbox.notices import notice_key
from bot.outgoing import FileTrouble
from handlers.codec import OLDER, Ref
from handlers.forms import Wanted, export_ref
from handlers.ids import Kind
from handlers.people import Asker
from handlers.queueing import enqueue_for
from school.errors import InvalidInput
from school.models import Delivery, Lane

_TROUBLES = frozenset(trouble.value for trouble in FileTrouble)


class SavedExport(NamedTuple):
    """A file's delivery; not new where the same file was asked for already."""

    delivery: Delivery
    is_new: bool


def save_export(
    asker: Asker, ref: Ref, key: str, *, session: Session, double_click: float
) -> SavedExport:
    """Save that a file is to be made, and the notice that says so.

    While the same file is being made for the same person, or was asked for within `double_click`
    seconds, it is that one. Raises InvalidInput for a form that there is none of.
    """
    _check_form(ref)
    same = _same(asker, ref, session=session, double_click=double_click)
    if same is not None:
        return SavedExport(same, is_new=False)
    enqueue_for(asker, Kind.EXPORT_NOTICE, ref, notice_key(key), session=session)
    is_pack = ref.kind == Kind.CLASS_PACK.value
    queue = f"{'packs' if is_pack else 'files'} {asker.user.id}"
    lane = Lane.BACKGROUND if is_pack else Lane.INTERACTIVE
    kind = Kind(str(ref.kind))
    saved = enqueue_for(asker, kind, ref, key, session=session, lane=lane, queue=queue)
    return SavedExport(saved, is_new=True)


def _check_form(ref: Ref) -> None:
    wanted = Wanted.decode(ref.form)
    if export_ref(ref, wanted.form, wanted.paper, wanted.language).kind != ref.kind:
        raise InvalidInput("form", OLDER)


def _same(asker: Asker, ref: Ref, *, session: Session, double_click: float) -> Delivery | None:
    """The same file, on its way or sent lately; one that came to nothing may be tried again."""
    lately = asker.now - timedelta(seconds=double_click)
    query = select(Delivery).where(
        Delivery.recipient_id == asker.user.id,
        Delivery.workspace_id == asker.viewer.workspace_id,
        Delivery.kind == ref.kind,
        or_(Delivery.finished_at.is_(None), Delivery.created_at > lately),
    )
    found = (one for one in session.scalars(query) if one.file_state not in _TROUBLES)
    return next((one for one in found if one.payload == ref.payload()), None)
