"""Where teachers' calendars are, as CALDAV_URL says it."""

from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

WHOSE = "{email}"
"""Stands in the address for the teacher whose calendar is meant."""
SCHEMES = ("https", "http")
EXAMPLE = "https://user:password@host/calendars/{email}/"


@dataclass(frozen=True, slots=True)
class CalendarPlace:
    """A calendar server and how to come in. `template` is the address without user and password;
    where it holds no `{email}` all teachers' meetings go into the one calendar.
    """

    host: str
    template: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    def of(self, email: str) -> str:
        """The address of a teacher's calendar, which ends with a slash."""
        return self.template.replace(WHOSE, quote(email.strip(), safe=""))

    @property
    def is_shared(self) -> bool:
        """Whether there is one calendar for all."""
        return WHOSE not in self.template

    @property
    def above(self) -> str:
        """The address down to where teachers differ; of one calendar for all, its own."""
        return self.template.partition(WHOSE)[0]


def calendar_place(url: str) -> CalendarPlace:
    """The place of an address such as `https://user:password@host/calendars/{email}/`.

    A user or password with `@`, `:` or `/` in it is written with `%40`, `%3A`, `%2F`. Raises
    ValueError, which does not repeat the address.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f"it is no address such as {EXAMPLE}") from None
    if parts.scheme not in SCHEMES or not host:
        raise ValueError(f"it begins with https:// and names a server, such as {EXAMPLE}")
    if WHOSE in parts.netloc:  # a teacher's address must not choose who gets the password
        raise ValueError(f"{WHOSE} stands behind the server's name, as in {EXAMPLE}")
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()
    return CalendarPlace(
        host=host,
        template=bare if bare.endswith("/") else f"{bare}/",
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password or "") if parts.username else None,
    )
