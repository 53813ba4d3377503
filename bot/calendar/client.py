"""The calendar server (CalDAV, RFC 4791): a thin client that names each failure.

Nothing is repeated here. An entry lies under an address made of its UID, so that to put it a second
time changes nothing. No address, word or password goes into a log or an error's text.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote
from zoneinfo import ZoneInfo

from caldav.davclient import DAVClient
from caldav.lib.error import DAVError
from caldav.response import DAVResponse
from niquests.exceptions import ConnectTimeout
from urllib3.exceptions import ConnectTimeoutError

from bot.calendar.busy import busy_in, busy_in_free_busy
from bot.calendar.place import CalendarPlace, calendar_place
from bot.calendar.reports import ENTRIES, FREE_BUSY, WHAT_IS_THERE, filled, texts_in
from bot.settings import Settings
from school.addresses import is_address
from school.errors import DeliveryFailed
from school.periods import Period, without

BAD_ADDRESS = "no_address"
GONE = frozenset({404, 410})
LATER = frozenset({408, 423, 425, 429})
"""Answers under 500 that may be others another time: busy, locked, too early, too many."""
UNKNOWN = 501
"""The server knows no such request."""


class CalendarTrouble(DeliveryFailed):
    """Something that the calendar server has not done for certain. `code` is fit for a log."""

    def __init__(self, code: str, status: int = 0) -> None:
        super().__init__(f"The calendar server did not do this ({code}).")
        self.code = code
        self.status = status


class CalendarRefused(CalendarTrouble):
    """It will not be done as it is: we are not let in, or there is no such calendar."""


class CalendarLater(CalendarTrouble):
    """Nothing was done, and another time it may be: not reached, or too busy."""


class CalendarUnclear(CalendarLater):
    """No answer came: it may be done by now, or only later. To put or delete it again is right."""


class CalendarServer:
    """The server of the settings; each request has a connection and `timeout` seconds of its own.

    Safe to use from any thread.
    """

    def __init__(self, place: CalendarPlace, timeout: float) -> None:
        self.place = place
        self._timeout = timeout

    @classmethod
    def of(cls, settings: Settings, timeout: float | None = None) -> "CalendarServer | None":
        """That of the settings; None where no calendars are set."""
        if not settings.caldav_url:
            return None
        # Less than its sender's lease: a request ends before another sender takes it up.
        usual = min(settings.calendar_timeout, 0.75 * settings.lease)
        return cls(calendar_place(settings.caldav_url), usual if timeout is None else timeout)

    def put(self, email: str, uid: str, event: bytes) -> None:
        """Have an entry stand in a person's calendar as it is now. Raises CalendarTrouble."""
        address, kind = self._entry(email, uid), {"Content-Type": "text/calendar; charset=utf-8"}
        self._done("PUT", address, event.decode("utf-8"), kind)

    def delete(self, email: str, uid: str) -> None:
        """Have no such entry in a person's calendar. Raises CalendarTrouble."""
        try:
            self._done("DELETE", self._entry(email, uid))
        except CalendarRefused as refusal:
            if refusal.status not in GONE:
                raise

    def busy(
        self, email: str, span: Period, zone: ZoneInfo, *, but: Period | None = None
    ) -> tuple[Period, ...]:
        """When a person is busy within `span`; our own meetings are left out, if they can be told.

        `zone` is where they live. The entries are asked for; where they may not be read, the times
        alone, out of which `but` is cut, the time of a meeting that is to be moved. Raises
        CalendarTrouble.
        """
        address = self._calendar(email)
        try:
            answer = self._report(address, filled(ENTRIES, span))
        except CalendarRefused as refusal:
            if refusal.status in GONE or refusal.status == 401:
                raise
            times = self._times_alone(address, span)
            return times if but is None else without(times, but)
        return busy_in(texts_in(answer), span, zone, email)

    def look(self, address: str) -> None:
        """Ask what is there, and change nothing. Raises CalendarTrouble."""
        self._done("PROPFIND", address, WHAT_IS_THERE, {"Depth": "0"})

    def _times_alone(self, address: str, span: Period) -> tuple[Period, ...]:
        text = self._report(address, filled(FREE_BUSY, span)).raw
        try:
            return busy_in_free_busy(text, span)
        except ValueError:
            raise CalendarLater("no_free_busy") from None

    def _report(self, address: str, query: str) -> DAVResponse:
        return self._done("REPORT", address, query, {"Depth": "1"})

    def _calendar(self, email: str) -> str:
        if not is_address(email.strip()):
            raise CalendarRefused(BAD_ADDRESS)
        return self.place.of(email)

    def _entry(self, email: str, uid: str) -> str:
        return f"{self._calendar(email)}{quote(uid, safe='')}.ics"

    def _done(
        self, method: str, address: str, body: str = "", headers: dict[str, str] | None = None
    ) -> DAVResponse:
        """Make a request. Raises CalendarTrouble on every answer but that it is done."""
        with _named(), self._client() as client:
            answer = client.request(address, method, body, headers or {})
        if answer.status >= 300:
            raise _trouble(answer.status)
        return answer

    def _client(self) -> DAVClient:
        place = self.place
        return DAVClient(
            place.template,
            username=place.user,
            password=place.password,
            # The library hands it on as it is, and the one beneath takes fractions.
            timeout=self._timeout,  # type: ignore[arg-type]
            enable_rfc6764=False,
            rate_limit_handle=False,
        )


@contextmanager
def _named() -> Iterator[None]:
    """Have what goes wrong beneath raised by its right name, without its words."""
    try:
        yield
    except DAVError as refusal:
        raise _trouble(refusal.status or UNKNOWN) from None
    except SyntaxError:  # which what is no XML is, to the library
        raise CalendarLater("no_xml") from None
    except OSError as failure:  # which all failures of connections are
        kind = CalendarLater if _never_reached(failure) else CalendarUnclear
        raise kind(type(failure).__name__) from None


def _never_reached(failure: OSError) -> bool:
    """Whether no connection came about, so that nothing was asked."""
    reason = getattr(failure.args[0], "reason", None) if failure.args else None
    return isinstance(failure, ConnectTimeout) or isinstance(reason, ConnectTimeoutError)


def _trouble(status: int) -> CalendarTrouble:
    code = f"caldav_{status}"
    is_later = status in LATER or (status > UNKNOWN - 2 and status != UNKNOWN)
    return CalendarLater(code, status) if is_later else CalendarRefused(code, status)
