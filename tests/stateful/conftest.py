"""The sandbox's Slack, shared with the tests of the outbox."""

from tests.bot.conftest import running_slack, slack

__all__ = ["running_slack", "slack"]
