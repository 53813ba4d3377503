"""What the records say: queries into dataclasses, metrics, charts. No Slack, no writes."""
