"""Trouble on demand: what tests tell the sandbox to do wrong.

Three ways to ask for it, looked at in the order in which they were set:

- `set`: the next `times` calls;
- `script`: an ordered list, one kind for each call (`ok` where all is well);
- `mix`: by chance, drawn for each call from a seeded generator.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class FaultKind(StrEnum):
    """What goes wrong with a call of the app, or with something that is brought to it."""

    OK = "ok"  # nothing; for scripts
    RATELIMITED = "ratelimited"  # 429 with Retry-After, not carried out
    SLOW = "slow"  # carried out and answered after `seconds`
    DROP = "drop"  # carried out, then the connection closes without an answer
    LATE = "late"  # the connection closes at once, carried out `seconds` later
    REFUSE = "refuse"  # the connection closes, nothing carried out
    SERVER_ERROR = "server_error"  # HTTP 500, not carried out
    UNKNOWN_METHOD = "unknown_method"  # as if Slack had no such method
    MISSING_SCOPE = "missing_scope"  # as if the method's scope had been taken away
    ERROR = "error"  # `{"ok": false, "error": code}`, not carried out

    REPEAT = "repeat"  # an event comes again, acknowledged or not, with its event_id
    DISCONNECT = "disconnect"  # the sockets are told to go (with a `reason`) and closed
    CUT = "cut"  # the sockets are closed without a word


TO_APP = frozenset({FaultKind.REPEAT, FaultKind.DISCONNECT, FaultKind.CUT})
"""What happens to things on their way to the app: their "method" is like `event.message.im`."""


@dataclass
class Fault:
    """One piece of trouble. `times` calls are hit (None: all until cleared).

    `method` is a Web API method, `files.*` for a family, `upload` for the upload address,
    `response_url`, or `*`; `channel` narrows it to one conversation. On the way to the app it is
    the ledger's kind and name: `event.message.im`, `click.*`.
    """

    method: str
    kind: FaultKind
    times: int | None = 1
    seconds: float = 0.0
    retry_after: int = 1
    code: str = "internal_error"
    channel: str = ""
    reason: str = "refresh_requested"

    def hits(self, method: str, channel: str) -> bool:
        """Whether this call is one of those it spoils."""
        return self.times != 0 and _meant(self.method, self.channel, method, channel)

    def take(self, method: str, channel: str, to_app: bool) -> Fault | None:
        """Itself, counted down, when it hits."""
        if (self.kind in TO_APP) != to_app or not self.hits(method, channel):
            return None
        if self.times is not None:
            self.times -= 1
        return self

    def as_data(self) -> dict[str, Any] | None:
        """Plain data while it is still to come, else None."""
        return asdict(self) if self.times != 0 else None


@dataclass
class Script:
    """Faults in order, one for each call that is meant; `ok` lets its call pass."""

    method: str
    steps: list[Fault]
    channel: str = ""

    def take(self, method: str, channel: str, to_app: bool) -> Fault | None:
        """The next step, when the call is meant."""
        if not self.steps or not _meant(self.method, self.channel, method, channel):
            return None
        if self.steps[0].kind is not FaultKind.OK and (self.steps[0].kind in TO_APP) != to_app:
            return None
        return self.steps.pop(0)

    def as_data(self) -> dict[str, Any] | None:
        """Plain data while steps are left, else None."""
        kinds = [str(step.kind) for step in self.steps]
        return {"method": self.method, "channel": self.channel, "script": kinds} if kinds else None


@dataclass
class Mix:
    """Faults by chance. Each call draws once; the chances of all kinds add up to 1 at most."""

    method: str
    chances: list[tuple[float, Fault]]
    seed: int
    channel: str = ""
    drawn: int = 0
    random: random.Random = field(default_factory=random.Random, repr=False)

    def take(self, method: str, channel: str, to_app: bool) -> Fault | None:
        """What the dice say of this call; None when it is not meant, or lucky."""
        mine = [pair for pair in self.chances if (pair[1].kind in TO_APP) == to_app]
        if not mine or not _meant(self.method, self.channel, method, channel):
            return None
        self.drawn += 1
        point = self.random.random()
        for chance, fault in mine:
            point -= chance
            if point < 0:
                return fault
        return None

    def as_data(self) -> dict[str, Any]:
        """Plain data, for as long as it is set."""
        return {
            "method": self.method,
            "channel": self.channel,
            "mix": {str(fault.kind): chance for chance, fault in self.chances},
            "seed": self.seed,
            "drawn": self.drawn,
        }


class Faults:
    """The faults that are set now. Safe to use from any thread."""

    def __init__(self) -> None:
        self._sources: list[Fault | Script | Mix] = []
        self._lock = threading.Lock()

    def set(self, method: str, kind: FaultKind | str, **options: Any) -> Fault:
        """Add a fault; `options` are the fields of `Fault`."""
        fault = Fault(method, FaultKind(kind), **options)
        self._add(fault)
        return fault

    def script(self, method: str, kinds: Sequence[str | Mapping[str, Any]], **common: Any) -> None:
        """Add an order of kinds, one for each call; `ok` where all is well.

        A step may be `{"kind": "late", "seconds": 2}`; `common` holds for steps that don't say.
        """
        steps = [_step(method, kind, common) for kind in kinds]
        self._add(Script(method, steps, str(common.get("channel", ""))))

    def mix(
        self,
        method: str,
        chances: Mapping[str, float | Mapping[str, Any]],
        *,
        seed: int = 0,
        **common: Any,
    ) -> None:
        """Add trouble by chance: `{"ratelimited": 0.05, "late": {"chance": 0.02, "seconds": 2}}`.

        The same seed draws the same fate for the same calls in the same order. `common` are
        fields of `Fault` for kinds that don't say. Raises ValueError when chances exceed 1.
        """
        pairs = [_pair(method, kind, given, common) for kind, given in chances.items()]
        if any(chance < 0 for chance, _ in pairs) or sum(c for c, _ in pairs) > 1:
            raise ValueError("chances are between 0 and 1 and add up to 1 at most")
        dice = random.Random(seed)
        self._add(Mix(method, pairs, seed, str(common.get("channel", "")), random=dice))

    def add(self, data: Mapping[str, Any]) -> None:
        """Any of the three from plain data: with `kind`, `script` or `mix` beside `method`."""
        options = dict(data)
        method = str(options.pop("method", "*"))
        if "mix" in options:
            self.mix(method, options.pop("mix"), **options)
        elif "script" in options:
            self.script(method, options.pop("script"), **options)
        else:
            self.set(method, options.pop("kind"), **options)

    def _add(self, source: Fault | Script | Mix) -> None:
        with self._lock:
            self._sources.append(source)

    def clear(self) -> None:
        """Everything works again."""
        with self._lock:
            self._sources.clear()

    def take(self, method: str, channel: str, *, to_app: bool = False) -> Fault | None:
        """The first fault that hits this call, counted down; None when all is well."""
        with self._lock:
            taken = (source.take(method, channel, to_app) for source in self._sources)
            fault = next((found for found in taken if found is not None), None)
        return None if fault is None or fault.kind is FaultKind.OK else fault

    def as_data(self) -> list[dict[str, Any]]:
        """The faults still to come, as plain data."""
        with self._lock:
            return [data for source in self._sources if (data := source.as_data()) is not None]


def _meant(pattern: str, only: str, method: str, channel: str) -> bool:
    family = pattern.endswith("*") and method.startswith(pattern[:-1])
    return (family or pattern == method) and only in ("", channel)


def _step(method: str, kind: str | Mapping[str, Any], common: Mapping[str, Any]) -> Fault:
    own = {"kind": kind} if isinstance(kind, str) else dict(kind)
    return Fault(method, FaultKind(own.pop("kind")), **{"times": None, **common, **own})


def _pair(
    method: str, kind: str, given: float | Mapping[str, Any], common: Mapping[str, Any]
) -> tuple[float, Fault]:
    own = dict(given) if isinstance(given, Mapping) else {"chance": given}
    chance = float(own.pop("chance"))
    return chance, _step(method, {"kind": kind, **own}, common)
