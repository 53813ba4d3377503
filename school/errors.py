"""The errors that a person can meet: services raise them, one place per way in words them."""


class HomeroomError(Exception):
    """Root of all expected failures; its text is fit for a person and names no other child."""


class NotFound(HomeroomError):
    """What was asked for does not exist, or not for this viewer: both get the same words."""


class NotAllowed(HomeroomError):
    """The viewer as a person may not do this at all (a guest, a student, somebody unknown)."""


class InvalidInput(HomeroomError):
    """A value that a person gave cannot be used. `field` names where it was typed."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class DeliveryFailed(HomeroomError):
    """Something could not be handed to Slack or to the mail server, now or for good."""


class Conflict(HomeroomError):
    """Somebody else has changed the record since; the text says who did what, and when."""
