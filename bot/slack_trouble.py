"""What may come of a call to Slack beside an answer: each failure by its name."""

from datetime import datetime, timedelta
from typing import Any

from bot.gate import Wait
from school.errors import DeliveryFailed

# A stand-in for Slack may know a method no better than its web server does.
NO_METHOD = frozenset({"unknown_method", "http_404", "http_405", "http_410", "http_501"})
LACKING = NO_METHOD | {"missing_scope"}
UNREADABLE = "unreadable_answer"


class SlackTrouble(DeliveryFailed):
    """A call to Slack that did not bring an answer to work with."""

    def __init__(self, method: str, words: str) -> None:
        super().__init__(words)
        self.method = method

    @property
    def is_lacking(self) -> bool:
        """Whether this Slack, or this install of the app, seems to have no such method at all."""
        return False


class Refused(SlackTrouble):
    """Slack did not do it; `code` is its word for why."""

    def __init__(self, method: str, code: str) -> None:
        super().__init__(method, f"Slack refused this ({code}).")
        self.code = code

    @property
    def is_lacking(self) -> bool:
        """Whether this Slack, or this install of the app, has no such method at all."""
        return self.code in LACKING


class HeldBack(SlackTrouble):
    """Not before `until`: by Slack's word or by our own rates. Nothing was done.

    `everywhere` says that it holds for all channels, `interval` how far apart the turns are after
    it.
    """

    def __init__(
        self,
        method: str,
        until: datetime,
        now: datetime,
        *,
        everywhere: bool = True,
        interval: timedelta = timedelta(),
    ) -> None:
        seconds = max(1, round((until - now).total_seconds()))
        unit = "second" if seconds == 1 else "seconds"
        super().__init__(method, f"Slack is holding me back for {seconds} {unit}.")
        self.until = until
        self.everywhere = everywhere
        self.interval = interval


class Unclear(SlackTrouble):
    """No answer came, or one that says nothing: it may have been done or not."""

    def __init__(self, method: str, reason: str) -> None:
        super().__init__(method, "Slack did not answer.")
        self.reason = reason

    @property
    def is_lacking(self) -> bool:
        """Whether a page came where Slack's methods answer with data."""
        return self.reason == UNREADABLE

    @property
    def is_broken(self) -> bool:
        """Whether a server answered that it broke over the call."""
        return self.reason.startswith("http_5")


class Unreachable(SlackTrouble):
    """Slack was not reached at all: nothing was done."""

    def __init__(self, method: str, reason: str) -> None:
        super().__init__(method, "Slack cannot be reached just now.")
        self.reason = reason


def held_back(method: str, wait: Wait, now: datetime) -> HeldBack:
    """What the gate said, to be raised."""
    more: dict[str, Any] = {"everywhere": wait.everywhere, "interval": wait.interval}
    return HeldBack(method, wait.until, now, **more)
