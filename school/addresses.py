"""What an e-mail address is that every mail server takes, and when two are the same."""

import re

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(
    r"([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)(\.[A-Za-z0-9]([A-Za-z0-9-]*"
    r"[A-Za-z0-9])?)*"
)
_LONGEST_LOCAL, _LONGEST = 64, 254


def address_parts(email: str) -> tuple[str, str]:
    """What stands before the `@`, and the domain in ASCII.

    Letters beyond ASCII are refused before the `@`: few servers take them. Raises ValueError.
    """
    local, at, domain = email.rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii") if domain else ""
    except UnicodeError:
        domain = ""
    known = at and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)
    if not known or len(local) > _LONGEST_LOCAL or len(local) + 1 + len(domain) > _LONGEST:
        raise ValueError("it is no e-mail address")
    return local, domain


def is_address(email: str) -> bool:
    """Whether every mail server takes it."""
    try:
        address_parts(email)
    except ValueError:
        return False
    return True


def same_address(email: str) -> str:
    """An address as it is compared with others: they differ in writing, and reach one mailbox."""
    clean = email.strip().lower()
    try:
        local, domain = address_parts(clean)
    except ValueError:
        return clean
    return f"{local}@{domain.lower()}"
