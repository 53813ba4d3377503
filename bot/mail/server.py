"""Where e-mail goes out and from whom, as SMTP_URL and MAIL_FROM say it, and what an address is."""

import ipaddress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import getaddresses
from urllib.parse import unquote, urlsplit

from school.addresses import address_parts

PORTS = {"smtps": 465, "smtp": 25}
LOGIN_PORT = 587
"""Where a server takes mail from people who log in, unless the address says another."""
_FOLDED = 50
"""A name and address of so many characters may fill more than one line of a header."""
_SPECIAL = str.maketrans(dict.fromkeys('()<>[]:;@\\,"', " "))


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server and how to come in. `encrypted`: from the first byte, and not by STARTTLS."""

    host: str
    port: int
    encrypted: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def is_here(self) -> bool:
        """Whether it is on this machine, so that nobody can listen in between."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def mail_server(url: str) -> MailServer:
    """The server of an address such as `smtp://user:password@host:587` or `smtps://…`.

    A user or password with `@`, `:` or `/` in it is written with `%40`, `%3A`, `%2F`. Raises
    ValueError, which does not repeat the address.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError("it is no address such as smtp://user:password@host:587") from None
    if parts.scheme not in PORTS or not host:
        raise ValueError("it begins with smtp:// or smtps://, and then names a server")
    plain = LOGIN_PORT if parts.username and parts.scheme == "smtp" else PORTS[parts.scheme]
    return MailServer(
        host=host,
        port=port or plain,
        encrypted=parts.scheme == "smtps",
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password or "") if parts.username else None,
    )


def mail_address(email: str, name: str | None = None) -> Address:
    """An address, its domain in ASCII; the name is kept to one line.

    Letters beyond ASCII are refused before the `@`: few servers take them. Raises ValueError.
    """
    local, domain = address_parts(email)
    return Address(_shown(name or "", len(local) + len(domain)), local, domain)


def _shown(name: str, beside: int) -> str:
    """A name fit for a header, where an address as long as `beside` follows it.

    The email library loses the quotes around a name that it breaks into lines, and reads encoded
    words within them: what stands in a name could become further addresses.
    """
    printable = "".join(one if one.isprintable() else " " for one in name).replace("=?", " ")
    if len(printable) + beside > _FOLDED:
        printable = printable.translate(_SPECIAL)
    return " ".join(printable.split())


def mail_sender(text: str) -> Address:
    """Who mails come from: `homeroom@school.org`, or with a name before it. Raises ValueError."""
    try:
        [(name, email)] = getaddresses([text if text.isprintable() else ""])
        return mail_address(email, name)
    except ValueError:
        raise ValueError("it is no e-mail address such as Homeroom <homeroom@school.org>") from None
