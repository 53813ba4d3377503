"""Counters and histograms of the machinery, written out as Prometheus reads them.

Labels are few and fixed: no person, workspace or address ever becomes one.
"""

from bisect import bisect_left
from collections.abc import Iterable
from threading import Lock

ACKNOWLEDGEMENT_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Seconds. Slack gives up after 3."""


class Counter:
    """A number that only grows, one for each value of one label."""

    def __init__(self, name: str, description: str, label: str) -> None:
        self.name, self.description, self.label = name, description, label
        self._values: dict[str, int] = {}
        self._lock = Lock()

    def add(self, label_value: str) -> None:
        """Count one."""
        with self._lock:
            self._values[label_value] = self._values.get(label_value, 0) + 1

    def lines(self) -> list[str]:
        """The counter in Prometheus' text format."""
        with self._lock:
            values = sorted(self._values.items())
        samples = [sample(self.name, value, {self.label: key}) for key, value in values]
        return [*heading(self.name, self.description, "counter"), *samples]


class Histogram:
    """How long something took, counted in buckets of seconds."""

    def __init__(self, name: str, description: str, buckets: tuple[float, ...]) -> None:
        self.name, self.description, self.buckets = name, description, buckets
        self._counts = [0] * (len(buckets) + 1)
        self._sum = 0.0
        self._lock = Lock()

    def observe(self, seconds: float) -> None:
        """Count one duration."""
        with self._lock:
            self._counts[bisect_left(self.buckets, seconds)] += 1
            self._sum += seconds

    def lines(self) -> list[str]:
        """The histogram in Prometheus' text format."""
        with self._lock:
            counts, total = list(self._counts), self._sum
        lines, running = heading(self.name, self.description, "histogram"), 0
        for bound, count in zip((*map(str, self.buckets), "+Inf"), counts, strict=True):
            running += count
            lines.append(sample(f"{self.name}_bucket", running, {"le": bound}))
        return [
            *lines,
            sample(f"{self.name}_sum", round(total, 6)),
            sample(f"{self.name}_count", running),
        ]


class Metrics:
    """What one `serve` process counts about itself."""

    def __init__(self) -> None:
        self.acknowledgements = Histogram(
            "homeroom_acknowledgement_seconds",
            "Time from Slack's request to its acknowledgement.",
            ACKNOWLEDGEMENT_BUCKETS,
        )
        self.requests = Counter(
            "homeroom_slack_requests_total", "Requests from Slack by way in.", "way"
        )
        self.refused = Counter(
            "homeroom_slack_refused_total", "Requests refused at the door.", "reason"
        )

    def acknowledged(self, way: str, seconds: float) -> None:
        """Count one request of Slack's and how long its acknowledgement took."""
        self.requests.add(way)
        self.acknowledgements.observe(seconds)

    def lines(self) -> Iterable[str]:
        """Everything in Prometheus' text format."""
        return (*self.requests.lines(), *self.refused.lines(), *self.acknowledgements.lines())


def heading(name: str, description: str, kind: str) -> list[str]:
    """The two lines that introduce a metric."""
    return [f"# HELP {name} {description}", f"# TYPE {name} {kind}"]


def sample(name: str, value: float, labels: dict[str, str] | None = None) -> str:
    """One line: a metric's value under its labels."""
    inside = ",".join(f'{key}="{text}"' for key, text in (labels or {}).items())
    return f"{name}{{{inside}}} {value}" if inside else f"{name} {value}"
