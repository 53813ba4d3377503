"""What those who are invited to a meeting will read, laid on top of its form."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from analytics.wording import plural
from handlers.ids import Modal
from handlers.views.blocks import Blocks, bold, divider, line, paragraph, section
from handlers.views.limits import shorten
from handlers.views.modals import View, modal

MOST_SHOWN = 5
"""So many e-mails are shown whole; the others read as these do."""
NOBODY = "Nobody is invited by e-mail, so nothing is sent to anybody but you."
TO_EACH = "With each comes the event, for their calendar."


@dataclass(frozen=True, slots=True)
class Invitation:
    """An e-mail as it will be read: to whom, its subject and its text."""

    to: str
    subject: str
    text: str


def invitations_modal(name: str, mails: Sequence[Invitation]) -> View:
    """Each one's e-mail about a meeting with, or about, the student of the name."""
    head = line(bold(shorten(name, "name")))
    if not mails:
        return modal(Modal.NOTE, "Preview", [head, section(NOBODY)])
    shown = [block for one in mails[:MOST_SHOWN] for block in _mail(one)]
    more = len(mails) - MOST_SHOWN
    rest = [section(f"{plural(more, 'more e-mail')} like these.")] if more > 0 else []
    return modal(Modal.NOTE, "Preview", [head, section(TO_EACH), *shown, *rest])


def _mail(mail: Invitation) -> Blocks:
    to, subject = shorten(mail.to, "name"), shorten(mail.subject, "finding")
    lines = mail.text.strip().splitlines()
    return [divider(), line(bold(f"To {to}")), line(bold(subject)), *_paragraphs(lines)]


def _paragraphs(lines: Sequence[str]) -> Blocks:
    """Each of the paragraphs between empty lines."""
    groups = (list(group) for filled, group in groupby(lines, key=bool) if filled)
    return [paragraph(*group) for group in groups]
