"""How many requests a minute: counts in memory, of this process alone."""

from ipaddress import ip_address, ip_network
from threading import Lock


class Rate:
    """At most `limit` a minute for each key. Minutes are the clock's, and each begins anew."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._minute = -1
        self._counts: dict[str, int] = {}
        self._lock = Lock()

    def takes(self, key: str, seconds: float) -> bool:
        """Count one at a moment in seconds; False where that is one too many."""
        minute = int(seconds // 60)
        with self._lock:
            if minute != self._minute:
                self._minute, self._counts = minute, {}
            count = self._counts.get(key, 0) + 1
            self._counts[key] = count
        return count <= self._limit


def client_key(host: str | None) -> str:
    """Who asks: an address, or the network of 64 bits that one household has of IPv6."""
    try:
        address = ip_address(host or "")
    except ValueError:
        return ""
    return str(address if address.version == 4 else ip_network(f"{address}/64", strict=False))
