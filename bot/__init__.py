"""The machinery: settings, the Slack gateway, the outbox and the worker processes."""
