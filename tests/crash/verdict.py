"""What the ledger of Slack says about the deliveries: lost, doubled, called inside a ban."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sandbox.ledger import Book, Call
from school.models import Delivery, Medium
from tests.crash.builders import CARD

POST, UPDATE = "chat.postMessage", "chat.update"
SHARE = "files.completeUploadExternal"
KEY = "d-"
MAIL_DOMAIN = "school.test"


@dataclass(frozen=True, slots=True)
class Verdict:
    """By the ledgers alone. `lost` and `doubled` name deliveries, copies of cards, or files.

    A mail may be there once more for each time that it was handed over without an answer, which its
    delivery has counted. `early` are the calls that came inside a ban.
    """

    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    early: tuple[Call, ...]


def stale(book: Book, cards: Mapping[tuple[str, str], str]) -> list[str]:
    """Copies of cards that show something else in Slack than they should."""
    return [
        f"a card at {place} shows {last.args.get('blocks')} and not {text}"
        for place, text in cards.items()
        for last in [_last_edit(book, place)]
        if not _says(last, text)
    ]


def _last_edit(book: Book, place: tuple[str, str]) -> Call:
    """The last call that made a message say what it says."""
    calls = [one for one in book.calls(accepted=True) if one.method in (POST, UPDATE)]
    return [one for one in calls if (one.conversation or one.channel, _ts(one)) == place][-1]


def _ts(call: Call) -> str:
    return call.ts or str(call.args.get("ts"))


def _says(call: Call, text: str) -> bool:
    return f'"{text}"' in json.dumps(call.args.get("blocks"))


def judge(book: Book, mails: Counter[str], deliveries: Iterable[Delivery]) -> Verdict:
    """Hold what was to be sent against what Slack accepted, and the mail server took."""
    everything = list(deliveries)
    letters = [row for row in everything if row.medium == Medium.MAIL.value]
    rows = [row for row in everything if row.medium != Medium.MAIL.value]
    came = Counter(_bearers(book.calls(accepted=True), rows))
    lost = [_name(row) for row in rows if row.kind != CARD and not came[str(row.id)]]
    lost += [copy for copy, ids in _copies(rows).items() if not any(came[one] for one in ids)]
    doubled = [f"{name}: {count} times" for name, count in _sent(came, rows).items() if count > 1]
    strays = [name for name in came if not name.isdecimal()]
    lost += [_name(row) for row in letters if not mails[_message_id(row)]]
    doubled += [_name(row) for row in letters if mails[_message_id(row)] > 1 + row.unclear]
    return Verdict(tuple(lost), (*doubled, *strays), tuple(book.early()))


def _message_id(row: Delivery) -> str:
    return f"<{KEY}{row.id}@{MAIL_DOMAIN}>"


def _bearers(calls: list[Call], rows: list[Delivery]) -> Iterator[str]:
    """The delivery of each message that Slack took to be posted or shared."""
    by_file = {row.file_id: str(row.id) for row in rows if row.file_id}
    for call in calls:
        key = next((one for one in call.block_ids if one.startswith(KEY)), "").removeprefix(KEY)
        if call.method == POST:
            yield key or f"a message at {call.ts} without a key"
        elif call.method == SHARE and call.args.get("channel_id"):
            yield key or by_file.get(call.files[0], f"file {call.files[0]}, which nobody knows")


def _sent(came: Counter[str], rows: list[Delivery]) -> Counter[str]:
    """How often each was sent; the deliveries of a card's copy together post it once."""
    copy_of = {one: copy for copy, ids in _copies(rows).items() for one in ids}
    names = copy_of | {str(row.id): _name(row) for row in rows if row.kind != CARD}
    sent: Counter[str] = Counter()
    for one, count in came.items():
        sent[names.get(one, one)] += count
    return sent


def _copies(rows: list[Delivery]) -> dict[str, list[str]]:
    """The deliveries of each copy of a card."""
    copies = defaultdict(list)
    for row in rows:
        if row.kind == CARD:
            copies[f"copy {row.payload['copy']}"].append(str(row.id))
    return copies


def _name(row: Delivery) -> str:
    return f"{row.kind} {row.id}"
