"""What the records say: queries into frozen dataclasses, pure metrics, charts. No Slack, no writes."""
