"""E-mail going out: the client, one conversation, the message, and where it goes."""
