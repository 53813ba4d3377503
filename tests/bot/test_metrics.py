"""The process' own figures, as Prometheus reads them."""

from bot.metrics import Counter, Histogram, Metrics


def test_a_counter_counts_each_label_by_itself() -> None:
    counter = Counter("seen_total", "What was seen.", "kind")
    for kind in ("a", "b", "a"):
        counter.add(kind)
    assert counter.lines() == [
        "# HELP seen_total What was seen.",
        "# TYPE seen_total counter",
        'seen_total{kind="a"} 2',
        'seen_total{kind="b"} 1',
    ]


def test_a_histogram_counts_up_to_each_bound_inclusive() -> None:
    histogram = Histogram("took_seconds", "How long.", (0.1, 1.0))
    for seconds in (0.05, 0.1, 0.5, 7):
        histogram.observe(seconds)
    assert histogram.lines()[2:] == [
        'took_seconds_bucket{le="0.1"} 2',
        'took_seconds_bucket{le="1.0"} 3',
        'took_seconds_bucket{le="+Inf"} 4',
        "took_seconds_sum 7.65",
        "took_seconds_count 4",
    ]


def test_an_acknowledgement_is_counted_by_its_way_in_and_timed() -> None:
    metrics = Metrics()
    metrics.acknowledged("http", 0.02)
    metrics.acknowledged("socket", 0.02)
    text = "\n".join(metrics.lines())
    assert 'homeroom_slack_requests_total{way="http"} 1' in text
    assert "homeroom_acknowledgement_seconds_count 2" in text
