"""The views of messages to students."""
