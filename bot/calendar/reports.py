"""What a calendar server is asked (RFC 4791, 7.8 and 7.10), and reading its answer."""

from datetime import UTC, datetime

from caldav.response import DAVResponse

from school.periods import Period

DATA = "{urn:ietf:params:xml:ns:caldav}calendar-data"
WHAT_IS_THERE = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>'
)
# Of an entry only what says when: no title, no words, nobody but who is invited, as one may have
# declined. A server may send more; nothing of it is kept.
_TOLD = "".join(
    f'<C:prop name="{name}"/>'
    for name in (
        "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID",
        "TRANSP", "STATUS", "ATTENDEE", "SEQUENCE",
    )
)  # fmt: skip
ENTRIES = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop>'
    '<C:calendar-data><C:comp name="VCALENDAR"><C:prop name="VERSION"/>'
    f'<C:comp name="VEVENT">{_TOLD}</C:comp><C:comp name="VTIMEZONE"/></C:comp></C:calendar-data>'
    '</prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">'
    '<C:time-range start="{start}" end="{end}"/>'
    "</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"
)
FREE_BUSY = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<C:free-busy-query xmlns:C="urn:ietf:params:xml:ns:caldav">'
    '<C:time-range start="{start}" end="{end}"/></C:free-busy-query>'
)


def filled(query: str, span: Period) -> str:
    """A query about a span."""
    return query.format(start=_utc(span.starts_at), end=_utc(span.ends_at))


def texts_in(answer: DAVResponse) -> list[str]:
    """The calendar objects in an answer."""
    tree = answer.tree
    return [] if tree is None else [one.text for one in tree.iter(DATA) if one.text]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
